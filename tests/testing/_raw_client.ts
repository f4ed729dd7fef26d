/** The longest wait of a test (milliseconds). */
export const DEADLINE = 5_000;

/** A frame of the wire: its headers in order. */
export type RawFrame = [name: string, value: string][];

/** Cuts one frame into its headers; a line without a colon has no value. */
export function parseFrame(text: string): RawFrame {
  return text.split("\r\n").map((line) => {
    const colon = line.indexOf(": ");
    return colon === -1
      ? [line, ""]
      : [line.slice(0, colon), line.slice(colon + 2)];
  });
}

/** The names of the headers in order. */
export function names(frame: RawFrame): string[] {
  return frame.map(([name]) => name);
}

/** The first value of a header. */
export function value(frame: RawFrame | undefined, name: string): string {
  return frame?.find(([each]) => each === name)?.[1] ?? "";
}

/** The frame with some values made the same, so that the rest can be compared. */
export function masked(frame: RawFrame, headers: readonly string[]): RawFrame {
  return frame.map(([name, text]) => [
    name,
    headers.includes(name) ? "*" : text,
  ]);
}

/** A client that knows of AMI only what a frame is. */
export class RawClient implements Disposable {
  readonly conn: Deno.TcpConn;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  #text = "";

  private constructor(conn: Deno.TcpConn) {
    this.conn = conn;
  }

  static async connect(port: number): Promise<RawClient> {
    return new RawClient(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Connects and logs in; the greeting and the answer are read. */
  static async loggedIn(port: number, extra = ""): Promise<RawClient> {
    const client = await RawClient.connect(port);
    try {
      await client.line();
      await client.send(
        `Action: Login\r\nUsername: admin\r\nSecret: mysecret\r\n${extra}\r\n`,
      );
      const response = await client.frame();
      if (value(response, "Response") !== "Success") {
        throw new Error("The login was refused");
      }
      if (extra === "") await client.frame();
      return client;
    } catch (error) {
      client[Symbol.dispose]();
      throw error;
    }
  }

  async send(text: string): Promise<void> {
    const bytes = this.#encoder.encode(text);
    let offset = 0;
    while (offset < bytes.length) {
      offset += await this.conn.write(bytes.subarray(offset));
    }
  }

  /** The text up to a mark, the mark taken off. */
  async until(mark: string): Promise<string> {
    while (true) {
      const end = this.#text.indexOf(mark);
      if (end !== -1) {
        const text = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + mark.length);
        return text;
      }
      if (!await this.#fill()) {
        throw new Error(`The stream ended after ${JSON.stringify(this.#text)}`);
      }
    }
  }

  /** The next line. */
  line(): Promise<string> {
    return this.until("\r\n");
  }

  /** The next frame. */
  async frame(): Promise<RawFrame> {
    return parseFrame(await this.until("\r\n\r\n"));
  }

  /** That many frames. */
  async frames(count: number): Promise<RawFrame[]> {
    const frames: RawFrame[] = [];
    while (frames.length < count) frames.push(await this.frame());
    return frames;
  }

  /** Frames up to the first one that holds the header line, that included. */
  async framesUntil(line: string): Promise<RawFrame[]> {
    const frames: RawFrame[] = [];
    while (true) {
      const text = await this.until("\r\n\r\n");
      frames.push(parseFrame(text));
      if (text.split("\r\n").includes(line)) return frames;
    }
  }

  /** Reads the rest, until the stream ends. */
  async rest(): Promise<string> {
    while (await this.#fill());
    return this.#text;
  }

  async #fill(): Promise<boolean> {
    const buffer = new Uint8Array(65_536);
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => timeout.reject(new Error("Nothing came in time")),
      DEADLINE,
    );
    try {
      const count = await Promise.race([
        this.conn.read(buffer),
        timeout.promise,
      ]);
      if (count === null) return false;
      this.#text += this.#decoder.decode(buffer.subarray(0, count), {
        stream: true,
      });
      return true;
    } finally {
      clearTimeout(timer);
    }
  }

  [Symbol.dispose](): void {
    this.conn.close();
  }
}

/**
 * An AMI session that shares no code with DAMI, to hold DAMI against.
 *
 * @module
 */

import { Arrivals } from "./_arrivals.ts";

/** A frame's headers in the order of the wire. */
export type RawFrame = [name: string, value: string][];

/** The headers of a frame by name, as DAMI gives them with `integers: false`. */
export type RawData = Record<string, string | string[]>;

/** A session that reads frames and does nothing about them. */
export class RawSession extends Arrivals<RawFrame> implements AsyncDisposable {
  readonly #conn: Deno.TcpConn;
  readonly #reading: Promise<void>;

  private constructor(conn: Deno.TcpConn) {
    super();
    this.#conn = conn;
    this.#reading = this.#read();
  }

  /** Connects and logs in. */
  static async open(
    address: { hostname: string; port: number },
    credentials: { username: string; secret: string },
  ): Promise<RawSession> {
    const session = new RawSession(await Deno.connect(address));
    try {
      await session.send([
        ["Action", "Login"],
        ["ActionID", "login"],
        ["Username", credentials.username],
        ["Secret", credentials.secret],
      ]);
      const answer = await session.find(
        (frame) => value(frame, "ActionID") === "login",
        "login",
      );
      const message = value(answer, "Message") ?? "";
      if (message !== "Authentication accepted") throw new Error(message);
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
    return session;
  }

  /** Writes an action. */
  async send(frame: RawFrame): Promise<void> {
    const text = frame.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    await this.#conn.write(new TextEncoder().encode(`${text}\r\n`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#conn.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const chunk = new Uint8Array(65_536);
    const decoder = new TextDecoder();
    let text = "";
    try {
      for (;;) {
        const length = await this.#conn.read(chunk);
        if (length === null) return;
        text += decoder.decode(chunk.subarray(0, length), { stream: true });
        text = text.replace(/^Asterisk Call Manager\/.*\r\n/, "");
        const frames = text.split("\r\n\r\n");
        text = frames.pop() ?? "";
        this.add(...frames.map(parse));
      }
    } catch {
      // Closed from our side, or broken.
    } finally {
      this.end();
    }
  }
}

function parse(text: string): RawFrame {
  // After a TestEvent there are two empty lines.
  return text.replace(/^(\r\n)+/, "").split("\r\n").map(
    (line): [string, string] => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    },
  );
}

/** The first value of a header. */
export function value(frame: RawFrame, name: string): string | undefined {
  return frame.find(([header]) => header === name)?.[1];
}

/** A frame as DAMI gives it with `integers: false`. */
export function toData(frame: RawFrame): RawData {
  const data: RawData = {};
  for (const [name, text] of frame) {
    const present = data[name];
    if (present === undefined) data[name] = text;
    else if (typeof present === "string") data[name] = [present, text];
    else present.push(text);
  }
  return data;
}

/**
 * PBXs in a process of their own, for `nats.ts`: raw servers that log anybody
 * in. For each line on its input, `go COUNT` or `rate EVENTS`, every one of them
 * sends so many numbered events, at once or in each second; with `cut` each
 * closes its connections, and goes on when it has one again. It prints the ports.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints the ports
const encoder = new TextEncoder();

/** Events of the usual size, of which each has its number. */
function eventsOf(first: number, count: number): Uint8Array {
  let text = "";
  for (let number = first; number < first + count; number++) {
    text +=
      `Event: Newchannel\r\nPrivilege: call,all\r\nN: ${number}\r\nChannel: PJSIP/6001-${
        number.toString(16).padStart(8, "0")
      }\r\nChannelState: 0\r\nChannelStateDesc: Down\r\nCallerIDNum: 6001\r\nCallerIDName: Alice\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\nLanguage: en\r\nAccountCode: \r\nContext: default\r\nExten: 1000\r\nPriority: 1\r\nUniqueid: 1795364878.${number}\r\nLinkedid: 1795364878.${number}\r\n\r\n`;
  }
  return encoder.encode(text);
}

/** One PBX. */
class Pbx {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #conns = new Set<Deno.TcpConn>();
  #sent = 0;
  #sending: Promise<void> = Promise.resolve();

  get port(): number {
    return this.#listener.addr.port;
  }

  async run(): Promise<void> {
    for await (const conn of this.#listener) void this.#serve(conn);
  }

  send(count: number): void {
    const first = this.#sent + 1;
    this.#sent += count;
    this.#sending = this.#sending.then(async () => {
      for (
        let at = first;
        at <= this.#sent && at < first + count;
        at += 1_000
      ) {
        const size = Math.min(1_000, first + count - at);
        await this.#write(eventsOf(at, size));
      }
    });
  }

  /** Closes its connections. */
  cut(): void {
    for (const conn of this.#conns) conn.close();
    this.#conns.clear();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (const conn of this.#conns) {
      try {
        for (let at = 0; at < bytes.length;) {
          at += await conn.write(bytes.subarray(at));
        }
      } catch {
        // It was cut.
      }
    }
  }

  async #serve(conn: Deno.TcpConn): Promise<void> {
    await conn.write(encoder.encode("Asterisk Call Manager/11.0.0\r\n"));
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(4_096);
    try {
      while (true) {
        const count = await conn.read(buffer);
        if (count === null) break;
        const text = decoder.decode(buffer.subarray(0, count));
        for (const [, id] of text.matchAll(/^ActionID: (.*)\r$/gm)) {
          await conn.write(
            encoder.encode(
              `Response: Success\r\nActionID: ${id}\r\nPing: Pong\r\n\r\n`,
            ),
          );
        }
        this.#conns.add(conn);
      }
    } catch {
      // The client is gone.
    }
    this.#conns.delete(conn);
  }
}

const pbxs = Array.from({ length: Number(Deno.args[0]) }, () => new Pbx());
for (const pbx of pbxs) void pbx.run();
console.log(JSON.stringify(pbxs.map(({ port }) => port)));
/** The times in a second at which a rate is kept. */
const TICKS = 10;
let timer: ReturnType<typeof setInterval> | undefined;
const input = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
for await (const line of input) {
  const [word, number] = line.trim().split(" ");
  const count = Number(number);
  if (word === "cut") {
    for (const pbx of pbxs) pbx.cut();
    continue;
  }
  clearInterval(timer);
  if (word === "go") { for (const pbx of pbxs) pbx.send(count); }
  else if (count > 0) {
    timer = setInterval(() => {
      for (const pbx of pbxs) pbx.send(Math.round(count / TICKS));
    }, 1_000 / TICKS);
  }
}
Deno.exit();

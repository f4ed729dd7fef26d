/**
 * The PBXs of `fleet.ts`, in a process of their own on ports of this machine.
 * It prints the ports, and ends with its input.
 *
 * - `embedded COUNT`: embedded PBXs.
 * - `busy COUNT RATE`: PBXs with so many events a second each, as soon as
 *   a client is logged in.
 * - `rounds COUNT EVENTS`: PBXs that send so many events before the answer to
 *   each `Ping`.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints the ports
import { AmiServer } from "../../src/testing/ami_server.ts";

/** The time between two writes to a client (milliseconds). */
const PERIOD = 100;

const encoder = new TextEncoder();

function frame(...lines: string[]): string {
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function event(name: string, uniqueid: string, call: string, state: string) {
  const isUp = state === "Up";
  return frame(
    `Event: ${name}`,
    "Privilege: call,all",
    `Channel: PJSIP/6001-${uniqueid}`,
    `ChannelState: ${isUp ? 6 : 5}`,
    `ChannelStateDesc: ${state}`,
    "CallerIDNum: 6001",
    "CallerIDName: Alice Jones",
    "ConnectedLineNum: 6002",
    "ConnectedLineName: Bob: Smith",
    "Language: en",
    "AccountCode: ",
    "Context: default",
    "Exten: 6002",
    "Priority: 1",
    `Uniqueid: ${uniqueid}`,
    `Linkedid: ${call}`,
    ...(name === "Hangup" ? ["Cause: 16", "Cause-txt: Normal Clearing"] : []),
  );
}

/** The events of calls, from their beginning to their end. */
function* callEvents(): Generator<string, never> {
  for (let call = 1;; call++) {
    const [one, two] = [`1795362749.${2 * call}`, `1795362749.${2 * call + 1}`];
    yield event("Newchannel", one, one, "Ringing");
    yield event("Newchannel", two, one, "Ringing");
    yield event("Newstate", two, one, "Up");
    yield event("Newstate", one, one, "Up");
    yield event("Hangup", two, one, "Up");
    yield event("Hangup", one, one, "Up");
  }
}

/** Writes to a client, one text after another: two writes at once would mix. */
class Writer {
  readonly #conn: Deno.Conn;
  #last: Promise<void> = Promise.resolve();

  constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#last = this.#last.then(() => this.#writeAll(bytes));
    return this.#last;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await this.#conn.write(bytes.subarray(at));
    }
  }
}

/** Answers logins and pings with success, and all else with an error. */
async function talk(
  conn: Deno.Conn,
  { onLogin, beforePing }: {
    onLogin?: (writer: Writer) => void;
    beforePing?: () => Uint8Array;
  },
): Promise<void> {
  const writer = new Writer(conn);
  await writer.write(encoder.encode("Asterisk Call Manager/11.0.0\r\n"));
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of conn.readable) {
    text += decoder.decode(chunk, { stream: true });
    for (let end; (end = text.indexOf("\r\n\r\n")) !== -1;) {
      const action = text.slice(0, end);
      text = text.slice(end + 4);
      const name = /^Action: (.*)$/im.exec(action)?.[1]?.trim();
      const id = /^ActionID: (.*)$/im.exec(action)?.[1]?.trim();
      const isKnown = name === "Login" || name === "Ping";
      if (name === "Ping" && beforePing !== undefined) {
        await writer.write(beforePing());
      }
      const answer = frame(
        `Response: ${isKnown ? "Success" : "Error"}`,
        `ActionID: ${id}`,
        `Message: ${isKnown ? "Pong" : "Invalid/unknown command"}`,
      );
      await writer.write(encoder.encode(answer));
      if (name === "Login") onLogin?.(writer);
    }
  }
}

/** The events of some calls as bytes, and where each of them ends. */
function prebuilt(count: number): { bytes: Uint8Array; ends: number[] } {
  const events = callEvents();
  const encoded = Array.from(
    { length: count },
    () => encoder.encode(events.next().value),
  );
  const ends: number[] = [];
  let end = 0;
  for (const { length } of encoded) ends.push(end += length);
  const bytes = new Uint8Array(end);
  for (const [index, each] of encoded.entries()) {
    bytes.set(each, (ends[index] ?? 0) - each.length);
  }
  return { bytes, ends };
}

/** Sends events at a steady rate, if the client reads them. */
async function play(
  writer: Writer,
  rate: number,
  { bytes, ends }: ReturnType<typeof prebuilt>,
): Promise<void> {
  let last = performance.now();
  let due = 0;
  for (let at = 0;;) {
    const now = performance.now();
    // What a slow client was not sent in a second is not made up for.
    due = Math.min(due + (now - last) / 1_000 * rate, rate);
    last = now;
    while (due >= 1) {
      const to = Math.min(at + Math.floor(due), ends.length);
      await writer.write(
        bytes.subarray(at === 0 ? 0 : ends[at - 1], ends[to - 1]),
      );
      due -= to - at;
      at = to % ends.length;
    }
    await new Promise((resolve) => setTimeout(resolve, PERIOD));
  }
}

async function serve(
  listener: Deno.TcpListener,
  welcome: (conn: Deno.Conn) => Promise<void>,
): Promise<void> {
  for await (const conn of listener) {
    // A client that goes away ends its conversation.
    welcome(conn).catch(() => {});
  }
}

function listeners(
  count: number,
  welcome: (conn: Deno.Conn) => Promise<void>,
): number[] {
  return Array.from({ length: count }, () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    void serve(listener, welcome);
    return listener.addr.port;
  });
}

function portsOf(kind: string | undefined, count: number, size: number) {
  if (kind === "embedded") {
    return Array.from({ length: count }, () => AmiServer.start().port);
  }
  if (kind === "busy") {
    const events = prebuilt(6_000);
    return listeners(count, (conn) =>
      talk(conn, {
        onLogin: (writer) => void play(writer, size, events).catch(() => {}),
      }));
  }
  const round = prebuilt(size).bytes;
  return listeners(count, (conn) => talk(conn, { beforePing: () => round }));
}

const [kind, count, size] = Deno.args;
console.log(JSON.stringify(portsOf(kind, Number(count), Number(size))));
for await (const _ of Deno.stdin.readable);
Deno.exit();

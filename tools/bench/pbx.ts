/**
 * The PBX of the benchmark: a process of its own that replays real frames, from
 * bytes that were built before, faster than any client reads them.
 *
 * It prints its port. Besides `Login` it knows:
 *
 * - `Replay` with `Count`: so many events, then `BenchmarkEnd`;
 * - `Getvar` with `Variable`, whose name is its value;
 * - `CoreShowChannels` with `Count`: a list with so many items;
 * - `Command`, whose last word says how many lines of output there are;
 * - `Unanswered`, which it does not answer;
 * - any other action, which is a success.
 *
 * @module
 */

import { type Captured, readCaptured } from "./captured.ts";

const HOSTNAME = "127.0.0.1";

/** Items and lines are built in blocks of at least so many. */
const MIN_BLOCK = 1_000;

const encoder = new TextEncoder();

/** The headers of an action, by their names in lower case. */
type Action = ReadonlyMap<string, string>;

function parseAction(text: string): Action {
  const headers = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    headers.set(
      line.slice(0, colon).toLowerCase(),
      line.slice(colon + 1).trimStart(),
    );
  }
  return headers;
}

/** The first lines of an answer. */
function response(action: Action, ...headers: string[]): string {
  const id = action.get("actionid");
  return [
    "Response: Success",
    ...(id === undefined ? [] : [`ActionID: ${id}`]),
    ...headers,
    "",
  ].join("\r\n");
}

/** Repeats texts in their order until there are so many. */
function repeated(texts: string[], count: number): string[] {
  return Array.from({ length: count }, (_, i) => texts[i % texts.length] ?? "");
}

/** Texts in an endless pattern, encoded: whole blocks, then the rest. */
function* blocks(
  texts: string[],
  count: number,
): Generator<Uint8Array<ArrayBuffer>> {
  // Of whole patterns, so that the next block goes on where one ends.
  const size = Math.ceil(MIN_BLOCK / texts.length) * texts.length;
  const block = encoder.encode(repeated(texts, size).join(""));
  for (let left = count; left >= size; left -= size) yield block;
  yield encoder.encode(repeated(texts, count % size).join(""));
}

/** The answer to an action, in pieces; short ones are text. */
function* answer(
  action: Action,
  { traffic, items, output }: Captured,
): Generator<string | Uint8Array<ArrayBuffer>> {
  switch (action.get("action")?.toLowerCase()) {
    case "unanswered":
      return;
    case "login":
      yield response(action, "Message: Authentication accepted") + "\r\n";
      return;
    case "getvar": {
      const name = action.get("variable") ?? "";
      yield response(action, `Variable: ${name}`, `Value: ${name}`) + "\r\n";
      return;
    }
    case "replay":
      yield response(action, "Message: Events come") + "\r\n";
      yield* traffic.replay(Number(action.get("count")));
      return;
    case "coreshowchannels": {
      const count = Number(action.get("count"));
      const id = `ActionID: ${action.get("actionid")}`;
      yield response(
        action,
        "EventList: start",
        "Message: Channels will follow",
      ) + "\r\n";
      yield* blocks(
        items.map((text) => `${text.replace("\r\n", `\r\n${id}\r\n`)}\r\n\r\n`),
        count,
      );
      yield `Event: CoreShowChannelsComplete\r\n${id}\r\nEventList: Complete\r\nListItems: ${count}\r\n\r\n`;
      return;
    }
    case "command": {
      const count = Number(action.get("command")?.split(" ").at(-1));
      yield response(action, "Message: Command output follows");
      yield* blocks(output.map((line) => `Output: ${line}\r\n`), count);
      yield "\r\n";
      return;
    }
    default:
      yield response(action) + "\r\n";
  }
}

async function write(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await conn.write(bytes.subarray(at));
  }
}

/** Answers the actions of a client, one after another, as Asterisk does. */
async function serveClient(
  conn: Deno.TcpConn,
  captured: Captured,
): Promise<void> {
  // As Asterisk does: else an answer waits for the acknowledgement of the one before.
  conn.setNoDelay(true);
  await write(conn, encoder.encode("Asterisk Call Manager/11.0.0\r\n"));
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let received = "";
  for (let read; (read = await conn.read(buffer)) !== null;) {
    received += decoder.decode(buffer.subarray(0, read), { stream: true });
    const texts = received.split("\r\n\r\n");
    received = texts.pop() ?? "";
    // Answers to actions that came together leave together.
    let together = "";
    for (const text of texts) {
      for (const piece of answer(parseAction(text), captured)) {
        if (typeof piece === "string") {
          together += piece;
          continue;
        }
        await write(conn, encoder.encode(together));
        together = "";
        await write(conn, piece);
      }
    }
    await write(conn, encoder.encode(together));
  }
}

/** A client may go while it is written to, which is its right. */
function report(error: unknown): void {
  if (
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset
  ) return;
  // deno-lint-ignore no-console -- a mistake of the PBX is for the terminal
  console.error(error);
}

async function serve(): Promise<void> {
  const captured = await readCaptured();
  const listener = Deno.listen({ hostname: HOSTNAME, port: 0 });
  // deno-lint-ignore no-console -- the port is for the process that started this one
  console.log(listener.addr.port);
  for await (const conn of listener) {
    serveClient(conn, captured)
      .catch(report)
      .finally(() => {
        try {
          conn.close();
        } catch {
          // The connection was closed by the error already.
        }
      });
  }
}

if (import.meta.main) await serve();

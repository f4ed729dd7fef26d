/**
 * Compares how DAMI reads random sessions, cut anywhere, with a simple parser
 * that has the whole text at once.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DataParser } from "../../src/wire/data_parser.ts";
import { type FrameKind, frameKind } from "../../src/wire/frame_head.ts";
import { FrameReader } from "../../src/wire/frame_reader.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { connOf, cutAt } from "../_wire.ts";

/** The number of sessions that are compared, on every machine. */
const SESSIONS = 40_000;

/** The seed of the random numbers. */
const SEED = 5_038;

// The reference

interface ReadFrame {
  kind: FrameKind;
  lines: string[];
}

const END = "--END COMMAND--";

/** The lines of a text that has come whole; the rest without an end is one as well. */
function linesOf(text: string): string[] {
  const greetingEnd = text.indexOf("\n");
  if (greetingEnd !== -1 && text[greetingEnd - 1] !== "\r") {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    return lines;
  }
  const lines: string[] = [];
  let line = "";
  for (const character of text) {
    if (character !== "\n") line += character;
    else if (line === "" || line.endsWith("\r")) {
      lines.push(line.slice(0, -1));
      line = "";
    } else line += "\n";
  }
  return line === "" ? lines : [...lines, line];
}

function startsFrame(line: string): boolean {
  return line.startsWith("Event: ") || line.startsWith("Response: ");
}

/** Reads the lines after the greeting, a frame at a time. */
function readFrames(lines: string[]): ReadFrame[] {
  const frames: ReadFrame[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const [first = ""] = rest;
    if (first === "") {
      rest = rest.slice(1);
      continue;
    }
    const read = frameKind(first) === "text"
      ? readText(rest)
      : readHeaders(rest, []);
    if (read === undefined) break;
    frames.push(read.frame);
    rest = read.rest;
  }
  return frames;
}

interface Read {
  frame: ReadFrame;
  rest: string[];
}

/** Reads a response or an event, whose first line comes first. */
function readHeaders(
  [first = "", ...others]: string[],
  before: string[],
): Read | undefined {
  const kind = frameKind(first);
  const [head = "", ...behind] = first.split("\n");
  const lines = [head, ...before, ...behind];
  for (const [index, line] of others.entries()) {
    const rest = others.slice(index);
    if (line === "") return { frame: { kind, lines }, rest };
    if (first === "Response: Follows" && isCommandText(line, lines)) {
      return readCommandText(lines, rest);
    }
    if (kind === "response" && startsFrame(line)) {
      return { frame: { kind, lines }, rest };
    }
    lines.push(...repaired(line, head));
  }
  return undefined;
}

/** Returns the meaning of a header with line feeds. */
function repaired(line: string, first: string): string[] {
  if (line.startsWith("Message:")) return [line.replace(/\n+$/, "")];
  return first === "Event: Agents" && line.startsWith("CallStarted:")
    ? line.split("\n")
    : [line];
}

function isCommandText(line: string, headers: string[]): boolean {
  const name = /^(response|privilege|actionid):/i.exec(line)?.[0].toLowerCase();
  return name === undefined || line.includes("\n") || line.endsWith(END) ||
    headers.some((header) => header.toLowerCase().startsWith(name));
}

function readCommandText(headers: string[], lines: string[]): Read | undefined {
  for (const [index, line] of lines.entries()) {
    if (line !== "" || !lines[index - 1]?.endsWith(END)) continue;
    const text = lines.slice(0, index).join("\n").slice(0, -END.length);
    const output = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
    return {
      frame: {
        kind: "response",
        lines: [...headers, ...output.map((part) => `Output: ${part}`)],
      },
      rest: lines.slice(index),
    };
  }
  return undefined;
}

/** Reads what begins with neither `Response` nor `Event`. */
function readText(lines: string[]): Read | undefined {
  const read: string[] = [];
  for (const [index, line] of lines.entries()) {
    const rest = lines.slice(index + 1);
    if (line === "") {
      return { frame: { kind: "text", lines: read }, rest };
    }
    const parts = (line.endsWith("\n") ? line.slice(0, -1) : line).split("\n");
    for (const [place, part] of parts.entries()) {
      const isEnvelope = read.every((header) =>
        /^[a-z][a-z0-9_-]*:/i.test(header)
      ) &&
        read.some((header) => /^(actionid|privilege|server):/i.test(header));
      if (isEnvelope && frameKind(part) !== "text") {
        const header = parts.slice(place).join("\n");
        return readHeaders([header, ...rest], read);
      }
      if (startsFrame(part)) {
        const next = parts.slice(place).join("\n");
        return { frame: { kind: "text", lines: read }, rest: [next, ...rest] };
      }
      read.push(part);
    }
  }
  return undefined;
}

// What is compared

const NAMES = ["Hangup", "Newexten", "VarSet", "UserEvent", "Agents"];

/** An interest in some events, which changes. */
class Interest {
  readonly #names = new Set(["Hangup"]);

  wants(name: string): boolean {
    return this.#names.has("*") || this.#names.has(name);
  }

  toggle(name: string): void {
    if (!this.#names.delete(name)) this.#names.add(name);
  }
}

/** Takes frames, and keeps those that somebody wants at their turn. */
class Listener {
  readonly interest = new Interest();
  readonly taken: ReadFrame[] = [];
  #toggles: readonly string[];

  constructor(toggles: readonly string[]) {
    this.#toggles = toggles;
  }

  take({ kind, lines }: { kind: FrameKind; lines: readonly string[] }): void {
    const [first = ""] = lines;
    const name = first.slice(first.indexOf(":") + 1).replace(/^ /, "");
    if (kind === "event" && !this.interest.wants(name)) return;
    const toggle = this.#toggles[this.taken.length];
    if (toggle !== undefined) this.interest.toggle(toggle);
    this.taken.push({ kind, lines: [...lines] });
  }
}

const PARSER = new DataParser("catalog");

/** Reads as a connection does. */
async function read(
  chunks: Uint8Array<ArrayBuffer>[],
  toggles: readonly string[],
): Promise<ReadFrame[]> {
  const listener = new Listener(toggles);
  const reader = new FrameReader(connOf(chunks), {
    ...DEFAULT_LIMITS,
    // So that some frames are too long to be taken whole.
    maxFrameLength: 12 * 200,
    encoding: "utf-8",
    parser: PARSER,
    readsLines: false,
  }, { onFailure: (error) => assert(false, String(error)) });
  await reader.read({
    line: undefined,
    greeting: () => {},
    frame: (frame) => listener.take(frame),
    wants: (name) => listener.interest.wants(name),
    awaitsAnswers: () => false,
    unread: () => {},
    cutOff: () => {},
  });
  return listener.taken;
}

/** Returns the frames that the reference reads. */
function expected(text: string, toggles: readonly string[]): ReadFrame[] {
  const listener = new Listener(toggles);
  for (const frame of readFrames(linesOf(text).slice(1))) listener.take(frame);
  return listener.taken;
}

// What is generated

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("1", "", "a: b", "José 🐊 日本") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "l1\nl2",
      "l1\n\nl2",
      "Event: Hangup",
      "a\r",
      "\0",
      "x".repeat(300),
      "ok\n",
    ),
  },
);

const header = fc.tuple(
  fc.constantFrom(
    "Privilege",
    "ActionID",
    "actionid",
    "Channel",
    "Message",
    "CallStarted",
    "Events",
    "EventList",
    "Output",
    "ChanVariable(SIP/1)",
  ),
  value,
).map(([name, text]) => `${name}: ${text}\r\n`);

const headers = fc.array(header, { maxLength: 5 }).map((all) => all.join(""));

const end = fc.oneof(
  { weight: 12, arbitrary: fc.constant("\r\n") },
  { weight: 1, arbitrary: fc.constantFrom("\n", "\r\n\r\n", "") },
);

const event = fc.tuple(fc.constantFrom(...NAMES), headers, end)
  .map(([name, rest, last]) => `Event: ${name}\r\n${rest}${last}`);

const response = fc.tuple(
  fc.constantFrom("Success", "Error", "Goodbye"),
  headers,
  end,
).map(([name, rest, last]) => `Response: ${name}\r\n${rest}${last}`);

const odd = fc.oneof(
  fc.tuple(
    fc.constantFrom("ActionID: 1", "Server: pbx", "privilege: call,all"),
    fc.oneof(event, response),
  ).map(([envelope, frame]) => `${envelope}\r\n${frame}`),
  fc.tuple(fc.constantFrom("Done", "Key: v", "Server: up"), response)
    .map(([text, frame]) => `${text}\n${frame}`),
  fc.constantFrom(
    "PJSIP/a 0 -1 Tx:NEW\n\r\n",
    "Key: v\r\nother text\r\n\r\n",
    "Event: UserEvent\r\nEvent: Hangup\r\nResponse: Success\r\n\r\n",
    "Event: Agents\r\nCallStarted: 1\nLoggedInTime: 2\r\n\r\n",
    "Event: CoreShowChannelMap\r\nA: b\r\n\n",
    "event:Hangup\r\n\r\n",
    "Event: Hangup\nCause: 16\r\nA: b\r\n\r\n",
    "Response: Follows\r\nPrivilege: Command\r\none\n\nEvent: X\r\n\r\nEvent: Hangup\r\n\r\n--END COMMAND--\r\n\r\n",
    "Response: Follows\r\nActionID: 1\r\nActionID: 2\n--END COMMAND--\r\nmore--END COMMAND--\r\n\r\n",
    "Response: Follows\r\nPrivilege: Command\r\n\r\n",
    "\r\n",
    "\0\r\n",
  ),
);

/** Pieces of the wire in no order. */
const noise = fc.array(
  fc.constantFrom(
    "Event: ",
    "Response: ",
    "Success",
    "Follows",
    "Hangup",
    "ActionID: 1",
    "Server: x",
    "text",
    "--END COMMAND--",
    "\r\n",
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    ":",
  ),
  { maxLength: 25 },
).map((pieces) => pieces.join(""));

const session = fc.tuple(
  fc.constantFrom(...Array<string>(6).fill("Call Manager/9\r\n"), "Mock/1\n"),
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: event },
      { weight: 2, arbitrary: response },
      { weight: 2, arbitrary: odd },
      { weight: 1, arbitrary: noise },
    ),
    { maxLength: 25 },
  ),
).map(([greeting, frames]) => greeting + frames.join(""));

Deno.test("DAMI reads random sessions as an independent parser does", async () => {
  const seen = { response: 0, event: 0, text: 0 };
  await fc.assert(
    fc.asyncProperty(
      session,
      fc.array(fc.nat(4_000), { maxLength: 60 }),
      fc.array(fc.constantFrom("*", ...NAMES), { maxLength: 10 }),
      async (text, places, toggles) => {
        const bytes = new TextEncoder().encode(text);
        const chunks = cutAt(
          bytes,
          places.map((place) => place % (bytes.length + 1)),
        );
        const frames = await read(chunks, toggles);
        for (const { kind } of frames) seen[kind]++;
        assertEquals(frames, expected(text, toggles));
      },
    ),
    { numRuns: SESSIONS, seed: SEED },
  );
  assert(Math.min(...Object.values(seen)) > 1_000, JSON.stringify(seen));
});

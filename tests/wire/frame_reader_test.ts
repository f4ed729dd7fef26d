import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { DataParser } from "../../src/wire/data_parser.ts";
import { FrameReader } from "../../src/wire/frame_reader.ts";
import { chunked, connOf, cutAt } from "../_wire.ts";

// Whatever comes, in whatever pieces, and with any listeners: frames that are
// taken whole are the same, and in the same order, as those read line by line.

const GREETING = "Asterisk Call Manager/11.0.0\r\n";

function event(name: string, ...lines: string[]): string {
  return [`Event: ${name}`, ...lines, "", ""].join("\r\n");
}

const NAMES = ["Hangup", "Newexten", "VarSet", "X"];

const frameText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...NAMES).map((name) => event(name)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom(...NAMES),
      fc.constantFrom(
        "Value: é",
        "Value: l1\nl2",
        "Value: l1\n\nl2",
        "Value: \n",
        "Value: a\r",
        "ActionID: 1",
        "actionid: 1",
        "--END SMS EVENT--",
        "",
        "Event: Hangup",
        "Value: \0",
        "\0",
        `Value: ${"long ".repeat(30)}`,
      ),
    ).map(([name, line]) => event(name, "Privilege: call,all", line)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...NAMES), fc.nat(99)).map((
      [name, value],
    ) => event(name, `Channel: ${value}`, `Uniqueid: 1.${value}`)),
  },
  fc.constantFrom(
    "Response: Success\r\nActionID: 1\r\n\r\n",
    "Response: Success\r\nMessage: Park successful\n\r\n\r\n",
    "Event: CoreShowChannelMap\r\nActionID: 1\r\nA: b\r\n\n",
    "Event: X\r\nA: b\r\n\n",
    "event: Hangup\r\n\r\n",
    "Event:Hangup\r\n\r\n",
    "Event: Hangup\nCause: 16\r\nA: b\r\n\r\n",
    "Event: Agents\r\nCallStarted: 1\nLoggedInTime: 2\r\n\r\n",
    "Response: Success\r\nActionID: 1\r\nResponse: Success\r\nActionID: 2\r\n\r\n",
    "Response: Success\r\nResponse: Follows\r\none\r\n\r\n--END COMMAND--\r\n\r\n",
    "Response: Success\r\nPing: Pong\r\nTimestamp: 12.5\r\n\r\n",
    "ActionID: 1\r\nEvent: Hangup\r\n\r\n",
    "\r\n",
    "\n",
    "PJSIP/a 0 -1\n\r\n",
    "Response: Follows\r\nPrivilege: Command\r\none\r\n\r\nEvent: X\r\n\r\n--END COMMAND--\r\n\r\n",
  ),
);

/** An interest in some events, which changes, and answers that are awaited. */
class Interest {
  awaits = false;
  readonly #names = new Set(["Hangup"]);

  wants(name: string): boolean {
    return this.#names.has("*") || this.#names.has(name);
  }

  toggle(name: string): void {
    if (name === "await") this.awaits = !this.awaits;
    else if (!this.#names.delete(name)) this.#names.add(name);
  }
}

/** Returns everything that is delivered of these bytes. */
async function deliver(
  chunks: Uint8Array<ArrayBuffer>[],
  toggles: readonly string[],
  { readsLines, maxPlain }: { readsLines: boolean; maxPlain: number },
): Promise<{ delivered: unknown[]; events: number }> {
  const interest = new Interest();
  const parser = new DataParser("catalog");
  const delivered: unknown[] = [];
  let events = 0;
  const reader = new FrameReader(connOf(chunks), {
    ...DEFAULT_LIMITS,
    maxFrameLength: maxPlain * 12,
    encoding: "utf-8",
    parser,
    readsLines,
  }, { onFailure: (error) => delivered.push(error) });
  await reader.read({
    line: readsLines ? () => {} : undefined,
    greeting: (line) => delivered.push(line),
    frame: (frame) => {
      if (frame.kind === "event") {
        events++;
        const isPart = interest.awaits && frame.actionId !== undefined;
        if (!isPart && !interest.wants(frame.name)) return;
      }
      // Somebody begins or ends to listen when this is delivered.
      const toggle = toggles[delivered.length - 1];
      if (toggle !== undefined) interest.toggle(toggle);
      const { kind, name, actionId } = frame;
      delivered.push({
        kind,
        name,
        actionId,
        // Both ways to its data: of its text, and of its lines.
        data: delivered.length % 2 === 0 ? frame.data(parser) : undefined,
        lines: frame.lines,
        later: frame.data(parser),
      });
    },
    wants: (name) => interest.wants(name),
    awaitsAnswers: () => interest.awaits,
    unread: (count) => events += count,
    cutOff: (lines) => delivered.push(lines),
  });
  return { delivered, events };
}

const sessionText = fc.tuple(
  fc.constantFrom(GREETING, GREETING, GREETING, "Mock/1.0\n"),
  fc.array(frameText, { maxLength: 40 }),
  fc.constantFrom("", "Event: Hang", "Response: Foll"),
).map(([greeting, frames, rest]) =>
  new TextEncoder().encode(greeting + frames.join("") + rest)
);

const toggles = fc.array(fc.constantFrom("*", "await", ...NAMES), {
  maxLength: 20,
});

async function assertSame(
  chunks: Uint8Array<ArrayBuffer>[],
  toggles: readonly string[],
  maxPlain: number,
): Promise<void> {
  assertEquals(
    await deliver(chunks, toggles, { readsLines: false, maxPlain }),
    await deliver(chunks, toggles, { readsLines: true, maxPlain }),
  );
}

Deno.test("FrameReader delivers frames that it takes whole as it does line by line", async () => {
  await fc.assert(
    fc.asyncProperty(
      sessionText.chain((bytes) => chunked(bytes)),
      toggles,
      fc.constantFrom(40, 100, 16_384),
      (chunks, toggles, maxPlain) => assertSame(chunks, toggles, maxPlain),
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("FrameReader delivers the same of a session that is cut at any one byte", async () => {
  await fc.assert(
    fc.asyncProperty(
      sessionText.filter((bytes) => bytes.length < 400),
      toggles,
      async (bytes, toggles) => {
        for (let place = 0; place <= bytes.length; place++) {
          await assertSame(cutAt(bytes, [place]), toggles, 60);
        }
      },
    ),
    { numRuns: 15 },
  );
});

Deno.test("FrameReader delivers the same of a real session", async () => {
  for (const name of ["calls-22", "lists-16"]) {
    const bytes = await Deno.readFile(
      new URL(`../captures/${name}.txt`, import.meta.url),
    );
    await fc.assert(
      fc.asyncProperty(
        chunked(bytes),
        fc.array(
          fc.constantFrom("*", "await", "Hangup", "Newchannel", "VarSet"),
        ),
        async (chunks, toggles) => {
          const whole = await deliver(chunks, toggles, {
            readsLines: false,
            maxPlain: 16_384,
          });
          assertEquals(
            whole,
            await deliver(chunks, toggles, {
              readsLines: true,
              maxPlain: 16_384,
            }),
          );
          assert(whole.delivered.length > 2);
        },
      ),
      { numRuns: 20 },
    );
  }
});

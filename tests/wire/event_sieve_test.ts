import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cutLines } from "../../src/wire/lines.ts";
import { type EventInterest, EventSieve } from "../../src/wire/event_sieve.ts";
import { FrameAssembler } from "../../src/wire/frame_assembler.ts";
import { LineGuard, restoreLineFeeds } from "../../src/wire/line_guard.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { chunked, connOf } from "../_wire.ts";

const GREETING = "Asterisk Call Manager/11.0.0\r\n";

/** An interest in some events, which changes. */
class Interest implements EventInterest {
  revision = 0;
  readonly #names: Set<string>;

  constructor(...names: string[]) {
    this.#names = new Set(names);
  }

  wants(name: string): boolean {
    return this.wantsAll || this.#names.has(name);
  }

  get wantsAll(): boolean {
    return this.#names.has("*");
  }

  toggle(name: string): void {
    this.revision++;
    if (!this.#names.delete(name)) this.#names.add(name);
  }
}

function sieveOf(interest: EventInterest, maxFrameLength = 16_384): EventSieve {
  return new EventSieve({ interest, maxFrameLength });
}

function event(name: string, ...lines: string[]): string {
  return [`Event: ${name}`, ...lines, "", ""].join("\r\n");
}

const MARK = "\0\r\n";

Deno.test("EventSieve lets events fall away that nobody wants", () => {
  const sieve = sieveOf(new Interest("Hangup"));
  assertEquals(sieve.push(GREETING), GREETING);
  const hangup = event("Hangup", "Cause: 16");
  const text = event("Newexten") + event("VarSet", "Value: 1") + hangup +
    event("Newexten");
  assertEquals(sieve.push(text), MARK + hangup + MARK);
  assertEquals(sieve.take("Event: Hangup"), undefined);
  assertEquals(sieve.take("\0"), { count: 2, text: undefined });
  assertEquals(sieve.take("\0"), { count: 1, text: undefined });
});

Deno.test("EventSieve gives back what somebody wants by the time of its turn", () => {
  const interest = new Interest();
  const sieve = sieveOf(interest);
  const text = event("Newexten") + event("Hangup", "Cause: 16");
  assertEquals(sieve.push(GREETING + text), GREETING + MARK);
  interest.toggle("Hangup");
  assertEquals(sieve.take("\0"), { count: 2, text });
  assertEquals(sieve.push(text), MARK + event("Hangup", "Cause: 16"));
});

Deno.test("EventSieve holds an event that has not come whole", () => {
  const sieve = sieveOf(new Interest());
  const text = event("Hangup", "Cause: 16");
  assertEquals(sieve.push(GREETING + text.slice(0, 9)), GREETING);
  assertEquals(sieve.push(text.slice(9, -1)), "");
  assertEquals(sieve.push("\nEvent: H"), MARK);
  assertEquals(sieve.take("\0"), { count: 1, text: undefined });
  assertEquals(sieve.end(), "Event: H");
});

Deno.test("EventSieve lets an event fall away also behind an empty line too many", () => {
  const sieve = sieveOf(new Interest());
  assertEquals(
    sieve.push(`${GREETING}\r\n${event("X")}\r\n${event("Y")}`),
    `${GREETING}\r\n${MARK}\r\n${MARK}`,
  );
});

for (
  const [what, text] of [
    ["a response", "Response: Success\r\nPing: Pong\r\n\r\n"],
    ["an event with an ActionID", event("X", "A: b", "ActionID: 1")],
    ["an event with an actionid", event("X", "actionid: 1", "A: b")],
    ["an event in another spelling", "event: X\r\n\r\n"],
    ["an event that ends otherwise", `Event: X\r\n\n${event("Hangup")}`],
    ["an event with an empty line inside a value", event("X", "A: b\n\nc")],
    ["an event that is longer than any", event("X", "A".repeat(20_000))],
    ["text", "PJSIP/a 0 -1 Tx:NEW Rx:ACK\n\r\nResponse: Success\r\n\r\n"],
  ] as const
) {
  Deno.test(`EventSieve lets ${what} pass`, () => {
    const sieve = sieveOf(new Interest());
    assertEquals(sieve.push(GREETING + text) + sieve.end(), GREETING + text);
  });
}

for (
  const [what, text] of [
    ["a peer that ends its greeting with a bare line feed", "Mock/1.0\n"],
    ["the text of a Command follows", `${GREETING}Response: Follows\r\n`],
    ["the peer sends the character of the mark", `${GREETING}A: \0\r\n`],
    ["a greeting that never ends", "x".repeat(20_000)],
  ] as const
) {
  Deno.test(`EventSieve lets everything pass after ${what}`, () => {
    const sieve = sieveOf(new Interest());
    assertEquals(sieve.push(text), text);
    const more = `${MARK}Event: X\r\n\r\n${event("Y")}`;
    assertEquals(sieve.push(more), more);
    assertEquals(sieve.take("\0"), undefined);
  });
}

Deno.test("EventSieve remembers no more first lines than there can be", () => {
  const sieve = sieveOf(new Interest());
  sieve.push(GREETING);
  for (let number = 0; number < 3_000; number++) {
    assertEquals(sieve.push(event(`Event${number}`)), MARK);
    assertEquals(sieve.take("\0")?.count, 1);
  }
});

// Whatever comes, in whatever pieces, and whoever listens: it is as without the sieve.

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
  fc.constantFrom(
    "Response: Success\r\nActionID: 1\r\n\r\n",
    "Response: Success\r\nMessage: Park successful\n\r\n\r\n",
    "Event: CoreShowChannelMap\r\nActionID: 1\r\nA: b\r\n\n",
    "Event: X\r\nA: b\r\n\n",
    "event: Hangup\r\n\r\n",
    "Event:Hangup\r\n\r\n",
    "\r\n",
    "\n",
    "PJSIP/a 0 -1\n\r\n",
    "Response: Follows\r\nPrivilege: Command\r\none\r\n\r\nEvent: X\r\n\r\n--END COMMAND--\r\n\r\n",
  ),
);

Deno.test("EventSieve finds old Command text in pieces of any size, whenever every event ceases to be wanted", () => {
  const answer = "Response: Follows\r\nPrivilege: Command\r\none\r\n\r\n" +
    event("X") + "--END COMMAND--\r\n\r\n";
  const text = event("Hangup", "Cause: 16") + answer;
  for (let size = 1; size < 25; size++) {
    for (let toggledAt = 0; toggledAt < text.length; toggledAt += size) {
      const interest = new Interest("*");
      const sieve = sieveOf(interest);
      let passed = sieve.push(GREETING);
      for (let start = 0; start < text.length; start += size) {
        if (start === toggledAt) interest.toggle("*");
        passed += sieve.push(text.slice(start, start + size));
      }
      passed += sieve.end();
      assert(passed.endsWith(answer), `${size} ${toggledAt} ${passed}`);
    }
  }
});

/** What is delivered of these bytes: all but events that nobody wants at their turn. */
async function deliver(
  chunks: Uint8Array<ArrayBuffer>[],
  toggles: readonly string[],
  maxFrameLength?: number,
): Promise<{ delivered: unknown[]; events: number }> {
  const interest = new Interest("Hangup");
  const sieve = maxFrameLength === undefined
    ? undefined
    : sieveOf(interest, maxFrameLength);
  const assembler = new FrameAssembler(DEFAULT_LIMITS);
  const delivered: unknown[] = [];
  let events = 0;
  let greeting: string | undefined;
  const lines = cutLines(connOf(chunks), {
    encoding: "utf-8",
    guard: new LineGuard(DEFAULT_LIMITS),
    sieve,
    onFailure: (error) => delivered.push(error),
  });
  for await (const cut of lines) {
    if (greeting === undefined) {
      greeting = cut;
      delivered.push(greeting);
      continue;
    }
    const sifted = sieve?.take(cut);
    if (sifted !== undefined && sifted.text === undefined) {
      events += sifted.count;
    }
    for (
      const line of sifted === undefined
        ? [restoreLineFeeds(cut)]
        : sifted.text?.split("\r\n") ?? []
    ) {
      const frame = assembler.push(line);
      if (frame === undefined) continue;
      if (frame.kind === "event") events++;
      if (frame.kind === "event" && !interest.wants(frame.name)) continue;
      // Somebody begins or ends to listen when this is delivered.
      const toggle = toggles[delivered.length - 1];
      if (toggle !== undefined) interest.toggle(toggle);
      delivered.push(frame.lines);
    }
  }
  delivered.push(assembler.unfinished);
  return { delivered, events };
}

const session = fc.tuple(
  fc.constantFrom(GREETING, GREETING, GREETING, "Mock/1.0\n"),
  fc.array(frameText, { maxLength: 40 }),
  fc.constantFrom("", "Event: Hang", "Response: Foll"),
).chain(([greeting, frames, rest]) =>
  chunked(new TextEncoder().encode(greeting + frames.join("") + rest))
);

Deno.test("EventSieve changes nothing of what is delivered", async () => {
  await fc.assert(
    fc.asyncProperty(
      session,
      fc.array(fc.constantFrom("*", ...NAMES), { maxLength: 20 }),
      fc.constantFrom(1, 30, 100, 16_384),
      async (chunks, toggles, maxFrameLength) => {
        assertEquals(
          await deliver(chunks, toggles, maxFrameLength),
          await deliver(chunks, toggles),
        );
      },
    ),
    { numRuns: 1_000 },
  );
});

Deno.test("EventSieve changes nothing of what is delivered of a real session", async () => {
  for (const name of ["calls-22", "lists-16"]) {
    const bytes = await Deno.readFile(
      new URL(`../captures/${name}.txt`, import.meta.url),
    );
    await fc.assert(
      fc.asyncProperty(
        chunked(bytes),
        fc.array(
          fc.constantFrom("*", "Hangup", "Newchannel", "VarSet"),
        ),
        async (chunks, toggles) => {
          const sifted = await deliver(chunks, toggles, 16_384);
          assertEquals(sifted, await deliver(chunks, toggles));
          assert(sifted.delivered.length > 2);
        },
      ),
      { numRuns: 20 },
    );
  }
});

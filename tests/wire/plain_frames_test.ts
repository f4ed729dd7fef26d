import { assertEquals } from "@std/assert";
import { PlainFrames, type PlainPart } from "../../src/wire/plain_frames.ts";

const GREETING = "Asterisk Call Manager/11.0.0\r\n";

const MARK = "\0\r\n";

/** Takes frames out of a text that comes in pieces. */
function plainFrames(maxFrameLength = 16_384): PlainFrames {
  return new PlainFrames({ maxFrameLength });
}

function event(name: string, ...lines: string[]): string {
  return [`Event: ${name}`, ...lines, "", ""].join("\r\n");
}

/** The frames that the next mark stands for. */
function nextFrames(plain: PlainFrames): string[] | undefined {
  const taken = plain.take("\0");
  if (taken === undefined) return undefined;
  if ("lines" in taken) throw new Error(`Lines: ${taken.lines.join()}`);
  return taken.ends.map((end, index) =>
    taken.text.slice(taken.ends[index - 1] ?? 0, end)
  );
}

/** The text that was taken out. */
function textOf(taken: PlainPart | undefined): string | undefined {
  return taken !== undefined && "lines" in taken
    ? taken.lines.map((line) => `${line}\r\n`).join("")
    : taken?.text;
}

/** Returns what passes of a text that comes in pieces, with what was taken out put back. */
function restored(plain: PlainFrames, text: string, size: number): string {
  let passed = "";
  for (let start = 0; start < text.length; start += size) {
    passed += plain.push(text.slice(start, start + size));
  }
  return (passed + plain.end())
    .replaceAll(MARK, () => textOf(plain.take("\0")) ?? MARK);
}

Deno.test("PlainFrames takes out whole events and responses, and leaves a mark for each run", () => {
  const plain = plainFrames();
  assertEquals(plain.push(GREETING), GREETING);
  const frames = [
    event("Newexten"),
    event("VarSet", "Value: 1", "ActionID: 1"),
    "Response: Success\r\nPing: Pong\r\n\r\n",
  ];
  const text = "PJSIP/a 0 -1\r\n\r\n";
  assertEquals(
    plain.push(frames.join("") + text + event("Hangup")),
    MARK + text + MARK,
  );
  assertEquals(plain.take("Event: Hangup"), undefined);
  assertEquals(nextFrames(plain), frames);
  assertEquals(nextFrames(plain), [event("Hangup")]);
  assertEquals(nextFrames(plain), undefined);
});

Deno.test("PlainFrames.takeAtOnce() takes a run once all that came before it was taken", () => {
  const plain = plainFrames();
  const take = (text: string) => textOf(plain.takeAtOnce(plain.push(text)));
  assertEquals(take(GREETING), undefined);
  assertEquals(take(event("A")), undefined, "behind the greeting");
  assertEquals(take(event("B")), undefined, "behind a run that waits");
  assertEquals(nextFrames(plain), [event("A")]);
  assertEquals(nextFrames(plain), [event("B")]);
  assertEquals(take(event("C")), event("C"));
  assertEquals(take("Event: "), undefined);
  assertEquals(take("D\r\n\r\n"), event("D"));
  assertEquals(take("odd\r\n\r\n"), undefined);
  assertEquals(take(event("E")), undefined, "behind text");
  assertEquals(nextFrames(plain), [event("E")]);
  assertEquals(take(event("F")), event("F"));
  assertEquals(take(`${event("G")}odd\r\n\r\n`), undefined, "before text");
  assertEquals(nextFrames(plain), [event("G")]);
  assertEquals(take(event("H")), undefined, "behind text");
});

Deno.test("PlainFrames.takeAtOnce() takes no line of the PBX for a mark", () => {
  const plain = plainFrames();
  plain.takeAtOnce(plain.push(GREETING));
  plain.takeAtOnce(plain.push(event("A")));
  assertEquals(plain.takeAtOnce(plain.push("\0\r\n\r\n")), undefined);
  assertEquals(plain.takeAtOnce(plain.push(MARK)), undefined);
  assertEquals(nextFrames(plain), [event("A")]);
});

Deno.test("PlainFrames holds a frame that has not come whole", () => {
  const plain = plainFrames();
  const text = event("Hangup", "Cause: 16");
  assertEquals(plain.push(GREETING + text.slice(0, 9)), GREETING);
  assertEquals(plain.push(text.slice(9, -1)), "");
  assertEquals(plain.push("\nEvent: H"), MARK);
  assertEquals(nextFrames(plain), [text]);
  assertEquals(plain.end(), "Event: H");
});

Deno.test("PlainFrames takes out the next event after an empty line too many", () => {
  const plain = plainFrames();
  assertEquals(
    plain.push(`${GREETING}\r\n${event("X")}\r\n\r\n\n${event("Y")}`),
    `${GREETING}\r\n${MARK}\r\n\r\n\n${MARK}`,
  );
  assertEquals(nextFrames(plain), [event("X")]);
  assertEquals(nextFrames(plain), [event("Y")]);
});

Deno.test("PlainFrames goes on after a frame that is longer than any", () => {
  for (let cut = 1; cut < 60; cut++) {
    const plain = plainFrames(100);
    const long = event("X", `A: ${"long ".repeat(40)}`);
    const text = GREETING + long + event("Y");
    assertEquals(restored(plain, text, cut), text);
    assertEquals(plain.push(event("Z")), event("Z"), "after its end");
  }
});

Deno.test("PlainFrames takes out the lines of a frame that is longer than any", () => {
  const output = Array.from({ length: 30 }, (_, line) => `Output: ${line}`);
  const long = ["Response: Success", ...output, "", ""].join("\r\n");
  const plain = plainFrames(100);
  assertEquals(plain.push(GREETING + long.slice(0, 120)), GREETING + MARK);
  assertEquals(plain.push(long.slice(120, 200)), MARK);
  assertEquals(plain.push(long.slice(200) + event("X")), MARK + MARK);
  const lines = [];
  for (let part = 0; part < 3; part++) {
    const taken = plain.take("\0");
    lines.push(taken !== undefined && "lines" in taken ? taken.lines : []);
  }
  assertEquals(lines.flat(), ["Response: Success", ...output, ""]);
  // The last whole one waits, as an empty line may follow it.
  assertEquals(lines[0]?.at(-1), "Output: 7");
  assertEquals(nextFrames(plain), [event("X")]);
});

Deno.test("PlainFrames lets the end of a long frame pass that ends otherwise", () => {
  const plain = plainFrames(100);
  const long = `Event: X\r\n${"Text: some\r\n".repeat(20)}`;
  assertEquals(plain.push(GREETING + long), GREETING + MARK);
  assertEquals(plain.push(`\n${event("Y")}`), `Text: some\r\n\n${MARK}`);
});

for (
  const [what, line] of [
    ["holds a bare line feed", "Output: one\ntwo"],
    ["is longer than a frame", `Output: ${"x".repeat(100)}`],
  ] as const
) {
  Deno.test(`PlainFrames takes out no line that ${what}`, () => {
    const long = ["Response: Success", ...Array<string>(20).fill(line), "", ""]
      .join("\r\n");
    const plain = plainFrames(100);
    assertEquals(plain.push(GREETING + long), GREETING + long);
    assertEquals(plain.push(event("X")), MARK);
  });
}

for (
  const [what, text] of [
    ["an event in another spelling", "event: X\r\n\r\n"],
    ["an event that ends otherwise", "Event: X\r\n\n"],
    ["an event that is longer than any", event("X", "A".repeat(20_000))],
    ["text", "PJSIP/a 0 -1 Tx:NEW Rx:ACK\n\r\nResponse: Success\r\n\r\n"],
    [
      "a response without an empty line after it",
      "Response: Success\r\nEvent: X\r\n\r\n",
    ],
  ] as const
) {
  Deno.test(`PlainFrames lets ${what} pass`, () => {
    const plain = plainFrames();
    assertEquals(plain.push(GREETING + text) + plain.end(), GREETING + text);
  });
}

for (
  const [what, text] of [
    ["a peer that ends its greeting with a bare line feed", "Mock/1.0\n"],
    ["the text of a Command follows", `${GREETING}Response: Follows\r\n\r\n`],
    [
      "the text of a Command follows a response without an empty line",
      `${GREETING}Response: Success\r\nResponse: Follows\r\n\r\n`,
    ],
    ["the peer sends the character of the mark", `${GREETING}A: \0\r\n\r\n`],
    ["a greeting with the character of the mark", "\0\r\n"],
    ["a greeting that never ends", "x".repeat(20_000)],
  ] as const
) {
  Deno.test(`PlainFrames lets everything pass after ${what}`, () => {
    const plain = plainFrames();
    assertEquals(plain.push(text), text);
    const more = `${MARK}Event: X\r\n\r\n${event("Y")}`;
    assertEquals(plain.push(more), more);
    assertEquals(plain.take("\0"), undefined);
  });
}

Deno.test("PlainFrames finds old Command text in pieces of any size", () => {
  const answer = "Response: Follows\r\nPrivilege: Command\r\none\r\n\r\n" +
    event("X") + "--END COMMAND--\r\n\r\n";
  for (const before of ["", `Text: ${"long ".repeat(40)}\r\n`]) {
    const text = before + answer;
    for (let size = 1; size < 40; size++) {
      const plain = plainFrames(100);
      assertEquals(plain.push(GREETING), GREETING);
      assertEquals(restored(plain, text, size), text, String(size));
      assertEquals(plain.push(event("Y")), event("Y"), "all passes now");
    }
  }
});

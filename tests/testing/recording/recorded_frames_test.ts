import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { FrameCutter } from "../../../src/testing/recording/recorded_frames.ts";
import { toBinary } from "../../../src/testing/recording/recording.ts";

const GREETING = "Asterisk Call Manager/11.0.0\r\n";

/** The frames of a session in one piece. */
function cut(text: string): string[] {
  return new FrameCutter().push(GREETING + text, 0).map((frame) => frame.text);
}

Deno.test("frames are cut at blank lines, and half a frame waits", () => {
  const cutter = new FrameCutter();
  assertEquals(cutter.push("Asterisk Call", 0), []);
  assertEquals(cutter.greeting, "");
  assertEquals(cutter.push(" Manager/11.0.0\r\nEvent: A\r\n", 1), []);
  assertEquals(cutter.greeting, GREETING);
  assertEquals(cutter.push("\r\nEvent: B\r\n\r\nEvent: C\r\nD", 2), [
    { at: 2, text: "Event: A\r\n\r\n" },
    { at: 2, text: "Event: B\r\n\r\n" },
  ]);
  assertEquals(cutter.rest, "Event: C\r\nD");
});

Deno.test("a line feed in a value ends neither line nor frame", () => {
  const frame = "Response: Success\r\nValue: l1\n\nl2\r\n\r\n";
  assertEquals(cut(`${frame}Event: X\r\n\r\n`), [frame, "Event: X\r\n\r\n"]);
});

Deno.test("a line feed in place of the blank line ends the frame", () => {
  assertEquals(
    cut("Event: CoreShowChannelMap\r\nA: B\r\n\nEvent: X\r\n\r\n"),
    ["Event: CoreShowChannelMap\r\nA: B\r\n\n", "Event: X\r\n\r\n"],
  );
});

Deno.test("a further blank line belongs to the frame before", () => {
  const frames = new FrameCutter().push(
    `${GREETING}Response: Success\r\n\r\n\r\nEvent: X\r\n\r\n`,
    0,
  );
  assertEquals(frames.map(({ text }) => text), [
    "Response: Success\r\n\r\n\r\n",
    "Event: X\r\n\r\n",
  ]);
});

Deno.test("the text of a command of Asterisk 13 is one frame with its blank lines", () => {
  const frame =
    "Response: Follows\r\nPrivilege: Command\r\nactive\n\r\n\r\nEvent: no\n--END COMMAND--\r\n\r\n";
  assertEquals(cut(`${frame}Event: X\r\n\r\n`), [frame, "Event: X\r\n\r\n"]);
});

Deno.test("free text without an end ends where the next frame begins", () => {
  assertEquals(
    cut("PJSIP/a 0 -1 Tx:NEW\n\r\nResponse: Success\r\nActionID: z\r\n\r\n"),
    ["PJSIP/a 0 -1 Tx:NEW\n\r\n", "Response: Success\r\nActionID: z\r\n\r\n"],
  );
});

Deno.test("a PBX whose greeting ends with a line feed ends all lines so", () => {
  const frames = new FrameCutter().push("Hello/1\nEvent: A\n\nEvent: B\n\n", 0);
  assertEquals(frames.map(({ text }) => text), [
    "Event: A\n\n",
    "Event: B\n\n",
  ]);
});

Deno.test("no byte of a real session is lost, however it is cut", async () => {
  const url = new URL("../../captures/calls-22.txt", import.meta.url);
  const text = toBinary(await Deno.readFile(url));
  const whole = new FrameCutter().push(text, 0).map((frame) => frame.text);
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (places) => {
      const cutter = new FrameCutter();
      const ends = [...places.toSorted((a, b) => a - b), text.length];
      let start = 0;
      const frames = ends.flatMap((end) => {
        const found = cutter.push(text.slice(start, end), 0);
        start = end;
        return found;
      }).map((frame) => frame.text);
      assertEquals(frames, whole);
      assertEquals(cutter.greeting + frames.join("") + cutter.rest, text);
    }),
    { numRuns: 20 },
  );
});

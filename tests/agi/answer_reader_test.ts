import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { AgiAnswer } from "../../src/agi/answer.ts";
import { AnswerReader } from "../../src/agi/answer_reader.ts";
import { ANSWER } from "./_answers.ts";

const ENCODER = new TextEncoder();

/** A reader, and what it has read. */
class Read {
  readonly env: Record<string, string> = {};
  readonly answers: AgiAnswer[] = [];
  hangups = 0;
  readonly reader = new AnswerReader({
    answer: (answer) => this.answers.push(answer),
    variable: (name, value) => this.env[name] = value,
    hangup: () => this.hangups++,
  });

  push(text: string): this {
    this.reader.push(ENCODER.encode(text));
    return this;
  }

  get raw(): string[] {
    return this.answers.map(({ raw }) => raw);
  }
}

Deno.test("Any pieces of any answers give the same answers", () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 });
  fc.assert(fc.property(fc.array(ANSWER), pieces, (answers, sizes) => {
    const env = "agi_request: async\nagi_arg_1: a: b\nagi_arg_2: \n\n";
    const bytes = ENCODER.encode(
      env + answers.map((answer) => `${answer}\n`).join(""),
    );
    const read = new Read();
    let start = 0;
    for (let piece = 0; start < bytes.length; piece++) {
      const size = sizes[piece % sizes.length] ?? 1;
      read.reader.push(bytes.subarray(start, start + size));
      start += size;
    }
    assertEquals(read.env, {
      "agi_request": "async",
      "agi_arg_1": "a: b",
      "agi_arg_2": "",
    });
    assertEquals(read.raw, answers);
  }));
});

Deno.test("An answer is taken apart", () => {
  const { answers } = new Read().push("\n").push(
    "200 result=1 (a (b) c)\n" +
      "200 result=48 endpos=3520\n" +
      "200 result=0 (timeout) endpos=-1\n" +
      "200 result= (timeout)\n" +
      "200 result=*12\n" +
      "200 result=1 ()\n",
  );
  assertEquals(
    answers.map(({ result, data, endpos }) => [result, data, endpos]),
    [
      ["1", "a (b) c", undefined],
      ["48", undefined, 3_520],
      ["0", "timeout", -1],
      ["", "timeout", undefined],
      ["*12", undefined, undefined],
      ["1", "", undefined],
    ],
  );
});

Deno.test("A notice that an answer will come is not an answer", () => {
  const read = new Read().push("\n100 result=0 Trying...\n200 result=0 x\n");
  assertEquals(read.raw, ["200 result=0 x"]);
});

Deno.test("A cut answer ends, and its rest is passed over", () => {
  const read = new Read().push("\n200 result=1 (abc");
  read.reader.cut();
  assertEquals(read.answers[0]?.data, "abc");
  assertEquals(read.answers[0]?.truncated, true);
  read.push("def").push("ghi)\n200 result=0\n");
  assertEquals(read.raw, ["200 result=1 (abc", "200 result=0"]);
});

Deno.test("An answer that follows a cut one at once is not passed over", () => {
  const read = new Read().push("\n200 result=1 (abc");
  read.reader.cut();
  read.push("200 result=0\n");
  assertEquals(read.raw, ["200 result=1 (abc", "200 result=0"]);
});

Deno.test("A hang-up is told apart from answers", () => {
  const read = new Read().push("\nHANGUP\n200 result=-1\n");
  assertEquals([read.hangups, read.raw.length], [1, 1]);
});

Deno.test("An answer without an end is cut, not kept for ever", () => {
  const read = new Read().push("\n200 result=1 (\n");
  for (let count = 0; count < 20; count++) read.push("x".repeat(100_000));
  assertEquals(read.answers.length, 1);
  assertEquals(read.answers[0]?.truncated, true);
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ByteBuffer } from "../../src/cli/byte_buffer.ts";
import { JsonLines } from "../../src/cli/json_lines.ts";

const AT = Date.UTC(2026, 9, 21, 7, 28, 0, 42);
const TIME = "2026-10-21T07:28:00.042Z";

function decode(buffer: ByteBuffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(buffer.content);
}

function lineOf(event: Record<string, string | number | string[]>): string {
  const buffer = new ByteBuffer(1);
  new JsonLines().write(buffer, event, AT);
  return decode(buffer);
}

Deno.test("JsonLines writes the time and what DAMI gives", () => {
  assertEquals(
    lineOf({ Event: "Hangup", Cause: 16, ChanVariable: ["A=1", "B=2"] }),
    `{"$time":"${TIME}","Event":"Hangup","Cause":16,"ChanVariable":["A=1","B=2"]}\n`,
  );
  assertEquals(lineOf({}), `{"$time":"${TIME}"}\n`);
});

Deno.test("JsonLines leaves a header alone that is called like the time", () => {
  assertEquals(
    lineOf({ Event: "UserEvent", $time: "now" }),
    '{"Event":"UserEvent","$time":"now"}\n',
  );
});

Deno.test("JsonLines writes no control characters", () => {
  assertEquals(
    lineOf({ A: '"\\\x1b\n\x7f\x9b\u202eë' }),
    `{"$time":"${TIME}","A":"\\"\\\\\\u001b\\n\\u007f\\u009b\\u202eë"}\n`,
  );
});

const NAME = fc.oneof(
  fc.constantFrom("Event", "Channel", "__proto__", "$lines", "1", 'a"b'),
  fc.string({ unit: "binary" }),
);
const VALUE = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.maxSafeInteger(),
  fc.integer({ min: -12, max: 12 }),
  fc.array(fc.string({ unit: "binary" })),
);
/** As DAMI makes them: without a prototype of their own making. */
const EVENT = fc.array(fc.tuple(NAME, VALUE)).map((headers) => {
  const event: Record<string, string | number | string[]> = {};
  for (const [name, value] of headers) {
    Object.defineProperty(event, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return event;
});

Deno.test("JsonLines writes the same as JSON.stringify(), event after event", () => {
  fc.assert(fc.property(fc.array(EVENT), (events) => {
    const lines = new JsonLines();
    const buffer = new ByteBuffer(16);
    for (const event of events) lines.write(buffer, event, AT);
    const written = decode(buffer).split("\n").slice(0, -1);
    assertEquals(written.length, events.length);
    for (const [index, event] of events.entries()) {
      const parsed: unknown = JSON.parse(written[index] ?? "");
      const expected: unknown = JSON.parse(
        JSON.stringify(
          Object.hasOwn(event, "$time") ? event : { $time: TIME, ...event },
        ),
      );
      assertEquals(parsed, expected);
    }
  }));
});

Deno.test("JsonLines forgets names that are always new", () => {
  const lines = new JsonLines();
  const buffer = new ByteBuffer(16);
  for (let count = 0; count < 20_000; count++) {
    buffer.length = 0;
    lines.write(buffer, { [`X${count}`]: count }, AT);
  }
  assertEquals(decode(buffer), `{"$time":"${TIME}","X19999":19999}\n`);
  assert(buffer.bytes.length < 1_000);
});

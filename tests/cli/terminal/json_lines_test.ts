import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ByteBuffer } from "../../../src/cli/terminal/byte_buffer.ts";
import { DataParser } from "../../../src/wire/data_parser.ts";
import { printableJson } from "../../../src/cli/terminal/printable.ts";
import { JsonLines } from "../../../src/cli/terminal/json_lines.ts";

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
    lineOf({
      Event: "Hangup",
      Cause: 16,
      Exten: "802",
      ChanVariable: ["A=1", "B=2"],
    }),
    `{"$time":"${TIME}","Event":"Hangup","Cause":16,"Exten":"802","ChanVariable":["A=1","B=2"]}\n`,
  );
  assertEquals(lineOf({}), `{"$time":"${TIME}"}\n`);
});

Deno.test("JsonLines writes the name of the PBX after the time", () => {
  const buffer = new ByteBuffer(1);
  const lines = new JsonLines("berlin");
  lines.write(buffer, { Event: "Hangup" }, AT);
  lines.write(buffer, { Event: "UserEvent", $time: "now" }, AT);
  lines.write(buffer, {}, AT);
  assertEquals(
    decode(buffer),
    `{"$time":"${TIME}","$pbx":"berlin","Event":"Hangup"}
{"$pbx":"berlin","Event":"UserEvent","$time":"now"}
{"$time":"${TIME}","$pbx":"berlin"}
`,
  );
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

/** Texts that are escaped, take more than a byte, or look like numbers. */
const TEXT = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("a", '"', "\\", "ë", "\u061c", "\x9b", "日"),
  }),
  fc.string({ unit: fc.constantFrom("0", "1", "9", "-", ".", "+", "e") }),
  fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(String),
);
const NAME = fc.oneof(
  fc.constantFrom("Event", "Channel", "__proto__", "$time", "$lines", "1"),
  TEXT.filter((name) => name !== "" && !name.includes(":")),
);
const LINES = fc.array(
  fc.tuple(NAME, TEXT).map(([name, value]) => `${name}: ${value}`),
);

Deno.test("JsonLines writes what JSON.stringify() would of what DAMI gives, event after event", () => {
  fc.assert(
    fc.property(fc.array(LINES), (events) => {
      const lines = new JsonLines();
      const buffer = new ByteBuffer(16);
      for (const event of events) {
        lines.write(buffer, new DataParser("catalog").parse(event), AT);
      }
      const written = decode(buffer).split("\n").slice(0, -1);
      const expected = events.map((event) => {
        const json = printableJson(
          JSON.stringify(new DataParser("catalog").parse(event)),
        );
        if (event.some((line) => line.startsWith("$time: "))) return json;
        return `{"$time":"${TIME}"${json === "{}" ? "" : ","}${json.slice(1)}`;
      });
      assertEquals(written, expected);
    }),
    { numRuns: 1_000 },
  );
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

import {
  assert,
  assertEquals,
  assertFalse,
  assertStrictEquals,
} from "@std/assert";
import fc from "fast-check";
import { type DAMIData, UNPARSED_LINES } from "../../src/data.ts";
import {
  DataParser,
  type IntegerConversion,
} from "../../src/wire/data_parser.ts";

/** Returns the data of lines that the parser has not seen before. */
function parseData(
  lines: readonly string[],
  integers: IntegerConversion,
): DAMIData {
  return new DataParser(integers).parse(lines);
}

/** Returns the value of a header, as it is read. */
function parsedValue(text: string, integers = true): DAMIData[string] {
  const value = parseData([`X: ${text}`], integers).X;
  assert(value !== undefined);
  return value;
}

/** Names that every object inherits something under. */
const INHERITED_NAMES = [
  "__proto__",
  "__defineGetter__",
  "__lookupGetter__",
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "toLocaleString",
  "toString",
  "valueOf",
];

Deno.test("DataParser names headers exactly as they came, in their order", () => {
  const data = parseData([
    "Event: Rename",
    "Cause-txt: Normal Clearing",
    "ChanVariable(PJSIP/a-0001): A=1",
    "Units(0)/NumberOf: x",
    "UniqueID: a",
    "Uniqueid: b",
  ], true);
  assertEquals(Object.entries(data), [
    ["Event", "Rename"],
    ["Cause-txt", "Normal Clearing"],
    ["ChanVariable(PJSIP/a-0001)", "A=1"],
    ["Units(0)/NumberOf", "x"],
    ["UniqueID", "a"],
    ["Uniqueid", "b"],
  ]);
});

Deno.test("DataParser makes an empty object of no lines", () => {
  assertEquals(parseData([], true), {});
});

Deno.test("DataParser makes a number of a whole number", () => {
  assertStrictEquals(parsedValue("0"), 0);
  assertStrictEquals(parsedValue("16"), 16);
  assertStrictEquals(parsedValue("-1"), -1);
  assertStrictEquals(parsedValue("1000000000000"), 1_000_000_000_000);
});

Deno.test("DataParser makes a number of the largest and smallest safe integer", () => {
  assertStrictEquals(parsedValue("9007199254740991"), Number.MAX_SAFE_INTEGER);
  assertStrictEquals(parsedValue("-9007199254740991"), Number.MIN_SAFE_INTEGER);
});

for (
  const text of [
    "",
    " ",
    " 5",
    "5 ",
    "\t5",
    "0012",
    "00",
    "-0",
    "-05",
    "-",
    "+44123",
    "+1",
    "1795362749.5",
    "1.0",
    "1.",
    ".5",
    "1e3",
    "1E3",
    "1e+21",
    "0x10",
    "0b1",
    "1_000",
    "1,000",
    "5n",
    "NaN",
    "Infinity",
    "-Infinity",
    "9007199254740992",
    "-9007199254740992",
    "12345678901234567890",
    "10000000000000000000000",
    "١٢",
    "true",
    "null",
  ]
) {
  Deno.test(`DataParser keeps ${JSON.stringify(text)} a string`, () => {
    assertStrictEquals(parsedValue(text), text);
  });
}

Deno.test("DataParser makes a number only of what the number gives back", () => {
  const numberLike = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."0123456789+-.eEx _n") }),
    fc.bigInt().map(String),
    fc.integer().map(String),
    fc.double().map(String),
    fc.string(),
  );
  fc.assert(fc.property(numberLike, (text) => {
    const value = parsedValue(text);
    assertEquals(String(value), text);
    // Written down once more and in another way: an optional minus and digits without leading zeros.
    const isWhole = /^(?:0|-?[1-9]\d*)$/.test(text) &&
      BigInt(text) <= 9007199254740991n && BigInt(text) >= -9007199254740991n;
    assertEquals(typeof value, isWhole ? "number" : "string");
  }));
});

Deno.test("DataParser keeps every value a string without integers", () => {
  for (const text of ["0", "16", "-1", "9007199254740991"]) {
    assertStrictEquals(parsedValue(text, false), text);
  }
});

/** Parses a frame twice, as it is parsed in another way where its like has come before. */
function parseTwice(lines: readonly string[]): DAMIData {
  const parser = new DataParser("catalog");
  const first = parser.parse(lines);
  const second = parser.parse(lines);
  assertEquals(Object.entries(second), Object.entries(first));
  return second;
}

Deno.test("DataParser leaves names strings and makes numbers of quantities", () => {
  assertEquals(
    parseTwice([
      "Event: QueueCallerJoin",
      "ActionID: 17",
      "Channel: 6001",
      "ChannelState: 6",
      "CallerIDNum: 6001",
      "Exten: 802",
      "Priority: 2",
      "Uniqueid: 5",
      "Queue: 800",
      "Position: 1",
      "Count: 3",
    ]),
    {
      Event: "QueueCallerJoin",
      ActionID: "17",
      Channel: "6001",
      ChannelState: 6,
      CallerIDNum: "6001",
      Exten: "802",
      Priority: 2,
      Uniqueid: "5",
      Queue: "800",
      Position: 1,
      Count: 3,
    },
  );
});

Deno.test("DataParser leaves the names of prefixed channels and bridges strings", () => {
  assertEquals(
    parseTwice([
      "Event: AttendedTransfer",
      "OrigTransfererCallerIDNum: 6001",
      "OrigTransfererChannelState: 6",
      "OrigBridgeName: 800",
      "OrigBridgeNumChannels: 2",
    ]),
    {
      Event: "AttendedTransfer",
      OrigTransfererCallerIDNum: "6001",
      OrigTransfererChannelState: 6,
      OrigBridgeName: "800",
      OrigBridgeNumChannels: 2,
    },
  );
});

Deno.test("DataParser knows by the event what a header means", () => {
  assertEquals(parseTwice(["Event: QueueMember", "Status: 1"]).Status, 1);
  assertEquals(parseTwice(["Event: PresenceStatus", "Status: 1"]).Status, "1");
  assertEquals(parseTwice(["Event: Hangup", "Cause: 16"]).Cause, 16);
  assertEquals(parseTwice(["Event: Registry", "Cause: 16"]).Cause, "16");
  assertEquals(parseTwice(["event: Registry", "Cause: 16"]).Cause, "16");
  assertEquals(parseTwice(["Event:Registry", "Cause: 16"]).Cause, "16");
});

Deno.test("DataParser keeps the text of a quantity that is no integer", () => {
  const lines = ["Event: ContactStatus", "RoundtripUsec: N/A"];
  assertEquals(parseTwice(lines).RoundtripUsec, "N/A");
  const measured = ["Event: ContactStatus", "RoundtripUsec: 812"];
  assertEquals(parseTwice(measured).RoundtripUsec, 812);
  assertEquals(parseTwice(["Event: Hangup", "Cause:"]).Cause, "");
});

Deno.test("DataParser makes numbers of what the catalog does not know", () => {
  assertEquals(
    parseTwice(["Event: DoorOpened", "Door: 7", "Exten: 802", "ActionID: 1"]),
    { Event: "DoorOpened", Door: 7, Exten: 802, ActionID: "1" },
  );
  assertEquals(
    parseTwice(["Event: Hangup", "CallerIDNum: 6001", "Novelty: 5"]),
    { Event: "Hangup", CallerIDNum: "6001", Novelty: 5 },
  );
});

Deno.test("DataParser knows a frame by its name, wherever that comes", () => {
  const parser = new DataParser("catalog");
  for (
    const [name, status] of [["QueueMember", 1], ["PresenceStatus", "1"]]
  ) {
    assertEquals(
      parser.parse(["ActionID: 1", `Event: ${name}`, "Status: 1"]),
      { ActionID: "1", Event: name, Status: status },
    );
  }
  assertEquals(
    parser.parse(["ActionID: 1", "Response: Success", "Value: 1"]),
    { ActionID: "1", Response: "Success", Value: "1" },
  );
});

Deno.test("DataParser makes numbers of what the sender of a UserEvent adds", () => {
  assertEquals(
    parseTwice(["Event: UserEvent", "Exten: 802", "UserEvent: 5", "Queue: 8"]),
    { Event: "UserEvent", Exten: "802", UserEvent: "5", Queue: 8 },
  );
});

Deno.test("DataParser leaves the names in a response strings", () => {
  assertEquals(
    parseTwice([
      "Response: Success",
      "ActionID: 5",
      "Challenge: 123617508",
      "Value: 1795364857",
      "Category-000000: 800",
      "Category-000001: 801",
      "CoreCurrentCalls: 3",
      "Novelty: 5",
    ]),
    {
      Response: "Success",
      ActionID: "5",
      Challenge: "123617508",
      Value: "1795364857",
      "Category-000000": "800",
      "Category-000001": "801",
      CoreCurrentCalls: 3,
      Novelty: 5,
    },
  );
});

Deno.test("DataParser splits at the first colon alone", () => {
  assertEquals(
    parseData([
      "URI: sip:6001@10.0.0.1:5060",
      "Message: Invalid/unknown command: X. Use Action: ListCommands",
      "Time: 12:30",
      "Colons:::",
    ], true),
    {
      URI: "sip:6001@10.0.0.1:5060",
      Message: "Invalid/unknown command: X. Use Action: ListCommands",
      Time: "12:30",
      Colons: "::",
    },
  );
});

Deno.test("DataParser takes one optional space for the separator and no more", () => {
  assertEquals(
    parseData(
      ["A:b", "B: b", "C:  b", "D: b ", "E:\tb", "F: ", "G:", "H:  "],
      true,
    ),
    { A: "b", B: "b", C: " b", D: "b ", E: "\tb", F: "", G: "", H: " " },
  );
});

Deno.test("DataParser keeps blanks of a header's name", () => {
  assertEquals(parseData(["Key : v", " Key: v"], true), {
    "Key ": "v",
    " Key": "v",
  });
});

Deno.test("DataParser keeps line feeds and carriage returns in a value", () => {
  assertEquals(parseData(["Value: l1\n\nl2", "Other: a\r"], true), {
    Value: "l1\n\nl2",
    Other: "a\r",
  });
});

Deno.test("DataParser makes an array in wire order of a header that repeats", () => {
  assertEquals(
    parseData([
      "RuleList: std",
      "Rule: 30,+5,-1",
      "RuleList: vip",
      "Rule: 5,9,0",
      "Rule: a",
    ], true),
    { RuleList: ["std", "vip"], Rule: ["30,+5,-1", "5,9,0", "a"] },
  );
});

Deno.test("DataParser makes strings of numbers where their header repeats", () => {
  for (const integers of [true, false]) {
    assertEquals(parseData(["V: 1", "V: b"], integers).V, ["1", "b"]);
    assertEquals(parseData(["V: a", "V: 2"], integers).V, ["a", "2"]);
    assertEquals(parseData(["V: -1", "V: 2", "V: 0"], integers).V, [
      "-1",
      "2",
      "0",
    ]);
  }
});

Deno.test("DataParser keeps empty values of a header that repeats", () => {
  assertEquals(parseData(["V: ", "V:", "V: x"], true).V, ["", "", "x"]);
});

Deno.test("DataParser takes names that differ in case for different headers", () => {
  assertEquals(parseData(["Uniqueid: 1", "UniqueID: 2"], true), {
    Uniqueid: 1,
    UniqueID: 2,
  });
});

Deno.test("DataParser makes an array of Output also where it comes once", () => {
  assertEquals(parseData(["Output: one"], true).Output, ["one"]);
  assertEquals(parseData(["Output: "], true).Output, [""]);
  assertEquals(parseData(["Output: 5"], true).Output, ["5"]);
  assertEquals(parseData(["Output: 5"], false).Output, ["5"]);
});

Deno.test("DataParser keeps spaces and empty lines of Output", () => {
  assertEquals(
    parseData(
      ["Output:  Endpoint:  6001", "Output: ", "Output:   col  ", "Output: 3"],
      true,
    ).Output,
    [" Endpoint:  6001", "", "  col  ", "3"],
  );
});

Deno.test("DataParser keeps lines without a colon under UNPARSED_LINES", () => {
  assertEquals(
    parseData(["Response: Success", "No categories found", "", "5"], true),
    {
      Response: "Success",
      [UNPARSED_LINES]: ["No categories found", "", "5"],
    },
  );
});

Deno.test("DataParser keeps lines with an empty name whole under UNPARSED_LINES", () => {
  assertEquals(parseData([": v", ":", "::"], true), {
    [UNPARSED_LINES]: [": v", ":", "::"],
  });
});

Deno.test("DataParser has no UNPARSED_LINES where every line is a header", () => {
  assertFalse(Object.hasOwn(parseData(["A: b"], true), UNPARSED_LINES));
});

Deno.test("DataParser loses nothing where a header is named as UNPARSED_LINES", () => {
  assertEquals(parseData([`${UNPARSED_LINES}: 5`], true), {
    [UNPARSED_LINES]: ["5"],
  });
  assertEquals(
    parseData(["first", `${UNPARSED_LINES}: second`, "third"], true),
    { [UNPARSED_LINES]: ["first", "second", "third"] },
  );
  assertEquals(
    parseData([`${UNPARSED_LINES}: 1`, "two", `${UNPARSED_LINES}: 3`], true),
    { [UNPARSED_LINES]: ["1", "two", "3"] },
  );
});

Deno.test("UNPARSED_LINES cannot be the name of a header that Asterisk sends", () => {
  assertFalse(/^[A-Za-z]/.test(UNPARSED_LINES));
});

for (const name of INHERITED_NAMES) {
  Deno.test(`DataParser makes a header named ${name} an own property`, () => {
    for (
      const [lines, expected] of [
        [[`${name}: x`], "x"],
        [[`${name}: 7`], 7],
        [[`${name}: 1`, `${name}: y`], ["1", "y"]],
        [[`${name}: x`, `${name}: y`, `${name}: z`], ["x", "y", "z"]],
      ] as const
    ) {
      const data = parseData(["Event: X", ...lines], true);
      const descriptor = Object.getOwnPropertyDescriptor(data, name);
      assertEquals<unknown>(descriptor, {
        value: expected,
        configurable: true,
        enumerable: true,
        writable: true,
      });
      assertEquals(Object.keys(data), ["Event", name]);
      assertStrictEquals(Object.getPrototypeOf(data), Object.prototype);
    }
  });
}

/** Runs a function where objects have a setter named `__proto__`, as in other runtimes than Deno. */
function withProtoSetter<T>(run: () => T): T {
  const original = Object.getOwnPropertyDescriptor(
    Object.prototype,
    "__proto__",
  );
  Object.defineProperty(Object.prototype, "__proto__", {
    configurable: true,
    get(): unknown {
      return Object.getPrototypeOf(this);
    },
    set(prototype: unknown) {
      if (typeof prototype === "object") {
        Object.setPrototypeOf(this, prototype);
      }
    },
  });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(Object.prototype, "__proto__");
    if (original !== undefined) {
      Object.defineProperty(Object.prototype, "__proto__", original);
    }
  }
}

Deno.test("DataParser keeps a header named __proto__ also where objects have a setter of that name", () => {
  for (
    const [lines, expected] of [
      [["__proto__: x"], "x"],
      [["__proto__: 7"], 7],
      [["__proto__: x", "__proto__: y"], ["x", "y"]],
    ] as const
  ) {
    const data = withProtoSetter(() => parseData(lines, true));
    assertEquals(Object.entries<unknown>(data), [["__proto__", expected]]);
    assertStrictEquals(Object.getPrototypeOf(data), Object.prototype);
  }
});

Deno.test("DataParser changes no prototype", () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const toString = Object.prototype.toString;
  parseData(
    INHERITED_NAMES.flatMap((name) => [`${name}: polluted`, `${name}: twice`]),
    true,
  );
  assertEquals(Object.getOwnPropertyNames(Object.prototype), before);
  assertStrictEquals(Object.prototype.toString, toString);
  assertEquals(Object.keys({}), []);
  assertFalse("polluted" in {});
});

Deno.test("DataParser gives objects that share nothing", () => {
  const lines = ["V: a", "V: b", "no header"];
  const one = parseData(lines, true);
  const other = parseData(lines, true);
  assertEquals(one, other);
  assertFalse(one.V === other.V);
  assertFalse(one[UNPARSED_LINES] === other[UNPARSED_LINES]);
});

const anyIntegers = fc.constantFrom<IntegerConversion>(true, false, "catalog");

const headerName = fc.oneof(
  fc.constantFrom("A", "B", "Output", UNPARSED_LINES, ...INHERITED_NAMES),
  // Names that consist of digits are listed first by JavaScript, and must get through as well.
  fc.constantFrom("1", "0", "length"),
  fc.string(),
);

const anyLine = fc.oneof(
  fc.string(),
  fc.tuple(
    headerName,
    fc.constantFrom(":", ": ", ":  "),
    fc.oneof(fc.string(), fc.integer().map(String)),
  ).map((parts) => parts.join("")),
);

Deno.test("DataParser lets every line of any frame be found again", () => {
  fc.assert(fc.property(fc.array(anyLine), anyIntegers, (lines, integers) => {
    const data = parseData(lines, integers);

    // Takes the lines back out of the data, one by one and in their order.
    const left = new Map<string, string[]>();
    for (const [name, value] of Object.entries(data)) {
      left.set(name, Array.isArray(value) ? [...value] : [String(value)]);
    }
    for (const line of lines) {
      const [, name = UNPARSED_LINES, value = line] =
        /^([^:]+):\x20?([^]*)$/.exec(line) ?? [];
      assertStrictEquals(left.get(name)?.shift(), value, line);
    }
    for (const [name, values] of left) assertEquals(values, [], name);
  }));
});

Deno.test("DataParser makes the same of a frame whatever it has parsed before", () => {
  // Few names and first lines, so that frames are alike in part.
  const line = fc.oneof(
    fc.constantFrom("A: 1", "A: x", "B: 2", "B:", "C: 0", "Ab: 1", "no header"),
    fc.constantFrom("Exten: 1", "Cause: 2", "Status: 3", "Queue: 4"),
    fc.constantFrom("Output: o", "__proto__: p", "toString: t", "A : 1", ": e"),
    anyLine,
  );
  const frame = fc.tuple(
    fc.constantFrom("Event: X", "Event: Hangup", "Response: Success", "A: 1"),
    fc.array(line, { maxLength: 8 }),
  ).map(([first, others]) => [first, ...others]);
  fc.assert(
    fc.property(fc.array(frame), anyIntegers, (frames, integers) => {
      const parser = new DataParser(integers);
      for (const lines of frames) {
        const data = parser.parse(lines);
        const expected = parseData(lines, integers);
        assertEquals(Object.entries(data), Object.entries(expected));
      }
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("DataParser makes the same of a frame whether it is kept or not", () => {
  const value = fc.oneof(
    fc.constantFrom("", "1", "default", "PJSIP/6001-00000001", "José 🐊 日本"),
    fc.string({ unit: "grapheme" }).map((text) =>
      text.replaceAll(/[\r\n]/g, "")
    ),
  );
  const item = fc.tuple(
    fc.constantFrom("Event: Status", "Event: QueueMember", "Response: Success"),
    value,
    value,
    value,
  ).map(([first, ...values]) =>
    [first, ...values.map((each, index) => `Header${index}: ${each}`)]
      .map((line) => `${line}\r\n`).join("") + "\r\n"
  );
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 30 }),
      anyIntegers,
      (items, integers) => {
        const parser = new DataParser(integers);
        for (const text of items) {
          const lines = text.slice(0, -4).split("\r\n");
          const head = parser.headOf(lines[0] ?? "");
          assertEquals(
            Object.entries(parser.parseKept(text, head)),
            Object.entries(parseData(lines, integers)),
          );
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

Deno.test("DataParser makes objects of their own of large frames that come again", () => {
  const frame = fc.array(
    fc.oneof(fc.integer().map(String), fc.string()),
    { minLength: 20, maxLength: 20 },
  ).map((values) => [
    "Event: Large",
    ...values.map((value, index) =>
      `Header${index}: ${value.replaceAll(/[\r\n]/g, "")}`
    ),
  ]);
  fc.assert(
    fc.property(fc.array(frame), anyIntegers, (frames, integers) => {
      const parser = new DataParser(integers);
      const parsed = frames.map((lines) => parser.parse(lines));
      for (const [index, lines] of frames.entries()) {
        // Whatever came after it has not changed it.
        assertEquals(
          Object.entries(parsed[index] ?? {}),
          Object.entries(parseData(lines, integers)),
        );
      }
    }),
  );
});

Deno.test("DataParser parses more kinds of frames than it remembers", () => {
  const parser = new DataParser(true);
  for (let round = 0; round < 2; round++) {
    for (let kind = 0; kind < 1_500; kind++) {
      assertEquals(parser.parse([`Event: E${kind}`, "A: 1", `K${kind}: b`]), {
        Event: `E${kind}`,
        A: 1,
        [`K${kind}`]: "b",
      });
    }
  }
});

Deno.test("DataParser gives nothing but strings, numbers and arrays of strings", () => {
  fc.assert(fc.property(fc.array(anyLine), (lines) => {
    for (const value of Object.values(parseData(lines, true))) {
      if (Array.isArray(value)) {
        assert(value.every((one) => typeof one === "string"));
      } else {
        assert(typeof value === "string" || Number.isSafeInteger(value));
      }
    }
  }));
});

Deno.test("DataParser reads a frame of 200,000 lines", () => {
  const lines = Array.from(
    { length: 200_000 },
    (_, index) => `Output: ${index}`,
  );
  const data = parseData(lines, true);
  assertEquals(Array.isArray(data.Output) && data.Output.length, 200_000);
});

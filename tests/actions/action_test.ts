import {
  assert,
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  type ActionData,
  encodeAction,
  givenActionId,
} from "../../src/actions/action.ts";
import { encode, type Encoding } from "../../src/wire/encoding.ts";

/** The text of an action that the types may not allow. */
function encodeUnchecked(
  data: unknown,
  action: unknown = "Originate",
  actionId: unknown = "id-1",
  encoding: Encoding = "utf-8",
): string {
  return Reflect.apply(encodeAction, undefined, [
    action,
    actionId,
    data,
    encoding,
  ]);
}

/** The lines after `Action` and `ActionID`, without the one that ends the action. */
function headerLines(data: ActionData): string[] {
  const lines = encodeAction("Originate", "id-1", data, "utf-8").split("\r\n");
  assertEquals(lines.slice(0, 2), ["Action: Originate", "ActionID: id-1"]);
  assertEquals(lines.slice(-2), ["", ""]);
  return lines.slice(2, -2);
}

/** Holds that data is refused with an error that says of what. */
function assertRefused(
  data: unknown,
  errorClass: typeof TypeError | typeof RangeError,
  ...names: string[]
): void {
  const error = assertThrows(() => encodeUnchecked(data), errorClass);
  assertStringIncludes(error.message, '"Originate"');
  for (const name of names) assertStringIncludes(error.message, name);
  // A message that goes into a log is one line there.
  assertNotMatch(error.message, /[\r\n\0]/);
}

Deno.test("encodeAction() writes Action first and ActionID second", () => {
  assertEquals(
    encodeAction("QueueStatus", "id-1", { Queue: "support" }, "utf-8"),
    "Action: QueueStatus\r\nActionID: id-1\r\nQueue: support\r\n\r\n",
  );
});

Deno.test("encodeAction() ends an action without headers by an empty line", () => {
  assertEquals(
    encodeAction("Ping", "1", {}, "utf-8"),
    "Action: Ping\r\nActionID: 1\r\n\r\n",
  );
});

Deno.test("encodeAction() writes headers in the order given", () => {
  assertEquals(headerLines({ B: "1", A: "2", C: "3" }), [
    "B: 1",
    "A: 2",
    "C: 3",
  ]);
});

Deno.test("encodeAction() writes strings, numbers, bigints and booleans", () => {
  assertEquals(
    headerLines({
      Text: "a b",
      Empty: "",
      Number: 5,
      Negative: -1.5,
      Zero: -0,
      Bigint: 12345678901234567890n,
      Yes: true,
      No: false,
    }),
    [
      "Text: a b",
      "Empty: ",
      "Number: 5",
      "Negative: -1.5",
      "Zero: 0",
      "Bigint: 12345678901234567890",
      "Yes: true",
      "No: false",
    ],
  );
});

Deno.test("encodeAction() writes a value as it is, colons and blanks included", () => {
  assertEquals(headerLines({ Data: " sip:6001@host: x \t" }), [
    "Data:  sip:6001@host: x \t",
  ]);
});

Deno.test("encodeAction() takes every name of the form that Asterisk has", () => {
  assertEquals(
    headerLines({ "Units(0)/NumberOf": 1, "Action-000000": "NewCat", x_Y: 2 }),
    ["Units(0)/NumberOf: 1", "Action-000000: NewCat", "x_Y: 2"],
  );
});

Deno.test("encodeAction() repeats the header of an array", () => {
  assertEquals(headerLines({ Variable: ["A=1", "B=2"], Code: [1, true, 2n] }), [
    "Variable: A=1",
    "Variable: B=2",
    "Code: 1",
    "Code: true",
    "Code: 2",
  ]);
});

Deno.test("encodeAction() writes nothing for an empty array", () => {
  assertEquals(headerLines({ Variable: [], A: 1 }), ["A: 1"]);
});

Deno.test("encodeAction() leaves out a header that is undefined", () => {
  assertEquals(headerLines({ A: undefined, B: 1, Variable: undefined }), [
    "B: 1",
  ]);
});

Deno.test("encodeAction() leaves out Action and ActionID that are undefined", () => {
  assertEquals(headerLines({ Action: undefined, ActionID: undefined, B: 1 }), [
    "B: 1",
  ]);
});

Deno.test("encodeAction() passes over an ActionID in any letter case", () => {
  for (const name of ["ActionID", "actionid", "ACTIONID", "ActionId"]) {
    assertEquals(headerLines({ A: 1, [name]: "mine", B: 2 }), ["A: 1", "B: 2"]);
  }
});

Deno.test("encodeAction() writes one Variable header for each property of an object", () => {
  assertEquals(
    headerLines({ Variable: { A: 1, B: "two", C: true, D: 4n, E: "" } }),
    [
      "Variable: A=1",
      "Variable: B=two",
      "Variable: C=true",
      "Variable: D=4",
      "Variable: E=",
    ],
  );
});

Deno.test("encodeAction() takes a Variable object in any letter case and without a prototype", () => {
  assertEquals(headerLines({ variable: { A: 1 } }), ["variable: A=1"]);
  const variables: Record<string, number> = Object.create(null);
  variables.A = 1;
  assertEquals(headerLines({ VARIABLE: variables }), ["VARIABLE: A=1"]);
});

Deno.test("encodeAction() writes nothing for an empty Variable object", () => {
  assertEquals(headerLines({ Variable: {} }), []);
});

Deno.test("encodeAction() takes the names of channel functions as variables", () => {
  assertEquals(
    headerLines({ Variable: { "CALLERID(name)": "A", __inherited: "B" } }),
    ["Variable: CALLERID(name)=A", "Variable: __inherited=B"],
  );
});

for (const character of ["\\", ",", '"', "(", ")", "[", "]"]) {
  Deno.test(`encodeAction() escapes ${character} in the value of a Variable object`, () => {
    assertEquals(
      headerLines({ Variable: { A: `${character}x${character}` } }),
      [`Variable: A=\\${character}x\\${character}`],
    );
  });
}

Deno.test("encodeAction() escapes nothing else in the value of a Variable object", () => {
  const text = "a=b;c:d 'e' {f} <g> $h &i |j";
  assertEquals(headerLines({ Variable: { A: text } }), [`Variable: A=${text}`]);
});

Deno.test("encodeAction() escapes nothing in a Variable that is a string or an array", () => {
  assertEquals(headerLines({ Variable: 'A="x",B=(y)' }), [
    'Variable: A="x",B=(y)',
  ]);
  assertEquals(headerLines({ Variable: ["A=[x]", "B=\\,"] }), [
    "Variable: A=[x]",
    "Variable: B=\\,",
  ]);
});

Deno.test("encodeAction() does not change what it is given", () => {
  const data = Object.freeze({
    Variable: Object.freeze({ A: "x,y" }),
    Codes: Object.freeze([1, 2]),
  });
  headerLines(data);
  assertEquals(data, { Variable: { A: "x,y" }, Codes: [1, 2] });
});

// Line ends and NUL

const LINE_ENDS = [
  ["CR", "\r"],
  ["LF", "\n"],
  ["CRLF", "\r\n"],
  ["NUL", "\0"],
] as const;

for (const [title, end] of LINE_ENDS) {
  Deno.test(`encodeAction() refuses ${title} in a value`, () => {
    for (
      const value of [`a${end}Action: Logoff`, end, `${end}a`, `a${end}`]
    ) {
      assertRefused({ A: 1, Data: value }, TypeError, '"Data"');
    }
  });

  Deno.test(`encodeAction() refuses ${title} in a header's name`, () => {
    for (const name of [`Da${end}ta`, `${end}Data`, `Data${end}`, end]) {
      assertRefused({ A: 1, [name]: "x" }, TypeError, JSON.stringify(name));
    }
  });

  Deno.test(`encodeAction() refuses ${title} in an array`, () => {
    assertRefused({ Data: ["fine", `a${end}b`] }, TypeError, '"Data"');
  });

  Deno.test(`encodeAction() refuses ${title} in a Variable's value`, () => {
    assertRefused({ Variable: { A: `a${end}b` } }, TypeError, '"Variable"');
    assertRefused({ Variable: `A=a${end}b` }, TypeError, '"Variable"');
  });

  Deno.test(`encodeAction() refuses ${title} in a Variable's name`, () => {
    for (const name of [`A${end}B`, `${end}A`, `A${end}`]) {
      assertRefused({ Variable: { [name]: 1 } }, TypeError, '"Variable"');
    }
  });

  Deno.test(`encodeAction() refuses ${title} in the action's name`, () => {
    for (
      const action of [`Ping${end}Action: Logoff`, `Ping${end}`, `${end}Ping`]
    ) {
      const error = assertThrows(
        () => encodeUnchecked({}, action),
        TypeError,
        '"Action"',
      );
      assertStringIncludes(error.message, JSON.stringify(action));
      assertNotMatch(error.message, /[\r\n\0]/);
    }
  });

  Deno.test(`encodeAction() refuses ${title} in the ActionID`, () => {
    assertThrows(
      () => encodeUnchecked({}, "Originate", `a${end}b`),
      TypeError,
      '"ActionID"',
    );
  });
}

// Names

for (
  const name of [
    "",
    " ",
    "A B",
    " A",
    "A ",
    "A:",
    ":A",
    "A: x",
    "1A",
    "0",
    "-A",
    "_A",
    "(A)",
    "/A",
    "A.B",
    "A,B",
    "A=B",
    "A[0]",
    "Ä",
    "Bé",
    "K\u212a",
    "A\t",
    "$lines",
    "__proto__",
  ]
) {
  Deno.test(`encodeAction() refuses the header name ${JSON.stringify(name)}`, () => {
    // A literal would set the prototype instead of a property of that name.
    const data: unknown = JSON.parse(`{ ${JSON.stringify(name)}: "x" }`);
    assertRefused(data, TypeError, JSON.stringify(name));
  });
}

for (const action of ["", " ", "\t\r\n"]) {
  Deno.test(`encodeAction() refuses the action name ${JSON.stringify(action)}`, () => {
    assertThrows(() => encodeUnchecked({}, action), TypeError, "name");
  });
}

for (
  const [title, action] of [
    ["undefined", undefined],
    ["null", null],
    ["a number", 5],
    ["an object", { toString: () => "Ping", trim: () => "Ping" }],
    ["an array", ["Ping"]],
  ] as const
) {
  Deno.test(`encodeAction() refuses ${title} for an action name`, () => {
    assertThrows(
      () =>
        Reflect.apply(encodeAction, undefined, [action, "id-1", {}, "utf-8"]),
      TypeError,
      "name",
    );
  });
}

for (const name of ["Action", "action", "ACTION", "aCtIoN"]) {
  Deno.test(`encodeAction() refuses a second header ${name}`, () => {
    assertRefused({ A: 1, [name]: "Logoff" }, TypeError, `"${name}"`);
  });
}

for (
  const names of [["ActionID", "actionid"], ["ACTIONID", "ActionId"]] as const
) {
  Deno.test(`givenActionId() refuses both ${names.join(" and ")}`, () => {
    const [one, other] = names;
    const error = assertThrows(
      () => givenActionId("Originate", { [one]: "a", A: 1, [other]: "a" }),
      TypeError,
      "ActionID",
    );
    assertStringIncludes(error.message, '"Originate"');
  });
}

// Kinds of values

const STRANGE_VALUES: readonly (readonly [title: string, value: unknown])[] = [
  ["null", null],
  ["a function", () => "x"],
  ["a symbol", Symbol("x")],
  ["a Date", new Date(0)],
  [
    "a class instance",
    new (class Variables {
      A = 1;
    })(),
  ],
  ["a Map", new Map([["A", 1]])],
  ["a Set", new Set(["A"])],
  ["a regular expression", /x/],
  ["a promise", Promise.resolve("x")],
  ["a typed array", Uint8Array.of(1, 2)],
  ["a String object", Object("x")],
  ["an object that has a text", { toString: () => "x" }],
  ["an object that has a JSON", { toJSON: () => "x" }],
];

for (const [title, value] of STRANGE_VALUES) {
  Deno.test(`encodeAction() refuses ${title} for a value`, () => {
    assertRefused({ A: 1, Data: value }, TypeError, '"Data"');
  });

  Deno.test(`encodeAction() refuses ${title} in an array`, () => {
    assertRefused({ Data: ["x", value] }, TypeError, '"Data"');
    assertRefused({ Variable: ["A=1", value] }, TypeError, '"Variable"');
  });

  Deno.test(`encodeAction() refuses ${title} for a variable`, () => {
    assertRefused({ Variable: { A: 1, B: value } }, TypeError, "Variable");
  });
}

for (
  const [title, value] of STRANGE_VALUES.filter(([, value]) =>
    typeof value !== "object" || value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
) {
  Deno.test(`encodeAction() refuses ${title} for Variable`, () => {
    assertRefused({ Variable: value }, TypeError, '"Variable"');
  });
}

Deno.test("encodeAction() refuses an object elsewhere than in Variable", () => {
  assertRefused({ Data: { A: 1 } }, TypeError, '"Data"');
  assertRefused({ Variables: { A: 1 } }, TypeError, '"Variables"');
  assertRefused({ Data: {} }, TypeError, '"Data"');
});

Deno.test("encodeAction() refuses an object in an array, also of Variable", () => {
  assertRefused({ Data: [{ A: 1 }] }, TypeError, '"Data"');
  assertRefused({ Variable: [{ A: 1 }] }, TypeError, '"Variable"');
});

Deno.test("encodeAction() refuses undefined in an array", () => {
  assertRefused({ Data: ["x", undefined] }, TypeError, '"Data"', "undefined");
});

Deno.test("encodeAction() refuses a hole in an array", () => {
  assertRefused({ Data: new Array(1) }, TypeError, '"Data"', "undefined");
});

Deno.test("encodeAction() refuses undefined for a variable", () => {
  assertRefused({ Variable: { A: undefined } }, TypeError, "Variable");
});

Deno.test("encodeAction() refuses a nested array", () => {
  assertRefused({ Data: ["x", ["y"]] }, TypeError, '"Data"');
  assertRefused({ Data: [[]] }, TypeError, '"Data"');
  assertRefused({ Variable: [["A=1"]] }, TypeError, '"Variable"');
});

Deno.test("encodeAction() refuses an array for a variable", () => {
  assertRefused({ Variable: { A: ["x"] } }, TypeError, "Variable");
});

for (const number of [NaN, Infinity, -Infinity]) {
  Deno.test(`encodeAction() refuses ${number}`, () => {
    assertRefused({ Data: number }, RangeError, '"Data"', String(number));
    assertRefused({ Data: [1, number] }, RangeError, '"Data"');
    assertRefused({ Variable: { A: number } }, RangeError, "Variable");
  });
}

for (const name of ["", "A=B", "A,B", "A B", " A", "A\\", 'A"', "A\t"]) {
  Deno.test(`encodeAction() refuses the variable name ${JSON.stringify(name)}`, () => {
    assertRefused(
      { Variable: { [name]: 1 } },
      TypeError,
      '"Variable"',
      JSON.stringify(name),
    );
  });
}

// Sizes

/** A value with which the line of header `Data` has so many bytes. */
function valueForLineOf(bytes: number): string {
  return "x".repeat(bytes - "Data: ".length);
}

Deno.test("encodeAction() takes a line of exactly 1,022 bytes", () => {
  const value = valueForLineOf(1_022);
  assertEquals(headerLines({ Data: value }), [`Data: ${value}`]);
});

for (const bytes of [1_023, 1_024, 2_046, 3_069, 100_000]) {
  Deno.test(`encodeAction() refuses a line of ${bytes} bytes`, () => {
    const value = valueForLineOf(bytes);
    assertRefused({ Data: value }, RangeError, '"Data"', String(bytes));
    assertRefused({ Data: ["x", value] }, RangeError, '"Data"');
  });
}

Deno.test("encodeAction() counts the bytes of a line, and not its characters", () => {
  for (const character of ["é", "€", "📞"]) {
    const size = new TextEncoder().encode(character).length;
    const fits = character.repeat(Math.floor((1_022 - 6) / size));
    const filled = fits + "x".repeat((1_022 - 6) % size);
    assertEquals(headerLines({ Data: filled }), [`Data: ${filled}`]);
    assertRefused({ Data: `${filled}x` }, RangeError, '"Data"');
    assert(`Data: ${fits}${character}`.length < 1_022);
    assertRefused({ Data: fits + character }, RangeError, '"Data"');
  }
});

Deno.test("encodeAction() counts one byte for each character of latin1", () => {
  const value = "é".repeat(1_016);
  const text = encodeAction("Originate", "id-1", { Data: value }, "latin1");
  assertStringIncludes(text, `\r\nData: ${value}\r\n`);
  assertThrows(
    () => encodeAction("Originate", "id-1", { Data: `${value}€` }, "latin1"),
    RangeError,
    '"Data"',
  );
});

Deno.test("encodeAction() counts the backslashes that it puts in", () => {
  const fits = ",".repeat((1_022 - "Variable: A=".length) / 2);
  assertEquals(headerLines({ Variable: { A: fits } })[0]?.length, 1_022);
  assertRefused({ Variable: { A: `${fits}x` } }, RangeError, '"Variable"');
});

Deno.test("encodeAction() refuses a header's name that is too long", () => {
  assertRefused({ ["A".repeat(1_021)]: "" }, RangeError);
  assertEquals(headerLines({ ["A".repeat(1_020)]: "" }).length, 1);
});

Deno.test("encodeAction() refuses an action's name that is too long", () => {
  assertThrows(
    () => encodeUnchecked({}, "A".repeat(1_015)),
    RangeError,
    '"Action"',
  );
});

Deno.test("encodeAction() takes exactly 128 headers", () => {
  const codes = Array.from({ length: 126 }, (_, index) => index);
  assertEquals(headerLines({ Code: codes }).length, 126);
});

Deno.test("encodeAction() refuses more than 128 headers, however they are given", () => {
  const entries = Array.from(
    { length: 127 },
    (_, index): [string, number] => [`A${index}`, index],
  );
  assertRefused(Object.fromEntries(entries), RangeError, "128");
  assertRefused({ Code: entries.map(([, value]) => value) }, RangeError, "128");
  assertRefused({ Variable: Object.fromEntries(entries) }, RangeError, "128");
});

// Encodings

Deno.test("encodeAction() refuses characters that latin1 lacks", () => {
  for (const text of ["日本", "a📞", "\u0100", "\u0080"]) {
    for (const data of [{ Data: text }, { Data: ["x", text] }]) {
      const error = assertThrows(
        () => encodeAction("Originate", "id-1", data, "latin1"),
        TypeError,
        '"Data"',
      );
      assertStringIncludes(error.message, "latin1");
      assertStringIncludes(error.message, '"Originate"');
    }
    assertThrows(
      () => encodeAction("Originate", "1", { Variable: { A: text } }, "latin1"),
      TypeError,
      '"Variable"',
    );
    assertThrows(
      () => encodeAction("Originate", text, {}, "latin1"),
      TypeError,
      '"ActionID"',
    );
    assertThrows(
      () => encodeAction(text, "id-1", {}, "latin1"),
      TypeError,
      '"Action"',
    );
  }
});

Deno.test("encodeAction() takes the characters that latin1 has", () => {
  const text = encodeAction("X", "1", { Data: "José €" }, "latin1");
  assertEquals(text, "Action: X\r\nActionID: 1\r\nData: José €\r\n\r\n");
});

Deno.test("encodeAction() refuses half a character in both encodings", () => {
  for (const encoding of ["utf-8", "latin1"] as const) {
    assertThrows(
      () => encodeAction("Originate", "1", { Data: "a\ud83d" }, encoding),
      TypeError,
      '"Data"',
    );
  }
});

// ActionID

Deno.test("givenActionId() finds an ActionID in any letter case", () => {
  for (const name of ["ActionID", "actionid", "ACTIONID", "ActionId"]) {
    assertEquals(givenActionId("Ping", { A: 1, [name]: "mine" }), "mine");
  }
});

Deno.test("givenActionId() gives undefined where there is none", () => {
  assertEquals(givenActionId("Ping", {}), undefined);
  assertEquals(givenActionId("Ping", { ActionID: undefined }), undefined);
  assertEquals(givenActionId("Ping", { "Action-ID": "x" }), undefined);
});

Deno.test("givenActionId() passes over one that is undefined beside another", () => {
  assertEquals(
    givenActionId("Ping", { ActionID: undefined, actionid: "x" }),
    "x",
  );
});

Deno.test("givenActionId() takes a whole number for its text", () => {
  assertEquals(givenActionId("Ping", { ActionID: 42 }), "42");
  assertEquals(givenActionId("Ping", { ActionID: 0 }), "0");
  assertEquals(givenActionId("Ping", { ActionID: -7 }), "-7");
  assertEquals(
    givenActionId("Ping", { ActionID: 2n ** 64n }),
    String(2n ** 64n),
  );
});

Deno.test("givenActionId() keeps the text of an ActionID as it is", () => {
  for (const id of ["007", "a b", "a ", "1e3", "é", "\u00a0a", "{x}:1"]) {
    assertEquals(givenActionId("Ping", { ActionID: id }), id);
  }
});

for (
  const [title, value] of [
    ["a fraction", 1.5],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["an integer that is not safe", 2 ** 53],
    ["a boolean", true],
    ["null", null],
    ["an array", ["x"]],
    ["an object", {}],
    ["a symbol", Symbol("x")],
    ["a function", () => "x"],
  ] as const
) {
  Deno.test(`givenActionId() refuses ${title}`, () => {
    const error = assertThrows(
      () =>
        Reflect.apply(givenActionId, undefined, [
          "Originate",
          { ActionID: value },
        ]),
      TypeError,
      "ActionID",
    );
    assertStringIncludes(error.message, '"Originate"');
  });
}

for (const id of ["", " ", " a", "\ta", "\na", "\0a", "\x01a", "\x1fa"]) {
  Deno.test(`givenActionId() refuses ${JSON.stringify(id)}`, () => {
    const error = assertThrows(
      () => givenActionId("Originate", { actionid: id }),
      TypeError,
      "ActionID",
    );
    assertStringIncludes(error.message, '"Originate"');
  });
}

Deno.test("givenActionId() takes exactly 64 bytes", () => {
  for (const id of ["x".repeat(64), "é".repeat(32), "📞".repeat(16)]) {
    assertEquals(givenActionId("Ping", { ActionID: id }), id);
  }
});

Deno.test("givenActionId() refuses more than 64 bytes", () => {
  for (
    const id of ["x".repeat(65), "é".repeat(33), "📞".repeat(17), 10n ** 64n]
  ) {
    const error = assertThrows(
      () => givenActionId("Originate", { ActionID: id }),
      RangeError,
      "ActionID",
    );
    assertStringIncludes(error.message, '"Originate"');
    assertStringIncludes(error.message, "64");
  }
});

// What Asterisk makes of the text

/** A header as Asterisk finds it. */
type Header = readonly [name: string, value: string];

/**
 * Splits what is written as Asterisk does (`main/manager.c`, `get_input`): a
 * line ends at a line feed, a carriage return before it is dropped, a NUL
 * ends the line early, and an empty line ends the action. Fails where there
 * is more than one action, or none.
 */
function readAsAsterisk(bytes: Uint8Array, encoding: Encoding): Header[] {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  let start = 0;
  for (const [position, byte] of bytes.entries()) {
    if (byte !== 0x0a) continue;
    const hasReturn = position > start && bytes[position - 1] === 0x0d;
    const line = bytes.subarray(start, hasReturn ? position - 1 : position);
    assert(line.length <= 1_022, "a line is too long");
    const nul = line.indexOf(0);
    lines.push(decoder.decode(nul < 0 ? line : line.subarray(0, nul)));
    start = position + 1;
  }
  assertEquals(start, bytes.length, "the last line is not ended");
  assertEquals(lines.indexOf(""), lines.length - 1, "not exactly one action");
  assert(lines.length - 1 <= 128, "there are too many headers");
  return lines.slice(0, -1).map((line) => {
    const colon = line.indexOf(": ");
    assert(colon > 0, "a line is no header");
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
}

/**
 * Splits a `Variable` header as Asterisk does (`main/app.c`,
 * `__ast_app_separate_args`): at commas outside of parentheses, brackets and
 * quotes; a backslash makes the next character an ordinary one.
 */
function readVariables(text: string): Header[] {
  const parts = [""];
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    let kept = character;
    if (character === "\\") kept = text.charAt(++index);
    else if (character === '"') {
      isQuoted = !isQuoted;
      kept = "";
    } else if ("([".includes(character)) depth++;
    else if (")]".includes(character)) depth = Math.max(0, depth - 1);
    else if (character === "," && depth === 0 && !isQuoted) {
      parts.push("");
      continue;
    }
    parts.push(`${parts.pop() ?? ""}${kept}`);
  }
  return parts.map((part) => {
    const equals = part.indexOf("=");
    return [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** The headers that data stands for, worked out in the simplest way. */
function expectedHeaders(data: Record<string, unknown>): Header[] {
  return Object.entries(data).flatMap(([name, value]): Header[] => {
    if (value === undefined || /^actionid$/i.test(name)) return [];
    if (Array.isArray(value)) {
      return value.map((one: unknown): Header => [name, String(one)]);
    }
    if (typeof value !== "object" || value === null) {
      return [[name, String(value)]];
    }
    return Object.entries(value).map(([variable, content]): Header => [
      name,
      `${variable}=${String(content)}`,
    ]);
  });
}

const strangeText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(...'ab:=,"\\()[] \t\r\n\0é€📞', "\ud800", "\x85"),
    maxLength: 12,
  }),
  fc.constantFrom("x\r\nAction: Logoff\r\n\r\n", "x\n\nAction: Logoff", "\r\n"),
);

const longText = fc.tuple(
  fc.constantFrom("x", "é", "€", ","),
  fc.integer({ min: 330, max: 2_050 }),
).map(([character, length]) => character.repeat(length));

const friendlyText = fc.string({
  unit: fc.constantFrom(...'abc019 :=,"\\()[]-_é€'),
  maxLength: 20,
});

/** Texts of which most can be sent, so that both ways out are taken often. */
const text = fc.oneof(
  { weight: 30, arbitrary: friendlyText },
  { weight: 2, arbitrary: strangeText },
  { weight: 1, arbitrary: longText },
);

const scalar = fc.oneof(
  { weight: 10, arbitrary: text },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.bigInt() },
);

const nothingGood = fc.oneof(
  fc.constantFrom<unknown>(null, NaN, Infinity, Symbol("x"), new Date(0)),
  fc.anything(),
);

const name = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.stringMatching(/^[A-Za-z][A-Za-z0-9()_/-]{0,8}$/),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom("Variable", "variable", "Codecs", "Data"),
  },
  { weight: 1, arbitrary: fc.constantFrom("ActionID", "actionid", "ACTION") },
  { weight: 1, arbitrary: strangeText },
);

const variables = fc.dictionary(
  fc.oneof(
    { weight: 20, arbitrary: fc.stringMatching(/^[A-Z_][A-Z_0-9]{0,8}$/) },
    { weight: 5, arbitrary: fc.constantFrom("CALLERID(num)", "a.b", "É") },
    { weight: 1, arbitrary: strangeText },
  ),
  scalar,
  { maxKeys: 4 },
);

const value = fc.oneof(
  { weight: 20, arbitrary: scalar },
  { weight: 4, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: nothingGood },
  {
    weight: 1,
    arbitrary: fc.array(fc.constant("x"), { minLength: 100, maxLength: 140 }),
  },
);

const anyData = fc.tuple(
  fc.dictionary(name, value, { maxKeys: 6 }),
  fc.option(variables, { nil: undefined }),
).map(([data, object]): Record<string, unknown> =>
  object === undefined ? data : { ...data, Variable: object }
);

const anyAction = fc.oneof(
  { weight: 10, arbitrary: fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/) },
  { weight: 1, arbitrary: strangeText },
);

/** What is sent, as a session sends it, or `undefined` where it is refused. */
function sent(
  action: string,
  data: Record<string, unknown>,
  encoding: Encoding,
): { actionId: string; bytes: Uint8Array } | undefined {
  try {
    const given: unknown = Reflect.apply(givenActionId, undefined, [
      action,
      data,
    ]);
    assert(given === undefined || typeof given === "string");
    const actionId = given ?? "made-1";
    const text = encodeUnchecked(data, action, actionId, encoding);
    return { actionId, bytes: encode(text, encoding) };
  } catch (error) {
    assert(error instanceof TypeError || error instanceof RangeError);
    // An error that the engine threw would be a mistake of ours.
    assertStringIncludes(error.message, "Cannot send a");
    return undefined;
  }
}

for (const encoding of ["utf-8", "latin1"] as const) {
  Deno.test(`encodeAction() refuses data, or Asterisk reads exactly these headers in ${encoding}`, () => {
    const seen = { sent: 0, refused: 0 };
    fc.assert(
      fc.property(anyAction, anyData, (action, data) => {
        const result = sent(action, data, encoding);
        if (result === undefined) {
          seen.refused++;
          return;
        }
        seen.sent++;
        const { actionId, bytes } = result;
        const [first, second, ...headers] = readAsAsterisk(bytes, encoding);
        assertEquals(first, ["Action", action]);
        assertEquals(second, ["ActionID", actionId]);
        assertEquals(
          headers.map(([name, value]): Header => {
            const given = data[name];
            if (typeof given !== "object" || Array.isArray(given)) {
              return [name, value];
            }
            const [variable, ...others] = readVariables(value);
            assertEquals(others, [], "a variable was split");
            return [name, variable?.join("=") ?? ""];
          }),
          expectedHeaders(data),
        );
      }),
      { numRuns: 1_000 },
    );
    assert(seen.sent > 100 && seen.refused > 100, JSON.stringify(seen));
  });
}

Deno.test("encodeAction() lets Asterisk read the value of every variable as it was given", () => {
  const special = fc.string({ unit: fc.constantFrom(...'\\,"()[]=ab ') });
  fc.assert(fc.property(special, (content) => {
    const [line = ""] = headerLines({ Variable: { A: content } });
    assertEquals(readVariables(line.slice("Variable: ".length)), [
      ["A", content],
    ]);
  }));
});

Deno.test("encodeAction() lets no data write another action", () => {
  // Nothing but what is dangerous, at every place.
  const danger = fc.string({
    unit: fc.constantFrom("a", ":", " ", "\r", "\n", "\0", "A: b"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(danger, danger, danger, (action, header, content) => {
      for (
        const data of [
          { [header]: content },
          { A: content },
          { A: ["x", content] },
          { Variable: { A: content } },
          { Variable: { [header]: "x" } },
          { ActionID: content },
        ]
      ) {
        const result = sent(action, data, "utf-8");
        if (result !== undefined) readAsAsterisk(result.bytes, "utf-8");
      }
    }),
    { numRuns: 1_000 },
  );
});

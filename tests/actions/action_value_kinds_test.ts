import { assertRefused } from "./_actions.ts";

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

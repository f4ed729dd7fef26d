import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { givenActionId } from "../../src/actions/action.ts";

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

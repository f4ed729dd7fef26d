import { assertStringIncludes, assertThrows } from "@std/assert";
import { encodeAction, givenActionId } from "../../src/actions/action.ts";
import { assertRefused, encodeUnchecked } from "./_actions.ts";

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

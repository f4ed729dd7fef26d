import {
  assertNotMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { assertRefused, encodeUnchecked } from "./_actions.ts";

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

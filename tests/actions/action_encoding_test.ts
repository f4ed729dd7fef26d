import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { encodeAction } from "../../src/actions/action.ts";

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

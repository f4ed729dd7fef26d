import { assertEquals } from "@std/assert";
import { encodeAction } from "../../src/actions/action.ts";
import { assertRefused, headerLines } from "./_actions.ts";

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

Deno.test("encodeAction() writes a value as it is, colons and spaces included", () => {
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

Deno.test("encodeAction() takes a function with several arguments as a variable", () => {
  assertEquals(
    headerLines({
      Variable: {
        "PJSIP_HEADER(add,Alert-Info)": "intercom",
        "A(b(c,d),e)": "1,2",
      },
    }),
    [
      "Variable: PJSIP_HEADER(add,Alert-Info)=intercom",
      "Variable: A(b(c,d),e)=1\\,2",
    ],
  );
});

for (const name of ["A,B", "A(b,c", "A)b,c(", "A(b),c", "A[b,c]", "A(],)"]) {
  Deno.test(`encodeAction() refuses the variable ${name}, which Asterisk may split`, () => {
    assertRefused({ Variable: { [name]: "x" } }, TypeError, name);
  });
}

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

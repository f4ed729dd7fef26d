import {
  assertEquals,
  assertFalse,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import fc from "fast-check";
import type { ActionData } from "../../src/actions/action.ts";
import {
  describeAction,
  maskEchoes,
} from "../../src/actions/describe_action.ts";

Deno.test("describeAction() names the action and its headers on one line", () => {
  assertEquals(
    describeAction("Originate", {
      Channel: "PJSIP/6001",
      Priority: 1,
      Async: true,
      Codecs: ["a", "b"],
      Variable: { A: 1 },
    }),
    'Originate Channel="PJSIP/6001" Priority=1 Async=true Codecs=["a","b"] Variable={"A":1}',
  );
});

Deno.test("describeAction() is the name alone where there are no headers", () => {
  assertEquals(describeAction("Ping", {}), "Ping");
});

Deno.test("describeAction() leaves out headers that are undefined", () => {
  assertEquals(describeAction("Ping", { A: undefined, B: 1 }), "Ping B=1");
});

Deno.test("describeAction() takes bigints wherever an action may have them", () => {
  const line = describeAction("X", {
    A: 12345678901234567890n,
    B: [1n, "x"],
    Variable: { C: 2n },
  });
  assertStringIncludes(line, "12345678901234567890");
  assertMatch(line, /B=\["?1"?,"x"\]/);
  assertMatch(line, /"C":"?2"?/);
});

Deno.test("describeAction() keeps a value on its line", () => {
  const line = describeAction("X", { A: "a\r\nError: forged" });
  assertNotMatch(line, /[\r\n]/);
});

const SECRET_NAMES = [
  "Secret",
  "Key",
  "Challenge",
  "Password",
  "OldPassword",
  "AdminPasswd",
  "Md5Cred",
  "MD5Secret",
  "RemoteSecret",
];

for (const name of SECRET_NAMES) {
  Deno.test(`describeAction() masks ${name} in any letter case`, () => {
    for (const cased of [name, name.toLowerCase(), name.toUpperCase()]) {
      for (const value of ["hunter2", ["hunter2", "x"], { A: "hunter2" }]) {
        const line = describeAction("Login", { Username: "a", [cased]: value });
        assertFalse(line.includes("hunter2"), line);
        assertEquals(line, `Login Username="a" ${cased}=***`);
      }
    }
  });
}

Deno.test("describeAction() masks a secret that is a number", () => {
  assertEquals(describeAction("Login", { Secret: 4711 }), "Login Secret=***");
});

Deno.test("describeAction() masks the variables of an object that are secrets", () => {
  const line = describeAction("Originate", {
    Variable: { SIP_PASSWORD: "hunter2", secret: "hunter2", GREETING: "hello" },
  });
  assertFalse(line.includes("hunter2"), line);
  assertStringIncludes(line, "hello");
});

Deno.test("describeAction() masks what UpdateConfig writes", () => {
  const line = describeAction("UpdateConfig", {
    SrcFilename: "pjsip.conf",
    "Action-000000": "Update",
    "Cat-000000": "6001",
    "Var-000000": "password",
    "Value-000000": "hunter2",
    "Match-000000": "hunter2",
  });
  assertFalse(line.includes("hunter2"), line);
  assertStringIncludes(line, "pjsip.conf");
  assertStringIncludes(line, 'Cat-000000="6001"');
});

Deno.test("describeAction() shows values that are not secret", () => {
  for (
    const name of [
      "Username",
      "AuthType",
      "Keyboard",
      "Monkey",
      "Value",
      "Matches",
      "ActionID",
    ]
  ) {
    assertEquals(describeAction("X", { [name]: "seen" }), `X ${name}="seen"`);
  }
});

Deno.test("describeAction() never throws, and never shows a secret", () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.bigInt(),
    fc.boolean(),
  );
  const data: fc.Arbitrary<ActionData> = fc.dictionary(
    fc.string(),
    fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.string(), scalar)),
  );
  fc.assert(
    fc.property(data, fc.constantFrom(...SECRET_NAMES), (headers, name) => {
      const line = describeAction("X", { ...headers, [name]: "hunter2" });
      assertFalse(line.includes("hunter2"));
    }),
  );
});

const TELLING_HEADERS = [
  "Authorization",
  "ApiKey",
  "Token",
  "AUTH_TOKEN",
  "Pin",
  "USER_PIN",
  "Passphrase",
  "PWD",
];

for (const name of TELLING_HEADERS) {
  Deno.test(`describeAction() masks ${name}, as a header and as a variable`, () => {
    for (
      const data of [
        { [name]: "hunter2" },
        { Variable: { [name]: "hunter2" } },
        { Variable: `${name}=hunter2` },
        { Variable: ["A=1", `A=1,${name}=hunter2`] },
        { Variable: name, Value: "hunter2" },
        { variable: name, value: "hunter2" },
        { Family: "SIP", Key: name, Val: "hunter2" },
        { Family: `x/${name}`, Key: "6001", Val: "hunter2" },
        { Command: `database put SIP ${name} hunter2` },
        { Command: `dialplan set global ${name} hunter2` },
      ]
    ) {
      const line = describeAction("X", data);
      assertFalse(line.includes("hunter2"), line);
    }
  });
}

Deno.test("describeAction() masks what an application that asks for a secret is called with", () => {
  const line = describeAction("Originate", {
    Application: "Authenticate",
    Data: "4711",
  });
  assertFalse(line.includes("4711"), line);
});

Deno.test("describeAction() shows the values of headers that are not secret", () => {
  assertEquals(
    describeAction("Setvar", { Variable: "SHIPPING_OPINION", Value: "seen" }),
    'Setvar Variable="SHIPPING_OPINION" Value="seen"',
  );
  assertEquals(
    describeAction("DBPut", { Family: "cidname", Key: "1", Val: "seen" }),
    'DBPut Family="cidname" Key=*** Val="seen"',
  );
  assertEquals(
    describeAction("Command", { Command: "core ping spinning" }),
    'Command Command="core ping spinning"',
  );
});

Deno.test("maskEchoes() takes the secrets of an action out of a text, and nothing else", () => {
  const data = { Username: "admin", Secret: "hunter2", Key: "abcd", Pin: 12 };
  assertEquals(
    maskEchoes("admin: hunter2 (hunter2!) abcd 12 but 123, a", data),
    "admin: *** (***!) *** *** but 123, a",
  );
  assertEquals(maskEchoes("failed", { Secret: "a" }), "failed");
  assertEquals(maskEchoes("not a.", { Secret: "a" }), "not ***.");
  assertEquals(maskEchoes("x $& y", { Secret: "$&" }), "x *** y");
  assertEquals(maskEchoes("no value", { "Value-000000": "no" }), "no value");
  assertEquals(maskEchoes("x", { Secret: "", Token: undefined }), "x");
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  isSecretHeader,
  maskSecrets,
  namesSecret,
  SECRET,
} from "../../../../src/cli/recording/masking/secret_mask.ts";

Deno.test("headers of secrets are known", () => {
  const secret = [
    "Secret",
    "Password",
    "NewPassword",
    "Md5Cred",
    "OauthSecret",
    "RefreshToken",
    "Challenge",
    "ReceivedChallenge",
    "ReceivedHash",
    "ExpectedResponse",
  ];
  for (const name of secret) assertEquals(isSecretHeader(name), true, name);
  const others = ["UsingPassword", "NonceLifetime", "DtlsPrivateKey", "Key"];
  for (const name of others) assertEquals(isSecretHeader(name), false, name);
});

Deno.test("namesSecret() knows variables and keys", () => {
  for (const name of ["SIP_PASSWORD", "pin", "VM-PIN", "apikey", "api_key"]) {
    assertEquals(namesSecret(name), true, name);
  }
  for (const name of ["spinner", "opinion", "keys", ""]) {
    assertEquals(namesSecret(name), false, name);
  }
});

Deno.test("maskSecrets() finds secrets in texts", () => {
  const cases: [text: string, masked: string][] = [
    ["secret=a,b c", `secret=${SECRET}`],
    ["secret => a", `secret => ${SECRET}`],
    ["type=friend,SIP_PASSWORD=x", `type=friend,SIP_PASSWORD=${SECRET}`],
    ["  Secret : abc", `  Secret : ${SECRET}`],
    [
      '{"a":{"secret":"x\\"y","b":"c"},"pin":"1"}',
      `{"a":{"secret":"${SECRET}","b":"c"},"pin":"${SECRET}"}`,
    ],
    ['password="abc" and more', `password="${SECRET}" and more`],
    ['password="abc', `password="${SECRET}`],
    ["agi_token%3A%20abc%0A", `agi_token%3A%20${SECRET}`],
    ["Authorization: Digest username=x", `Authorization: ${SECRET}`],
    [
      'PJSIP_HEADER(add,Authorization)=Digest username="x"',
      `PJSIP_HEADER(add,Authorization)=${SECRET}`,
    ],
    ['WWW-Authenticate: Digest nonce="x"', `WWW-Authenticate: ${SECRET}`],
    ['Digest username="a", response="b"', `Digest ${SECRET}`],
    ["sip:6001:geheim@10.0.0.1", `sip:6001:${SECRET}@10.0.0.1`],
    ["https://me:geheim@host/x", `https://me:${SECRET}@host/x`],
    [
      "a=crypto:1 AES_CM_128 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
      `a=crypto:1 AES_CM_128 inline:${SECRET}`,
    ],
    [
      "Identity: eyJhbGciOiJF.eyJhdHRlc3Q.sig-x;info",
      `Identity: ${SECRET};info`,
    ],
    ["password=", "password="],
    ["No secret here", "No secret here"],
    ["Authentication accepted", "Authentication accepted"],
    ["sip:6001@10.0.0.1:5060", "sip:6001@10.0.0.1:5060"],
  ];
  for (const [text, masked] of cases) assertEquals(maskSecrets(text), masked);
});

Deno.test("whatever a secret is, nothing of it stays", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("secret=", "x_password: ", "PIN => ", "auth_token%3D"),
      fc.stringMatching(/^[!#-=?-~][!-~]{7,30}$/),
      (name, secret) => {
        assertEquals(
          maskSecrets(`a=b,${name}${secret}`),
          `a=b,${name}${SECRET}`,
        );
      },
    ),
  );
});

Deno.test("a long text with many names is read once", () => {
  const text = `{${'"key":"value",'.repeat(50_000)}"secret":"x"}`;
  assertEquals(maskSecrets(text), text.replace('"x"', `"${SECRET}"`));
});

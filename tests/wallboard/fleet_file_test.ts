import { assertEquals, assertRejects } from "@std/assert";
import { readFleet } from "../../examples/wallboard/fleet_file.ts";

const SOURCES = {
  readFile: (path: string) => Promise.resolve(`of ${path}\n`),
  readVariable: (name: string) => name === "SECRET" ? "s3cret" : undefined,
};

Deno.test("readFleet() reads each PBX, and its secret from where the file says", async () => {
  const json = JSON.stringify({
    berlin: {
      hostname: ["pbx1.example", "pbx2.example"],
      port: 5039,
      username: "board",
      secretEnv: "SECRET",
      tls: true,
    },
    wien: { secretFile: "wien.secret" },
  });
  assertEquals(await readFleet(json, SOURCES), {
    berlin: {
      hostname: ["pbx1.example", "pbx2.example"],
      port: 5039,
      username: "board",
      secret: "s3cret",
      tls: true,
    },
    wien: {
      hostname: "127.0.0.1",
      username: "admin",
      secret: "of wien.secret",
    },
  });
});

Deno.test("readFleet() says what is wrong with the file", async () => {
  const cases: [string, string][] = [
    ["{", "is not JSON"],
    ["[]", "must be an object"],
    ["{}", "names no PBX"],
    ['{"a": 1}', "must give an object for PBX 'a'"],
    ['{"a": {}}', "must give 'secretFile' or 'secretEnv' of PBX 'a'"],
    ['{"a": {"secret": "x"}}', "the secret must not be in the file"],
    ['{"a": {"host": "x"}}', "gives 'host' of PBX 'a', which is not known"],
    ['{"a": {"port": "5038"}}', "must give a number as 'port' of PBX 'a'"],
    ['{"a": {"hostname": [1]}}', "must give a string or a list of strings"],
    ['{"a": {"secretEnv": "NONE"}}', "has no variable 'NONE'"],
  ];
  for (const [json, text] of cases) {
    await assertRejects(() => readFleet(json, SOURCES), TypeError, text);
  }
});

import { assertEquals } from "@std/assert";
import { findConfiguration } from "../../../src/testing/configuration/given_files.ts";
import { resolveServerOptions } from "../../../src/testing/server_options.ts";

Deno.test("findConfiguration() makes queues.conf of the queues", () => {
  const options = resolveServerOptions({});
  assertEquals(findConfiguration(options, "queues.conf"), {
    general: ["persistentmembers=no"],
    support: [
      "strategy=ringall",
      "timeout=5",
      "member=Local/2000@default,0,Alice Jones,hint:2000@default",
      "member=Local/2001@default,1,Bob: Smith",
    ],
    sales: ["strategy=rrmemory"],
  });
  assertEquals(findConfiguration(options, "x.conf"), undefined);
});

Deno.test("findConfiguration() prefers the file that was given", () => {
  const configuration = { general: ["a=b"] };
  const options = resolveServerOptions({
    configurations: { "queues.conf": configuration },
  });
  assertEquals(findConfiguration(options, "queues.conf"), configuration);
});

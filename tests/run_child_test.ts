import { assertEquals, assertRejects } from "@std/assert";
import { denoEnvironment, runChild } from "./_run_child.ts";
import { TerminalSession, terminalTest } from "./cli/_terminal.ts";
import { IS_POSIX } from "./_posix.ts";

Deno.test("a child gets what Deno needs, and nothing else", () => {
  const needed = {
    PATH: "/bin",
    DENO_DIR: "/cache",
    DENO_CERT: "/ca.pem",
    DENO_TLS_CA_STORE: "system",
    JSR_URL: "https://jsr.example",
    NPM_CONFIG_REGISTRY: "https://npm.example",
    NODE_EXTRA_CA_CERTS: "/ca.pem",
    HTTPS_PROXY: "http://proxy.example",
    ["no_proxy"]: "localhost",
  };
  const others = { DAMI_SECRET: "x", LANG: "de_DE", NO_COLOR: "1" };
  assertEquals(denoEnvironment({ ...needed, ...others }), needed);
});

Deno.test({
  name: "a child that hangs is killed and named",
  ignore: !IS_POSIX,
  fn: async () => {
    await assertRejects(
      () => runChild("sleep", ["60"], {}, 50),
      Error,
      "sleep 60 (process ",
    );
  },
});

terminalTest(
  "a wait in a terminal has an end, whatever comes meanwhile",
  async () => {
    await using session = new TerminalSession(
      "while true; do echo busy; sleep 0.01; done",
    );
    await assertRejects(
      () => session.until("never", 200),
      Error,
      "never was not shown within 200 ms",
    );
  },
);

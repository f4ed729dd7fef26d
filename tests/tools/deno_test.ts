import { assertEquals, assertMatch } from "@std/assert";
import { withRegistry, withSanitizers } from "../../tools/deno.ts";
import { runChild } from "../_run_child.ts";

const TOOL = new URL("../../tools/deno.ts", import.meta.url);

/** Runs a program through the tool, with JSR at an address. */
async function runWithJsrAt(
  url: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, output, errors } = await runChild(
    Deno.execPath(),
    ["run", "-A", TOOL.href, "eval", "console.log(1)"],
    { env: { JSR_URL: url, NO_COLOR: "1" } },
  );
  return { code, stdout: output, stderr: errors };
}

Deno.test("withRegistry() leaves a command alone where JSR answers", () => {
  assertEquals(withRegistry(["test", "-A", "tests/"], "jsr"), [
    "test",
    "-A",
    "tests/",
  ]);
});

Deno.test("withRegistry() puts the import map after the subcommand elsewhere", () => {
  const [subcommand, noLock, option, importMap, ...rest] = withRegistry(
    ["test", "-A", "tests/"],
    "npm",
  );
  assertEquals([subcommand, noLock, option], [
    "test",
    "--no-lock",
    "--import-map",
  ]);
  assertMatch(importMap ?? "", /\/tools\/npm_std\/import_map\.json$/);
  assertEquals(rest, ["-A", "tests/"]);
  assertEquals(withRegistry([], "npm"), []);
});

Deno.test("withSanitizers() looks in tests for what is left behind, where Deno has to be told to", () => {
  const args = ["test", "-A", "tests/"];
  const told = [
    "test",
    "--sanitize-ops",
    "--sanitize-resources",
    ...args.slice(1),
  ];
  assertEquals(withSanitizers(args, "2.7.14"), args);
  assertEquals(withSanitizers(args, "2.8.0"), told);
  assertEquals(withSanitizers(args, "2.10.0"), told);
  assertEquals(withSanitizers(args, "3.0.0"), told);
  assertEquals(withSanitizers(["run", "x.ts"], "2.9.6"), ["run", "x.ts"]);
  assertEquals(withSanitizers([], "2.9.6"), []);
});

Deno.test("what a test leaves behind is found", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/leak_test.ts`;
    await Deno.writeTextFile(
      file,
      'Deno.test("leaks", () => { setTimeout(() => {}, 1_000_000); });',
    );
    const { code, output } = await runChild(
      Deno.execPath(),
      ["run", "-A", TOOL.href, "test", "-A", file],
      { env: { NO_COLOR: "1" } },
    );
    assertEquals(code, 1);
    assertMatch(output, /Leaks detected/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("tools/deno.ts takes JSR where it answers, says so, and passes on the exit status", async () => {
  await using server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, () => new Response("{}"));
  const url = `http://127.0.0.1:${server.addr.port}`;
  const { code, stdout, stderr } = await runWithJsrAt(url);
  assertEquals(code, 0);
  assertEquals(stdout, "1\n");
  assertEquals(stderr, `The @std packages come from JSR (${url}/).\n`);
});

for (const status of [404, 500]) {
  Deno.test(`tools/deno.ts takes npm where JSR answers ${status}`, async () => {
    await using server = Deno.serve({
      hostname: "127.0.0.1",
      port: 0,
      onListen() {},
    }, () => new Response(null, { status }));
    const { stderr } = await runWithJsrAt(
      `http://127.0.0.1:${server.addr.port}/`,
    );
    assertMatch(stderr, /come from the npm registry/);
  });
}

Deno.test("tools/deno.ts takes npm where nothing answers", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const { stderr } = await runWithJsrAt(`http://127.0.0.1:${port}/`);
  assertMatch(stderr, /come from the npm registry/);
});

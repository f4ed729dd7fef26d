import { assertEquals, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** The places that say which Deno is the oldest, each with its words. */
const PLACES: Record<string, RegExp> = {
  "README.md": /DAMI runs on Deno (\S+) and later/,
  "CONTRIBUTING.md": /The oldest Deno is (\d+\.\d+\.\d+)\./,
  ".ci/run": /^oldest_deno_version=(\S+)$/m,
  ".github/workflows/ci.yml": /version: \["([^"]+)", "v2\.x"\]/,
};

Deno.test("all places name the same version of Deno as the oldest", async () => {
  const versions = new Map<string, string | undefined>();
  for (const [file, words] of Object.entries(PLACES)) {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    versions.set(file, words.exec(text)?.[1]);
  }
  const oldest = versions.get("README.md");
  assertEquals(
    Object.fromEntries(versions),
    Object.fromEntries(Object.keys(PLACES).map((file) => [file, oldest])),
  );
});

Deno.test("CI runs the newest Deno that is developed with, too", async () => {
  const run = await Deno.readTextFile(new URL(".ci/run", ROOT));
  const [, version = ""] = /^deno_version=(\S+)$/m.exec(run) ?? [];
  const publish = new URL(".github/workflows/publish.yml", ROOT);
  assertStringIncludes(
    await Deno.readTextFile(publish),
    `deno-version: ${version}\n`,
  );
});

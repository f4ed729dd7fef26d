import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** The places that say which Deno is the oldest, each with its words. */
const PLACES: Record<string, RegExp> = {
  "README.md": /DAMI runs on Deno (\S+) and later/,
  "CONTRIBUTING.md": /The oldest Deno is (\d+\.\d+\.\d+)\./,
  ".ci/run": /^oldest_deno_version=(\S+)$/m,
  ".github/workflows/ci.yml": /deno: \["([^"]+)", "[^"]+"\]/,
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

Deno.test("all places name the same version of Deno as the newest", async () => {
  const run = await Deno.readTextFile(new URL(".ci/run", ROOT));
  const [, version = ""] = /^deno_version=(\S+)$/m.exec(run) ?? [];
  const workflows = new URL(".github/workflows/", ROOT);
  for (
    const [file, words] of [
      ["publish.yml", `deno-version: ${version}\n`],
      ["ci.yml", `deno-version: ${version}\n`],
      ["ci.yml", `", "${version}"]\n`],
      ["ci.yml", `if: matrix.deno == '${version}'\n`],
    ] as const
  ) {
    const text = await Deno.readTextFile(new URL(file, workflows));
    assertStringIncludes(text, words);
  }
});

Deno.test("actions are pinned by their hash, with the version beside it", async () => {
  const workflows = new URL(".github/workflows/", ROOT);
  for await (const { name } of Deno.readDir(workflows)) {
    const text = await Deno.readTextFile(new URL(name, workflows));
    for (const [, action = ""] of text.matchAll(/uses: (.*)$/gm)) {
      if (action.startsWith("./")) continue;
      assertMatch(action, /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
    }
    assertStringIncludes(text, "permissions:\n  contents: read\n");
  }
});

/** The standard library as old as `deno.json` allows has what DAMI uses of it. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { reachableRegistry } from "../tools/deno.ts";
import { CHECKS } from "./_std_probe.ts";

const ROOT = new URL("../", import.meta.url);
const NPM_MAP = new URL("tools/npm_std/import_map.json", ROOT);
const PROBE = new URL("tests/_std_probe.ts", ROOT);

/** The longest time that Deno may take to load packages (milliseconds). */
const PATIENCE = 120_000;

type Imports = Record<string, string>;

async function readImports(file: URL): Promise<Imports> {
  const content: unknown = JSON.parse(await Deno.readTextFile(file));
  assert(typeof content === "object" && content !== null);
  assert("imports" in content && typeof content.imports === "object");
  return Object.fromEntries(
    Object.entries(content.imports ?? {}).map(([name, target]) => {
      assert(typeof target === "string");
      // The map is written elsewhere.
      return [
        name,
        target.startsWith(".") ? new URL(target, file).href : target,
      ];
    }),
  );
}

/** The map of `deno.json`, with the lowest version of each package of JSR, and no other. */
async function lowestOfJsr(): Promise<Imports> {
  const [jsr, npm] = await Promise.all([
    readImports(new URL("deno.json", ROOT)),
    readImports(NPM_MAP),
  ]);
  const lowest = Object.entries(jsr).map(([name, target]) => [
    name,
    target.replace(/^(jsr:@[^@]+@)[\^~]/, "$1"),
  ]);
  return {
    ...Object.fromEntries(
      Object.entries(npm).filter(([name]) => name.startsWith("@dami/")),
    ),
    ...Object.fromEntries(lowest),
  };
}

async function runWith(
  imports: Imports,
  ...args: string[]
): Promise<{ success: boolean; stderr: string }> {
  const map = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(map, JSON.stringify({ imports }));
    const [subcommand = "run", ...rest] = args;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [subcommand, "--no-lock", "--import-map", map, ...rest],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
      stdout: "null",
      signal: AbortSignal.timeout(PATIENCE),
    }).output();
    return { success, stderr: new TextDecoder().decode(stderr) };
  } finally {
    await Deno.remove(map);
  }
}

for (const [name, check] of Object.entries(CHECKS)) {
  Deno.test(`the standard library that is used here: ${name}`, check);
}

Deno.test("every module of the standard library that DAMI imports is looked at", async () => {
  const probe = await Deno.readTextFile(PROBE);
  for (const name of Object.keys(await readImports(NPM_MAP))) {
    if (!name.startsWith("@std/") || name === "@std/assert") continue;
    assertStringIncludes(probe, `"${name}"`);
  }
});

Deno.test("a standard library that is too old is noticed", async () => {
  // The last one whose retry() knows no signal.
  const old = "npm:deno-std@1.3.4/async/retry.js";
  const { success, stderr } = await runWith(
    { ...await readImports(NPM_MAP), "@std/async/retry": old },
    "run",
    "--no-check",
    PROBE.href,
  );
  assertEquals(success, false);
  assertStringIncludes(stderr, "The standard library does not: one attempt");
});

const registry = await reachableRegistry();
if (registry !== "jsr") {
  // deno-lint-ignore no-console -- says why tests are skipped
  console.log(
    "The tests of the lowest @std versions are skipped: JSR does not answer here",
  );
}

Deno.test({
  name: "the lowest versions of the standard library do what is relied on",
  ignore: registry !== "jsr",
  async fn() {
    const imports = await lowestOfJsr();
    for (const target of Object.values(imports)) {
      assert(!/^jsr:.*@[\^~]/.test(target), target);
    }
    const { success, stderr } = await runWith(imports, "run", PROBE.href);
    assert(success, stderr);
  },
});

Deno.test({
  name: "DAMI compiles against the lowest versions of the standard library",
  ignore: registry !== "jsr",
  async fn() {
    const imports = await lowestOfJsr();
    const entryPoints = Object.values(imports).filter((target) =>
      target.startsWith(ROOT.href)
    );
    assert(entryPoints.length > 0);
    const { success, stderr } = await runWith(
      imports,
      "check",
      ...entryPoints,
      PROBE.href,
    );
    assert(success, stderr);
  },
});

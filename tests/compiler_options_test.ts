/**
 * Code that users copy compiles with their compiler options as with ours.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { runChild } from "./_run_child.ts";
import denoJson from "../deno.json" with { type: "json" };

const ROOT = new URL("../", import.meta.url);

/** The time that the check may take on a busy machine (milliseconds). */
const PATIENCE = 300_000;

/** The files that are checked, with those that they need. */
const FILES = ["README.md", "mod.ts", "src", "examples", "tools/npm_std"];

async function copy(from: URL, to: URL): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    await copy(new URL(`${from}/${name}`), new URL(`${to}/${name}`));
  }
}

Deno.test("README, examples and the snippets of the docs compile under Deno's default options", async () => {
  const path = await Deno.makeTempDir({ prefix: "dami-defaults-" });
  const folder = new URL(`file://${path}/`);
  try {
    await Deno.mkdir(new URL("tools/", folder));
    for (const file of [...FILES, "tools/deno.ts"]) {
      await copy(new URL(file, ROOT), new URL(file, folder));
    }
    const { compilerOptions: _, ...settings } = denoJson;
    await Deno.writeTextFile(
      new URL("deno.json", folder),
      JSON.stringify(settings),
    );
    const { code, errors } = await runChild(
      Deno.execPath(),
      [
        ...["run", "-A", "tools/deno.ts", "check", "--doc"],
        ...["README.md", "mod.ts", "src", "examples"],
      ],
      { cwd: folder, env: { NO_COLOR: "1" } },
      PATIENCE,
    );
    assertEquals({ code, said: errorsOf(errors) }, { code: 0, said: "" });
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});

/** Returns the complaints of the checker, without the names of what it checks. */
function errorsOf(text: string): string {
  const [, errors = ""] = /^(TS\d+ [^]*)/m.exec(text) ?? [];
  return errors;
}

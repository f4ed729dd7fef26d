/**
 * Writes the types of every action and event (`src/catalog/`), which headers
 * are texts (`src/wire/text_headers_table.ts`), and the classes of events
 * (`src/events/event_classes_table.ts`), from the documentation
 * that Asterisk installs.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/generate_catalog.ts
 * deno run -A tools/deno.ts run -A tools/generate_catalog.ts --check
 * deno run -A tools/deno.ts run -A tools/generate_catalog.ts --compare tests/captures/*.txt
 * ```
 *
 * `--check` writes nothing, and fails if what is there would change.
 * `--compare` lists what the captures have and the catalog lacks. The
 * documentation is that of the trees which `tools/asterisk.ts` installs.
 *
 * @module
 */

import { treesFolder } from "./asterisk_installation.ts";
import { type Catalog, joinCatalog } from "./catalog/catalog.ts";
import { missingIn } from "./catalog/compare.ts";
import {
  type Documentation,
  readDocumentation,
} from "./catalog/documentation.ts";
import type { GeneratedFile } from "./catalog/generated_file.ts";
import { writeClasses } from "./catalog/write_classes.ts";
import { writeTable } from "./catalog/write_table.ts";
import { writeTypes } from "./catalog/write_types.ts";

const TARGET = new URL("../src/", import.meta.url);

/** The suites of Debian that hold the versions which are documented. */
const SUITES: ReadonlyMap<string, string> = new Map([
  ["16", "bullseye"],
  ["22", "forky"],
]);

const PATH = "usr/share/asterisk/documentation/core-en_US.xml";

/**
 * Reads the text of the documentation of a version.
 *
 * @param version The major version.
 * @returns Its `core-en_US.xml`.
 * @throws {Deno.errors.NotFound} If it is not installed.
 */
export async function readXml(version: string): Promise<string> {
  const suite = SUITES.get(version);
  return await Deno.readTextFile(`${treesFolder()}/${suite}/${PATH}`);
}

/**
 * Reads the documentation of every version.
 *
 * @returns It, the oldest version first.
 * @throws {Deno.errors.NotFound} If one is not installed.
 */
export async function readDocumentations(): Promise<Documentation[]> {
  const documentations: Documentation[] = [];
  for (const version of SUITES.keys()) {
    documentations.push(readDocumentation(version, await readXml(version)));
  }
  return documentations;
}

async function format(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "ts", "--no-config", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error("deno fmt cannot read what was generated");
  return new TextDecoder().decode(stdout);
}

/**
 * Makes the files that are generated.
 *
 * @param catalog What they say.
 * @returns The files, formatted.
 */
export async function generate(catalog: Catalog): Promise<GeneratedFile[]> {
  return await Promise.all(
    [...writeTypes(catalog), writeTable(catalog), writeClasses(catalog)].map(
      async ({ path, text }) => ({ path, text: await format(text) }),
    ),
  );
}

/** The paths of the files that would change. */
async function outdated(files: readonly GeneratedFile[]): Promise<string[]> {
  const paths: string[] = [];
  for (const { path, text } of files) {
    if (await Deno.readTextFile(new URL(path, TARGET)) !== text) {
      paths.push(path);
    }
  }
  return paths;
}

async function main(args: readonly string[]): Promise<number> {
  const [mode, ...captures] = args;
  const catalog = joinCatalog(await readDocumentations());
  if (mode === "--compare") {
    for (const path of captures) {
      for (const line of missingIn(await Deno.readTextFile(path), catalog)) {
        say(`${path}: ${line}`);
      }
    }
    return 0;
  }
  const files = await generate(catalog);
  if (mode === "--check") {
    const paths = await outdated(files);
    for (const path of paths) say(`src/${path} is out of date`);
    return paths.length === 0 ? 0 : 1;
  }
  if (mode !== undefined) {
    throw new TypeError(`Cannot generate the catalog with '${mode}'`);
  }
  for (const { path, text } of files) {
    await Deno.writeTextFile(new URL(path, TARGET), text);
  }
  say(`${catalog.actions.length} actions, ${catalog.events.length} events`);
  return 0;
}

function say(line: string): void {
  // deno-lint-ignore no-console -- this is what a command prints
  console.log(line);
}

if (import.meta.main) Deno.exit(await main(Deno.args));

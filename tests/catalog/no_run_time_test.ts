import { assert, assertEquals } from "@std/assert";
import { runChild } from "../_run_child.ts";

const ROOT = new URL("../../", import.meta.url);

/** A property of what may be an object. */
function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

function elements(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the modules that are loaded when the client runs: the imports that are not of types. */
async function loadedModules(): Promise<Set<string>> {
  const { output } = await runChild(Deno.execPath(), [
    "info",
    "--json",
    "--no-lock",
    "--import-map",
    "tools/npm_std/import_map.json",
    "mod.ts",
  ], { cwd: ROOT });
  const graph: unknown = JSON.parse(output);
  const dependencies = new Map(
    elements(property(graph, "modules")).map((module) => [
      property(module, "specifier"),
      elements(property(module, "dependencies")).map((dependency) =>
        property(property(dependency, "code"), "specifier")
      ),
    ]),
  );
  const loaded = new Set<string>();
  const load = (specifier: string) => {
    if (loaded.has(specifier)) return;
    loaded.add(specifier);
    for (const dependency of dependencies.get(specifier) ?? []) {
      if (typeof dependency === "string") load(dependency);
    }
  };
  load(new URL("mod.ts", ROOT).href);
  return loaded;
}

Deno.test("The client loads nothing of the catalog when it runs", async () => {
  const loaded = [...await loadedModules()]
    .filter((specifier) => specifier.startsWith(ROOT.href))
    .map((specifier) => specifier.slice(ROOT.href.length));
  assert(loaded.includes("src/session/session.ts"), loaded.join(" "));
  assertEquals(loaded.filter((path) => path.startsWith("src/catalog/")), []);
});

Deno.test("The catalog is made of types alone", async () => {
  const folder = new URL("src/catalog/", ROOT);
  for await (const { name } of Deno.readDir(folder)) {
    const text = await Deno.readTextFile(new URL(name, folder));
    const statements = text.matchAll(
      /^(?![ \t/*{}|&:]|import type |export interface |export type |\} from )(\S.*)$/gm,
    );
    assertEquals(
      [...statements].map(([statement]) => statement)
        .filter((statement) => !/^(?:\}|\)|\]|>)/.test(statement)),
      [],
      name,
    );
  }
});

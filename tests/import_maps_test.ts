import { assert, assertEquals, assertMatch } from "@std/assert";

const ROOT = new URL("../", import.meta.url);
const NPM_STD = new URL("tools/npm_std/", ROOT);
const IMPORT_MAP = new URL("import_map.json", NPM_STD);

/** The places of this project's code; shims are not among them. */
const SOURCES = ["mod.ts", "src/", "tests/", "examples/", "tools/"];

/** Imports, exports and types of a package of the standard library, also those of the examples in comments. */
const STD_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](@std\/[^"']+)["']/g;

type TextByName = ReadonlyMap<string, string>;

/** An object of a JSON file whose values are texts. */
async function readTexts(file: URL, name: string): Promise<TextByName> {
  const content: unknown = JSON.parse(await Deno.readTextFile(file));
  assert(typeof content === "object" && content !== null);
  const texts: unknown = Reflect.get(content, name);
  assert(typeof texts === "object" && texts !== null, `${file}: ${name}`);
  return new Map(
    Object.entries(texts).map(([key, value]: [string, unknown]) => {
      assert(typeof value === "string", `${file}: ${name}: ${key}`);
      return [key, value];
    }),
  );
}

async function packageName(): Promise<string> {
  const content: unknown = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  assert(typeof content === "object" && content !== null);
  assert("name" in content && typeof content.name === "string");
  return content.name;
}

const jsr = await readTexts(new URL("deno.json", ROOT), "imports");
const npm = await readTexts(IMPORT_MAP, "imports");
const exported = await readTexts(new URL("deno.json", ROOT), "exports");
const ownName = await packageName();

/** Reports whether a specifier is one of this very package. */
function isOwn(specifier: string): boolean {
  return specifier === ownName || specifier.startsWith(`${ownName}/`);
}

async function isFile(url: URL): Promise<boolean> {
  try {
    return (await Deno.stat(url)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Every TypeScript file at or under a place, except the shims. */
async function* sourceFiles(place: URL): AsyncGenerator<URL> {
  if (!place.pathname.endsWith("/")) {
    yield place;
    return;
  }
  if (place.href === NPM_STD.href) return;
  for await (const entry of Deno.readDir(place)) {
    const name = encodeURIComponent(entry.name);
    if (entry.isDirectory) yield* sourceFiles(new URL(`${name}/`, place));
    else if (name.endsWith(".ts")) yield new URL(name, place);
  }
}

/** Every specifier of the standard library that is used, and where first. */
async function usedStdSpecifiers(): Promise<TextByName> {
  const used = new Map<string, string>();
  for (const source of SOURCES) {
    try {
      for await (const file of sourceFiles(new URL(source, ROOT))) {
        const content = await Deno.readTextFile(file);
        for (const [, specifier = ""] of content.matchAll(STD_IMPORT)) {
          if (!used.has(specifier)) used.set(specifier, file.pathname);
        }
      }
    } catch (error) {
      // Not every checkout has every folder.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return used;
}

Deno.test("The import maps name the same specifiers", () => {
  assertEquals(
    [...npm.keys()].filter((specifier) => !isOwn(specifier)).sort(),
    [...jsr.keys()].filter((specifier) => !isOwn(specifier)).sort(),
  );
});

Deno.test("The import map for npm names what the package exports", () => {
  const own = [...npm].filter(([specifier]) => isOwn(specifier));
  assertEquals(
    Object.fromEntries(
      own.map((
        [specifier, file],
      ) => [specifier, new URL(file, IMPORT_MAP).href]),
    ),
    Object.fromEntries(
      [...exported].map(([subPath, file]) => [
        `${ownName}${subPath.slice(1)}`,
        new URL(file, ROOT).href,
      ]),
    ),
  );
});

/** The packages of npm that the published module imports: a program has one of each, and shares it. */
const PUBLISHED = /^@(?:nats-io|opentelemetry)\//;

Deno.test("The import maps have the same version of each package of npm", () => {
  for (const [specifier, target] of jsr) {
    if (!target.startsWith("npm:")) continue;
    assertEquals(npm.get(specifier), target);
    // A user's own version has to fit; ours, for tests and tools, must not move.
    const version = PUBLISHED.test(specifier)
      ? /@\^\d+\.\d+\.\d+$/
      : /@\d+\.\d+\.\d+$/;
    assertMatch(target, version, specifier);
  }
});

Deno.test("The import map for npm asks JSR for nothing", () => {
  for (const [specifier, target] of npm) {
    assertMatch(target, /^(?:npm:|\.)/, specifier);
  }
});

Deno.test("The import map of deno.json takes the standard library from JSR, in the same sub-path", () => {
  for (const [specifier, target] of jsr) {
    if (!specifier.startsWith("@std/")) continue;
    const [, name, version, subPath = ""] =
      /^jsr:(@std\/[^@/]+)@([^/]+)(\/.+)?$/.exec(target) ?? [];
    assertEquals(`${name}${subPath}`, specifier);
    assertMatch(version ?? "", /^[\^~]?\d+\.\d+\.\d+$/, specifier);
  }
});

Deno.test("The import map of deno.json has one version of each package", () => {
  const versions = new Map<string, string>();
  for (const target of jsr.values()) {
    const [, name = target, version = ""] =
      /^jsr:(@[^@]+)@([^/]+)/.exec(target) ?? [];
    assertEquals(versions.get(name) ?? version, version, name);
    versions.set(name, version);
  }
});

for (const [specifier, target] of npm) {
  if (isOwn(specifier) || !target.startsWith(".")) continue;

  Deno.test(`The shim of ${specifier} exists, and so do its types`, async () => {
    const shim = new URL(target, IMPORT_MAP);
    assert(await isFile(shim), `${shim} does not exist`);
    const content = await Deno.readTextFile(shim);
    const [, types] = /@ts-types="([^"]+)"/.exec(content) ?? [];
    if (content.includes('"npm:')) {
      assert(types !== undefined, "What comes from npm has no types there");
    }
    if (types !== undefined) {
      assert(await isFile(new URL(types, shim)), `${types} does not exist`);
    }
  });
}

Deno.test("The shims take the standard library from one version of one package", async () => {
  const sources = new Set<string>();
  for (const [specifier, target] of npm) {
    if (isOwn(specifier) || !target.startsWith(".")) continue;
    const content = await Deno.readTextFile(new URL(target, IMPORT_MAP));
    for (const [, source = ""] of content.matchAll(/"npm:([^/"]+)/g)) {
      sources.add(source);
    }
  }
  assertEquals(sources.size, 1, [...sources].join(", "));
  assertMatch([...sources].join(), /@\d+\.\d+\.\d+$/);
});

Deno.test("The import maps name every specifier of the standard library that is used", async () => {
  for (const [specifier, file] of await usedStdSpecifiers()) {
    assert(jsr.has(specifier), `deno.json lacks ${specifier} of ${file}`);
    assert(npm.has(specifier), `${IMPORT_MAP} lacks ${specifier} of ${file}`);
  }
});

Deno.test("The import maps name no specifier of the standard library that is not used", async () => {
  const used = await usedStdSpecifiers();
  for (const specifier of jsr.keys()) {
    if (!specifier.startsWith("@std/")) continue;
    assert(used.has(specifier), `${specifier} is not used`);
  }
});

import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** The most lines of code in a file; comments and blank lines do not count. */
const MAX_CODE_LINES = 400;

/** The files at the root of `src/` that every room may import. */
const SHARED = [
  "ami_version.ts",
  "data.ts",
  "deadline.ts",
  "detached.ts",
  "error_text.ts",
  "errors.ts",
  "exact_integer.ts",
  "guarded_call.ts",
  "listener_times.ts",
  "patient_timer.ts",
  "remembered.ts",
  "statistics_sum.ts",
  "user_code_guard.ts",
];

/** The rooms of the client, from the wire up to the class. */
const WIRE = [...SHARED, "statistics.ts"];
const ACTIONS = [...WIRE, "wire"];
const EVENTS = [...ACTIONS, "actions", "catalog"];
const OPTIONS = [...EVENTS, "events", "logger.ts"];
const SESSION = [...OPTIONS, "options"];
const CORE = [...SESSION, "session", "client.ts", "originate_result.ts"];

/** The part of the client that rooms built on it may see: the interface, and what goes through it. */
const PUBLIC = ["client.ts", "events", "catalog", "options", "mod.ts"];

/**
 * The imports of each room, or file at the root of `src/`, besides itself and
 * packages. Whatever is built on the client takes an `AmiClient`, and sees of
 * the rest what `mod.ts` exports.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "ami_version.ts": [],
  "data.ts": [],
  "deadline.ts": ["patient_timer.ts"],
  "error_text.ts": [],
  "detached.ts": [],
  "errors.ts": ["data.ts"],
  "exact_integer.ts": [],
  "guarded_call.ts": [],
  "listener_times.ts": [],
  "patient_timer.ts": [],
  "remembered.ts": [],
  "statistics.ts": ["listener_times.ts"],
  "statistics_sum.ts": ["listener_times.ts", "statistics.ts"],
  "logger.ts": [],
  "user_code_guard.ts": [
    "error_text.ts",
    "errors.ts",
    "guarded_call.ts",
    "logger.ts",
  ],
  wire: WIRE,
  actions: ACTIONS,
  catalog: ["data.ts", "actions"],
  events: EVENTS,
  options: OPTIONS,
  session: SESSION,
  "originate_result.ts": OPTIONS,
  "client.ts": [...SESSION, "originate_result.ts"],
  "dami.ts": CORE,
  live: [...SHARED, ...PUBLIC],
  fleet: [...SHARED, ...PUBLIC, "live", "logger.ts", "dami.ts"],
  nats: [...SHARED, ...PUBLIC, "actions", "fleet", "logger.ts"],
  testing: ["exact_integer.ts", "remembered.ts"],
  agi: [...SHARED, ...PUBLIC, "logger.ts"],
  telemetry: [...SHARED, ...PUBLIC, "live"],
  cli: [...SHARED, ...PUBLIC, "fleet", "live", "nats", "telemetry", "testing"],
};

/** The rooms and files that talk to the operating system: they dial, serve, or read a file that the user names. */
const MAY_USE_DENO = [
  "wire",
  "testing",
  "agi",
  "cli",
  "src/fleet/fleet_file.ts",
];

/** Deno's own API, but for the types of what the user is given. */
const DENO = /\bDeno\.(?!Conn\b|TcpConn\b|TlsConn\b)/;

/** Files over {@linkcode MAX_CODE_LINES}, each with the reason. */
const LONG: Readonly<Record<string, string>> = {
  "src/cli/names.ts": "a table of names that the compiler holds",
  "src/wire/text_headers_table.ts": "a generated table of names, one to a line",
};

/** A file of `src/`, or `mod.ts`. */
interface SourceFile {
  /** Its path from the root of the project, such as `src/wire/frame.ts`. */
  readonly path: string;
  /** Its text without comments and blank lines. */
  readonly code: string;
  /** The project's files that it imports, types and dynamic imports included. */
  readonly imports: readonly string[];
}

async function* paths(folder: string): AsyncGenerator<string> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))
  ) {
    if (isDirectory) yield* paths(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield `${folder}${name}`;
  }
}

/** Leaves out comments that stand on lines of their own, as all of ours do. */
function codeOf(text: string): string {
  return text
    .replaceAll(/^\s*\/\*\*?[^]*?\*\/\s*$/gm, "")
    .split("\n")
    .filter((line) => !/^\s*(?:\/\/.*)?$/.test(line))
    .join("\n");
}

function importsOf(code: string, path: string): string[] {
  const specifiers = code.matchAll(
    /(?:^(?:import|export)\b[^;"]*?(?:\bfrom\s*)?|\bimport\(\s*)"(\.{1,2}\/[^"]+)"/gm,
  );
  const base = new URL(path, ROOT);
  return [...specifiers].map(([, specifier = ""]) =>
    new URL(specifier, base).href.slice(ROOT.href.length)
  );
}

async function readSources(): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for await (const path of paths("src/")) files.push(await readSource(path));
  return [...files, await readSource("mod.ts")];
}

async function readSource(path: string): Promise<SourceFile> {
  const code = codeOf(await Deno.readTextFile(new URL(path, ROOT)));
  return { path, code, imports: importsOf(code, path) };
}

/** The room of a file: its folder in `src/`, or the file itself at the root. */
function roomOf(path: string): string {
  return path.replace(/^src\//, "").split("/")[0] ?? path;
}

/** The files of one circle of imports, if one leads back to where it began. */
function circleIn(files: readonly SourceFile[]): string[] | undefined {
  const imports = new Map(files.map((file) => [file.path, file.imports]));
  const finished = new Set<string>();
  function visit(path: string, way: string[]): string[] | undefined {
    const start = way.indexOf(path);
    if (start !== -1) return [...way.slice(start), path];
    if (finished.has(path)) return undefined;
    for (const next of imports.get(path) ?? []) {
      const circle = visit(next, [...way, path]);
      if (circle !== undefined) return circle;
    }
    finished.add(path);
    return undefined;
  }
  for (const { path } of files) {
    const circle = visit(path, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

const sources = await readSources();

Deno.test("the reader of imports sees each form of them", () => {
  const code = [
    'import "./effect.ts";',
    'import type { A } from "./a.ts";',
    "import {",
    "  B,",
    '} from "../b.ts";',
    'export * from "./c.ts";',
    'const late = await import("./d.ts");',
    'import fc from "fast-check";',
  ].join("\n");
  assertEquals(importsOf(code, "src/wire/x.ts"), [
    "src/wire/effect.ts",
    "src/wire/a.ts",
    "src/b.ts",
    "src/wire/c.ts",
    "src/wire/d.ts",
  ]);
});

Deno.test("every import leads to a file", () => {
  const known = new Set(sources.map(({ path }) => path).concat("deno.json"));
  for (const { path, imports } of sources) {
    for (const target of imports) {
      assert(
        known.has(target),
        `${path} imports ${target}, which is not there`,
      );
    }
  }
});

Deno.test("a room imports none but the rooms beneath it", () => {
  const wrong = sources
    .filter(({ path }) => path !== "mod.ts")
    .flatMap(({ path, imports }) => {
      const room = roomOf(path);
      const allowed = MAY_IMPORT[room];
      assert(allowed, `${path}: the room ${room} has no rule in this test`);
      return imports
        .filter((target) => target !== "deno.json")
        .filter((target) =>
          roomOf(target) !== room && !allowed.includes(roomOf(target))
        )
        .map((target) => `${path} imports ${target}: ${room} may not`);
    });
  assertEquals(wrong, []);
});

Deno.test("no import leads back to where it began, types included", () => {
  assertEquals(circleIn(sources)?.join("\n  imports "), undefined);
});

Deno.test("a circle of imports is found", () => {
  const file = (path: string, ...imports: string[]) => ({
    path,
    code: "",
    imports,
  });
  assertEquals(
    circleIn([file("a", "b"), file("b", "c"), file("c", "b"), file("d")]),
    ["b", "c", "b"],
  );
  assertEquals(
    circleIn([file("a", "b", "c"), file("b", "c"), file("c")]),
    undefined,
  );
});

Deno.test("nothing but what dials, serves or reads a file uses Deno's own API", () => {
  const wrong = sources
    .filter(({ path, code }) =>
      DENO.test(code) && !MAY_USE_DENO.includes(roomOf(path)) &&
      !MAY_USE_DENO.includes(path)
    )
    .map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("a package that only some need is imported by their room alone", () => {
  const rooms = new Map([
    ["@nats-io/jetstream", "nats"],
    ["@nats-io/kv", "nats"],
    ["@nats-io/nats-core", "nats"],
    // The room takes the connections of others; only the command makes some.
    ["@nats-io/transport-node", "cli"],
    ["@opentelemetry/", "telemetry"],
  ]);
  const wrong = sources.flatMap(({ path, code }) =>
    [...rooms].filter(([name, room]) =>
      code.includes(`"${name}`) && roomOf(path) !== room
    ).map(([name]) => `${path} imports ${name}`)
  );
  assertEquals(wrong, []);
});

Deno.test("no file is longer than one can read", () => {
  const wrong = sources
    .filter(({ path }) => roomOf(path) !== "catalog" && !(path in LONG))
    .map(({ path, code }) => ({ path, lines: code.split("\n").length }))
    .filter(({ lines }) => lines > MAX_CODE_LINES);
  assertEquals(wrong, []);
});

Deno.test("a file is excused from the bound only while it is over it", () => {
  for (const path of Object.keys(LONG)) {
    const lines = sources.find((file) => file.path === path)
      ?.code.split("\n").length;
    assert(
      lines !== undefined && lines > MAX_CODE_LINES,
      `${path} has ${lines} lines: take it out of LONG`,
    );
  }
});

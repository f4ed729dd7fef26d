/**
 * Runs `deno` so that the sources load in both worlds: with the packages of
 * JSR where it answers, else with their copies on the npm registry
 * (`tools/npm_std/`).
 *
 * ```sh
 * deno run -A tools/deno.ts test --allow-net=127.0.0.1
 * ```
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The time that JSR may take to answer (milliseconds). */
const PROBE_TIMEOUT = 3_000;

/** The time that the answer is remembered (milliseconds). */
const REMEMBERED_FOR = 60 * 60 * 1_000;

const IMPORT_MAP = new URL("./npm_std/import_map.json", import.meta.url);
const REMEMBERED = new URL("../.cache/registry.json", import.meta.url);

/** The source of the `@std` packages. */
type Registry = "jsr" | "npm";

/** The base address of JSR, which company mirrors change. */
function jsrUrl(): string {
  const url = Deno.env.get("JSR_URL") ?? "https://jsr.io/";
  return url.endsWith("/") ? url : `${url}/`;
}

async function jsrAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}@std/streams/meta.json`, {
      signal: AbortSignal.timeout(PROBE_TIMEOUT),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The result for an address of JSR. */
interface Finding {
  registry: Registry;
  /** The time (milliseconds since 1970). */
  at: number;
}

/** Reads the remembered results; anything else in the file is left out. */
function isFresh(finding: unknown): finding is Finding {
  return typeof finding === "object" && finding !== null &&
    "registry" in finding && "at" in finding &&
    (finding.registry === "jsr" || finding.registry === "npm") &&
    typeof finding.at === "number" && Date.now() - finding.at < REMEMBERED_FOR;
}

/** Reads the earlier results, by the address of JSR. */
async function findings(): Promise<Map<string, Finding>> {
  const found = new Map<string, Finding>();
  try {
    const stored: unknown = JSON.parse(await Deno.readTextFile(REMEMBERED));
    if (typeof stored !== "object" || stored === null) return found;
    for (const [url, finding] of Object.entries(stored)) {
      if (isFresh(finding)) found.set(url, finding);
    }
  } catch {
    // Nothing was found before, or the file is not ours.
  }
  return found;
}

async function remember(url: string, registry: Registry): Promise<void> {
  // Without TLS it is a registry for a test, whose port is another's the next time.
  if (url.startsWith("http:")) return;
  const found = await findings();
  found.set(url, { registry, at: Date.now() });
  try {
    const folder = fileURLToPath(new URL(".", REMEMBERED));
    await Deno.mkdir(folder, { recursive: true });
    // Renamed into place, as another task may be reading it.
    const temporary = await Deno.makeTempFile({ dir: folder });
    await Deno.writeTextFile(
      temporary,
      JSON.stringify(Object.fromEntries(found)),
    );
    await Deno.rename(temporary, REMEMBERED);
  } catch {
    // A read-only checkout asks again the next time.
  }
}

/** The registry that this machine reaches. */
export async function reachableRegistry(): Promise<Registry> {
  const url = jsrUrl();
  const known = (await findings()).get(url);
  if (known !== undefined) return known.registry;
  const registry = await jsrAnswers(url) ? "jsr" : "npm";
  await remember(url, registry);
  return registry;
}

/** The arguments of `deno` with those that the registry needs put in. */
export function withRegistry(args: string[], registry: Registry): string[] {
  const [subcommand, ...rest] = args;
  if (subcommand === undefined || registry === "jsr") return args;
  const importMap = fileURLToPath(IMPORT_MAP);
  return [subcommand, "--no-lock", "--import-map", importMap, ...rest];
}

/**
 * The arguments of `deno` with those that make its tests find what is left
 * behind. Not in `deno.json`: versions of Deno before 2.8, which look for it
 * without being told to, refuse a configuration that tells them.
 */
export function withSanitizers(
  args: string[],
  version: string = Deno.version.deno,
): string[] {
  const [subcommand, ...rest] = args;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (subcommand !== "test" || major === 2 && minor < 8) return args;
  return [subcommand, "--sanitize-ops", "--sanitize-resources", ...rest];
}

if (import.meta.main) {
  const registry = await reachableRegistry();
  const source = registry === "jsr"
    ? `JSR (${jsrUrl()})`
    : "the npm registry, as JSR does not answer here";
  // deno-lint-ignore no-console -- the one line that says what was picked; on stderr, so that a task's output stays clean
  console.error(`The @std packages come from ${source}.`);
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(withSanitizers(Deno.args), registry),
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  // The child is in the same process group and gets Ctrl-C itself: its exit status decides.
  const ignore = () => {};
  Deno.addSignalListener("SIGINT", ignore);
  const { code } = await child.status;
  Deno.exit(code);
}

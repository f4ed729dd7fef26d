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

/** How long JSR may take to answer (milliseconds). */
const PROBE_TIMEOUT = 3_000;

/** How long the answer is remembered (milliseconds). */
const REMEMBERED_FOR = 60 * 60 * 1_000;

const IMPORT_MAP = new URL("./npm_std/import_map.json", import.meta.url);
const REMEMBERED = new URL("../.cache/registry.json", import.meta.url);

/** Where the `@std` packages come from. */
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

async function remembered(url: string): Promise<Registry | undefined> {
  try {
    const answer: unknown = JSON.parse(await Deno.readTextFile(REMEMBERED));
    if (typeof answer !== "object" || answer === null) return undefined;
    if (!("url" in answer) || answer.url !== url) return undefined;
    if (!("at" in answer) || typeof answer.at !== "number") return undefined;
    if (Date.now() - answer.at > REMEMBERED_FOR) return undefined;
    if (!("registry" in answer)) return undefined;
    const { registry } = answer;
    return registry === "jsr" || registry === "npm" ? registry : undefined;
  } catch {
    return undefined;
  }
}

async function remember(url: string, registry: Registry): Promise<void> {
  try {
    await Deno.mkdir(new URL(".", REMEMBERED), { recursive: true });
    await Deno.writeTextFile(
      REMEMBERED,
      JSON.stringify({ url, registry, at: Date.now() }),
    );
  } catch {
    // A read-only checkout asks again the next time.
  }
}

/** The registry that this machine reaches. */
export async function reachableRegistry(): Promise<Registry> {
  const url = jsrUrl();
  const known = await remembered(url);
  if (known !== undefined) return known;
  const registry = await jsrAnswers(url) ? "jsr" : "npm";
  await remember(url, registry);
  return registry;
}

/** The arguments of `deno` with those that the registry needs put in. */
export function withRegistry(args: string[], registry: Registry): string[] {
  const [subcommand, ...rest] = args;
  if (subcommand === undefined || registry === "jsr") return args;
  const importMap = decodeURIComponent(IMPORT_MAP.pathname);
  return [subcommand, "--no-lock", "--import-map", importMap, ...rest];
}

if (import.meta.main) {
  const registry = await reachableRegistry();
  const source = registry === "jsr"
    ? `JSR (${jsrUrl()})`
    : "the npm registry, as JSR does not answer here";
  // deno-lint-ignore no-console -- the one line that says what was picked; on stderr, so that a task's output stays clean
  console.error(`The @std packages come from ${source}.`);
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(Deno.args, registry),
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

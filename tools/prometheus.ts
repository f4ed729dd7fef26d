/**
 * Prometheus and promtool for the tests: those on the `PATH`, or Debian's
 * package, unpacked into a folder of the cache. Nothing is installed into the
 * system.
 *
 * Run it to bring them there:
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/prometheus.ts
 * ```
 *
 * @module
 */

import { cacheFolder } from "./cache_folder.ts";

/** The programs of Prometheus. */
export interface Prometheus {
  /** The path of the server. */
  readonly prometheus: string;
  /** The path of the tool that checks configurations, rules and metrics. */
  readonly promtool: string;
}

/** Returns the folder that Debian's package is unpacked into. */
function folder(): string {
  return `${cacheFolder()}/prometheus`;
}

async function runs(program: string): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

/**
 * Finds the programs.
 *
 * @returns Their paths; `undefined` if they are neither on the `PATH` nor in the cache.
 */
export async function findPrometheus(): Promise<Prometheus | undefined> {
  const bin = `${folder()}/usr/bin`;
  const places = [
    { prometheus: "prometheus", promtool: "promtool" },
    { prometheus: `${bin}/prometheus`, promtool: `${bin}/promtool` },
  ];
  for (const place of places) {
    if (await runs(place.prometheus) && await runs(place.promtool)) {
      return place;
    }
  }
  return undefined;
}

async function run(program: string, args: string[], cwd: string) {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(
    `Cannot bring Prometheus here: '${program} ${args.join(" ")}' failed:\n${
      new TextDecoder().decode(stderr)
    }`,
  );
}

/** Downloads Debian's package and unpacks it into the cache. */
async function unpack(): Promise<void> {
  const target = folder();
  await Deno.mkdir(cacheFolder(), { recursive: true });
  // In the folder beside the target, so that renaming is one step.
  const building = await Deno.makeTempDir({
    dir: cacheFolder(),
    prefix: "prometheus.building-",
  });
  try {
    await run("apt-get", ["download", "prometheus"], building);
    for await (const { name } of Deno.readDir(building)) {
      if (!name.endsWith(".deb")) continue;
      await run("dpkg-deb", ["-x", name, "tree"], building);
    }
    await Deno.rename(`${building}/tree`, target);
  } finally {
    await Deno.remove(building, { recursive: true });
  }
}

/**
 * Finds the programs, and brings Debian's into the cache if there are none.
 *
 * @returns Their paths.
 * @throws {Error} If this is no Debian, or the package cannot be downloaded.
 */
export async function installPrometheus(): Promise<Prometheus> {
  const found = await findPrometheus();
  if (found !== undefined) return found;
  await unpack();
  const unpacked = await findPrometheus();
  if (unpacked === undefined) {
    throw new Error("Cannot bring Prometheus here: what was unpacked fails");
  }
  return unpacked;
}

if (import.meta.main) {
  const { prometheus } = await installPrometheus();
  // deno-lint-ignore no-console -- says where it is
  console.log(`Prometheus: ${prometheus}`);
}

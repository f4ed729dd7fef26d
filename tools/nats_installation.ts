/**
 * Installations of `nats-server`: the one on the `PATH`, and the one of Debian,
 * unpacked into a folder.
 *
 * @module
 */

/** The oldest version that will do: 2.12 has batches that are stored whole or not at all. */
const OLDEST = [2, 12] as const;

/** The suite of Debian that has a version that will do. Its binary needs nothing but a libc. */
const SUITE = "forky";

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The number of lines of a program's output that an error repeats. */
const QUOTED_LINES = 20;

/** A `nats-server` that can be started. */
export interface NatsInstallation {
  /** Its version, such as `"2.15.1"`. */
  readonly version: string;
  /** The program. */
  readonly program: string;
}

/** The folder that it is kept in between runs. */
function cacheFolder(): string {
  const set = Deno.env.get("DAMI_NATS_CACHE");
  if (set) return `${set}/nats`;
  const shared = Deno.env.get("XDG_CACHE_HOME");
  if (shared) return `${shared}/dami/nats`;
  const home = Deno.env.get("HOME");
  if (!home) {
    throw new Error("Cannot keep nats-server anywhere: set DAMI_NATS_CACHE");
  }
  return `${home}/.cache/dami/nats`;
}

function programIn(folder: string): string {
  return `${folder}/root/usr/sbin/nats-server`;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The installation behind a program, if there is one. */
async function installationOf(
  program: string,
): Promise<NatsInstallation | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(program, {
      args: ["--version"],
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(stdout);
    const version = /^nats-server: v(\d[\d.]*)/.exec(text)?.[1];
    return success && version !== undefined ? { version, program } : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Finds a `nats-server`: the program in the environment variable `DAMI_NATS`,
 * the one on the `PATH`, or the one that {@linkcode installNats} has kept.
 *
 * @returns The installation; `undefined` if there is none that is new enough.
 */
export async function findNats(): Promise<NatsInstallation | undefined> {
  const programs = [
    Deno.env.get("DAMI_NATS"),
    "nats-server",
    programIn(cacheFolder()),
  ];
  for (const program of programs) {
    if (!program) continue;
    const found = await installationOf(program);
    if (found !== undefined && isNewEnough(found.version)) return found;
  }
  return undefined;
}

/**
 * Takes `nats-server` from Debian, and unpacks it into the cache. Nothing is
 * installed into the system; apt checks the signatures.
 *
 * @param signal Gives it up.
 * @returns The installation.
 */
export async function installNats(
  signal?: AbortSignal,
): Promise<NatsInstallation> {
  const folder = cacheFolder();
  const building = `${folder}.building-${crypto.randomUUID()}`;
  try {
    await unpack(building, signal);
    if (await installationOf(programIn(building)) === undefined) {
      throw new Error(
        `Cannot run the nats-server of Debian '${SUITE}': it may need a newer libc`,
      );
    }
    await removeTree(folder);
    await Deno.rename(building, folder);
  } catch (error) {
    await removeTree(building);
    signal?.throwIfAborted();
    // Another run on this machine was faster.
    const other = await installationOf(programIn(folder));
    if (other === undefined || !isNewEnough(other.version)) throw error;
  }
  const installed = await installationOf(programIn(folder));
  if (installed === undefined) throw new Error(`Cannot find it in '${folder}'`);
  return installed;
}

async function unpack(folder: string, signal?: AbortSignal): Promise<void> {
  const apt = `${folder}/apt`;
  await Deno.mkdir(`${apt}/lists/partial`, { recursive: true });
  await Deno.mkdir(`${apt}/cache/archives/partial`, { recursive: true });
  await Deno.writeTextFile(`${apt}/status`, "");
  await Deno.writeTextFile(
    `${apt}/sources.list`,
    `deb [signed-by=${KEYRING}] ${await mirror(signal)} ${SUITE} main\n`,
  );
  const options = [
    `Dir::Etc::sourcelist=${apt}/sources.list`,
    "Dir::Etc::sourceparts=-",
    `Dir::State::lists=${apt}/lists`,
    `Dir::State::status=${apt}/status`,
    `Dir::Cache=${apt}/cache`,
    "Acquire::Languages=none",
    "APT::Sandbox::User=root",
  ].flatMap((option) => ["-o", option]);
  await run(folder, signal, "apt-get", ...options, "update");
  await run(folder, signal, "apt-get", ...options, "download", "nats-server");
  await removeTree(apt);
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".deb")) continue;
    await run(folder, signal, "dpkg-deb", "-x", name, "root");
    await Deno.remove(`${folder}/${name}`);
  }
}

/** The mirror of Debian that this machine uses. */
async function mirror(signal?: AbortSignal): Promise<string> {
  const set = Deno.env.get("DAMI_DEBIAN_MIRROR");
  if (set) return set;
  const listed = await run(
    undefined,
    signal,
    "apt-get",
    "indextargets",
    "--format",
    "$(REPO_URI)",
  );
  const [first] = listed.split("\n");
  if (!first) {
    throw new Error("Cannot find a mirror of Debian in apt's sources");
  }
  return first;
}

async function run(
  cwd: string | undefined,
  signal: AbortSignal | undefined,
  program: string,
  ...args: string[]
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    ...(cwd !== undefined && { cwd }),
    ...(signal !== undefined && { signal }),
  }).output();
  signal?.throwIfAborted();
  const [output, errors] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  if (success) return output ?? "";
  const said = `${output}${errors}`.trimEnd().split("\n").slice(-QUOTED_LINES);
  throw new Error(
    `Cannot install nats-server from Debian '${SUITE}': ${program} failed:\n${
      said.join("\n")
    }`,
  );
}

async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

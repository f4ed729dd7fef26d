/**
 * Installations of Asterisk: the one on the `PATH`, and trees of Debian that
 * hold one of a known version.
 *
 * @module
 */

import { cacheFolder } from "./cache_folder.ts";

/** The age at which a later run removes a half-built tree. */
const ABANDONED_AFTER = 24 * 60 * 60 * 1_000;

const DEBOOTSTRAP_SCRIPTS = "/usr/share/debootstrap/scripts";

/** The number of lines of a program's output that an error repeats. */
const QUOTED_LINES = 20;

/** An Asterisk that can be started. */
export interface AsteriskInstallation {
  /** Its version, such as `"22.10.1"`. */
  version: string;
  /** The folder that is its root; `undefined` for the machine's own. */
  root: string | undefined;
  /** The command that runs its `asterisk`: a program and its first arguments. */
  command: readonly [string, ...string[]];
  /** The user that it runs as; `undefined` for the user that starts it. */
  owner: AsteriskOwner | undefined;
}

/** The user of an {@linkcode AsteriskInstallation}. */
export interface AsteriskOwner {
  /** Name of the user and of its group, known inside the tree only. */
  name: string;
  /** Number of the user. */
  uid: number;
  /** Number of the group. */
  gid: number;
}

/** Options of {@linkcode installAsterisk}. */
export interface InstallAsteriskOptions {
  /** Gives up the installation. */
  signal?: AbortSignal;
}

/** The folder that trees are kept in between runs. */
export function treesFolder(): string {
  return `${cacheFolder()}/asterisk`;
}

/** The Asterisk on the `PATH`, if there is one. */
export async function asteriskOnPath(): Promise<
  AsteriskInstallation | undefined
> {
  const command: [string] = ["asterisk"];
  try {
    return {
      version: await versionOf(command),
      root: undefined,
      command,
      owner: undefined,
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * The Asterisk of a suite of Debian, installed with `debootstrap` unless an
 * earlier run did so.
 *
 * The tree is built under another name and gets its own when it is complete:
 * one that broke halfway is never used.
 */
export async function installAsterisk(
  suite: string,
  options: InstallAsteriskOptions = {},
): Promise<AsteriskInstallation> {
  if (Deno.uid() !== 0) {
    throw new Error(
      `Cannot install Asterisk from Debian '${suite}': only root may build and enter a tree`,
    );
  }
  const folder = treesFolder();
  const root = `${folder}/${suite}`;
  if (!await exists(root)) {
    await Deno.mkdir(folder, { recursive: true });
    await clearAbandoned(folder);
    await build(suite, root, options.signal);
  }
  const command: [string, ...string[]] = ["chroot", root, "asterisk"];
  return {
    version: await versionOf(command),
    root,
    command,
    owner: await ownerIn(root, "asterisk"),
  };
}

async function build(
  suite: string,
  root: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const building = `${root}.building-${crypto.randomUUID()}`;
  try {
    await debootstrap(suite, building, signal);
    // Proves that the tree works before it gets its name.
    await versionOf(["chroot", building, "asterisk"]);
    await removeTree(`${building}/var/cache/apt/archives`);
    await Deno.rename(building, root);
  } catch (error) {
    if (await exists(building)) await removeTree(building);
    // Another run on this machine was faster: its tree is as good as ours.
    if (signal?.aborted || !await exists(root)) throw error;
  }
}

async function debootstrap(
  suite: string,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const mirror = Deno.env.get(`DAMI_DEBIAN_MIRROR_${suite.toUpperCase()}`) ??
    Deno.env.get("DAMI_DEBIAN_MIRROR") ?? "";
  const args = [
    "--variant=minbase",
    "--include=asterisk",
    suite,
    target,
    mirror,
  ];
  // A debootstrap older than the suite does not know it by name.
  if (!await exists(`${DEBOOTSTRAP_SCRIPTS}/${suite}`)) {
    args.push(`${DEBOOTSTRAP_SCRIPTS}/sid`);
  }
  const child = new Deno.Command("debootstrap", {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    // A group of its own, as it only ends when what it runs does.
    detached: true,
  }).spawn();
  const terminate = () => Deno.kill(-child.pid, "SIGTERM");
  signal?.addEventListener("abort", terminate, { once: true });
  try {
    const { success, stdout, stderr } = await child.output();
    signal?.throwIfAborted();
    if (!success) {
      const said = lastLines(stdout, stderr);
      throw new Error(
        `Cannot install Asterisk from Debian '${suite}': debootstrap failed:\n${said}`,
      );
    }
  } finally {
    signal?.removeEventListener("abort", terminate);
  }
}

/** Removes what runs that were killed have left half-built. */
async function clearAbandoned(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.includes(".building-")) continue;
    const path = `${folder}/${name}`;
    const { mtime } = await Deno.stat(path);
    const age = Date.now() - (mtime?.getTime() ?? 0);
    if (age > ABANDONED_AFTER) await removeTree(path);
  }
}

/**
 * Removes a folder, but never through a mount: a `debootstrap` that was killed
 * may have left the machine's own `/proc` in its tree.
 */
async function removeTree(path: string): Promise<void> {
  const real = await Deno.realPath(path);
  const mounts = await Deno.readTextFile("/proc/self/mounts");
  const mounted = mounts.split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((point) => point.startsWith(`${real}/`));
  if (mounted.length > 0) {
    throw new Error(
      `Cannot remove '${path}': unmount first: ${mounted.join(", ")}`,
    );
  }
  await Deno.remove(real, { recursive: true });
}

async function versionOf(
  command: readonly [string, ...string[]],
): Promise<string> {
  const [program, ...args] = command;
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args, "-V"],
    stdin: "null",
  }).output();
  const version = /^Asterisk (\d[\d.]*)/.exec(new TextDecoder().decode(stdout));
  if (!success || version?.[1] === undefined) {
    throw new Error(
      `Cannot run '${command.join(" ")}': ${lastLines(stdout, stderr)}`,
    );
  }
  return version[1];
}

/** Looks a user up in a tree, where only its own files know it. */
async function ownerIn(root: string, name: string): Promise<AsteriskOwner> {
  const users = await Deno.readTextFile(`${root}/etc/passwd`);
  for (const line of users.split("\n")) {
    const [user, , uid, gid] = line.split(":");
    if (user === name) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(`Cannot find the user '${name}' in '${root}'`);
}

function lastLines(...outputs: Uint8Array[]): string {
  return outputs.map((bytes) => new TextDecoder().decode(bytes))
    .join("").trimEnd().split("\n").slice(-QUOTED_LINES).join("\n");
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

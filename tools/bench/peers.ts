import { fileURLToPath } from "node:url";

/** The clients on npm that DAMI is measured against, each at a pinned version. */
export const PEERS: Readonly<Record<string, string>> = {
  "asterisk-ami": "0.1.0",
  "asterisk-manager": "0.2.0",
  "ami-io": "1.2.1",
  "asterisk-ami-client": "1.1.5",
  "nami": "0.7.2",
  "yana": "0.3.0",
  "ami": "1.0.0",
};

const FOLDER = new URL("../../.cache/bench/", import.meta.url);

/** The runtime of the peers. */
export interface PeerRuntime {
  /** Its name, for the report. */
  name: "Node" | "Deno";
  /** Its version. */
  version: string;
}

/**
 * The version of a program, unless it is not there. A task of Deno has a
 * `node` of its own where there is no other: that one is Deno.
 */
async function versionOf(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(program, {
      args: ["--version"],
      stderr: "null",
    }).output();
    return /^v?(\d+\.\d+\.\d+)\s*$/.exec(new TextDecoder().decode(stdout))?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Finds what runs the peers: Node where it is installed, else Deno.
 *
 * @returns The runtime.
 */
export async function findPeerRuntime(): Promise<PeerRuntime> {
  const version = await versionOf("node");
  return version === undefined
    ? { name: "Deno", version: Deno.version.deno }
    : { name: "Node", version };
}

async function isInstalled(manifest: string): Promise<boolean> {
  try {
    if (await Deno.readTextFile(new URL("package.json", FOLDER)) !== manifest) {
      return false;
    }
    for (const name of Object.keys(PEERS)) {
      await Deno.stat(new URL(`node_modules/${name}/package.json`, FOLDER));
    }
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Installs the peers, once. None of their scripts is run.
 *
 * @throws {Error} If they cannot be installed.
 */
export async function installPeers(): Promise<void> {
  const manifest = JSON.stringify({ private: true, dependencies: PEERS });
  if (await isInstalled(manifest)) return;
  await Deno.mkdir(FOLDER, { recursive: true });
  await Deno.writeTextFile(new URL("package.json", FOLDER), manifest);
  // Its own settings, so that those of the project are left out.
  await Deno.writeTextFile(
    new URL("deno.json", FOLDER),
    JSON.stringify({ nodeModulesDir: "auto", lock: false }),
  );
  const hasNpm = await versionOf("npm") !== undefined;
  const [program, ...args] = hasNpm
    ? ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"]
    : [Deno.execPath(), "install"];
  const { success, stderr } = await new Deno.Command(program ?? "", {
    args,
    cwd: fileURLToPath(FOLDER),
  }).output();
  if (!success) {
    throw new Error(
      `Cannot install the npm clients: ${new TextDecoder().decode(stderr)}`,
    );
  }
}

/**
 * A wallboard of a call centre: serves one page that shows the calls, queues
 * and agents of a PBX, or of a fleet of them, as they are now. Without a PBX it
 * brings its own, with a simulated call centre.
 *
 * ```sh
 * deno task wallboard
 * deno task wallboard --hostname 192.0.2.1 --username admin --secret mysecret
 * deno task wallboard --fleet pbxs.json
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it reports the address of the page
import { AmiError } from "@dami/dami";
import { FleetFileError, readFleetFile } from "@dami/dami/fleet";
import { parseArgs } from "node:util";
import {
  environment,
  fail,
  readArguments,
  readNumber,
  readTarget,
  TARGET_OPTIONS,
  TARGET_USAGE,
} from "../target.ts";
import { CallCentre, playPast } from "./call_centre.ts";
import { type Cast, makeCast } from "./cast.ts";
import {
  Wallboard,
  type WallboardOptions,
  type WallboardPbxs,
} from "./wallboard.ts";

const USAGE = `Usage: deno task wallboard [options]

Without --hostname, --port or --fleet the wallboard brings its own PBX.

${TARGET_USAGE}
  --fleet FILE         several PBXs, in JSON: name → hostname, port, username,
                       secretFile or secretEnv, tls
  --listen ADDRESS     the address of the page    (127.0.0.1:8080)
  --name NAME          a name that the page may be asked for by, besides
                       localhost and any IP address; can be repeated
  --token TOKEN        lets those who open the page with #token=TOKEN behind
                       its address pause agents   ($WALLBOARD_TOKEN)
  --help               show this text`;

/** The name of the only PBX. */
const ONLY = "pbx";

/** The meaning of the arguments. */
interface Arguments extends Omit<WallboardOptions, "pbxs"> {
  pbxs: WallboardPbxs;
  isEmbedded: boolean;
}

/** Reads `8080`, `0.0.0.0:8080` or `[::1]:8080`, or ends the wallboard. */
function readListen(text: string): { hostname: string; port: number } {
  const [, address = "127.0.0.1", port = ""] =
    /^(?:(.+):)?([^:]+)$/.exec(text) ?? [];
  return {
    hostname: address.replace(/^\[(.*)\]$/, "$1"),
    port: readNumber("listen", port, [0, 65_535]),
  };
}

/** Reads the file of a fleet, or ends the wallboard. */
async function readPbxs(path: string): Promise<WallboardPbxs> {
  try {
    const { pbxs, warnings } = await readFleetFile(path);
    for (const warning of warnings) console.error(warning);
    return pbxs;
  } catch (error) {
    if (error instanceof FleetFileError) fail(error.message);
    throw error;
  }
}

async function parseArguments(args: string[]): Promise<Arguments> {
  const values = readArguments(USAGE, () =>
    parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        fleet: { type: "string" },
        listen: { type: "string" },
        name: { type: "string", multiple: true },
        token: { type: "string" },
      },
    }).values);
  const { hostname, port, username, secret, isEmbedded } = readTarget(values);
  const page = {
    listen: readListen(values.listen ?? "127.0.0.1:8080"),
    names: values.name ?? [],
    // An empty token would let everybody in.
    token: (values.token ?? environment("WALLBOARD_TOKEN")) || undefined,
  };
  if (values.fleet === undefined) {
    return {
      ...page,
      isEmbedded,
      place: isEmbedded ? "the embedded PBX" : `${hostname}:${port}`,
      pbxs: { [ONLY]: { hostname, port, username, secret } },
    };
  }
  if (!isEmbedded) {
    fail("--fleet and --hostname or --port cannot be combined: see --help");
  }
  const pbxs = await readPbxs(values.fleet);
  return { ...page, isEmbedded: false, pbxs };
}

/** The call centre that comes with the wallboard. */
interface OwnCentre {
  centre: CallCentre;
  cast: Cast;
  pbxs: WallboardPbxs;
}

async function openCentre(
  { pbxs }: { pbxs: WallboardPbxs },
): Promise<OwnCentre> {
  const { username = "admin", secret = "mysecret" } = pbxs[ONLY] ?? {};
  const cast = makeCast();
  const centre = await CallCentre.open({ cast, server: { username, secret } });
  const { hostname, port } = centre.server;
  const own = { hostname, port, username, secret };
  return { centre, cast, pbxs: { [ONLY]: own } };
}

/** Connects the wallboard. The call centre that comes with it has a past. */
async function connect(
  wallboard: Wallboard,
  embedded: OwnCentre | undefined,
): Promise<void> {
  await wallboard.connect();
  if (embedded === undefined) return;
  const { centre, cast } = embedded;
  playPast(centre.server, { cast, now: Date.now() });
}

async function run({ isEmbedded, ...options }: Arguments): Promise<void> {
  const embedded = isEmbedded ? await openCentre(options) : undefined;
  await using _centre = embedded?.centre;
  const pbxs = embedded?.pbxs ?? options.pbxs;
  await using wallboard = await Wallboard.start({ ...options, pbxs });
  const place = options.place ?? `${Object.keys(pbxs).length} PBXs`;
  console.log(`The wallboard of ${place} is at ${wallboard.url}`);
  const stopped = Promise.withResolvers<void>();
  Deno.addSignalListener("SIGINT", stopped.resolve);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", stopped.resolve);
  }
  await Promise.all([connect(wallboard, embedded), stopped.promise]);
}

if (import.meta.main) {
  try {
    await run(await parseArguments(Deno.args));
    Deno.exit(0);
  } catch (error) {
    if (error instanceof AmiError || error instanceof TypeError) {
      fail(error.message);
    }
    if (error instanceof Deno.errors.AddrInUse) {
      fail("The address of the page is taken: see --listen");
    }
    throw error;
  }
}

/**
 * A wallboard of a call centre: serves one page that shows the calls, queues
 * and agents of a PBX as they are now. Without `--hostname` or `--port` it
 * brings its own PBX, which plays a call centre.
 *
 * ```sh
 * deno task wallboard
 * deno task wallboard --hostname 192.0.2.1 --username admin --secret mysecret
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it says where to look
import { AmiError } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { parseArgs } from "node:util";
import { CallCentre, playPast } from "./call_centre.ts";
import { Tally } from "./tally.ts";
import { Wallboard, type WallboardOptions } from "./wallboard.ts";

const USAGE = `Usage: deno task wallboard [options]

Without --hostname or --port the wallboard brings its own PBX.

  --hostname HOST    the PBX to connect to          (127.0.0.1)
  --port PORT        its manager port               (5038)
  --username NAME    who logs in                    (admin)
  --secret SECRET    the password                   ($DAMI_SECRET or mysecret)
  --listen ADDRESS   where the page is served       (127.0.0.1:8080)
  --name NAME        a name that the page may be asked for by, besides
                     localhost and any IP address; can be repeated
  --token TOKEN      lets those who open the page with #token=TOKEN behind
                     its address pause agents       ($WALLBOARD_TOKEN)
  --help             show this text`;

/** What the arguments say. */
interface Arguments extends Omit<WallboardOptions, "place" | "tally"> {
  credentials: { username: string; secret: string };
  isEmbedded: boolean;
}

/** Ends the wallboard with one sentence. */
function fail(sentence: string): never {
  console.error(`${sentence.replace(/[.\s]*$/, "")}.`);
  Deno.exit(1);
}

/** Reads a port, or ends the wallboard. */
function readPort(name: string, text: string, min: number): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < min || port > 65_535) {
    fail(
      `The port of '--${name}' must be a number from ${min} to 65535: '${text}'`,
    );
  }
  return port;
}

/** Reads `8080`, `0.0.0.0:8080` or `[::1]:8080`, or ends the wallboard. */
function readListen(text: string): { hostname: string; port: number } {
  const [, address = "127.0.0.1", port = ""] =
    /^(?:(.+):)?([^:]+)$/.exec(text) ?? [];
  return {
    hostname: address.replace(/^\[(.*)\]$/, "$1"),
    port: readPort("listen", port, 0),
  };
}

function parseArguments(args: string[]): Arguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        hostname: { type: "string" },
        port: { type: "string" },
        username: { type: "string" },
        secret: { type: "string" },
        listen: { type: "string" },
        name: { type: "string", multiple: true },
        token: { type: "string" },
        help: { type: "boolean" },
      },
    });
    if (values.help) {
      console.log(USAGE);
      Deno.exit(0);
    }
    return {
      pbx: {
        hostname: values.hostname ?? "127.0.0.1",
        port: readPort("port", values.port ?? "5038", 1),
      },
      credentials: {
        username: values.username ?? "admin",
        secret: values.secret ?? Deno.env.get("DAMI_SECRET") ?? "mysecret",
      },
      listen: readListen(values.listen ?? "127.0.0.1:8080"),
      names: values.name ?? [],
      // An empty one is none: it would let everybody in.
      token: (values.token ?? Deno.env.get("WALLBOARD_TOKEN")) || undefined,
      isEmbedded: values.hostname === undefined && values.port === undefined,
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const [sentence = text] = text.split(". ");
    return fail(`${sentence.replace(/\.$/, "")}: see --help`);
  }
}

async function run(
  { isEmbedded, credentials, ...options }: Arguments,
): Promise<void> {
  await using server = isEmbedded ? AmiServer.start(credentials) : undefined;
  using _centre = server === undefined ? undefined : new CallCentre(server);
  const tally = new Tally();
  if (isEmbedded) playPast(tally, Date.now());
  const hostname = server?.hostname ?? options.pbx.hostname;
  const port = server?.port ?? options.pbx.port;
  const place = isEmbedded ? "the embedded PBX" : `${hostname}:${port}`;
  await using wallboard = await Wallboard.start({
    ...options,
    pbx: { hostname, port },
    place,
    tally,
  });
  console.log(`The wallboard of ${place} is at ${wallboard.url}`);
  const stopped = Promise.withResolvers<void>();
  Deno.addSignalListener("SIGINT", stopped.resolve);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", stopped.resolve);
  }
  await Promise.all([wallboard.connect(credentials), stopped.promise]);
}

if (import.meta.main) {
  const options = parseArguments(Deno.args);
  try {
    await run(options);
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

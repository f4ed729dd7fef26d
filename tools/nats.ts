/**
 * Finds or installs a `nats-server` and runs the tests that need one, or another
 * command. The tests start and end the servers themselves.
 *
 * ```sh
 * deno run -A tools/nats.ts                      # the tests
 * deno run -A tools/nats.ts -- deno task test    # a command
 * deno run -A tools/nats.ts --install            # only install it
 * ```
 *
 * A `nats-server` on the `PATH` is taken if it is new enough, otherwise that of
 * Debian, which is unpacked into a folder: nothing is installed into the system.
 * The command finds the program in the environment variable `DAMI_NATS`. Its
 * exit status is ours.
 *
 * | environment variable | what it sets |
 * | --- | --- |
 * | `DAMI_NATS_CACHE` | the folder that keeps it (`~/.cache/dami`) |
 * | `DAMI_DEBIAN_MIRROR` | the mirror of Debian (the one that the machine uses) |
 *
 * @module
 */

import { findNats, installNats } from "./nats_installation.ts";

const TESTS = [
  Deno.execPath(),
  "run",
  "-A",
  "tools/deno.ts",
  "test",
  "-A",
  "tests/nats/",
];

/** Says something on stderr: the standard output is the command's. */
function say(line: string): void {
  // deno-lint-ignore no-console -- a command line tool
  console.error(line);
}

async function main(args: readonly string[]): Promise<number> {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const command = end === -1 ? TESTS : args.slice(end + 1);
  const [unknown] = own.filter((argument) => argument !== "--install");
  if (unknown !== undefined) {
    throw new TypeError(`Unexpected argument '${unknown}': --install or --`);
  }
  const { version, program } = await findNats() ?? await installNats();
  say(`nats-server ${version}: ${program}`);
  if (own.includes("--install")) return 0;
  const [first = "", ...rest] = command;
  const child = new Deno.Command(first, {
    args: rest,
    ...(end === -1 ? { cwd: new URL("../", import.meta.url) } : {}),
    env: { DAMI_NATS: program },
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  // Ctrl-C reaches the child by itself: its exit status decides.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
  return (await child.status).code;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}

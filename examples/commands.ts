/**
 * Runs commands of the Asterisk console and prints what they print.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/commands.ts "core show uptime"
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiResponseError, DAMI, type DAMIData } from "@dami/dami";
import { parseArgs } from "node:util";

// Where the PBX is: from the command line, else from the environment.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hostname: {
      type: "string",
      default: Deno.env.get("DAMI_HOSTNAME") ?? "127.0.0.1",
    },
    port: { type: "string", default: Deno.env.get("DAMI_PORT") ?? "5038" },
    username: {
      type: "string",
      default: Deno.env.get("DAMI_USERNAME") ?? "admin",
    },
    secret: {
      type: "string",
      default: Deno.env.get("DAMI_SECRET") ?? "mysecret",
    },
  },
});
const { hostname, port, username, secret } = values;
const commands = positionals.length > 0
  ? positionals
  : ["core show version", "core show channels", "no such thing"];

/** `Output` is always an array of lines. */
function print(response: DAMIData | undefined): void {
  const output = response?.Output;
  for (const line of Array.isArray(output) ? output : []) console.log(line);
}

await using dami = new DAMI({ hostname, port: Number(port) });
await dami.connectAndLogin({ username, secret });

for (const command of commands) {
  console.log(`*CLI> ${command}`);
  try {
    const [response] = await dami.to("Command", { Command: command });
    print(response);
  } catch (error) {
    // A command that fails has output too.
    if (!(error instanceof AmiResponseError)) throw error;
    print(error.frames[0]);
  }
}

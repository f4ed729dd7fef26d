/**
 * Runs commands of the Asterisk console and prints their output.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/commands.ts "core show version"
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiResponseError, DAMI, type DAMIData } from "@dami/dami";
import { findPbx } from "./pbx.ts";

const commands = Deno.args.length > 0
  ? Deno.args
  : ["core show version", "core show channels", "no such thing"];

/** Prints the lines of `Output`, which is always an array. */
function print(response: DAMIData | undefined): void {
  const output = response?.Output;
  for (const line of Array.isArray(output) ? output : []) console.log(line);
}

await using pbx = findPbx();
await using dami = new DAMI(pbx.address);
await dami.connectAndLogin(pbx.user);

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

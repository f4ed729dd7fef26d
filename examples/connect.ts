/**
 * Connects, logs in, and asks the PBX for its version.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/connect.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiAuthenticationError, AmiConnectionError, DAMI } from "@dami/dami";
import { findPbx } from "./pbx.ts";

await using pbx = findPbx();

// At the end of the program, `await using` logs off and closes the connection.
await using dami = new DAMI(pbx.address);

try {
  await dami.connectAndLogin(pbx.user);
} catch (error) {
  if (error instanceof AmiAuthenticationError) {
    console.error(`The PBX refused the login of "${pbx.user.username}".`);
  } else if (error instanceof AmiConnectionError) {
    console.error(`No PBX can be reached: ${error.message}.`);
  } else {
    throw error;
  }
  Deno.exit(1);
}

const { hostname, port } = pbx.address;
console.log(`Logged in as ${pbx.user.username} at ${hostname}:${port}`);

const [settings] = await dami.to("CoreSettings");
console.log(`Asterisk ${settings.AsteriskVersion}`);
console.log(`AMI ${settings.AMIversion}`);

console.log((await dami.ping()) ? "The PBX is alive" : "The PBX is silent");

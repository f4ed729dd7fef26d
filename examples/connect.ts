/**
 * Connects, logs in, and asks the PBX what it is.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/connect.ts --hostname 127.0.0.1
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiAuthenticationError, AmiConnectionError, DAMI } from "@dami/dami";
import { parseArgs } from "node:util";

// Where the PBX is: from the command line, else from the environment.
const { values } = parseArgs({
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

// At the end of the program, `await using` logs off and closes the connection.
await using dami = new DAMI({ hostname, port: Number(port) });

try {
  await dami.connectAndLogin({ username, secret });
} catch (error) {
  if (error instanceof AmiAuthenticationError) {
    console.error(`The PBX refused the login of "${username}".`);
  } else if (error instanceof AmiConnectionError) {
    console.error(`There is no PBX: ${error.message}.`);
  } else {
    throw error;
  }
  Deno.exit(1);
}

console.log(`Logged in as ${username} at ${hostname}:${port}`);

const [settings] = await dami.to("CoreSettings");
console.log(`Asterisk ${settings.AsteriskVersion}`);
console.log(`AMI ${settings.AMIversion}`);

console.log((await dami.ping()) ? "The PBX is alive" : "The PBX is silent");

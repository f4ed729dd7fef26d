/**
 * Logs in, says so, and ends. Its only argument is the port of the PBX.
 *
 * @module
 */

import { DAMI } from "@dami/dami";

const dami = new DAMI({ port: Number(Deno.args[0]) });
await dami.connectAndLogin({ username: "u", secret: "secret" });
// deno-lint-ignore no-console -- what the process that started this one waits for
console.log("logged in");
dami.close();

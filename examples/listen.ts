/**
 * Listens to the events of the PBX until the connection ends or Ctrl-C is
 * pressed.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/listen.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
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

// Only the classes of events that are of interest need to be sent.
const dami = new DAMI({
  hostname,
  port: Number(port),
  events: "system,call,agent,user",
});

// DAMI's own events tell what becomes of the connection.
dami.addEventListener("disconnect", ({ detail }) => {
  console.log(`Disconnected (${detail.reason})`);
});

await dami.connectAndLogin({ username, secret });
await dami.listen();

// Events of one name, and a listener that is called only once.
dami.on("Hangup", (event) => {
  console.log(`${event.Channel} hung up: ${event["Cause-txt"]}`);
});
dami.once("FullyBooted", () => console.log("The PBX is fully booted"));

// Every event there is.
let count = 0;
const stopCounting = dami.on("*", () => {
  count++;
});

dami.addEventListener("disconnect", () => {
  stopCounting();
  console.log(`Events received: ${count}`);
});

console.log("Listening, press Ctrl-C to stop");
Deno.addSignalListener("SIGINT", async () => {
  await dami.disconnect();
  Deno.exit();
});

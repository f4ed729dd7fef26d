/**
 * A service that runs for months: it waits for its PBX, survives its restarts,
 * and asks for what it missed.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/service.ts
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

const dami = new DAMI({
  hostname,
  port: Number(port),
  events: "call",
  // The first connection is tried again as well: the PBX may start later.
  reconnect: { minDelay: 100, maxDelay: 10_000, firstConnection: true },
  keepAlive: { interval: 30_000, timeout: 10_000 },
});

/** How many channels there are; asked for, as events only tell what changes. */
async function countChannels(): Promise<void> {
  const [, ...channels] = await dami.to("CoreShowChannels");
  console.log(`Channels now: ${channels.length - 1}`);
}

dami.addEventListener("login", () => console.log("Logged in"));
dami.addEventListener("disconnect", ({ detail }) => {
  console.log(`Disconnected: ${detail.error?.failure ?? detail.reason}`);
});
dami.addEventListener("gap", async () => {
  console.log("Events were missed");
  await countChannels();
});

Deno.addSignalListener("SIGINT", async () => {
  console.log(`Events in all: ${dami.stats().events}`);
  await dami.disconnect();
  Deno.exit();
});

await dami.connectAndLogin({ username, secret });
await dami.listen();
await countChannels();

// Outlives the connection; ends with disconnect().
for await (const event of dami.events("Hangup")) {
  console.log(`${event.Channel} hung up: ${event["Cause-txt"]}`);
}

/**
 * A service that runs for months: it waits for its PBX, survives its restarts,
 * and asks for the events that it missed.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/service.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { findPbx } from "./pbx.ts";

const pbx = findPbx();

const dami = new DAMI({
  ...pbx.address,
  events: "call",
  // The PBX may start later: the first connection is retried as well.
  reconnect: { minDelay: 100, maxDelay: 10_000, firstConnection: true },
  keepAlive: { interval: 30_000, timeout: 10_000 },
});

/** Prints the number of channels, which no event carries. */
async function countChannels(): Promise<void> {
  const [, ...channels] = await dami.to("CoreShowChannels");
  // The last one completes the list.
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
console.log("Serving; press Ctrl-C to stop");

await dami.connectAndLogin(pbx.user);
await dami.listen();
await countChannels();

// Outlives the connection; ends with disconnect().
for await (const event of dami.events("Hangup")) {
  console.log(`${event.Channel} hung up: ${event["Cause-txt"]}`);
}

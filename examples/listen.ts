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
import { findPbx } from "./pbx.ts";

const pbx = findPbx();

// Asterisk sends only the classes of events that are asked for.
const dami = new DAMI({ ...pbx.address, events: "system,call,agent,user" });

// DAMI's own events report the state of the connection.
dami.addEventListener("disconnect", ({ detail }) => {
  console.log(`Disconnected (${detail.reason})`);
});

await dami.connectAndLogin(pbx.user);
await dami.listen();

// Events of one name, and a listener that is called only once.
dami.on("Hangup", (event) => {
  console.log(`${event.Channel} hung up: ${event["Cause-txt"]}`);
});
dami.once("FullyBooted", () => console.log("The PBX is fully booted"));

// All events.
let count = 0;
const stopCounting = dami.on("*", () => {
  count++;
});

dami.addEventListener("disconnect", () => {
  stopCounting();
  console.log(`Events received: ${count}`);
});

Deno.addSignalListener("SIGINT", async () => {
  await dami.disconnect();
  Deno.exit();
});
console.log("Listening; press Ctrl-C to stop");

/**
 * Sends actions: one with a single response, one with a list, one that fails,
 * and a call to the channel in the argument, if there is one.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/actions.ts PJSIP/6001
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiResponseError, DAMI } from "@dami/dami";
import { findPbx } from "./pbx.ts";

const [channel] = Deno.args;

await using pbx = findPbx();
await using dami = new DAMI(pbx.address);
await dami.connectAndLogin(pbx.user);

// One response.
const [pong] = await dami.to("Ping");
console.log(`Ping: ${pong.Ping}`);

// A list: the response, then the items, then the event that completes it.
const [, ...items] = await dami.to("QueueStatus");
for (const item of items) {
  if (item.Event === "QueueParams") {
    console.log(`Queue ${item.Queue} (${item.Strategy})`);
  }
  if (item.Event === "QueueMember") {
    console.log(`  ${item.Name} at ${item.Location}`);
  }
}

// The PBX says no.
try {
  await dami.to("GetConfig", { Filename: "missing.conf" });
} catch (error) {
  if (!(error instanceof AmiResponseError)) throw error;
  console.log(`GetConfig: ${error.frames[0]?.Message}`);
}

// A call. An array repeats a header, here one `Variable` for each.
if (channel !== undefined) {
  const [response] = await dami.to("Originate", {
    Channel: channel,
    Application: "Playback",
    Data: "hello-world",
    Variable: ["LANGUAGE=en", "CAMPAIGN=spring"],
    Async: true,
  });
  console.log(`Originate: ${response.Message}`);
}

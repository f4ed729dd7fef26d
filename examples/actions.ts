/**
 * Sends actions: one with a single response, one with a list, one that fails,
 * and a call.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/actions.ts --channel PJSIP/6001
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiResponseError, DAMI } from "@dami/dami";
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
    // The channel to call. Without it nobody is called.
    channel: { type: "string" },
  },
});
const { hostname, port, username, secret, channel } = values;

await using dami = new DAMI({ hostname, port: Number(port) });
await dami.connectAndLogin({ username, secret });

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
  await dami.to("GetConfig", { Filename: "there-is-none.conf" });
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

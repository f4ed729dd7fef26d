/**
 * Shows the calls and queues of several PBXs at once, until Ctrl-C is pressed:
 * those in the arguments, or two embedded ones.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/fleet.ts
 * deno run --allow-net --allow-env examples/fleet.ts berlin=pbx1.example.org wien=pbx2.example.org:5038
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { Fleet, type FleetPbxOptions } from "@dami/dami/fleet";
import { startPbx } from "./pbx.ts";

// The addresses of the PBXs: name=hostname or name=hostname:port, several times.
const pbxs: Record<string, FleetPbxOptions> = {};
for (const argument of Deno.args) {
  const [name = "", address = ""] = argument.split("=");
  const { hostname, port } = new URL(`ami://${address}`);
  pbxs[name] = { hostname, port: Number(port || 5038) };
}
if (Deno.args.length === 0) {
  for (const name of ["berlin", "wien"]) pbxs[name] = startPbx().address;
}

// The user is the same for all of them here.
const fleet = new Fleet(pbxs, {
  username: Deno.env.get("DAMI_USERNAME") || "admin",
  secret: Deno.env.get("DAMI_SECRET") || "mysecret",
});

// One that goes or comes back is reported with its name.
fleet.addEventListener("gap", ({ detail: { pbx, from, to } }) => {
  const seconds = (to.getTime() - from.getTime()) / 1_000;
  console.log(`${pbx}: events of ${seconds.toFixed(1)} s were missed`);
});

// This never fails because of one PBX.
await fleet.start();
for (const name of fleet.names) {
  const why = fleet.failure(name);
  console.log(`${name}: ${why?.message ?? fleet.get(name).state}`);
}

// One action for all of them.
for (const [pbx, { frames, error }] of await fleet.all("CoreSettings")) {
  if (error === undefined) {
    console.log(`${pbx}: Asterisk ${frames[0].AsteriskVersion}`);
  }
}

const live = await fleet.live();
console.log(`Calls on ${fleet.names.length} PBXs: ${live.calls.size}`);
for (const [key, { members, callers }] of live.queues) {
  console.log(`${key}: ${members.size} members, ${callers.length} waiting`);
}

Deno.addSignalListener("SIGINT", async () => {
  live.stop();
  await fleet[Symbol.asyncDispose]();
  Deno.exit();
});
console.log("Watching; press Ctrl-C to stop");

for await (const change of live.changes()) {
  switch (change.type) {
    case "call-started":
    case "call-connected":
      console.log(`${change.pbx}: ${change.type}`);
      break;
    case "call-ended":
      console.log(`${change.pbx}: call-ended, ${change.causeText || "missed"}`);
      break;
    case "pbx-state-changed":
      console.log(`${change.pbx} is ${change.state}`);
      break;
  }
}

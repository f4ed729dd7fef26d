/**
 * Shows the calls and queues of the PBX as they change, until Ctrl-C is
 * pressed.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/live.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { type Call, LivePbx } from "@dami/dami/live";
import { findPbx } from "./pbx.ts";

const { address, user } = findPbx();
const dami = new DAMI({ ...address, reconnect: true });
await dami.connectAndLogin(user);
const pbx = await LivePbx.start(dami);

/** Returns the numbers or names of those who take part in a call. */
function parties(call: Call): string {
  return call.parties.map(({ name, callerIdNum }) => callerIdNum || name)
    .join(", ");
}

// The present state.
console.log(`Calls now: ${pbx.calls.size}`);
for (const { name, members, callers } of pbx.queues.values()) {
  console.log(`${name}: ${members.size} members, ${callers.length} waiting`);
}

Deno.addSignalListener("SIGINT", async () => {
  pbx.stop();
  await dami.disconnect();
  Deno.exit();
});
console.log("Watching; press Ctrl-C to stop");

// The changes.
for await (const change of pbx.changes()) {
  switch (change.type) {
    case "call-started":
    case "call-answered":
    case "call-connected":
      console.log(`${change.type}: ${parties(change.call)}`);
      break;
    case "call-ended":
      console.log(`call-ended: ${change.lost ? "missed" : change.causeText}`);
      break;
    case "member-paused":
      console.log(`${change.member.name} is paused`);
      break;
    case "snapshot-end":
      console.log(`Calls after a ${change.reason}: ${pbx.calls.size}`);
      break;
  }
}

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

const dami = new DAMI({
  hostname: Deno.env.get("DAMI_HOSTNAME") ?? "127.0.0.1",
  port: Number(Deno.env.get("DAMI_PORT") ?? 5038),
  reconnect: true,
});
await dami.connectAndLogin({
  username: Deno.env.get("DAMI_USERNAME") ?? "admin",
  secret: Deno.env.get("DAMI_SECRET") ?? "mysecret",
});
const pbx = await LivePbx.start(dami);

/** Who takes part in a call. */
function parties(call: Call): string {
  return call.parties.map(({ name, callerIdNum }) => callerIdNum || name)
    .join(", ");
}

// What is.
console.log(`${pbx.calls.size} calls go on`);
for (const { name, members, callers } of pbx.queues.values()) {
  console.log(`${name}: ${members.size} members, ${callers.length} waiting`);
}

Deno.addSignalListener("SIGINT", async () => {
  pbx.stop();
  await dami.disconnect();
  Deno.exit();
});

// What changes.
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
      console.log(`${change.member.name} pauses`);
      break;
    case "snapshot-end":
      console.log(`After a ${change.reason}: ${pbx.calls.size} calls go on`);
      break;
  }
}

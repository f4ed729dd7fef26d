/**
 * Reports calls that nobody took, until Ctrl-C is pressed: who called, whom,
 * and what became of it.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/missed_calls.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { type Disposition, LivePbx } from "@dami/dami/live";
import { findPbx } from "./pbx.ts";

/** The dispositions of a missed call. A caller who talked to a menu alone is not among them. */
const MISSED: readonly Disposition[] = [
  "abandoned",
  "busy",
  "cancelled",
  "no-answer",
  "rejected",
];

const { address, user } = findPbx();
const dami = new DAMI({ ...address, reconnect: true });
await dami.connectAndLogin(user);
const pbx = await LivePbx.start(dami);
console.log("Watching for missed calls; press Ctrl-C to stop");

Deno.addSignalListener("SIGINT", async () => {
  pbx.stop();
  await dami.disconnect();
  Deno.exit();
});

for await (const change of pbx.changes()) {
  if (change.type !== "call-ended") continue;
  const { caller, dialed, disposition, queues, legs, totalTime } =
    change.record;
  if (!MISSED.includes(disposition)) continue;
  const who = caller?.number || caller?.name || caller?.device || "somebody";
  const whom = queues.at(-1)?.queue ?? dialed;
  const rung = legs.filter(({ isCalled, outcome }) =>
    isCalled && outcome !== "answered"
  ).map(({ device }) => device);
  console.log(
    `${who} called ${whom}: ${disposition} after ${
      Math.round(totalTime / 1_000)
    } s${rung.length === 0 ? "" : `, did not answer: ${rung.join(", ")}`}`,
  );
}

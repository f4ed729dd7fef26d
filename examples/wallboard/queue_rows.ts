import { stateOf } from "./agent_rows.ts";
import { earliest, keyOf, type Pbx } from "./pbx.ts";
import type { QueueShown } from "./shown.ts";
import type { Tally } from "./tally.ts";

/**
 * Returns the rows of the queues, also of those that are gone but had callers
 * today: without them the rows would not add up to the figures of the day.
 *
 * @param pbxs The PBXs.
 * @param tally The callers that were counted, by the keys of the queues.
 * @param now The time (milliseconds since 1970).
 * @returns The rows, in any order.
 */
export function queueRows(
  pbxs: readonly Pbx[],
  tally: Tally,
  now: number,
): QueueShown[] {
  const rows = new Map<string, QueueShown>();
  for (const pbx of pbxs) {
    for (const { name, callers, members } of pbx.queues.values()) {
      const key = keyOf(pbx, name);
      const states = [...members.values()].map((member) => stateOf([member]));
      rows.set(key, {
        ...emptyRow(key, tally, now),
        waiting: callers.length,
        longestSince: earliest(callers.map(({ joinedAt }) => joinedAt)),
        agents: states.length,
        free: states.filter((state) => state === "free").length,
        present: [...members.values()].filter((member) =>
          !member.isPaused && stateOf([member]) !== "away"
        ).length,
      });
    }
  }
  for (const key of tally.names(now)) {
    if (!rows.has(key)) rows.set(key, emptyRow(key, tally, now));
  }
  return [...rows.values()];
}

function emptyRow(key: string, tally: Tally, now: number): QueueShown {
  const slash = key.indexOf("/");
  return {
    key,
    pbx: key.slice(0, slash),
    name: key.slice(slash + 1),
    waiting: 0,
    longestSince: null,
    agents: 0,
    free: 0,
    present: 0,
    ...tally.today(key, now),
    hour: tally.hour(key, now),
  };
}

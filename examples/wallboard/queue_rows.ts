import type { QueueReport } from "@dami/dami/live";
import { stateOf } from "./agent_rows.ts";
import { earliest, keyOf, type Pbx } from "./pbx.ts";
import type { QueueShown } from "./shown.ts";

const MINUTE = 60_000;

/**
 * Returns the rows of the queues, also of those that are gone but had callers
 * today: without them the rows would not add up to the figures of the day.
 *
 * @param pbxs The PBXs.
 * @returns The rows, in any order.
 */
export function queueRows(pbxs: readonly Pbx[]): QueueShown[] {
  return pbxs.flatMap((pbx) => {
    const rows = new Map<string, QueueShown>();
    for (const report of pbx.figures.queues) {
      const row = dayOf(pbx, report);
      const isOfToday = row.answered > 0 || row.lost > 0 || row.hour.length > 0;
      if (isOfToday) rows.set(report.queue, row);
    }
    for (const { name, callers, members } of pbx.queues.values()) {
      const states = [...members.values()].map((member) => stateOf([member]));
      rows.set(name, {
        ...rows.get(name) ?? emptyRow(pbx, name),
        waiting: callers.length,
        longestSince: earliest(callers.map(({ joinedAt }) => joinedAt)),
        agents: states.length,
        free: states.filter((state) => state === "free").length,
        present: [...members.values()].filter((member) =>
          !member.isPaused && stateOf([member]) !== "away"
        ).length,
      });
    }
    return [...rows.values()];
  });
}

/** Returns the row of a queue with its callers of today and of the last hour. */
function dayOf(pbx: Pbx, { queue, today, lastHour }: QueueReport): QueueShown {
  return {
    ...emptyRow(pbx, queue),
    answered: today.answered,
    lost: today.abandoned,
    waits: today.answeredAfter.flatMap((callers, seconds) =>
      callers > 0 ? [[seconds, callers]] : []
    ),
    hour: lastHour
      .filter(({ answered, abandoned }) => answered > 0 || abandoned > 0)
      .map(({ at, answered, abandoned }) => [at / MINUTE, answered, abandoned]),
  };
}

function emptyRow(pbx: Pbx, name: string): QueueShown {
  return {
    key: keyOf(pbx, name),
    pbx: pbx.name,
    name,
    waiting: 0,
    longestSince: null,
    agents: 0,
    free: 0,
    present: 0,
    answered: 0,
    lost: 0,
    waits: [],
    hour: [],
  };
}

import type { QueueMember } from "./queue_member.ts";

/** The strategies of `queues.conf` that a queue of the embedded PBX plays. */
export const STRATEGIES: ReadonlySet<string> = new Set([
  "ringall",
  "leastrecent",
  "fewestcalls",
  "random",
  "wrandom",
  "rrmemory",
  "rrordered",
  "linear",
]);

/** The state of a queue that the choice of a member depends on. */
export interface ChoiceOptions {
  strategy: string;
  /** All members of the queue, in order. */
  members: readonly QueueMember[];
  /** The members that can be rung. */
  available: readonly QueueMember[];
  /** The index of the member whose turn it is (`rrmemory`, `linear`). */
  position: number;
  /** Returns a number from 0 up to, but not including, 1. */
  random: () => number;
}

/**
 * Chooses the members to ring next (`calc_metric()`, apps/app_queue.c): those
 * with the best metric if the strategy is `ringall`, otherwise one of them.
 *
 * @returns The members; empty if none is available.
 */
export function chooseMembers(options: ChoiceOptions): QueueMember[] {
  const { strategy, available } = options;
  let best: QueueMember[] = [];
  let bestMetric = Infinity;
  for (const member of available) {
    const metric = metricOf(member, options);
    if (metric < bestMetric) {
      best = [member];
      bestMetric = metric;
    } else if (metric === bestMetric) best.push(member);
  }
  return strategy === "ringall" ? best : best.slice(0, 1);
}

function metricOf(member: QueueMember, options: ChoiceOptions): number {
  const { strategy, members, position, random } = options;
  const penalty = member.penalty * 1e15;
  switch (strategy) {
    case "leastrecent":
      return penalty + member.lastCall;
    case "fewestcalls":
      return penalty + member.callsTaken;
    case "random":
      return penalty + random();
    case "wrandom":
      return random() * (1 + member.penalty);
    case "rrmemory":
    case "rrordered":
    case "linear": {
      const index = members.indexOf(member);
      return penalty + (index < position ? members.length + index : index);
    }
    default:
      return penalty;
  }
}

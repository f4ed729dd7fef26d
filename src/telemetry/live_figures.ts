import type {
  DeviceState,
  LivePbx,
  Queue,
  QueueMember,
} from "../live/live_pbx.ts";
import { ENDPOINT_STATUSES, endpointStatus } from "./endpoint_status.ts";
import type { Figure, Sample } from "./figure.ts";

/** The states in which a `LivePbx` shows the present. */
const CURRENT: ReadonlySet<string> = new Set(["live", "polling"]);

/**
 * Reports whether a live state is shown: numbers from before a loss would be
 * mistaken for current ones.
 *
 * @param live The live state; `undefined` if there is none yet.
 * @returns `true` if it is up to date.
 */
export function isCurrent(
  live: { readonly state: string } | undefined,
): boolean {
  return live !== undefined && CURRENT.has(live.state);
}

/** The metric that shows whether the others are present. */
export const LIVENESS_FIGURES: readonly Figure<LivePbx | undefined>[] = [{
  name: "dami.live",
  unit: "",
  kind: "gauge",
  description: "1 while the live state of the PBX is up to date, otherwise 0",
  read: (live) => [{ value: isCurrent(live) ? 1 : 0 }],
}];

/** The live state of one PBX at a moment. */
export interface LiveReading {
  /** The live state. */
  readonly live: Pick<LivePbx, "calls" | "channels" | "endpoints" | "queues">;
  /** The time (milliseconds since 1970). */
  readonly now: number;
}

/** A figure that each queue has. */
function ofQueues(
  figure: Omit<Figure<LiveReading>, "read">,
  of: (queue: Queue, now: number) => number,
): Figure<LiveReading> {
  return {
    ...figure,
    read: ({ live, now }) =>
      [...live.queues.values()].map((queue) => ({
        labels: { queue: queue.name },
        value: of(queue, now),
      })),
  };
}

/** Counts things by a word that each of them has. A word that none has counts 0: no alert would notice a metric that vanishes. */
function countBy<T>(
  things: Iterable<T>,
  words: readonly string[],
  wordOf: (thing: T) => string,
): Map<string, number> {
  const counts = new Map(words.map((word) => [word, 0]));
  for (const thing of things) {
    const word = wordOf(thing);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** The states of members. */
const MEMBER_STATUSES = [
  "paused",
  "not_inuse",
  "inuse",
  "busy",
  "ringing",
  "ringinuse",
  "onhold",
  "unavailable",
  "invalid",
  "unknown",
] as const satisfies readonly (Lowercase<DeviceState> | "paused")[];

/** A member that is paused is shown as that, as it is not called, whatever its device does. */
function memberStatus({ isPaused, state }: QueueMember): string {
  return isPaused ? "paused" : state.toLowerCase();
}

function membersOf({ name: queue, members }: Queue): Sample[] {
  return [...countBy(members.values(), MEMBER_STATUSES, memberStatus)].map((
    [status, value],
  ) => ({ labels: { queue, status }, value }));
}

/** Returns the longest wait of the callers of a queue (seconds). */
function longestWait({ callers }: Queue, now: number): number {
  const since = callers.reduce(
    (min, { joinedAt }) => Math.min(min, joinedAt),
    now,
  );
  return (now - since) / 1_000;
}

/** The metrics of the activity of a PBX. */
export const LIVE_FIGURES: readonly Figure<LiveReading>[] = [
  {
    name: "asterisk.calls",
    unit: "{call}",
    kind: "gauge",
    description: "Calls in progress",
    read: ({ live }) => [{ value: live.calls.size }],
  },
  {
    name: "asterisk.channels",
    unit: "{channel}",
    kind: "gauge",
    description: "Channels in use",
    read: ({ live }) => [{ value: live.channels.size }],
  },
  {
    name: "asterisk.endpoints",
    unit: "{endpoint}",
    kind: "gauge",
    description: "Phones and trunks, by whether they can be reached",
    read: ({ live }) =>
      [...countBy(live.endpoints.values(), ENDPOINT_STATUSES, endpointStatus)]
        .map((
          [status, value],
        ) => ({ labels: { status }, value })),
  },
  ofQueues({
    name: "asterisk.queue.callers",
    unit: "{caller}",
    kind: "gauge",
    description: "Callers waiting in a queue",
  }, ({ callers }) => callers.length),
  ofQueues({
    name: "asterisk.queue.longest_wait",
    unit: "s",
    kind: "gauge",
    description: "How long the first caller of a queue has been waiting",
  }, longestWait),
  {
    name: "asterisk.queue.members",
    unit: "{member}",
    kind: "gauge",
    description: "Members of a queue, by the state of their device, or paused",
    read: ({ live }) => [...live.queues.values()].flatMap(membersOf),
  },
  ofQueues({
    name: "asterisk.queue.answered",
    unit: "{call}",
    kind: "counter",
    description: "Calls of a queue that a member has completed",
  }, ({ completed }) => completed),
  ofQueues({
    name: "asterisk.queue.abandoned",
    unit: "{call}",
    kind: "counter",
    description: "Callers of a queue that gave up",
  }, ({ abandoned }) => abandoned),
  ofQueues({
    name: "asterisk.queue.service_level",
    unit: "1",
    kind: "gauge",
    description:
      "The share of the completed calls of a queue that were answered within its service level",
  }, ({ serviceLevelPerf }) => serviceLevelPerf / 100),
];

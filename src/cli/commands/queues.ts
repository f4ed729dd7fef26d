import type { DAMIData } from "../../../mod.ts";
import type {
  Queue as LiveQueue,
  QueueMember as LiveQueueMember,
} from "../../live/live_pbx.ts";
import type { Command } from "../command.ts";
import {
  numberInWords,
  stateInWords,
  styleOfState,
} from "../terminal/device_states.ts";
import { clock } from "../values/duration.ts";
import { listItems, number, party, person, text } from "./list_items.ts";
import { stateCommand } from "./state_command.ts";
import { type Cell, table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A queue with its members and those who wait. */
export interface Queue {
  /** Its name. */
  readonly name: string;
  /** How calls are handed to members. */
  readonly strategy: string;
  /** How many calls were answered. */
  readonly completed: number;
  /** How many callers gave up. */
  readonly abandoned: number;
  /** How many of the answered calls were answered in time (percent). */
  readonly serviceLevel: number;
  /** Who takes calls. */
  readonly members: readonly QueueMember[];
  /** Who waits, the first in turn first. */
  readonly callers: readonly QueueCaller[];
}

/** A member of a queue. */
export interface QueueMember {
  /** The name. */
  readonly name: string;
  /** The interface that is rung. */
  readonly interface: string;
  /** The state of its device. */
  readonly state: string;
  /** Whether calls are kept from it. */
  readonly isPaused: boolean;
  /** Why, if that was said. */
  readonly pausedReason: string;
  /** How many calls it has taken. */
  readonly callsTaken: number;
  /** When the last one ended (seconds since 1970); 0 if there was none. */
  readonly lastCall: number;
}

/** Somebody who waits in a queue. */
export interface QueueCaller {
  /** Who it is. */
  readonly caller: string;
  /** The channel. */
  readonly channel: string;
  /** For how long (seconds). */
  readonly wait: number;
}

function readMember(item: DAMIData): QueueMember {
  const location = text(item, "Location");
  return {
    name: text(item, "Name") || location,
    interface: location,
    state: numberInWords(text(item, "Status")),
    isPaused: text(item, "Paused") === "1",
    pausedReason: text(item, "PausedReason"),
    callsTaken: number(item, "CallsTaken"),
    lastCall: number(item, "LastCall"),
  };
}

/**
 * Puts the items of `QueueStatus` together.
 *
 * @param items The items.
 * @returns The queues, by their names.
 */
export function readQueues(items: readonly DAMIData[]): Queue[] {
  const ofKind = (kind: string, queue: string): DAMIData[] =>
    items.filter((item) =>
      text(item, "Event") === kind && text(item, "Queue") === queue
    );
  return items.filter((item) => text(item, "Event") === "QueueParams")
    .map((item) => {
      const name = text(item, "Queue");
      const callers = ofKind("QueueEntry", name).toSorted((one, other) =>
        number(one, "Position") - number(other, "Position")
      );
      return {
        name,
        strategy: text(item, "Strategy"),
        completed: number(item, "Completed"),
        abandoned: number(item, "Abandoned"),
        serviceLevel: number(item, "ServicelevelPerf"),
        members: ofKind("QueueMember", name).map(readMember),
        callers: callers.map((entry) => ({
          caller: party(entry, "CallerID") || text(entry, "Channel"),
          channel: text(entry, "Channel"),
          wait: number(entry, "Wait"),
        })),
      };
    })
    .sort(byName);
}

function byName(one: Queue, other: Queue): number {
  return one.name.localeCompare(other.name);
}

function liveMember(member: LiveQueueMember): QueueMember {
  const { isPaused, pausedReason, callsTaken, lastCallAt = 0 } = member;
  return {
    name: member.name || member.interface,
    interface: member.interface,
    state: stateInWords(member.state),
    isPaused,
    pausedReason,
    callsTaken,
    lastCall: lastCallAt / 1_000,
  };
}

/**
 * Takes the queues from the live PBX.
 *
 * @param queues Its queues.
 * @param now When it is (milliseconds since 1970).
 * @returns The same as {@linkcode readQueues} gives, now.
 */
export function liveQueues(queues: Iterable<LiveQueue>, now: number): Queue[] {
  return Array.from(queues, (queue) => ({
    name: queue.name,
    strategy: queue.strategy,
    completed: queue.completed,
    abandoned: queue.abandoned,
    serviceLevel: queue.serviceLevelPerf,
    members: Array.from(queue.members.values(), liveMember),
    callers: queue.callers.map((caller) => ({
      caller: person(caller.callerIdName, caller.callerIdNum) || caller.channel,
      channel: caller.channel,
      wait: Math.max(0, Math.floor((now - caller.joinedAt) / 1_000)),
    })),
  })).sort(byName);
}

/** Who could be rung now. */
function isFree({ state, isPaused }: QueueMember): boolean {
  return state === "Not in use" && !isPaused;
}

function queueTable(queues: readonly Queue[], terminal: Terminal): string[] {
  const rows = queues.map((queue): Cell[] => {
    const waiting = queue.callers.length;
    const longest = Math.max(0, ...queue.callers.map(({ wait }) => wait));
    const free = queue.members.filter(isFree).length;
    const members = `${free} of ${queue.members.length}`;
    return [
      queue.name,
      queue.strategy,
      waiting === 0 ? "0" : { text: `${waiting}`, style: "yellow" },
      waiting === 0 ? "" : clock(longest),
      free === 0 ? { text: members, style: "red" } : members,
      `${queue.completed}`,
      `${queue.abandoned}`,
      `${queue.serviceLevel} %`,
    ];
  });
  return table(
    [
      "Queue",
      "Strategy",
      { heading: "Waiting", side: "right" },
      { heading: "Longest", side: "right" },
      { heading: "Free", side: "right" },
      { heading: "Completed", side: "right" },
      { heading: "Abandoned", side: "right" },
      { heading: "In time", side: "right" },
    ],
    rows,
    terminal,
  );
}

function memberTable(
  queues: readonly Queue[],
  now: number,
  terminal: Terminal,
): string[] {
  const rows = queues.flatMap((queue) =>
    queue.members.map((member): Cell[] => {
      const { state, isPaused, pausedReason, callsTaken, lastCall } = member;
      const style = styleOfState(state);
      const paused = pausedReason === "" ? "paused" : `paused: ${pausedReason}`;
      return [
        queue.name,
        member.name,
        member.interface,
        style === undefined ? state : { text: state, style },
        isPaused ? { text: paused, style: "yellow" } : "",
        `${callsTaken}`,
        lastCall === 0 ? "" : `${clock(now / 1_000 - lastCall)} ago`,
      ];
    })
  );
  if (rows.length === 0) return [];
  return [
    "",
    ...table(
      [
        "Queue",
        "Member",
        "Interface",
        "State",
        "Paused",
        { heading: "Calls", side: "right" },
        { heading: "Last call", side: "right" },
      ],
      rows,
      terminal,
    ),
  ];
}

function callerTable(queues: readonly Queue[], terminal: Terminal): string[] {
  const rows = queues.flatMap((queue) =>
    queue.callers.map(({ caller, channel, wait }, index) => [
      queue.name,
      `${index + 1}`,
      caller,
      clock(wait),
      channel,
    ])
  );
  if (rows.length === 0) return [];
  return [
    "",
    ...table(
      [
        "Queue",
        { heading: "Position", side: "right" },
        "Caller",
        { heading: "Wait", side: "right" },
        "Channel",
      ],
      rows,
      terminal,
    ),
  ];
}

/**
 * Writes queues, their members and those who wait as tables.
 *
 * @param queues The queues.
 * @param terminal What is set off, and how wide it may be.
 * @param now When it is (milliseconds since 1970).
 * @returns The lines without their ends; none if there is no queue.
 */
export function queueLines(
  queues: readonly Queue[],
  terminal: Terminal,
  now: number = Date.now(),
): string[] {
  if (queues.length === 0) return [];
  return [
    ...queueTable(queues, terminal),
    ...memberTable(queues, now, terminal),
    ...callerTable(queues, terminal),
  ];
}

/** `dami queues`: the queues, their members and those who wait. */
export const queues: Command = stateCommand<Queue>({
  title: "Queues",
  usage: "[QUEUE…]",
  description:
    `Shows the queues: how many wait and for how long, which members could be rung
now, and who waits. * and ? in a name are wildcards. --watch follows the events:
read = system,agent.`,
  examples: [
    { line: "dami queues", summary: "All queues" },
    { line: "dami queues support --watch", summary: "One, as it changes" },
    {
      line: "dami queues --json | jq 'select(.callers | length > 5).name'",
      summary: "Where more than five wait",
    },
  ],
  names: { kind: "queue", nameOf: ({ name }) => name },
  none: "There are no queues",
  read: async (dami, { signal }) =>
    readQueues(await listItems(dami, "QueueStatus", { signal })),
  live: {
    snapshots: ["queues"],
    classes: ["agent"],
    things: (pbx, now) => liveQueues(pbx.queues.values(), now),
    // How long somebody waits, and how long ago a member's last call was.
    runs: (queues) =>
      queues.some(({ callers, members }) =>
        callers.length > 0 || members.some(({ lastCall }) => lastCall > 0)
      ),
  },
  lines: queueLines,
});

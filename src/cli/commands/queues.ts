import type {
  Queue as LiveQueue,
  QueueMember as LiveQueueMember,
  QueuePeriod,
} from "../../live/live_pbx.ts";
import type { Command } from "../command.ts";
import { stateInWords, styleOfState } from "../terminal/device_states.ts";
import { clock } from "../values/duration.ts";
import { party } from "./party.ts";
import { type OfFleet, stateCommand } from "./state_command.ts";
import { type PbxRow, pbxTable } from "../terminal/pbx_table.ts";
import type { Cell } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A queue as the command shows it. */
export interface Queue {
  /** Its name. */
  readonly name: string;
  /** The strategy by which calls are handed to members. */
  readonly strategy: string;
  /** The number of answered calls. */
  readonly completed: number;
  /** The number of callers who gave up. */
  readonly abandoned: number;
  /** The share of the answered calls that were answered in time (percent); 0 while none was. */
  readonly serviceLevel: number;
  /** The members. */
  readonly members: readonly QueueMember[];
  /** The waiting callers, the next one first. */
  readonly callers: readonly QueueCaller[];
  /** The figures of today, as far as they were counted; only where it is watched. */
  readonly today?: QueuePeriod;
}

/** A member of a queue. */
export interface QueueMember {
  /** The name. */
  readonly name: string;
  /** The interface that rings. */
  readonly interface: string;
  /** The state of its device. */
  readonly state: string;
  /** `true` while it gets no calls. */
  readonly isPaused: boolean;
  /** The reason of the pause; empty if none was given. */
  readonly pausedReason: string;
  /** The number of calls it has taken. */
  readonly callsTaken: number;
  /** The end of its last call (seconds since 1970); 0 if it had none. */
  readonly lastCall: number;
}

/** A caller who waits in a queue. */
export interface QueueCaller {
  /** The name and number, or the channel. */
  readonly caller: string;
  /** The channel. */
  readonly channel: string;
  /** The time since the caller joined (seconds). */
  readonly wait: number;
}

function byName(one: Queue, other: Queue): number {
  return one.name.localeCompare(other.name);
}

function shownMember(member: LiveQueueMember): QueueMember {
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
 * @param now The time (milliseconds since 1970).
 * @returns The queues, by their names.
 */
export function shownQueues(queues: Iterable<LiveQueue>, now: number): Queue[] {
  return Array.from(queues, (queue) => ({
    name: queue.name,
    strategy: queue.strategy,
    completed: queue.completed,
    abandoned: queue.abandoned,
    serviceLevel: queue.serviceLevelPerf,
    members: Array.from(queue.members.values(), shownMember),
    callers: queue.callers.map((caller) => ({
      caller: party(caller.callerIdName, caller.callerIdNum) || caller.channel,
      channel: caller.channel,
      wait: Math.max(0, Math.floor((now - caller.joinedAt) / 1_000)),
    })),
  })).sort(byName);
}

/** Reports whether a member could be called now. */
function isFree({ state, isPaused }: QueueMember): boolean {
  return state === "Not in use" && !isPaused;
}

function queueTable(
  queues: readonly OfFleet<Queue>[],
  terminal: Terminal,
): string[] {
  const rows = queues.map((queue): PbxRow => {
    const waiting = queue.callers.length;
    const longest = Math.max(0, ...queue.callers.map(({ wait }) => wait));
    const free = queue.members.filter(isFree).length;
    const members = `${free} of ${queue.members.length}`;
    const cells: Cell[] = [
      queue.name,
      queue.strategy,
      waiting === 0 ? "0" : { text: `${waiting}`, style: "yellow" },
      waiting === 0 ? "" : clock(longest),
      free === 0 ? { text: members, style: "red" } : members,
      `${queue.completed}`,
      `${queue.abandoned}`,
      // Asterisk gives 0 where no call was answered yet.
      queue.completed === 0 ? "" : `${queue.serviceLevel} %`,
    ];
    return { pbx: queue.pbx, cells };
  });
  return pbxTable(
    [
      "Queue",
      { heading: "Strategy", leftOut: 1 },
      { heading: "Waiting", side: "right" },
      { heading: "Longest", side: "right", leftOut: 5 },
      { heading: "Free", side: "right" },
      { heading: "Completed", side: "right", leftOut: 4 },
      { heading: "Abandoned", side: "right", leftOut: 3 },
      { heading: "In time", side: "right", leftOut: 2 },
    ],
    rows,
    terminal,
  );
}

function memberTable(
  queues: readonly OfFleet<Queue>[],
  now: number,
  terminal: Terminal,
): string[] {
  const rows = queues.flatMap((queue) =>
    queue.members.map((member): PbxRow => {
      const { state, isPaused, pausedReason, callsTaken, lastCall } = member;
      const style = styleOfState(state);
      const paused = pausedReason === "" ? "paused" : `paused: ${pausedReason}`;
      const cells: Cell[] = [
        queue.name,
        member.name,
        member.interface,
        style === undefined ? state : { text: state, style },
        isPaused ? { text: paused, style: "yellow" } : "",
        `${callsTaken}`,
        lastCall === 0 ? "" : `${clock(now / 1_000 - lastCall)} ago`,
      ];
      return { pbx: queue.pbx, cells };
    })
  );
  if (rows.length === 0) return [];
  return [
    "",
    ...pbxTable(
      [
        "Queue",
        "Member",
        { heading: "Interface", leftOut: 1 },
        "State",
        "Paused",
        { heading: "Calls", side: "right", leftOut: 3 },
        { heading: "Last call", side: "right", leftOut: 2 },
      ],
      rows,
      terminal,
    ),
  ];
}

function callerTable(
  queues: readonly OfFleet<Queue>[],
  terminal: Terminal,
): string[] {
  const rows = queues.flatMap((queue) =>
    queue.callers.map(({ caller, channel, wait }, index): PbxRow => ({
      pbx: queue.pbx,
      cells: [queue.name, `${index + 1}`, caller, clock(wait), channel],
    }))
  );
  if (rows.length === 0) return [];
  return [
    "",
    ...pbxTable(
      [
        "Queue",
        { heading: "Position", side: "right" },
        "Caller",
        { heading: "Wait", side: "right" },
        { heading: "Channel", leftOut: 1 },
      ],
      rows,
      terminal,
    ),
  ];
}

/** Writes today's figures of queues, once there are any. */
function todayTable(
  queues: readonly OfFleet<Queue>[],
  terminal: Terminal,
): string[] {
  const rows = queues.flatMap(({ pbx, name, today }): PbxRow[] => {
    if (today === undefined || today.offered === 0) return [];
    const { offered, answered, abandoned, wait, talk, serviceLevel } = today;
    const average = (time: number | undefined) =>
      time === undefined ? "" : clock(time / 1_000);
    const cells: Cell[] = [
      name,
      `${offered}`,
      `${answered}`,
      abandoned === 0 ? "0" : { text: `${abandoned}`, style: "yellow" },
      serviceLevel === undefined ? "" : `${Math.round(serviceLevel * 100)} %`,
      average(wait.average),
      wait.count === 0 ? "" : clock(wait.longest / 1_000),
      average(talk.average),
    ];
    return [{ pbx, cells }];
  });
  if (rows.length === 0) return [];
  return [
    "",
    ...pbxTable(
      [
        "Counted today",
        { heading: "Offered", side: "right" },
        { heading: "Answered", side: "right" },
        { heading: "Abandoned", side: "right" },
        { heading: "In time", side: "right", leftOut: 4 },
        { heading: "Wait", side: "right", leftOut: 3 },
        { heading: "Longest", side: "right", leftOut: 2 },
        { heading: "Talk", side: "right", leftOut: 1 },
      ],
      rows,
      terminal,
    ),
  ];
}

/**
 * Writes queues, their members and their callers as tables.
 *
 * @param queues The queues.
 * @param terminal The terminal: its width and colors.
 * @param now The time (milliseconds since 1970).
 * @returns The lines without their ends; none if there are no queues.
 */
export function queueLines(
  queues: readonly OfFleet<Queue>[],
  terminal: Terminal,
  now: number = Date.now(),
): string[] {
  if (queues.length === 0) return [];
  return [
    ...queueTable(queues, terminal),
    ...todayTable(queues, terminal),
    ...memberTable(queues, now, terminal),
    ...callerTable(queues, terminal),
  ];
}

/** `dami queues`: shows the queues, their members and callers. */
export const queues: Command = stateCommand<Queue>({
  title: "Queues",
  usage: "[QUEUE…]",
  description:
    `Shows the queues: how many callers wait and for how long, how many members are
free, and each member and caller. * and ? in a name are wildcards. --watch
follows the events, and counts what becomes of the callers: read = system,agent.`,
  examples: [
    { line: "dami queues", summary: "All queues" },
    {
      line: "dami queues support --watch",
      summary: "One queue, updated live",
    },
    {
      line: "dami queues --json | jq 'select(.callers | length > 5).name'",
      summary: "The queues with more than five callers waiting",
    },
  ],
  names: { kind: "queue", nameOf: ({ name }) => name },
  none: "There are no queues",
  snapshots: ["queues"],
  classes: ["agent"],
  things: (pbx, now) => shownQueues(pbx.queues.values(), now),
  watched: (pbx, now) =>
    shownQueues(pbx.queues.values(), now).map((queue) => {
      const today = pbx.figures.queue(queue.name, now)?.today;
      return today === undefined ? queue : { ...queue, today };
    }),
  // The waiting time of a caller, and the time since a member's last call.
  runs: (queues) =>
    queues.some(({ callers, members }) =>
      callers.length > 0 || members.some(({ lastCall }) => lastCall > 0)
    ),
  lines: queueLines,
});

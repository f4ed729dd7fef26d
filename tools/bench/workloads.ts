import { ACTIONS_FLOOR, type ClientInfo, DAMI_NAME } from "./clients.ts";
import { GROWTH } from "./growth.ts";
import {
  actionsWorkload,
  answersWorkload,
  eventsWorkload,
  type Outline,
  type Scale,
  type Workload,
} from "./workload.ts";

/** The number of simultaneous connections. */
const CONNECTIONS = 100;

/** The number of connections at which the cost of each one shows. */
const MANY_CONNECTIONS = 500;

/** The number of listeners, each for a different event. */
const LISTENERS = 100;

/** The number of actions that are sent before their answers are awaited. */
const TOGETHER = 100;

/** The number of times that the 10,000 actions are sent, as once is over too soon. */
const TIMES = 20;

/** The factor by which there are more events where most have no listener, which is faster. */
const MOSTLY_FOR_NOBODY = 5;

/** The number of actions that show growth: the difference is small. */
const GROWTH_ACTIONS = 100_000;

/** Those that collect the items of a list. */
const COLLECT_LISTS: ReadonlySet<string> = new Set(["ami-io", "nami", "ami"]);

/** Those for which the answer to `Command` never ends. */
const HANG_AT_COMMANDS: ReadonlySet<string> = new Set(["ami-io", "nami"]);

function isClient({ kind }: ClientInfo): boolean {
  return kind !== "floor";
}

function isDami({ name }: ClientInfo): boolean {
  return name === DAMI_NAME;
}

/** Clients, and what only reads events. */
function hearsEvents({ name }: ClientInfo): boolean {
  return name !== ACTIONS_FLOOR;
}

/** Clients, and what only writes and reads. */
function sendsActions(client: ClientInfo): boolean {
  return isClient(client) || client.name === ACTIONS_FLOOR;
}

function collectsLists(client: ClientInfo): boolean {
  return isDami(client) || COLLECT_LISTS.has(client.name);
}

function endsCommands(client: ClientInfo): boolean {
  return isClient(client) && !HANG_AT_COMMANDS.has(client.name);
}

/** Names of events that never come. */
function otherNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `Other${i}`);
}

/**
 * The workloads that are compared, in the order of their letters.
 *
 * @param scale What they depend on.
 * @param events How many events are measured.
 * @returns The workloads.
 */
export function comparedWorkloads(scale: Scale, events: number): Workload[] {
  const { eventNames } = scale.captured.traffic;
  return [
    eventsWorkload(scale, {
      id: "a",
      title: "Every event to one listener",
      isFor: hearsEvents,
      workload: "every",
      count: events,
    }),
    eventsWorkload(scale, {
      id: "b",
      title: "A busy PBX, a listener for one event in twenty",
      isFor: hearsEvents,
      workload: "rare",
      count: MOSTLY_FOR_NOBODY * events,
    }),
    eventsWorkload(scale, {
      id: "c",
      title: "100 listeners, each for another event",
      isFor: isClient,
      workload: "names",
      count: events,
      names: [...eventNames, ...otherNames(LISTENERS - eventNames.length)],
    }),
    actionsWorkload(scale, {
      id: "d",
      title: "Actions one after another",
      isFor: sendsActions,
      count: 10_000,
      together: 1,
    }),
    actionsWorkload(scale, {
      id: "e",
      title: "10,000 actions, 100 at a time",
      isFor: sendsActions,
      count: TIMES * 10_000,
      together: TOGETHER,
    }),
    answersWorkload(scale, {
      id: "f",
      title: "A list of 20,000 entries",
      isFor: collectsLists,
      workload: "list",
      count: 20_000,
      warmUp: 20_000,
      warmUps: 2,
      repeats: 5,
    }),
    answersWorkload(scale, {
      id: "g",
      title: "A Command answer of 200,000 lines",
      isFor: endsCommands,
      workload: "command",
      count: 200_000,
      warmUp: 20_000,
      warmUps: 1,
      repeats: 1,
    }),
    eventsWorkload(scale, {
      id: "h",
      title: "100 connections in one process",
      isFor: isClient,
      workload: "every",
      count: events,
      connections: CONNECTIONS,
    }),
    eventsWorkload(scale, {
      id: "h500",
      title: "500 connections in one process",
      isFor: isClient,
      workload: "every",
      count: events,
      connections: MANY_CONNECTIONS,
    }),
    eventsWorkload(scale, {
      id: "j",
      title: "Every event to an iterator",
      isFor: isDami,
      workload: "iterator",
      count: events,
    }),
    eventsWorkload(scale, {
      id: "k",
      title: "A fleet of 100 connections, every event to one listener",
      isFor: isDami,
      workload: "every",
      count: events,
      connections: CONNECTIONS,
      module: "fleet.ts",
    }),
  ];
}

/** Answers of different sizes, together about as many items or lines. */
function growingAnswers(
  scale: Scale,
  outline: Outline,
  workload: "list" | "command",
  count: number,
): Workload {
  const total = workload === "list" ? 200_000 : 2_000_000;
  const repeats = total / count;
  return answersWorkload(scale, {
    ...outline,
    workload,
    count,
    warmUp: count,
    warmUps: Math.ceil(repeats / 3),
    repeats,
  });
}

/**
 * The workloads that show the growth, for DAMI alone.
 *
 * @param scale What they depend on.
 * @param events How many events are measured.
 * @returns The workloads.
 */
export function growthWorkloads(scale: Scale, events: number): Workload[] {
  return GROWTH.flatMap(({ letter, sizes }) =>
    sizes.map((size) => {
      const outline = { id: `${letter}${size}`, title: "", isFor: isDami };
      switch (letter) {
        case "b":
          return eventsWorkload(scale, {
            ...outline,
            workload: "rare",
            count: MOSTLY_FOR_NOBODY * events,
            names: otherNames(size),
          });
        case "e":
          return actionsWorkload(scale, {
            ...outline,
            count: GROWTH_ACTIONS,
            together: TOGETHER,
            pending: size,
          });
        case "f":
          return growingAnswers(scale, outline, "list", size);
        case "g":
          return growingAnswers(scale, outline, "command", size);
      }
    })
  );
}

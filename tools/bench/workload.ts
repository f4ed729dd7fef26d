import type { Captured } from "./captured.ts";
import type { ClientInfo } from "./clients.ts";
import type { Measurement } from "./measurement.ts";
import type { EventsTask, Task } from "./task.ts";
import { END_EVENT, ONE_IN, RARE_EVENT } from "./traffic.ts";

/** What is measured. */
export interface Workload {
  /** Its letter, and what is varied if it is measured for its growth. */
  id: string;
  /** What happens; empty if it is measured for its growth. */
  title: string;
  /** What is counted. */
  unit: "events" | "actions" | "items" | "lines";
  /** Whether the PBX and its client share a core, so that neither sleeps deep. */
  oneCore: boolean;
  /** Who can do it. */
  isFor(client: ClientInfo): boolean;
  /** What a client is told to do. */
  task(module: string, port: number): Task;
  /** Whether the listeners got what they had to get. */
  isRight(measurement: Measurement): boolean;
}

/** What every workload depends on. */
export interface Scale {
  /** What is sent. */
  captured: Captured;
  /** Whether it has to be over soon. */
  quick: boolean;
}

/** What is the same for every kind of workload. */
export type Outline = Pick<Workload, "id" | "title" | "isFor">;

/** How many come before, so that what is measured runs compiled. */
const WARM_UP = 100_000;

/** How long the measured part of a client that is slow may take (seconds). */
const SECONDS = 1.5;

/** How much less is done where it has to be over soon. */
const QUICK = 5;

function shrink({ quick }: Scale): number {
  return quick ? QUICK : 1;
}

/** What hears events. */
export interface EventsWorkload extends Outline {
  /** How it hears them. */
  workload: EventsTask["workload"];
  /** How many are measured, unless the client is slow. */
  count: number;
  /** The names that have listeners as well. */
  names?: string[];
  /** How many connections share the events. */
  connections?: number;
  /** The file of the client in `clients/`, if it is not its own. */
  module?: string;
}

/**
 * Makes a workload that hears events.
 *
 * @param scale What it depends on.
 * @param workload What it is.
 * @returns The workload.
 */
export function eventsWorkload(
  scale: Scale,
  { workload, count, names = [], connections = 1, module, ...outline }:
    EventsWorkload,
): Workload {
  return {
    ...outline,
    unit: "events",
    oneCore: false,
    task: (ownModule, port) => ({
      kind: "events",
      workload,
      module: module ?? ownModule,
      port,
      count,
      warmUp: WARM_UP / shrink(scale),
      seconds: SECONDS / shrink(scale),
      multiple: ONE_IN,
      rareEvent: RARE_EVENT,
      endEvent: END_EVENT,
      names,
      connections,
    }),
    isRight(measurement) {
      // A floor hears nothing.
      if (measurement.events === undefined) return true;
      const expected = scale.captured.traffic.expected(
        measurement.count / connections,
        workload === "rare" ? RARE_EVENT : undefined,
      );
      return measurement.events === expected.events * connections &&
        measurement.checksum === expected.checksum * connections;
    },
  };
}

/** What sends actions. */
export interface ActionsWorkload extends Outline {
  /** How many are measured, unless the client is slow. */
  count: number;
  /** How many are sent before their answers are awaited. */
  together: number;
  /** How many others are never answered. */
  pending?: number;
}

/**
 * Makes a workload that sends actions. The answers are checked where they come.
 *
 * @param scale What it depends on.
 * @param workload What it is.
 * @returns The workload.
 */
export function actionsWorkload(
  scale: Scale,
  { count, together, pending = 0, ...outline }: ActionsWorkload,
): Workload {
  return {
    ...outline,
    unit: "actions",
    oneCore: together === 1,
    task: (module, port) => ({
      kind: "actions",
      module,
      port,
      count: count / shrink(scale),
      warmUp: WARM_UP / shrink(scale),
      seconds: SECONDS / shrink(scale),
      together,
      pending,
    }),
    isRight: () => true,
  };
}

/** What gets long answers. */
export interface AnswersWorkload extends Outline {
  /** What is asked for. */
  workload: "list" | "command";
  /** How many items or lines an answer has. */
  count: number;
  /** How many those have that come before. */
  warmUp: number;
  /** How many come before. */
  warmUps: number;
  /** How many are measured. */
  repeats: number;
}

/** The `Channel` of an item. */
function channelOf(item: string): string {
  return /^Channel: (.*)\r$/m.exec(item)?.[1] ?? "";
}

/**
 * Makes a workload that gets long answers. They are checked where they come.
 *
 * @param scale What it depends on.
 * @param workload What it is.
 * @returns The workload.
 */
export function answersWorkload(
  scale: Scale,
  { workload, count, warmUp, warmUps, repeats, ...outline }: AnswersWorkload,
): Workload {
  const { items, output } = scale.captured;
  return {
    ...outline,
    unit: workload === "list" ? "items" : "lines",
    oneCore: false,
    task: (module, port) => ({
      kind: "answers",
      workload,
      module,
      port,
      count,
      warmUp,
      warmUps: Math.ceil(warmUps / shrink(scale)),
      repeats: Math.ceil(repeats / shrink(scale)),
      pattern: workload === "list" ? items.map(channelOf) : output,
    }),
    isRight: () => true,
  };
}

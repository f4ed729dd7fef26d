import type { Captured } from "./captured.ts";
import type { ClientInfo } from "./clients.ts";
import type { Measurement } from "./measurement.ts";
import type { EventsTask, Task } from "./task.ts";
import { END_EVENT, ONE_IN, RARE_EVENT } from "./traffic.ts";

/** A workload. */
export interface Workload {
  /** Its letter, and what is varied if it is measured for its growth. */
  id: string;
  /** The title; empty if it is measured for its growth. */
  title: string;
  /** The unit that is counted. */
  unit: "events" | "actions" | "items" | "lines";
  /** `true` if the PBX and its client share a core, so that neither sleeps deeply. */
  oneCore: boolean;
  /** Reports whether a client can do it. */
  isFor(client: ClientInfo): boolean;
  /** The task of a client. */
  task(module: string, port: number): Task;
  /** Reports whether the listeners got everything. */
  isRight(measurement: Measurement): boolean;
}

/** The scale of all workloads. */
export interface Scale {
  /** The frames that are sent. */
  captured: Captured;
  /** `true` to finish soon. */
  quick: boolean;
}

/** The fields of every kind of workload. */
export type Outline = Pick<Workload, "id" | "title" | "isFor">;

/** The number that comes first, so that compiled code is measured. */
const WARM_UP = 100_000;

/** The longest measured part of a slow client (seconds). */
const SECONDS = 1.5;

/** The factor by which less is done to finish soon. */
const QUICK = 5;

function shrink({ quick }: Scale): number {
  return quick ? QUICK : 1;
}

/** A workload of events. */
export interface EventsWorkload extends Outline {
  /** The kind of listening. */
  workload: EventsTask["workload"];
  /** The number to measure, unless the client is slow. */
  count: number;
  /** The names that have listeners as well. */
  names?: string[];
  /** The number of connections that share the events. */
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

/** A workload of actions. */
export interface ActionsWorkload extends Outline {
  /** The number to measure, unless the client is slow. */
  count: number;
  /** The number of actions that are sent before their answers are awaited. */
  together: number;
  /** The number of other actions that are never answered. */
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

/** A workload of long answers. */
export interface AnswersWorkload extends Outline {
  /** The kind of answer that is requested. */
  workload: "list" | "command";
  /** The number of items or lines of an answer. */
  count: number;
  /** The number in each of the answers before it. */
  warmUp: number;
  /** The number of answers before it. */
  warmUps: number;
  /** The number of answers that are measured. */
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

/** The fields of every task. */
interface CommonTask {
  /** The file of the client, in `clients/`. */
  module: string;
  /** The port of the PBX. */
  port: number;
  /** The number to measure, unless the client is slow. */
  count: number;
  /** The number that comes first, so that compiled code is measured. */
  warmUp: number;
}

/** To hear events. */
export interface EventsTask extends CommonTask {
  kind: "events";
  /** Every event, one in twenty, those of some names, or every one by an iterator. */
  workload: "every" | "rare" | "names" | "iterator";
  /** The longest measured part, by the pace of the warm-up (seconds). */
  seconds: number;
  /** The number whose multiples keep the pattern whole. */
  multiple: number;
  /** The one event in twenty. */
  rareEvent: string;
  /** The event after the last one. */
  endEvent: string;
  /** The names that have listeners as well. */
  names: string[];
  /** The number of connections that share the events. */
  connections: number;
}

/** To send actions. */
export interface ActionsTask extends CommonTask {
  kind: "actions";
  /** The longest measured part, by the pace of the warm-up (seconds). */
  seconds: number;
  /** The number of actions that are sent before their answers are awaited. */
  together: number;
  /** The number of other actions that are never answered. */
  pending: number;
}

/** To get long answers. */
export interface AnswersTask extends CommonTask {
  kind: "answers";
  /** A list, whose items are counted, or a console command, whose lines are. */
  workload: "list" | "command";
  /** The number of answers before it, each with as many items or lines as `warmUp` says. */
  warmUps: number;
  /** The number of answers that are measured. */
  repeats: number;
  /** The expected items or lines, in an endless pattern. */
  pattern: string[];
}

/** The task of a client. */
export type Task = EventsTask | ActionsTask | AnswersTask;

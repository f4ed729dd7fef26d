/** What every task says. */
interface CommonTask {
  /** The file of the client, in `clients/`. */
  module: string;
  /** The port of the PBX. */
  port: number;
  /** How many are measured, unless the client is slow. */
  count: number;
  /** How many come before, so that what is measured runs compiled. */
  warmUp: number;
}

/** To hear events. */
export interface EventsTask extends CommonTask {
  kind: "events";
  /** Every event, one in twenty, those of some names, or every one by an iterator. */
  workload: "every" | "rare" | "names" | "iterator";
  /** How long the measured part may take, by the pace of the warm-up. */
  seconds: number;
  /** What the numbers have to be a multiple of, for the pattern to be whole. */
  multiple: number;
  /** The one event in twenty. */
  rareEvent: string;
  /** The event after the last one. */
  endEvent: string;
  /** The names that have listeners as well. */
  names: string[];
  /** How many connections share the events. */
  connections: number;
}

/** To send actions. */
export interface ActionsTask extends CommonTask {
  kind: "actions";
  /** How long the measured part may take, by the pace of the warm-up. */
  seconds: number;
  /** How many are sent before their answers are awaited. */
  together: number;
  /** How many others are never answered. */
  pending: number;
}

/** To get long answers. */
export interface AnswersTask extends CommonTask {
  kind: "answers";
  /** A list, whose items are counted, or a console command, whose lines are. */
  workload: "list" | "command";
  /** How many answers come before, each with as many items or lines as `warmUp` says. */
  warmUps: number;
  /** How many answers are measured. */
  repeats: number;
  /** What the items or lines have to be, in an endless pattern. */
  pattern: string[];
}

/** What a client is told to do. */
export type Task = EventsTask | ActionsTask | AnswersTask;

import { parseArgs } from "node:util";

/** The arguments of `deno task bench`. */
export interface BenchmarkArguments {
  /** The number of rounds. */
  rounds: number;
  /** The number of events to measure, unless the client is slow. */
  events: number;
  /** The letters of the workloads; all if it is empty. */
  only: string[];
  /** The names of the clients; all if it is empty. */
  clients: string[];
  /** `true` to finish soon, at the cost of precision. */
  quick: boolean;
  /** `true` to write the results into the project. */
  write: boolean;
}

const DEFAULTS = { rounds: 5, events: 400_000 };
const QUICK = { rounds: 1, events: 40_000 };

function positiveInteger(
  name: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new RangeError(
      `Cannot use --${name} as it must be a positive integer: current value is "${text}"`,
    );
  }
  return number;
}

function list(text: string | undefined): string[] {
  return text?.split(",").map((part) => part.trim()).filter((part) =>
    part !== ""
  ) ?? [];
}

/**
 * Reads the command line.
 *
 * @param args The arguments.
 * @returns What they say, with the defaults filled in.
 * @throws {TypeError} If one is unknown.
 * @throws {RangeError} If a number is not valid.
 */
export function parseArguments(args: string[]): BenchmarkArguments {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string" },
      events: { type: "string" },
      only: { type: "string" },
      clients: { type: "string" },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const defaults = values.quick ? QUICK : DEFAULTS;
  return {
    rounds: positiveInteger("rounds", values.rounds) ?? defaults.rounds,
    events: positiveInteger("events", values.events) ?? defaults.events,
    only: list(values.only),
    clients: list(values.clients),
    quick: values.quick,
    write: values.write,
  };
}

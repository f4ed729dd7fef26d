import type { DAMIData } from "../../../mod.ts";
import type { LivePbx, SnapshotKind } from "../../live/live_pbx.ts";
import type { Command, CommandContext, Example } from "../command.ts";
import { eachPbx, reportFailures } from "../each_pbx.ts";
import { FAILED, UsageError } from "../failures/command_error.ts";
import { readDuration } from "../values/duration.ts";
import { hint } from "../failures/nearest.ts";
import { CALLER_OPTION } from "../nats_options.ts";
import { hasWildcards, wildcards } from "../values/pattern.ts";
import type { Problem } from "./snapshots.ts";
import { printableJson } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The least time between two redraws (milliseconds). */
const INTERVAL = 100;

/** The names by which things can be picked. */
export interface Naming<Thing> {
  /** The word for one of them, such as `queue`. */
  readonly kind: string;

  /**
   * The name of one.
   *
   * @param thing The one.
   * @returns Its name.
   */
  nameOf(thing: Thing): string;
}

/** A command that shows a part of the state of the PBX. */
export interface StateSpec<Thing> {
  /** The part in one word, such as `Queues`. */
  readonly title: string;
  /** The words that may follow its name on the command line. */
  readonly usage: string;
  /** A description of what it does, in a few sentences. */
  readonly description: string;
  /** Command lines that show how it is used. */
  readonly examples: readonly Example[];
  /** The sentence for a PBX that has none. */
  readonly none: string;
  /** The names that the words of the command line may give; without it, no words are allowed. */
  readonly names?: Naming<Thing>;
  /** The snapshots without which it would show too little. */
  readonly snapshots: readonly SnapshotKind[];
  /** The snapshots that add details. */
  readonly details?: readonly SnapshotKind[];
  /** The classes of the events that report its changes, beside `system`. */
  readonly classes: readonly string[];
  /**
   * `true` if `Newexten` is followed, for what the channels run.
   *
   * @default {false}
   */
  readonly dialplan?: boolean;
  /** The events after which a list has more than the live PBX takes from them, each with a test of the event. */
  readonly outdatedBy?: ReadonlyMap<string, (event: DAMIData) => boolean>;

  /**
   * Takes it from the live PBX.
   *
   * @param pbx The live PBX.
   * @param now The time (milliseconds since 1970).
   * @returns The things to show.
   */
  things(pbx: LivePbx, now: number): readonly Thing[];

  /**
   * Takes it from a live PBX that is watched, if there is more to show then.
   *
   * @param pbx The live PBX.
   * @param now The time (milliseconds since 1970).
   * @returns The things to show.
   */
  watched?(pbx: LivePbx, now: number): readonly Thing[];

  /**
   * Reports whether it looks different a second later, though nothing has happened.
   *
   * @param things The things that are shown.
   * @returns `true` if it shows a time that runs.
   */
  runs(things: readonly Thing[]): boolean;

  /**
   * Writes it for people.
   *
   * @param things The things, only those that the command line names.
   * @param terminal The terminal: its width and colors.
   * @param now The time (milliseconds since 1970).
   * @returns The lines without their ends; none if there is nothing.
   */
  lines(
    things: readonly OfFleet<Thing>[],
    terminal: Terminal,
    now: number,
  ): readonly string[];
}

/**
 * A thing, and the name of its PBX if that is of a fleet.
 *
 * @typeParam Thing The type of the thing.
 */
export type OfFleet<Thing> = Thing & {
  /** The name of the PBX; missing if there is only one, without a name. */
  readonly pbx?: string;
};

function ofFleet<Thing extends object>(
  things: readonly Thing[],
  pbx: string | undefined,
): readonly OfFleet<Thing>[] {
  // The name of the PBX comes first in JSON as well.
  return pbx === undefined
    ? things
    : things.map((thing) => ({ pbx, ...thing }));
}

/** Configuration that is read again comes with no other event (`publish_reload_message()`, main/loader.c). */
const RELOAD = ["Reload", () => true] as const;

/** The first look at one PBX. */
interface Look<Thing> {
  readonly things: readonly OfFleet<Thing>[];
  readonly problems: readonly Problem[];
  /** The problem because of which something required is missing. */
  readonly missing: Problem | undefined;
}

async function look<Thing extends object>(
  spec: StateSpec<Thing>,
  context: CommandContext,
): Promise<Look<Thing>> {
  const { snapshots, details = [] } = spec;
  const { signal, target, pbx } = context;
  // A single look needs no events.
  await using client = await context.open({ events: false });
  // Loaded here: the help does not need it.
  const { LivePbx } = await import("../../live/live_pbx.ts");
  const { kindsWithout, problemsOf } = await import("./snapshots.ts");
  const without = kindsWithout([...snapshots, ...details]);
  using live = await LivePbx.start(client, { signal, without });
  const problems = problemsOf(live, target);
  return {
    things: ofFleet(spec.things(live, Date.now()), pbx),
    problems,
    missing: problems.find(({ kind }) => snapshots.includes(kind)),
  };
}

/** Shows the first look at each PBX. */
async function show<Thing extends object>(
  spec: StateSpec<Thing>,
  context: CommandContext,
): Promise<number> {
  const { args, output, terminal, tell } = context;
  const { names } = spec;
  const outcomes = await eachPbx(context, (pbx) => look(spec, pbx));
  const all = outcomes.flatMap(({ result }) => result?.things ?? []);
  const isWhole = outcomes.every(({ result }) =>
    result !== undefined && result.missing === undefined
  );
  if (isWhole && names !== undefined) checkNames(all, args.words, names);
  const things = names === undefined ? all : named(all, args.words, names);
  const lines = args.has("json")
    ? things.map((thing) => printableJson(JSON.stringify(thing)))
    : spec.lines(things, terminal, Date.now());
  for (const line of lines) output.line(line);
  await output.flush();
  let status = await reportFailures(outcomes);
  for (const { context: pbx, result } of outcomes) {
    if (result?.missing !== undefined) {
      if (pbx.pbx === undefined) throw result.missing.error;
      pbx.tell(result.missing.error.message);
      status = FAILED;
      continue;
    }
    for (const { kind, error } of result?.problems ?? []) {
      pbx.tell(`Cannot show the ${kind}: ${error.message}`);
    }
  }
  if (isWhole && lines.length === 0 && !args.has("json")) tell(spec.none);
  return status;
}

async function showLive<Thing extends object>(
  spec: StateSpec<Thing>,
  context: CommandContext,
  interval: number,
): Promise<number> {
  const { args, terminal } = context;
  const { names, snapshots, details = [] } = spec;
  using held = new DisposableStack();
  // Something that exists now may come and go.
  let isFirst = true;
  // Loaded here: one look does not need it.
  const { watch } = await import("./watch.ts");
  return await watch(context, {
    held,
    title: spec.title,
    interval,
    // The class system has the events of a boot and of a reload.
    events: ["system", ...spec.classes].join(","),
    needed: snapshots,
    details,
    dialplan: spec.dialplan ?? false,
    outdatedBy: new Map([RELOAD, ...spec.outdatedBy ?? []]),
    things: (live, pbx, now) =>
      ofFleet(spec.watched?.(live, now) ?? spec.things(live, now), pbx),
    view: (all: readonly OfFleet<Thing>[], isWhole, now) => {
      if (isFirst && isWhole && names !== undefined) {
        checkNames(all, args.words, names);
      }
      isFirst = false;
      const things = names === undefined ? all : named(all, args.words, names);
      const lines = spec.lines(things, terminal, now);
      return {
        // If a list is missing, nobody knows whether there are any.
        lines: lines.length === 0 && isWhole ? [`${spec.none}.`] : lines,
        runs: spec.runs(things),
      };
    },
  });
}

async function run<Thing extends object>(
  spec: StateSpec<Thing>,
  context: CommandContext,
): Promise<number> {
  const { args } = context;
  if (spec.names === undefined) args.refuseWords();
  const isWatched = args.has("watch");
  const time = args.text("interval");
  if (isWatched && args.has("json")) {
    throw new UsageError("--watch and --json cannot be combined");
  }
  if (!isWatched && time !== undefined) {
    throw new UsageError("--interval needs --watch");
  }
  const interval = time === undefined
    ? INTERVAL
    : readDuration(time, "--interval");
  return isWatched
    ? await showLive(spec, context, interval)
    : await show(spec, context);
}

/**
 * Makes a command that shows a part of the state of the PBX, once or as it
 * changes.
 *
 * @param spec The part of the state.
 * @returns The command.
 */
export function stateCommand<Thing extends object>(
  spec: StateSpec<Thing>,
): Command {
  return {
    usage: spec.usage,
    description: spec.description,
    options: {
      watch: { short: "w", summary: "Keep the table up to date" },
      interval: {
        value: "TIME",
        summary: "With --watch: the shortest time between redraws (100ms)",
      },
      json: { short: "j", summary: "Print one JSON object per line" },
      ...CALLER_OPTION,
    },
    examples: [
      ...spec.examples,
      {
        line: `dami ${spec.title.toLowerCase()} --fleet fleet.json`,
        summary: "The same for several PBXs, in one table",
      },
      {
        line: `dami ${spec.title.toLowerCase()} --nats nats.example:4222`,
        summary: "The same of the PBXs on the bus",
      },
    ],
    fleet: true,
    bus: true,
    run: (context) => run(spec, context),
  };
}

function checkNames<Thing>(
  all: readonly Thing[],
  words: readonly string[],
  { kind, nameOf }: Naming<Thing>,
): void {
  // Several PBXs may have one of the same name.
  const names = [...new Set(all.map(nameOf))];
  for (const word of words) {
    const isThere = hasWildcards(word) || names.some(wildcards(word));
    if (isThere) continue;
    throw new UsageError(
      `There is no ${kind} '${word}': ${
        hint(word, names, "leave the name out to see all")
      }`,
    );
  }
}

function named<Thing>(
  all: readonly Thing[],
  words: readonly string[],
  { nameOf }: Naming<Thing>,
): readonly Thing[] {
  if (words.length === 0) return all;
  const tests = words.map(wildcards);
  return all.filter((thing) => tests.some((matches) => matches(nameOf(thing))));
}

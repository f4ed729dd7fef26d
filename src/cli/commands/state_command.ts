import type { DAMI, DAMIData } from "../../../mod.ts";
import type { LivePbx, SnapshotKind } from "../../live/live_pbx.ts";
import type { Command, CommandContext, Example } from "../command.ts";
import { SUCCESS, UsageError } from "../failures/command_error.ts";
import { readDuration } from "../values/duration.ts";
import { hint } from "../failures/nearest.ts";
import { hasWildcards, wildcards } from "../values/pattern.ts";
import { printableJson } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The least time between two redraws (milliseconds). */
const INTERVAL = 100;

/** How long what is watched may take (milliseconds): an old state is worth little. */
const PATIENCE = 10_000;

/** How what there is can be known by names. */
export interface Naming<Thing> {
  /** What one is called, in one word, such as `queue`. */
  readonly kind: string;

  /**
   * The name of one.
   *
   * @param thing The one.
   * @returns Its name.
   */
  nameOf(thing: Thing): string;
}

/** How a part of the state is had of a live PBX. */
export interface LiveSource<Thing> {
  /** What has to be known of the PBX. */
  readonly snapshots: readonly SnapshotKind[];
  /** The classes of the events that tell of it, beside `system`. */
  readonly classes: readonly string[];
  /**
   * Whether it has to be known what the channels run.
   *
   * @default {false}
   */
  readonly dialplan?: boolean;
  /** The events of which the live PBX takes less than the lists tell, and which of them. */
  readonly outdatedBy?: ReadonlyMap<string, (event: DAMIData) => boolean>;

  /**
   * Takes it from the live PBX.
   *
   * @param pbx What is.
   * @param now When it is (milliseconds since 1970).
   * @returns What the one-shot form would show now.
   */
  things(pbx: LivePbx, now: number): readonly Thing[];

  /**
   * Tells whether it looks other a second later, though nothing has happened.
   *
   * @param things What is shown.
   * @returns Whether a time in it runs.
   */
  runs(things: readonly Thing[]): boolean;
}

/** A command that shows a part of the state of the PBX. */
export interface StateSpec<Thing> {
  /** What it is, in one word, such as `Queues`. */
  readonly title: string;
  /** What stands behind its name. */
  readonly usage: string;
  /** What it does, in a few sentences. */
  readonly description: string;
  /** How it is used. */
  readonly examples: readonly Example[];
  /** What to say where there is nothing. */
  readonly none: string;
  /** What the words of the command line name; there may be none if not given. */
  readonly names?: Naming<Thing>;
  /** How it is had of a live PBX. */
  readonly live: LiveSource<Thing>;

  /**
   * Asks the PBX.
   *
   * @param dami A client that is logged in.
   * @param context What the command runs with.
   * @returns What there is.
   */
  read(dami: DAMI, context: CommandContext): Promise<readonly Thing[]>;

  /**
   * Writes it for people.
   *
   * @param things What there is, of what the words of the command line name.
   * @param terminal What is set off, and how wide it may be.
   * @param now When it is (milliseconds since 1970).
   * @returns The lines without their ends; none if there is nothing.
   */
  lines(
    things: readonly Thing[],
    terminal: Terminal,
    now: number,
  ): readonly string[];
}

/** Configuration that is read again comes with no other event (`publish_reload_message()`, main/loader.c). */
const RELOAD = ["Reload", () => true] as const;

async function show<Thing>(
  spec: StateSpec<Thing>,
  context: CommandContext,
): Promise<number> {
  const { args, output, terminal, tell } = context;
  await using dami = await context.connect({ events: false });
  const all = await spec.read(dami, context);
  const things = spec.names === undefined
    ? all
    : pick(all, args.words, spec.names);
  if (args.has("json")) {
    for (const thing of things) {
      output.line(printableJson(JSON.stringify(thing)));
    }
    return SUCCESS;
  }
  const lines = spec.lines(things, terminal, Date.now());
  if (lines.length === 0) tell(spec.none);
  for (const line of lines) output.line(line);
  return SUCCESS;
}

async function showLive<Thing>(
  spec: StateSpec<Thing>,
  context: CommandContext,
  interval: number,
): Promise<number> {
  const { args, terminal } = context;
  const { live, names } = spec;
  await using dami = await context.connect({
    // The class system has what tells of a boot and of a reload.
    events: ["system", ...live.classes].join(","),
    reconnect: true,
    timeout: PATIENCE,
  });
  // What is there once may come and go.
  let isFirst = true;
  // Loaded here, as whoever looks once need not wait for it.
  const { watch } = await import("./watch.ts");
  return await watch(context, dami, {
    title: spec.title,
    interval,
    snapshots: live.snapshots,
    dialplan: live.dialplan ?? false,
    outdatedBy: new Map([RELOAD, ...live.outdatedBy ?? []]),
    look: (pbx, now) => {
      const all = live.things(pbx, now);
      const isWhole = pbx.problems.size === 0;
      if (isFirst && isWhole && names !== undefined) {
        checkNames(all, args.words, names);
      }
      isFirst = false;
      const things = names === undefined ? all : named(all, args.words, names);
      const lines = spec.lines(things, terminal, now);
      return {
        // Of what could not be had, it is not known that there is none.
        lines: lines.length === 0 && isWhole ? [`${spec.none}.`] : lines,
        runs: live.runs(things),
      };
    },
  });
}

async function run<Thing>(
  spec: StateSpec<Thing>,
  context: CommandContext,
): Promise<number> {
  const { args } = context;
  const [word] = args.words;
  if (word !== undefined && spec.names === undefined) {
    throw new UsageError(`The word '${word}' means nothing here: leave it out`);
  }
  const isWatched = args.has("watch");
  const time = args.text("interval");
  if (isWatched && args.has("json")) {
    throw new UsageError("There are --watch and --json: give one");
  }
  if (!isWatched && time !== undefined) {
    throw new UsageError("There is --interval without --watch: give both");
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
 * @param spec What it shows.
 * @returns The command.
 */
export function stateCommand<Thing>(spec: StateSpec<Thing>): Command {
  return {
    usage: spec.usage,
    description: spec.description,
    options: {
      watch: { short: "w", summary: "Show it as it changes, in place" },
      interval: {
        value: "TIME",
        summary: "With --watch: the least time between redraws (100ms)",
      },
      json: { short: "j", summary: "One JSON object for each" },
    },
    examples: spec.examples,
    run: (context) => run(spec, context),
  };
}

/**
 * Picks what the words of the command line name.
 *
 * @param all What there is.
 * @param words Names, in which `*` and `?` are wildcards; none names all.
 * @param naming What it is called, and what a thing's name is.
 * @returns What is named.
 * @throws {UsageError} If there is nothing of a name.
 */
export function pick<Thing>(
  all: readonly Thing[],
  words: readonly string[],
  naming: Naming<Thing>,
): readonly Thing[] {
  checkNames(all, words, naming);
  return named(all, words, naming);
}

function checkNames<Thing>(
  all: readonly Thing[],
  words: readonly string[],
  { kind, nameOf }: Naming<Thing>,
): void {
  const names = all.map(nameOf);
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

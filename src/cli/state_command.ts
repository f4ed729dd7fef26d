import type { DAMI } from "../../mod.ts";
import type { Command, CommandContext, Example } from "./command.ts";
import { SUCCESS, UsageError } from "./command_error.ts";
import { readDuration } from "./duration.ts";
import { hint } from "./nearest.ts";
import { hasWildcards, wildcards } from "./pattern.ts";
import { printableJson } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { watch } from "./watch.ts";

/** How often what is watched is asked for (milliseconds). */
const INTERVAL = 2_000;

/** How long what is watched may take (milliseconds): an old state is worth little. */
const PATIENCE = 10_000;

/** A command that shows a part of the state of the PBX. */
export interface StateSpec<State> {
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

  /** Whether names may stand behind that of the command. */
  readonly takesNames: boolean;

  /**
   * Asks the PBX.
   *
   * @param dami A client that is logged in.
   * @param context What the command runs with.
   * @returns The state, of what the words of the command line name.
   */
  read(dami: DAMI, context: CommandContext): Promise<State>;

  /**
   * Writes it for people.
   *
   * @param state The state.
   * @param terminal What is set off, and how wide it may be.
   * @returns The lines without their ends; none if there is nothing.
   */
  lines(state: State, terminal: Terminal): readonly string[];

  /**
   * Writes it for programs.
   *
   * @param state The state.
   * @returns What becomes a line of JSON each.
   */
  objects(state: State): readonly unknown[];
}

async function run<State>(
  spec: StateSpec<State>,
  context: CommandContext,
): Promise<number> {
  const { args, output, terminal, tell } = context;
  const [word] = args.words;
  if (word !== undefined && !spec.takesNames) {
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
  await using dami = await context.connect({
    events: false,
    reconnect: isWatched,
    ...(isWatched ? { timeout: PATIENCE } : {}),
  });
  if (isWatched) {
    return await watch(context, {
      title: spec.title,
      interval,
      read: async () => {
        const lines = spec.lines(await spec.read(dami, context), terminal);
        return lines.length === 0 ? [`${spec.none}.`] : lines;
      },
    });
  }
  const state = await spec.read(dami, context);
  if (args.has("json")) {
    for (const object of spec.objects(state)) {
      output.line(printableJson(JSON.stringify(object)));
    }
    return SUCCESS;
  }
  const lines = spec.lines(state, terminal);
  if (lines.length === 0) tell(spec.none);
  for (const line of lines) output.line(line);
  return SUCCESS;
}

/**
 * Makes a command that shows a part of the state of the PBX, once or again and
 * again.
 *
 * @param spec What it shows.
 * @returns The command.
 */
export function stateCommand<State>(spec: StateSpec<State>): Command {
  return {
    usage: spec.usage,
    description: spec.description,
    options: {
      watch: { short: "w", summary: "Show it again and again, in place" },
      interval: { value: "TIME", summary: "How often, such as 500ms (2s)" },
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
 * @param options What it is called, and what a thing's name is.
 * @returns What is named.
 * @throws {UsageError} If there is nothing of a name.
 */
export function pick<Thing>(
  all: readonly Thing[],
  words: readonly string[],
  { kind, nameOf }: { kind: string; nameOf: (thing: Thing) => string },
): readonly Thing[] {
  if (words.length === 0) return all;
  const names = all.map(nameOf);
  const tests = words.map(wildcards);
  for (const [index, word] of words.entries()) {
    const isThere = hasWildcards(word) ||
      names.some((name) => tests[index]?.(name));
    if (isThere) continue;
    throw new UsageError(
      `There is no ${kind} '${word}': ${
        hint(word, names, "leave the name out to see all")
      }`,
    );
  }
  return all.filter((thing) => tests.some((matches) => matches(nameOf(thing))));
}

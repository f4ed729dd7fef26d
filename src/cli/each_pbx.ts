import type { CommandContext } from "./command.ts";
import { FAILED, SUCCESS } from "./failures/command_error.ts";
import { asError } from "../error_text.ts";

/** The result of work with one PBX, or the error that ended it. */
export type Outcome<Result> =
  & {
    /** The context of the PBX. */
    readonly context: CommandContext;
  }
  & (
    | { readonly result: Result; readonly error?: undefined }
    | { readonly result?: undefined; readonly error: Error }
  );

/**
 * Does the same with each PBX of the command line, all at the same time.
 * One of a fleet that fails does not end the others.
 *
 * @param context The context of the command.
 * @param work The work with one PBX, in a context of its own.
 * @returns The outcome for each PBX, in the order of the fleet file.
 * @throws The error of the work, if there is one PBX and no fleet.
 * @throws The signal's reason, if it is aborted.
 */
export async function eachPbx<Result>(
  context: CommandContext,
  work: (pbx: CommandContext) => Promise<Result>,
): Promise<Outcome<Result>[]> {
  const contexts = await context.pbxs();
  const outcomes = await Promise.all(
    contexts.map(async (each): Promise<Outcome<Result>> => {
      try {
        return { context: each, result: await work(each) };
      } catch (error) {
        if (each.pbx === undefined) throw error;
        return {
          context: each,
          error: asError(error),
        };
      }
    }),
  );
  context.signal.throwIfAborted();
  return outcomes;
}

/**
 * Reports for each PBX that failed what went wrong, and what to do.
 *
 * @param outcomes The outcomes of {@linkcode eachPbx}.
 * @returns The exit status: that of a failure if one of them failed.
 */
export async function reportFailures(
  outcomes: readonly Outcome<unknown>[],
): Promise<number> {
  let status = SUCCESS;
  for (const { context, error } of outcomes) {
    if (error === undefined) continue;
    status = FAILED;
    // Loaded here: most runs have nothing to explain.
    const { explain } = await import("./failure.ts");
    const { sentence } = explain(error, context.target);
    if (sentence !== undefined) context.tell(sentence);
  }
  return status;
}

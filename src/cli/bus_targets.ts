import { NatsBus } from "../nats/nats.ts";
import type { CommandContext } from "./command.ts";
import { CommandError } from "./failures/command_error.ts";
import { hint } from "./failures/nearest.ts";
import { connectNats } from "./nats_connection.ts";
import { choosers, isChosen } from "./pbx_choice.ts";

/**
 * Opens the bus of the command line.
 *
 * @param context The context of the command.
 * @param held Closes it, and the connection.
 * @returns The bus.
 * @throws {CommandError} If it cannot be opened.
 */
export async function openBus(
  context: Pick<CommandContext, "args" | "tell" | "signal">,
  held: AsyncDisposableStack,
): Promise<NatsBus> {
  const nats = await connectNats(context);
  held.defer(() => nats.close());
  const { args } = context;
  // A command that sends no actions has no name for them.
  const caller = args.knows("nats-caller")
    ? args.text("nats-caller")
    : undefined;
  return held.use(
    await NatsBus.open(nats, caller === undefined ? {} : { caller }),
  );
}

/**
 * Chooses PBXs of the bus.
 *
 * @param names The names of all.
 * @param patterns The values of `--pbx`: names, patterns, or `all`; all PBXs if there are none.
 * @returns The names of the chosen ones, at least one.
 * @throws {CommandError} If no bridge holds a PBX of one of the patterns.
 */
export function chooseOnBus(
  names: readonly string[],
  patterns: readonly string[],
): readonly string[] {
  if (names.length === 0) {
    throw new CommandError(
      "No bridge holds a PBX on this bus: start dami bridge, or let this user of NATS read the leases",
    );
  }
  const chosen = choosers(patterns);
  for (const { pattern, matches } of chosen) {
    if (names.some(matches)) continue;
    throw new CommandError(
      `No bridge holds a PBX '${pattern}': ${
        hint(pattern, names, `the bus has ${names.slice(0, 5).join(", ")}`)
      }`,
    );
  }
  return names.filter(isChosen(patterns));
}

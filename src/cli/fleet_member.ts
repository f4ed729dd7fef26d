import type { DAMIOptions, Logger } from "../../mod.ts";
import type { FleetPbxOptions } from "../fleet/fleet.ts";
import type { CommandContext } from "./command.ts";

/** Makes a logger for one PBX of a fleet, which adds the name of the PBX to its lines, if there are several. */
function unnamed(logger: boolean | Logger): boolean | Logger {
  if (typeof logger === "boolean") return logger;
  const bare = (message: string) => message.replace(/^[\w-]+: /, "");
  return {
    debug: (message) => logger.debug(bare(message)),
    info: (message) => logger.info(bare(message)),
    warn: (message) => logger.warn(bare(message)),
    error: (message) => logger.error(bare(message)),
  };
}

/**
 * Returns the options of a PBX of the command line as a member of a `Fleet`.
 *
 * @param context The context of the PBX.
 * @param more Further options.
 * @returns The options, and the user that logs in.
 */
export async function memberOf(
  context: CommandContext,
  more: DAMIOptions = {},
): Promise<FleetPbxOptions> {
  const { logger, ...options } = await context.options();
  return {
    ...options,
    ...logger === undefined ? {} : { logger: unnamed(logger) },
    ...more,
    ...await context.credentials(),
  };
}

import type { DAMIOptions } from "../../mod.ts";
import {
  type FleetFile,
  FleetFileError,
  type FleetFilePbx,
  readFleetFile,
} from "../fleet/fleet_file.ts";
import { CommandError, UsageError } from "./failures/command_error.ts";
import { hint } from "./failures/nearest.ts";
import { choosers } from "./pbx_choice.ts";
import type { Target } from "./target.ts";
import { hasWildcards } from "./values/pattern.ts";

/** A PBX that the command line chose from a fleet file. */
export interface FleetTarget {
  /** Its name. */
  readonly name: string;
  /** The place to connect to, and the user that logs in. */
  readonly target: Target;
  /** The options of DAMI that say where it is. */
  readonly options: Pick<DAMIOptions, "hostname" | "port" | "tls">;
}

function targetOf(
  file: string,
  name: string,
  { hostname, port, tls = false, username, secret }: FleetFilePbx,
): Target {
  const [first = "", ...others] = [hostname].flat();
  return {
    hostname: first,
    port,
    tls: tls !== false,
    caFile: undefined,
    serverName: typeof tls === "object" ? tls.serverName : undefined,
    username,
    secret: { from: "fleet", value: secret },
    fleet: { file, pbx: name, others },
  };
}

async function read(
  file: string,
  filter: (name: string) => boolean,
): Promise<FleetFile> {
  try {
    return await readFleetFile(file, { filter });
  } catch (error) {
    if (!(error instanceof FleetFileError)) throw error;
    throw new CommandError(`${error.message} (--fleet)`);
  }
}

/**
 * Reads a fleet file, and chooses PBXs from it.
 *
 * @param file The path of the file.
 * @param patterns The values of `--pbx`: names, patterns, or `all`; all PBXs if there are none.
 * @param tell Says what should be changed.
 * @returns The PBXs in the order of the file, at least one.
 * @throws {CommandError} If the file cannot be used.
 * @throws {UsageError} If it has no PBX for one of the patterns.
 */
export async function fleetTargets(
  file: string,
  patterns: readonly string[],
  tell: (sentence: string) => void,
): Promise<FleetTarget[]> {
  const tests = choosers(patterns);
  const { names, pbxs, warnings } = await read(
    file,
    (name) => tests.length === 0 || tests.some(({ matches }) => matches(name)),
  );
  for (const { pattern, matches } of tests) {
    if (names.some(matches)) continue;
    const known = `the file has ${names.slice(0, 5).join(", ")}${
      names.length > 5 ? ` and ${names.length - 5} more` : ""
    }`;
    throw new UsageError(
      hasWildcards(pattern)
        ? `No PBX in '${file}' matches '${pattern}': ${known}`
        : `There is no PBX '${pattern}' in '${file}': ${
          hint(pattern, names, known)
        }`,
    );
  }
  for (const warning of warnings) tell(warning);
  return Object.entries(pbxs).map(([name, pbx]) => ({
    name,
    target: targetOf(file, name, pbx),
    options: { hostname: pbx.hostname, port: pbx.port, tls: pbx.tls ?? false },
  }));
}

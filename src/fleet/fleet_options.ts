import type { Logger } from "../logger.ts";
import { resolveLogger } from "../logger.ts";
import { checkLogger } from "../options/option_checks.ts";
import type { DAMIOptions } from "../options/options.ts";
import type { Credentials } from "../../mod.ts";

/**
 * The options of one PBX of a {@linkcode Fleet}, or those that are common to
 * all: the options of `DAMI`, and the user that logs in.
 *
 * `reconnect` is on by default, also for the first connection
 * (`{ firstConnection: true }`), so that a PBX may be down when the fleet is
 * started. Log lines begin with the name of the PBX.
 *
 * @example
 * ```ts
 * import type { FleetPbxOptions } from "@dami/dami/fleet";
 *
 * const berlin: FleetPbxOptions = {
 *   hostname: ["pbx1.example.org", "pbx2.example.org"],
 *   username: "dami",
 *   secret: "mysecret",
 * };
 * console.log(berlin.hostname);
 * ```
 */
export interface FleetPbxOptions extends DAMIOptions, Partial<Credentials> {}

/** Options of {@linkcode Fleet.start} and {@linkcode Fleet.add}. */
export interface FleetStartOptions {
  /**
   * The time to wait for the PBXs (milliseconds). One that has neither logged
   * in nor failed by then goes on connecting.
   *
   * @default {10_000}
   */
  timeout?: number;
  /** Ends the wait with its reason. The PBXs go on connecting. */
  signal?: AbortSignal;
}

/** The resolved options of a PBX of a fleet. */
export interface ResolvedPbxOptions {
  /** The options of its client. */
  readonly client: DAMIOptions;
  /** The user that logs in. */
  readonly credentials: Credentials;
}

/** The names that a PBX may have: they are part of keys, and of subjects on a bus. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Checks the name of a PBX.
 *
 * @param name The name.
 * @throws {TypeError} If it cannot be one.
 */
export function checkName(name: string): void {
  if (typeof name === "string" && NAME.test(name)) return;
  throw new TypeError(
    `Cannot use ${
      JSON.stringify(name)
    } as the name of a PBX: it must be 1 to 64 letters of A-Z and a-z, digits, '_' or '-'`,
  );
}

/** A logger whose lines begin with the name of a PBX. */
function prefixed(logger: boolean | Logger, name: string): boolean | Logger {
  checkLogger(logger);
  const target = resolveLogger(logger);
  if (target === undefined) return false;
  return {
    debug: (message) => target.debug(`${name}: ${message}`),
    info: (message) => target.info(`${name}: ${message}`),
    warn: (message) => target.warn(`${name}: ${message}`),
    error: (message) => target.error(`${name}: ${message}`),
  };
}

/** The option `reconnect`, which holds for the first connection as well unless it is off. */
function reconnecting(
  reconnect: DAMIOptions["reconnect"] = true,
): NonNullable<DAMIOptions["reconnect"]> {
  if (reconnect === true) return { firstConnection: true };
  // The client refuses anything that is not an object.
  return typeof reconnect === "object" && reconnect !== null
    ? { firstConnection: true, ...reconnect }
    : reconnect;
}

/**
 * Fills in what is common to all PBXs.
 *
 * @param name The name of the PBX.
 * @param options Its own options.
 * @param common The options of all; its own ones take precedence.
 * @returns The options of its client, and the user that logs in.
 * @throws {TypeError} If the credentials are missing, or the logger is not one.
 */
export function resolvePbx(
  name: string,
  options: FleetPbxOptions,
  common: FleetPbxOptions,
): ResolvedPbxOptions {
  const { username, secret, logger = false, reconnect, ...others } = {
    ...common,
    ...options,
  };
  for (const [option, value] of Object.entries({ username, secret })) {
    if (typeof value === "string") continue;
    throw new TypeError(
      `Cannot use option '${option}' as it must be a string`,
    );
  }
  return {
    client: {
      ...others,
      logger: prefixed(logger, name),
      reconnect: reconnecting(reconnect),
    },
    credentials: { username: username ?? "", secret: secret ?? "" },
  };
}

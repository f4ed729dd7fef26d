import type { EventName } from "../catalog/lookup.ts";
import type { Logger } from "../logger.ts";
import type { AnyName } from "../options/method_options.ts";
import {
  checkBoolean,
  checkKnown,
  checkLogger,
  refusal,
} from "../options/option_checks.ts";
import type { ResolvedEventsOptions } from "./bus_events.ts";
import { checkName } from "./names.ts";
import { STREAM } from "./subjects.ts";

/** The options of {@linkcode NatsBus.open}. */
export interface NatsBusOptions {
  /**
   * The name of the stream.
   *
   * @default {"DAMI"}
   */
  stream?: string;
  /**
   * The name of the program, 1 to 64 letters of A-Z and a-z, digits, `_` or
   * `-`. With it, actions are sent to `dami.do.<pbx>.<caller>.<Action>`:
   * permissions of NATS that allow a user no other name prove to the bridge who
   * it is.
   */
  caller?: string;
  /**
   * The destination of the log lines, as of `DAMI`.
   *
   * @default {false}
   */
  logger?: boolean | Logger;
}

/**
 * The options of {@linkcode NatsBus.events}.
 *
 * @typeParam Name The names of the events.
 *
 * @example
 * ```ts
 * import type { BusEventsOptions } from "@dami/dami/nats";
 *
 * const options: BusEventsOptions<"Hangup" | "QueueCallerAbandon"> = {
 *   pbx: ["berlin", "wien"],
 *   name: ["Hangup", "QueueCallerAbandon"],
 *   durable: "reports",
 *   since: new Date(Date.now() - 24 * 60 * 60 * 1_000),
 * };
 * console.log(options.durable);
 * ```
 */
export interface BusEventsOptions<Name extends EventName | AnyName = string> {
  /**
   * The PBXs, by name.
   *
   * @default all
   */
  pbx?: string | readonly string[];
  /**
   * The events, by name, spelled as Asterisk does: the subjects of NATS know
   * letter case. Gaps come in any case.
   *
   * @default all that the bridge publishes
   */
  name?: Name | readonly Name[];
  /**
   * The name under which the server remembers the place: 1 to 64 letters of A-Z
   * and a-z, digits, `_` or `-`. Several programs that use the same name share
   * the items.
   *
   * @default the place is not remembered
   */
  durable?: string;
  /**
   * The time from which on items are read, `"all"` for all that the stream
   * keeps, or `"now"`. A durable reader that was there before goes on at its
   * place.
   *
   * @default {"now"}
   */
  since?: Date | "all" | "now";
  /**
   * Acknowledges an item when the next one is asked for.
   *
   * @default {false}
   */
  autoAck?: boolean;
  /** Ends the reading with its reason when aborted. */
  signal?: AbortSignal;
}

const KNOWN: ReadonlySet<string> = new Set<keyof BusEventsOptions>([
  "pbx",
  "name",
  "durable",
  "since",
  "autoAck",
  "signal",
]);

/** The options of the bus with their defaults. */
export interface ResolvedBusOptions {
  readonly stream: string;
  readonly caller: string | undefined;
  readonly logger: boolean | Logger;
}

/**
 * Checks the options of the bus, and fills in the defaults.
 *
 * @param options The options.
 * @returns All of them.
 * @throws {TypeError} If one is unknown or of the wrong type.
 */
export function resolveBusOptions(
  { stream = STREAM, caller, logger = false, ...others }: NatsBusOptions,
): ResolvedBusOptions {
  checkKnown(Object.keys(others), () => false);
  checkName("stream", stream);
  if (caller !== undefined) checkName("caller", caller);
  checkLogger(logger);
  return { stream, caller, logger };
}

/**
 * Checks what is to be read, and fills in the defaults.
 *
 * @param options The options.
 * @returns All of them.
 * @throws {TypeError} If one is unknown or of the wrong type.
 */
export function resolveEvents(
  options: BusEventsOptions,
): ResolvedEventsOptions {
  checkKnown(Object.keys(options), (name) => KNOWN.has(name));
  const { durable, since = "now", autoAck = false, signal } = options;
  const pbxs = listOf(options.pbx);
  const names = listOf(options.name);
  for (const pbx of pbxs) checkName("pbx", pbx);
  for (const name of names) checkName("name", name);
  if (durable !== undefined) checkName("durable", durable);
  checkBoolean("autoAck", autoAck);
  const isTime = since instanceof Date && !isNaN(since.getTime());
  if (!isTime && since !== "all" && since !== "now") {
    throw new TypeError(refusal("since", "a Date, 'all' or 'now'", since));
  }
  return { pbxs, names, durable, since, autoAck, signal };
}

function listOf(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : [...value];
}

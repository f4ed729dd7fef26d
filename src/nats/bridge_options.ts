import type { NatsConnection } from "@nats-io/nats-core";
import type { Fleet } from "../fleet/fleet.ts";
import type { Logger } from "../logger.ts";
import {
  checkKnown,
  checkLogger,
  numberRefusal,
  refusal,
} from "../options/option_checks.ts";
import { ActionRules } from "./action_rules.ts";
import {
  chooseEvents,
  DEFAULT_EVENTS,
  type EventChoice,
} from "./event_choice.ts";
import { checkName } from "./names.ts";
import { connectionOf, type NatsClient } from "./nats_client.ts";
import { STREAM } from "./subjects.ts";

const DAY = 24 * 60 * 60 * 1_000;

/** The options of the leases of a {@linkcode NatsBridge}. */
export interface LeaseOptions {
  /**
   * Time for which a bridge that does not answer keeps its PBXs (milliseconds,
   * at least 1,000). It counts where the bucket `dami_lease` is made; one that
   * is there has a time of its own.
   *
   * @default {10_000}
   */
  ttl?: number;
}

/** The limits of what a {@linkcode NatsBridge} keeps while NATS is away. */
export interface SpoolOptions {
  /**
   * The most events of all PBXs.
   *
   * @default {100_000}
   */
  maxEvents?: number;
  /**
   * The largest total size (bytes).
   *
   * @default {67_108_864}
   */
  maxBytes?: number;
}

/** The options of the actions that a {@linkcode NatsBridge} does for programs on the bus. */
export interface BridgeActionsOptions {
  /**
   * The actions besides those that only read: their names, spelled as Asterisk
   * does, or beginnings of them such as `"Queue*"`. `Login`, `Logoff`,
   * `Challenge`, `Events` and `Filter` are never done. `LivePbx` asks `Getvar`
   * why a caller left a queue, if it may.
   *
   * @default {[]}
   */
  allow?: readonly string[];
}

/** The options of the stream, which apply when it is created. */
export interface StreamOptions {
  /**
   * Its name.
   *
   * @default {"DAMI"}
   */
  name?: string;
  /**
   * Time that events are kept (milliseconds).
   *
   * @default {86_400_000}
   */
  maxAge?: number;
  /**
   * The most that is kept (bytes). An event takes about 500; the server sets
   * the space aside at once.
   *
   * @default {1_073_741_824}
   */
  maxBytes?: number;
}

/**
 * The options of a {@linkcode NatsBridge}.
 *
 * @example
 * ```ts
 * import type { NatsBridgeOptions } from "@dami/dami/nats";
 *
 * const options: Partial<NatsBridgeOptions> = {
 *   name: "bridge-1",
 *   events: ["Newchannel", "Hangup", "Queue*"],
 *   spool: { maxEvents: 500_000, maxBytes: 256 << 20 },
 *   stream: { maxAge: 7 * 24 * 60 * 60 * 1_000, maxBytes: 20 * 2 ** 30 },
 * };
 * console.log(options.events);
 * ```
 */
export interface NatsBridgeOptions {
  /** The connection to NATS, which remains the program's. */
  nats: NatsClient;
  /** The PBXs, which remain the program's. */
  fleet: Fleet;
  /**
   * The name of the bridge, for people to read.
   *
   * @default {"bridge"}
   */
  name?: string;
  /**
   * The events that are published: their names, or beginnings of them such as
   * `"Queue*"`. With a beginning, every event has to be read.
   *
   * @default calls, queues, agents, devices and conferences, without `Newexten`, `VarSet` and `RTCP*`
   */
  events?: readonly string[];
  /**
   * The actions, or `false` for none. The user of NATS needs the right to
   * publish on `dami.do.<pbx>.<Action>`, and the user of the PBX the classes.
   *
   * @default {{}}
   */
  actions?: BridgeActionsOptions | false;
  /** The leases. */
  lease?: LeaseOptions;
  /** The bounds of what is kept while NATS is away. */
  spool?: SpoolOptions;
  /** The stream. */
  stream?: StreamOptions;
  /**
   * The destination of the log lines, as of `DAMI`.
   *
   * @default {false}
   */
  logger?: boolean | Logger;
}

/** The options with their defaults. */
export interface ResolvedBridgeOptions {
  readonly nats: NatsConnection;
  readonly fleet: Fleet;
  readonly name: string;
  readonly events: EventChoice;
  /** The actions that are allowed; `undefined` for none. */
  readonly actions: ActionRules | undefined;
  readonly lease: Required<LeaseOptions>;
  readonly spool: Required<SpoolOptions>;
  readonly stream: Required<StreamOptions>;
  readonly logger: boolean | Logger;
}

const noActions: readonly string[] = [];

const DEFAULTS = {
  name: "bridge",
  events: DEFAULT_EVENTS,
  actions: {},
  lease: { ttl: 10_000 },
  spool: { maxEvents: 100_000, maxBytes: 64 << 20 },
  stream: { name: STREAM, maxAge: DAY, maxBytes: 2 ** 30 },
  logger: false,
};

/** The smallest values of the numbers. */
const LEAST = {
  ttl: 1_000,
  maxEvents: 1_000,
  maxBytes: 1 << 20,
  maxAge: 1_000,
};

/**
 * Checks the options of a bridge, and fills in the defaults.
 *
 * @param options The options.
 * @returns The options.
 * @throws {TypeError} If one is unknown or of the wrong type.
 * @throws {RangeError} If a number is out of its range.
 */
export function resolveBridgeOptions(
  options: NatsBridgeOptions,
): ResolvedBridgeOptions {
  const { nats, fleet, ...others } = options;
  if (typeof fleet !== "object" || fleet === null) {
    throw new TypeError(refusal("fleet", "a Fleet", fleet));
  }
  checkKnown(Object.keys(others), (name) => Object.hasOwn(DEFAULTS, name));
  const { name = DEFAULTS.name, events = DEFAULTS.events, logger = false } =
    others;
  checkName("name", name);
  checkLogger(logger);
  const stream = part("stream", others.stream, DEFAULTS.stream);
  checkName("stream.name", stream.name);
  return {
    nats: connectionOf(nats),
    fleet,
    name,
    logger,
    events: chooseEvents(events),
    actions: rulesOf(others.actions),
    lease: part("lease", others.lease, DEFAULTS.lease),
    spool: part("spool", others.spool, DEFAULTS.spool),
    stream,
  };
}

function rulesOf(
  actions: BridgeActionsOptions | false = {},
): ActionRules | undefined {
  if (actions === false) return undefined;
  const { allow } = part("actions", actions, { allow: noActions });
  return new ActionRules(allow);
}

/** Fills in an option that has options of its own. */
function part<T extends object>(
  option: string,
  value: Partial<T> | undefined,
  defaults: T,
): T {
  if (value !== undefined && (typeof value !== "object" || value === null)) {
    throw new TypeError(refusal(option, "an object", value));
  }
  const given = Object.entries(value ?? {})
    .filter(([, each]) => each !== undefined);
  checkKnown(
    given.map(([name]) => name),
    (name) => Object.hasOwn(defaults, name),
    `${option}.`,
  );
  for (const [name, each] of given) checkNumber(`${option}.${name}`, each);
  return { ...defaults, ...Object.fromEntries(given) };
}

function checkNumber(option: string, value: unknown): void {
  const least = new Map(Object.entries(LEAST)).get(option.split(".")[1] ?? "");
  if (least === undefined) return;
  if (Number.isSafeInteger(value) && Number(value) >= least) return;
  throw numberRefusal(option, `an integer of at least ${least}`, value);
}

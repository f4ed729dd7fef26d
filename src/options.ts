import type { Encoding } from "./encoding.ts";
import { type Logger, resolveLogger } from "./logger.ts";
import { LONGEST_TIMEOUT } from "./pending_action.ts";

/**
 * The bounds of what DAMI holds in memory. A real PBX stays far below their
 * defaults.
 */
export interface DAMILimits {
  /**
   * The longest line that is read (characters). Passing it ends the
   * connection, as nothing after it can be understood.
   *
   * @default {16_777_216}
   */
  maxLineLength?: number;
  /**
   * How many lines a frame may have. A larger response rejects its action, a
   * larger event is reported and dropped.
   *
   * @default {1_000_000}
   */
  maxHeaders?: number;
  /**
   * How many frames the answer to one action may have. Passing it rejects the
   * action.
   *
   * @default {1_000_000}
   */
  maxListFrames?: number;
  /**
   * How many events are held until {@linkcode DAMI.listen} is called. Those
   * that come after are reported and dropped.
   *
   * @default {10_000}
   */
  maxHeldEvents?: number;
  /**
   * How many actions may wait for their answer. Passing it rejects the action
   * before it is sent.
   *
   * @default {100_000}
   */
  maxPendingActions?: number;
}

/** Options of {@linkcode DAMI}. */
export interface DAMIOptions {
  /**
   * The host of the PBX.
   *
   * @default {"127.0.0.1"}
   */
  hostname?: string;
  /**
   * The port of its manager interface.
   *
   * @default {5038}
   */
  port?: number;
  /**
   * Where log lines go: nowhere, to the console through `@std/log`, or to a
   * logger. Secrets are masked.
   *
   * @default {false}
   */
  logger?: boolean | Logger;
  /**
   * The events to receive: all that the user may read, none, or some classes
   * of them, such as `"call,agent"`.
   *
   * @default {true}
   */
  events?: boolean | string;
  /**
   * How long connecting may take, and then how long the greeting may
   * (milliseconds).
   *
   * @default {10_000}
   */
  connectTimeout?: number;
  /**
   * How long to wait for the answer to an action, and for each further frame
   * of a list (milliseconds). `Infinity` waits for ever.
   *
   * @default {60_000}
   */
  timeout?: number;
  /**
   * Whether values that are whole numbers become numbers, where their text
   * can be had back from the number.
   *
   * @default {true}
   */
  integers?: boolean;
  /**
   * How text and bytes are turned into one another. Bytes that are not of the
   * encoding become U+FFFD and harm nothing else.
   *
   * @default {"utf-8"}
   */
  encoding?: Encoding;
  /** Takes every line as it is read, the greeting and empty lines included. */
  onLine?: (line: string) => void;
  /** The bounds of what is held in memory. */
  limits?: DAMILimits;
}

/** Every option with its value. */
export interface ResolvedOptions
  extends Required<Omit<DAMIOptions, "logger" | "limits" | "onLine">> {
  /** Where log lines go, if anywhere. */
  logger: Logger | undefined;
  /** The bounds of what is held in memory. */
  limits: Required<DAMILimits>;
  /** Takes every line as it is read. */
  onLine: ((line: string) => void) | undefined;
}

/** The default bounds. */
export const DEFAULT_LIMITS: Readonly<Required<DAMILimits>> = {
  maxLineLength: 16 * 1_024 * 1_024,
  maxHeaders: 1_000_000,
  maxListFrames: 1_000_000,
  maxHeldEvents: 10_000,
  maxPendingActions: 100_000,
};

/** The classes of events (`main/manager.c`, `perms`), and the two words for all and none. */
const EVENT_CLASSES: ReadonlySet<string> = new Set([
  "agent",
  "agi",
  "all",
  "aoc",
  "call",
  "cc",
  "cdr",
  "command",
  "config",
  "dialplan",
  "dtmf",
  "log",
  "message",
  "none",
  "originate",
  "reporting",
  "security",
  "system",
  "test",
  "user",
  "verbose",
]);

const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  "hostname",
  "port",
  "logger",
  "events",
  "connectTimeout",
  "timeout",
  "integers",
  "encoding",
  "onLine",
  "limits",
]);

const LOGGER_METHODS = ["debug", "info", "warn", "error"] as const;

/** Shows a value of any kind in a message. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  // The text of an object is its own affair, and may be a secret.
  return typeof value === "object" && value !== null
    ? Object.prototype.toString.call(value)
    : String(value);
}

/** Says what is wrong with an option. */
function refusal(name: string, mustBe: string, value: unknown): string {
  return `Cannot use option '${name}' as it must be ${mustBe}: current value is ${
    show(value)
  }`;
}

/** The class of the error that refuses a value which must be a number of some range. */
function numberRefusal(
  name: string,
  mustBe: string,
  value: unknown,
): TypeError | RangeError {
  const message = refusal(name, mustBe, value);
  return typeof value === "number"
    ? new RangeError(message)
    : new TypeError(message);
}

function checkKnown(
  names: string[],
  known: (name: string) => boolean,
  prefix = "",
): void {
  for (const name of names) {
    if (!known(name)) {
      throw new TypeError(
        `Cannot use option '${prefix}${name}': there is none`,
      );
    }
  }
}

/**
 * Checks a time to wait.
 *
 * @param name The option's name.
 * @param value The time (milliseconds).
 * @throws {TypeError} If it is no number.
 * @throws {RangeError} If no timer can wait so long, or it is not positive.
 */
export function checkTimeout(name: string, value: unknown): void {
  const isValid = typeof value === "number" && value > 0 &&
    (value <= LONGEST_TIMEOUT || value === Infinity);
  if (!isValid) {
    throw numberRefusal(
      name,
      `a positive number of milliseconds up to ${LONGEST_TIMEOUT}, or Infinity`,
      value,
    );
  }
}

function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw new TypeError(refusal(name, "a boolean", value));
  }
}

/**
 * Checks an event mask: Asterisk takes a word it does not know for nothing at
 * all, and an empty one for everything (`main/manager.c`, `get_perm`).
 */
function checkEvents(events: boolean | string): void {
  if (typeof events === "boolean") return;
  const isValid = typeof events === "string" &&
    events.split(",").every((name) => EVENT_CLASSES.has(name));
  if (!isValid) {
    throw new TypeError(
      refusal(
        "events",
        `a boolean, or some of ${
          [...EVENT_CLASSES].join(",")
        }, separated by commas alone`,
        events,
      ),
    );
  }
}

function checkLogger(logger: boolean | Logger): void {
  if (typeof logger === "boolean") return;
  const isValid = typeof logger === "object" && logger !== null &&
    LOGGER_METHODS.every((method) => typeof logger[method] === "function");
  if (!isValid) {
    throw new TypeError(
      refusal(
        "logger",
        `a boolean, or an object with ${LOGGER_METHODS.join(", ")}`,
        logger,
      ),
    );
  }
}

function resolveLimits(limits: DAMILimits): Required<DAMILimits> {
  if (
    typeof limits !== "object" || limits === null || Array.isArray(limits)
  ) {
    throw new TypeError(refusal("limits", "an object", limits));
  }
  checkKnown(
    Object.keys(limits),
    (name) => Object.hasOwn(DEFAULT_LIMITS, name),
    "limits.",
  );
  const {
    maxLineLength = DEFAULT_LIMITS.maxLineLength,
    maxHeaders = DEFAULT_LIMITS.maxHeaders,
    maxListFrames = DEFAULT_LIMITS.maxListFrames,
    maxHeldEvents = DEFAULT_LIMITS.maxHeldEvents,
    maxPendingActions = DEFAULT_LIMITS.maxPendingActions,
  } = limits;
  const resolved: Required<DAMILimits> = {
    maxLineLength,
    maxHeaders,
    maxListFrames,
    maxHeldEvents,
    maxPendingActions,
  };
  for (const [name, value] of Object.entries(resolved)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw numberRefusal(`limits.${name}`, "a positive integer", value);
    }
  }
  return resolved;
}

/**
 * Fills in the defaults.
 *
 * @param options The options given.
 * @returns Every option with its value.
 * @throws {TypeError} If an option is unknown or of the wrong type.
 * @throws {RangeError} If a number is out of its range.
 */
export function resolveOptions(options: DAMIOptions = {}): ResolvedOptions {
  checkKnown(Object.keys(options), (name) => KNOWN_OPTIONS.has(name));
  const {
    hostname = "127.0.0.1",
    port = 5038,
    logger = false,
    events = true,
    connectTimeout = 10_000,
    timeout = 60_000,
    integers = true,
    encoding = "utf-8",
    onLine,
    limits = {},
  } = options;
  if (typeof hostname !== "string" || hostname === "") {
    throw new TypeError(refusal("hostname", "a non-empty string", hostname));
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw numberRefusal("port", "an integer from 1 to 65535", port);
  }
  checkLogger(logger);
  checkEvents(events);
  checkTimeout("connectTimeout", connectTimeout);
  checkTimeout("timeout", timeout);
  checkBoolean("integers", integers);
  if (encoding !== "utf-8" && encoding !== "latin1") {
    throw new TypeError(refusal("encoding", '"utf-8" or "latin1"', encoding));
  }
  if (onLine !== undefined && typeof onLine !== "function") {
    throw new TypeError(refusal("onLine", "a function", onLine));
  }
  return {
    hostname,
    port,
    logger: resolveLogger(logger),
    events,
    connectTimeout,
    timeout,
    integers,
    encoding,
    onLine,
    limits: resolveLimits(limits),
  };
}

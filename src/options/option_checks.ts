import { LONGEST_TIMEOUT } from "../deadline.ts";
import type { Overflow } from "../events/event_stream.ts";
import type { Logger } from "../logger.ts";
import { CLASSES } from "./classes.ts";

/** The classes of events, and the two words for all and none. */
const EVENT_CLASSES: ReadonlySet<string> = new Set([...CLASSES, "all", "none"]);

const LOGGER_METHODS = ["debug", "info", "warn", "error"] as const;

/** Formats a value of any kind for a message. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  // The text of an object may hold a secret.
  return typeof value === "object" && value !== null
    ? Object.prototype.toString.call(value)
    : String(value);
}

/** Makes the message of an error that refuses an option. */
export function refusal(name: string, mustBe: string, value: unknown): string {
  return `Cannot use option '${name}' as it must be ${mustBe}: current value is ${
    show(value)
  }`;
}

/** Makes the error that refuses a value which must be a number of some range. */
export function numberRefusal(
  name: string,
  mustBe: string,
  value: unknown,
): TypeError | RangeError {
  const message = refusal(name, mustBe, value);
  return typeof value === "number"
    ? new RangeError(message)
    : new TypeError(message);
}

export function checkKnown(
  names: string[],
  known: (name: string) => boolean,
  prefix = "",
): void {
  for (const name of names) {
    if (!known(name)) {
      throw new TypeError(
        `Cannot use option '${prefix}${name}': there is no such option`,
      );
    }
  }
}

/**
 * Checks a time to wait.
 *
 * @param name The option's name.
 * @param value The time (milliseconds).
 * @throws {TypeError} If it is not a number.
 * @throws {RangeError} If it is not positive, or longer than any timer can wait.
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

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw new TypeError(refusal(name, "a boolean", value));
  }
}

/**
 * Checks an event mask: Asterisk takes an unknown word for no events at all,
 * and an empty one for every event (`main/manager.c`, `get_perm`).
 */
export function checkEvents(events: boolean | string): void {
  if (typeof events === "boolean" || events === "listened") return;
  const isValid = typeof events === "string" &&
    events.split(",").every((name) => EVENT_CLASSES.has(name));
  if (!isValid) {
    throw new TypeError(
      refusal(
        "events",
        `a boolean, "listened", or some of ${
          [...EVENT_CLASSES].join(",")
        }, separated by commas alone`,
        events,
      ),
    );
  }
}

/**
 * Checks the options of a queue.
 *
 * @param maxQueue The most events that are queued.
 * @param overflow The policy for more.
 * @throws {TypeError} If one is of the wrong type, or no such policy.
 * @throws {RangeError} If the bound is a number that is not a positive integer.
 */
export function checkQueue(maxQueue: number, overflow: Overflow): void {
  if (!Number.isSafeInteger(maxQueue) || maxQueue < 1) {
    throw numberRefusal("maxQueue", "a positive integer", maxQueue);
  }
  if (overflow !== "error" && overflow !== "drop-oldest") {
    throw new TypeError(
      refusal("overflow", '"error" or "drop-oldest"', overflow),
    );
  }
}

export function checkLogger(logger: boolean | Logger): void {
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

/**
 * Fills in an option that is a boolean or has options of its own.
 *
 * @returns The options with their defaults; `undefined` for `false`.
 */
export function resolveSwitch<T extends object>(
  name: string,
  value: boolean | Partial<T>,
  defaults: T,
): T | undefined {
  if (value === false) return undefined;
  if (value === true) return { ...defaults };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(refusal(name, "a boolean or an object", value));
  }
  checkKnown(
    Object.keys(value),
    (key) => Object.hasOwn(defaults, key),
    `${name}.`,
  );
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

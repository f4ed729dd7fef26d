import { LONGEST_TIMEOUT } from "../deadline.ts";
import type { Logger } from "../logger.ts";
import { CLASSES } from "./classes.ts";

/** The classes of events, and the two words for all and none. */
const EVENT_CLASSES: ReadonlySet<string> = new Set([...CLASSES, "all", "none"]);

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
export function refusal(name: string, mustBe: string, value: unknown): string {
  return `Cannot use option '${name}' as it must be ${mustBe}: current value is ${
    show(value)
  }`;
}

/** The class of the error that refuses a value which must be a number of some range. */
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

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw new TypeError(refusal(name, "a boolean", value));
  }
}

/**
 * Checks an event mask: Asterisk takes a word it does not know for nothing at
 * all, and an empty one for everything (`main/manager.c`, `get_perm`).
 */
export function checkEvents(events: boolean | string): void {
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
 * @returns What it is with `true`, and with the options given; `undefined` for `false`.
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

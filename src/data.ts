/**
 * The key of {@linkcode DAMIData} under which lines without a colon are kept,
 * such as the `No categories found` of `GetConfig`.
 *
 * @example
 * ```ts
 * import { DAMI, UNPARSED_LINES } from "@dami/dami";
 *
 * const dami = new DAMI();
 * const [response] = await dami.to("GetConfig", { Filename: "empty.conf" });
 * console.log(response[UNPARSED_LINES]);
 * ```
 */
export const UNPARSED_LINES = "$lines";

/**
 * The value of a header: a number where nothing is lost by it, an array of
 * strings where the header repeats (and always for `Output`), else the string
 * as Asterisk sent it.
 */
export type DAMIValue = string | number | string[];

/**
 * The headers of a frame, named exactly as Asterisk sent them.
 *
 * @example
 * ```ts
 * import type { DAMIData } from "@dami/dami";
 *
 * function describe(event: DAMIData): string {
 *   return `${event.Event} on ${event.Channel}`;
 * }
 * ```
 */
export interface DAMIData {
  /** A header by its name, exactly as Asterisk sent it. */
  [header: string]: DAMIValue;
}

/** Whether a value is an integer whose text is lost in no way as a number. */
function isExactInteger(value: string): boolean {
  // Most values are no numbers, and the first character tells.
  const first = value.charCodeAt(0);
  if (first !== 0x2d && !(first >= 0x30 && first <= 0x39)) return false;
  const number = Number(value);
  return Number.isSafeInteger(number) && String(number) === value;
}

/** Sets a header as an own property, whatever it is called. */
function define(data: DAMIData, name: string, value: DAMIValue): void {
  // Assigning to this one name would change the prototype instead.
  if (name === "__proto__") {
    Object.defineProperty(data, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    data[name] = value;
  }
}

/** Adds a header as it came, after those that came before it. */
function add(
  data: DAMIData,
  name: string,
  value: string,
  integers: boolean,
): void {
  if (Object.hasOwn(data, name)) {
    const present = data[name];
    // A number came from exactly this text, so nothing is lost on the way back.
    if (Array.isArray(present)) present.push(value);
    else define(data, name, [String(present), value]);
  } else if (name === "Output" || name === UNPARSED_LINES) {
    data[name] = [value];
  } else if (integers && isExactInteger(value)) {
    define(data, name, Number(value));
  } else {
    define(data, name, value);
  }
}

/**
 * Makes an object of a frame's lines.
 *
 * @param lines The lines, without their ends.
 * @param integers Whether whole numbers become numbers.
 * @returns The headers; lines that are none are kept under {@linkcode UNPARSED_LINES}.
 */
export function parseData(
  lines: readonly string[],
  integers: boolean,
): DAMIData {
  const data: DAMIData = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) {
      add(data, UNPARSED_LINES, line, false);
      continue;
    }
    // One space is the separator; any further ones belong to the value.
    const start = line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
    add(data, line.slice(0, colon), line.slice(start), integers);
  }
  return data;
}

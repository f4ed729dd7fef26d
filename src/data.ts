import { detached } from "./detached.ts";

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

/** How many kinds of frames are remembered. Asterisk has some 250 events. */
const MAX_ORDERS = 1_000;

/** The most digits that a safe integer has. */
const MAX_DIGITS = 16;

/**
 * What follows a header's colon and one optional space; any further ones
 * belong to the value.
 *
 * @param line The header's line.
 * @param colon Where its first colon is.
 * @returns The value.
 */
export function valueBehind(line: string, colon: number): string {
  return line.slice(
    line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1,
  );
}

/** The number of which a value is the very text, if there is a safe integer of this kind. */
function exactInteger(value: string): number | undefined {
  const isNegative = value.charCodeAt(0) === 0x2d;
  const start = isNegative ? 1 : 0;
  const { length } = value;
  const digits = length - start;
  if (digits < 1 || digits > MAX_DIGITS) return undefined;
  // Neither `007` nor `-0` would come back as it was.
  if (value.charCodeAt(start) === 0x30) return value === "0" ? 0 : undefined;
  let number = 0;
  for (let index = start; index < length; index++) {
    const digit = value.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    number = number * 10 + digit;
  }
  if (number > Number.MAX_SAFE_INTEGER) return undefined;
  return isNegative ? -number : number;
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

/** Whether the values under a name are always an array. */
function isAlwaysArray(name: string): boolean {
  return name === "Output" || name === UNPARSED_LINES;
}

/**
 * Makes objects of the lines of frames.
 *
 * The headers of an event come in the same order almost always. So their names
 * are compared with those of the last frame with the same first line, which
 * takes half the time of cutting them out and looking them up.
 */
export class DataParser {
  readonly #integers: boolean;
  /** The names of the headers in their order, each once, by the first line. */
  readonly #orders = new Map<string, string[]>();

  /** @param integers Whether whole numbers become numbers. */
  constructor(integers: boolean) {
    this.#integers = integers;
  }

  /**
   * Makes an object of a frame's lines.
   *
   * @param lines The lines, without their ends.
   * @returns The headers; lines that are none are kept under {@linkcode UNPARSED_LINES}.
   */
  parse(lines: readonly string[]): DAMIData {
    const data: DAMIData = {};
    const order = this.#orderOf(lines[0] ?? "");
    let index = 0;
    for (const line of lines) {
      const name = order[index];
      if (
        name === undefined || line.charCodeAt(name.length) !== 0x3a ||
        line.slice(0, name.length) !== name
      ) break;
      data[name] = this.#value(valueBehind(line, name.length));
      index++;
    }
    if (index < lines.length) this.#addRest(data, lines, index, order);
    return data;
  }

  /** Adds the lines that come in another order than the last time, and remembers it. */
  #addRest(
    data: DAMIData,
    lines: readonly string[],
    from: number,
    order: string[],
  ): void {
    order.length = from;
    for (let index = from; index < lines.length; index++) {
      const line = lines[index] ?? "";
      const colon = line.indexOf(":");
      const isHeader = colon > 0;
      const name = isHeader ? line.slice(0, colon) : UNPARSED_LINES;
      const value = isHeader ? valueBehind(line, colon) : line;
      const isFirst = !Object.hasOwn(data, name);
      if (isFirst) this.#addFirst(data, name, value);
      else addAgain(data, name, value);
      // Up to the first that is not simply assigned, only one name for each place.
      const isSimple = isFirst && !isAlwaysArray(name) && name !== "__proto__";
      if (isSimple && order.length === index) order.push(name);
    }
  }

  #addFirst(data: DAMIData, name: string, value: string): void {
    if (isAlwaysArray(name)) data[name] = [value];
    else define(data, name, this.#value(value));
  }

  #value(value: string): string | number {
    return (this.#integers ? exactInteger(value) : undefined) ?? value;
  }

  #orderOf(firstLine: string): string[] {
    let order = this.#orders.get(firstLine);
    if (order === undefined) {
      order = [];
      if (this.#orders.size >= MAX_ORDERS) this.#orders.clear();
      this.#orders.set(detached(firstLine), order);
    }
    return order;
  }
}

/** Adds a value under a name that is there already. */
function addAgain(data: DAMIData, name: string, value: string): void {
  const present = data[name];
  // A number came from exactly this text, so nothing is lost on the way back.
  if (Array.isArray(present)) present.push(value);
  else define(data, name, [String(present), value]);
}

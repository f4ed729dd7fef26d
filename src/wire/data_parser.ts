import { type DAMIData, type DAMIValue, UNPARSED_LINES } from "../data.ts";
import { detached } from "../detached.ts";
import { exactInteger } from "../exact_integer.ts";
import { Remembered } from "../remembered.ts";
import { frameName, isTextHeader } from "./text_headers.ts";

/** How many first lines are remembered. Asterisk has some 250 events. */
const MAX_FIRST_LINES = 1_000;

/** How many lines a frame has whose order is remembered: more than any event. */
const MAX_REMEMBERED = 100;

/** How many headers V8 adds to an object one by one before it makes a hash table of it. */
const MAX_FILLED = 16;

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
 * The integers that become numbers: all, none, or all but those in headers that
 * the catalog knows as texts.
 */
export type IntegerConversion = boolean | "catalog";

/** How the headers of a kind of frame came the last time. */
interface Order {
  /** Their names, each once. */
  readonly names: readonly string[];
  /** How their lines begin: with the name, the colon and a space. */
  readonly prefixes: readonly string[];
  /** `true` for those whose integers become numbers. */
  readonly convert: readonly boolean[];
  /** What large objects are copied from, once the order has come again. */
  template: DAMIData | undefined;
}

/**
 * Makes objects of the lines of frames.
 *
 * The headers of an event come in the same order almost always. So their names
 * are compared with those of the last frame that had the same first line and as
 * many lines, which takes half the time of cutting them out and looking them up.
 */
export class DataParser {
  readonly #integers: IntegerConversion;
  /** By the first line of a frame, and then by the number of its lines. */
  readonly #orders = new Remembered<string, Order[]>(MAX_FIRST_LINES);

  /** @param integers The integers that become numbers. */
  constructor(integers: IntegerConversion) {
    this.#integers = integers;
  }

  /**
   * Makes an object of a frame's lines.
   *
   * @param lines The lines, without their ends.
   * @returns The headers; lines that are none are kept under {@linkcode UNPARSED_LINES}.
   */
  parse(lines: readonly string[]): DAMIData {
    const order = this.#orders.get(lines[0] ?? "")?.[lines.length];
    return (order && this.#parseInOrder(lines, order)) ??
      this.#parseAnew(lines);
  }

  /** Parses lines with names that are known; gives nothing if one is another. */
  #parseInOrder(lines: readonly string[], order: Order): DAMIData | undefined {
    const { names, prefixes, convert, template } = order;
    const data: DAMIData = template === undefined ? {} : { ...template };
    let index = 0;
    for (const line of lines) {
      const prefix = prefixes[index] ?? "";
      const { length } = prefix;
      if (line.slice(0, length) !== prefix) return undefined;
      const value = line.slice(length);
      data[names[index] ?? ""] = convert[index]
        ? exactInteger(value) ?? value
        : value;
      index++;
    }
    if (template === undefined && index > MAX_FILLED) {
      order.template = templateOf(data);
    }
    return data;
  }

  /** Parses any lines, and remembers their order. */
  #parseAnew(lines: readonly string[]): DAMIData {
    const data: DAMIData = {};
    const frame = nameIn(lines);
    for (const line of lines) {
      const colon = line.indexOf(":");
      const [name, value] = colon > 0
        ? [line.slice(0, colon), valueBehind(line, colon)]
        : [UNPARSED_LINES, line];
      if (Object.hasOwn(data, name)) addAgain(data, name, value);
      else if (isAlwaysArray(name)) data[name] = [value];
      else define(data, name, this.#value(frame, name, value));
    }
    if (lines.length <= MAX_REMEMBERED) this.#remember(data, lines);
    return data;
  }

  #remember(data: DAMIData, lines: readonly string[]): void {
    const names = Object.keys(data);
    // Where one repeats, or is special, each frame is parsed anew.
    if (names.length !== lines.length || names.some(isSpecial)) return;
    const firstLine = lines[0] ?? "";
    const frame = frameName(firstLine);
    // Where another header comes first, frames of several kinds begin alike.
    if (frame === undefined) return;
    let orders = this.#orders.get(firstLine);
    if (orders === undefined) {
      orders = [];
      this.#orders.set(detached(firstLine), orders);
    }
    const prefixes = names.map((name) => `${name}: `);
    const convert = names.map((name) => this.#converts(frame, name));
    orders[lines.length] = { names, prefixes, convert, template: undefined };
  }

  #value(
    frame: string | undefined,
    name: string,
    value: string,
  ): string | number {
    const integer = exactInteger(value);
    return integer !== undefined && this.#converts(frame, name)
      ? integer
      : value;
  }

  /** Reports whether the integers of a header become numbers. */
  #converts(frame: string | undefined, name: string): boolean {
    return this.#integers === "catalog"
      ? !isTextHeader(frame, name)
      : this.#integers;
  }
}

/** Returns the name of the kind of a frame, which is almost always in its first line. */
function nameIn(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const name = frameName(line);
    if (name !== undefined) return name;
  }
  return undefined;
}

/**
 * What a large object is to be copied from. One that is filled header by header
 * becomes a hash table in V8 at some size, which takes more time and five times
 * the memory.
 */
function templateOf(data: DAMIData): DAMIData {
  const template: DAMIData = JSON.parse(JSON.stringify(data));
  return template;
}

/** Whether a name cannot simply be assigned. */
function isSpecial(name: string): boolean {
  return isAlwaysArray(name) || name === "__proto__";
}

/** Adds a value under a name that is there already. */
function addAgain(data: DAMIData, name: string, value: string): void {
  const present = data[name];
  // A number came from exactly this text, so nothing is lost on the way back.
  if (Array.isArray(present)) present.push(value);
  else define(data, name, [String(present), value]);
}

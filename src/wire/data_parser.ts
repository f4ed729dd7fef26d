import { type DAMIData, type DAMIValue, UNPARSED_LINES } from "../data.ts";
import { detached } from "../detached.ts";
import { exactInteger } from "../exact_integer.ts";
import { Remembered } from "../remembered.ts";
import { FrameHead, valueBehind } from "./frame_head.ts";
import { HeaderOrder } from "./header_order.ts";
import { RepeatedValues } from "./repeated_values.ts";
import { linesOf } from "./slips.ts";
import { frameName, isTextHeader } from "./text_headers.ts";

/** The most first lines that are remembered. Asterisk has some 250 events. */
const MAX_FIRST_LINES = 1_000;

/** The most lines of a frame whose order is remembered: more than any event has. */
const MAX_REMEMBERED = 100;

/** Sets a header as an own property, whatever its name. */
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

/** Reports whether the values under a name are always an array. */
function isAlwaysArray(name: string): boolean {
  return name === "Output" || name === UNPARSED_LINES;
}

/**
 * The integers that become numbers: all, none, or all but those in headers that
 * the catalog knows as texts.
 */
export type IntegerConversion = boolean | "catalog";

/**
 * Makes objects of frames.
 *
 * The headers of an event almost always come in the same order, so what is known
 * about frames with the same first line is remembered.
 */
export class DataParser {
  readonly #integers: IntegerConversion;
  readonly #heads = new Remembered<string, FrameHead>(MAX_FIRST_LINES);
  readonly #repeated = new RepeatedValues();

  /** @param integers The integers that become numbers. */
  constructor(integers: IntegerConversion) {
    this.#integers = integers;
  }

  /**
   * Returns the meaning of a first line, and what is known about the frames that it begins.
   *
   * @param firstLine The line.
   */
  headOf(firstLine: string): FrameHead {
    let head = this.#heads.get(firstLine);
    if (head === undefined) {
      const kept = detached(firstLine);
      head = new FrameHead(kept);
      this.#heads.set(kept, head);
    }
    return head;
  }

  /**
   * Turns a frame's lines into an object.
   *
   * @param lines The lines, without their ends.
   * @returns The headers; lines that are not headers are kept under {@linkcode UNPARSED_LINES}.
   */
  parse(lines: readonly string[]): DAMIData {
    return this.#parse(lines, this.headOf(lines[0] ?? ""));
  }

  /**
   * Turns the text of a plain frame into an object.
   *
   * @param text The frame, with the empty line after it.
   * @param head What its first line says.
   * @returns The same as for its lines.
   */
  parseText(text: string, head: FrameHead): DAMIData {
    return this.#parseText(text, head);
  }

  /**
   * Turns the text of a plain frame into an object that is kept together with
   * many alike, and takes little memory.
   *
   * @param text The frame, with the empty line after it.
   * @param head What its first line says.
   * @returns The same as {@linkcode DataParser.parseText}.
   */
  parseKept(text: string, head: FrameHead): DAMIData {
    return this.#parseText(text, head, this.#repeated);
  }

  #parseText(
    text: string,
    head: FrameHead,
    repeated?: RepeatedValues,
  ): DAMIData {
    for (const order of head.frequent) {
      const data = order.parseText(text, repeated);
      if (data !== undefined) return data;
    }
    return this.#parse(linesOf(text), head);
  }

  #parse(lines: readonly string[], head: FrameHead): DAMIData {
    const order = head.order(lines.length);
    const data = order?.parseLines(lines);
    if (order === undefined || data === undefined) {
      return this.#parseAnew(lines, head);
    }
    head.meet(order);
    return data;
  }

  /** Parses any lines, and remembers their order. */
  #parseAnew(lines: readonly string[], head: FrameHead): DAMIData {
    const data: DAMIData = {};
    const frame = nameIn(lines);
    /** The values of the last header, if it has come before, and how its lines begin. */
    let values: string[] | undefined;
    let prefix = "";
    for (const line of lines) {
      if (values !== undefined && line.startsWith(prefix)) {
        values.push(valueBehind(line, prefix.length - 1));
        continue;
      }
      const colon = line.indexOf(":");
      const [name, value] = colon > 0
        ? [line.slice(0, colon), valueBehind(line, colon)]
        : [UNPARSED_LINES, line];
      values = undefined;
      if (Object.hasOwn(data, name)) {
        values = addAgain(data, name, value);
        prefix = `${name}:`;
      } else if (isAlwaysArray(name)) data[name] = [value];
      else define(data, name, this.#value(frame, name, value));
    }
    if (lines.length <= MAX_REMEMBERED) this.#remember(data, lines, head);
    return data;
  }

  #remember(data: DAMIData, lines: readonly string[], head: FrameHead): void {
    const names = Object.keys(data);
    // Where one repeats, or is special, each frame is parsed from scratch.
    if (names.length !== lines.length || names.some(isSpecial)) return;
    const frame = frameName(lines[0] ?? "");
    // Where another header comes first, frames of several kinds begin alike.
    if (frame === undefined) return;
    head.remember(
      HeaderOrder.of(
        names.map((name) => ({ name, converts: this.#converts(frame, name) })),
      ),
    );
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

/** Reports whether a name cannot simply be assigned. */
function isSpecial(name: string): boolean {
  return isAlwaysArray(name) || name === "__proto__" || name.includes("\n");
}

/**
 * Adds a value under an existing name.
 *
 * @returns All values under it.
 */
function addAgain(data: DAMIData, name: string, value: string): string[] {
  const present = data[name];
  if (Array.isArray(present)) {
    present.push(value);
    return present;
  }
  // A number came from exactly this text, so nothing is lost on the way back.
  const values = [String(present), value];
  define(data, name, values);
  return values;
}

import type { DAMIData } from "../data.ts";
import { exactInteger } from "../exact_integer.ts";
import { Remembered } from "../remembered.ts";
import type { RepeatedValues } from "./repeated_values.ts";

/** Number of headers that V8 adds to an object one by one before it makes a hash table of it. */
const MAX_FILLED = 16;

/** Number of times that an order must occur before it is recognised in text: making the expression takes as long as a few frames. */
const MIN_USES = 3;

/** The characters that mean something in a regular expression. */
const SPECIAL_CHARACTERS = /[\\^$.*+?()[\]{}|/]/g;

/** The most orders that are shared. An Asterisk has some 300. */
const MAX_SHARED = 1_000;

/** A header of a {@linkcode HeaderOrder}. */
export interface OrderedHeader {
  /** Its name, as it comes. */
  readonly name: string;
  /** `true` if integers become numbers. */
  readonly converts: boolean;
}

/**
 * The headers of a frame in the order in which they came. The next frame that
 * begins alike almost always has the same, so that nothing of it but the values
 * has to be cut out.
 */
export class HeaderOrder {
  /** The orders of all connections, as hundreds of PBXs have the same: what is learned of one is known of the next, and its expression is made once. */
  static readonly #shared = new Remembered<string, HeaderOrder>(MAX_SHARED);

  readonly #names: readonly string[];
  /** The beginnings of their lines: the name, the colon and a space. */
  readonly #prefixes: readonly string[];
  readonly #converts: readonly boolean[];
  /** The template that large objects are copied from, once the order has occurred again. */
  #template: DAMIData | undefined;
  #pattern: RegExp | undefined;
  #uses = 0;

  /** @param headers The headers. No name repeats, or is special to objects. */
  private constructor(headers: readonly OrderedHeader[]) {
    this.#names = headers.map(({ name }) => name);
    this.#prefixes = this.#names.map((name) => `${name}: `);
    this.#converts = headers.map(({ converts }) => converts);
  }

  /**
   * Returns an order, the same one for the same headers.
   *
   * @param headers The headers. No name repeats, or is special to objects.
   */
  static of(headers: readonly OrderedHeader[]): HeaderOrder {
    // No name holds a colon.
    const key = headers.map(({ name, converts }) => `${name}:${converts}`)
      .join(":");
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const order = new HeaderOrder(headers);
    this.#shared.set(key, order);
    return order;
  }

  /** The number of headers. */
  get length(): number {
    return this.#names.length;
  }

  /** `true` once the order comes so often that it is worth looking for in text. */
  get isFrequent(): boolean {
    return this.#uses >= MIN_USES;
  }

  /**
   * Turns lines into an object.
   *
   * @param lines The lines, without their ends, as many as there are headers.
   * @returns The headers; `undefined` if a name is another.
   */
  parseLines(lines: readonly string[]): DAMIData | undefined {
    const values: string[] = [];
    let index = 0;
    for (const line of lines) {
      const prefix = this.#prefixes[index++] ?? "";
      const { length } = prefix;
      if (line.slice(0, length) !== prefix) return undefined;
      values.push(line.slice(length));
    }
    this.#uses++;
    return this.#fill(values, 0);
  }

  /**
   * Turns the text of a plain frame into an object.
   *
   * @param text The frame, with the empty line after it.
   * @param repeated The values of earlier frames, if the object is kept together with theirs.
   * @returns The headers; `undefined` if the text has others, or holds bare line feeds.
   */
  parseText(text: string, repeated?: RepeatedValues): DAMIData | undefined {
    this.#pattern ??= patternOf(this.#prefixes);
    const found = this.#pattern.exec(text);
    if (found === null) return undefined;
    repeated?.share(this.#names, found, 1);
    return this.#fill(found, 1);
  }

  /** Turns the values after an index into an object. */
  #fill(values: readonly string[], from: number): DAMIData {
    const data: DAMIData = this.#template === undefined
      ? {}
      : { ...this.#template };
    let index = 0;
    for (const name of this.#names) {
      const value = values[from + index] ?? "";
      data[name] = this.#converts[index] ? exactInteger(value) ?? value : value;
      index++;
    }
    if (this.#template === undefined && index > MAX_FILLED) {
      this.#template = templateOf(data);
    }
    return data;
  }
}

/**
 * Makes an expression that takes the values out in one native call. The text
 * of each is cut out of that of its frame alone.
 */
function patternOf(prefixes: readonly string[]): RegExp {
  const lines = prefixes.map((prefix) =>
    `${prefix.replace(SPECIAL_CHARACTERS, "\\$&")}([^\r\n]*)\r\n`
  );
  return new RegExp(`^${lines.join("")}\r\n$`);
}

/**
 * Makes the template of a large object. One that is filled header by header
 * becomes a hash table in V8 at some size, which takes more time and five times
 * the memory.
 */
function templateOf(data: DAMIData): DAMIData {
  const template: DAMIData = JSON.parse(JSON.stringify(data));
  return template;
}

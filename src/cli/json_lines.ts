import type { DAMIData } from "../../mod.ts";
import type { ByteBuffer } from "./byte_buffer.ts";
import { printableJson } from "./printable.ts";

/** The key under which a line has the time. No header of Asterisk is called so. */
const TIME_KEY = "$time";

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const LINE_FEED = 0x0a;

/** The one of those characters that is no text: it turns the direction of Arabic. */
const TURNS_TEXT = 0x61c;

/** More than what stands around a value takes (bytes). */
const MARGIN = 8;

/** The name of a header, as it stands in an object of JSON. */
interface Key {
  readonly name: string;
  /** A comma, the name and a colon. */
  readonly bytes: Uint8Array;
  /** The key that came behind it the last time. */
  next: Key | undefined;
}

/** How many names of headers are remembered; whoever sends a `UserEvent` invents them. */
const MAX_KEYS = 5_000;

const NO_BYTES = new Uint8Array();

const encoder = new TextEncoder();

/**
 * Whether DAMI makes a number of a value: an integer whose text is lost in no
 * way as a number.
 */
function isExactInteger(value: string): boolean {
  const { length } = value;
  const start = value.charCodeAt(0) === MINUS ? 1 : 0;
  const digits = length - start;
  if (digits === 0 || digits > 16) return false;
  // Neither `007` nor `-0` is how a number is written.
  if (value.charCodeAt(start) === ZERO && length > 1) return false;
  for (let index = start; index < length; index++) {
    const code = value.charCodeAt(index);
    if (code < ZERO || code > NINE) return false;
  }
  return digits < 16 || Number.isSafeInteger(Number(value));
}

/**
 * Writes events as lines of JSON: when they came as `$time`, and their headers
 * as DAMI gives them. No line holds a control character.
 *
 * It is what `JSON.stringify()` would give, in half of the time, which is what
 * a busy PBX takes: headers come in the same order again and again, and most
 * values are plain. The events are to be without numbers (the option
 * `integers`), as making them and writing them again takes long: those that
 * would be numbers are written as such.
 */
export class JsonLines {
  #keys = new Map<string, Key>();
  readonly #first: Key = { name: "", bytes: NO_BYTES, next: undefined };
  #time = NaN;
  #timeBytes = NO_BYTES;

  /**
   * Writes an event.
   *
   * @param buffer Where its line is added.
   * @param event The event, without numbers.
   * @param at When it came (milliseconds since 1970).
   */
  write(buffer: ByteBuffer, event: DAMIData, at: number): void {
    if (at !== this.#time) {
      this.#time = at;
      const time = new Date(at).toISOString();
      this.#timeBytes = encoder.encode(`,"${TIME_KEY}":"${time}"`);
    }
    const start = buffer.length;
    // Whoever sends a UserEvent with a header of this name gets it as it is.
    if (!this.#add(buffer, event, this.#timeBytes)) {
      buffer.length = start;
      this.#add(buffer, event, NO_BYTES);
    }
    buffer.ensure(MARGIN);
    if (buffer.length === start) buffer.length++;
    // In place of the first comma.
    buffer.bytes[start] = OPENING;
    buffer.bytes[buffer.length++] = CLOSING;
    buffer.bytes[buffer.length++] = LINE_FEED;
  }

  /**
   * Adds the time and the headers, byte by byte: calling something for each of
   * them takes longer.
   *
   * @returns Whether the time is no header as well.
   */
  #add(buffer: ByteBuffer, event: DAMIData, time: Uint8Array): boolean {
    buffer.ensure(time.length);
    let { bytes, length: end } = buffer;
    for (let index = 0; index < time.length; index++) {
      bytes[end++] = time[index] ?? 0;
    }
    let key = this.#first;
    for (const name in event) {
      const value = event[name] ?? "";
      if (key.next?.name === name) key = key.next;
      else {
        if (name === TIME_KEY && time.length > 0) return false;
        key = this.#keyBehind(key, name);
      }
      const keyBytes = key.bytes;
      const keyLength = keyBytes.length;
      const length = typeof value === "string" ? value.length : 0;
      if (end + keyLength + 2 * length + MARGIN > bytes.length) {
        buffer.length = end;
        buffer.ensure(keyLength + 2 * length + MARGIN);
        bytes = buffer.bytes;
      }
      for (let index = 0; index < keyLength; index++) {
        bytes[end++] = keyBytes[index] ?? 0;
      }
      if (typeof value === "string") {
        const first = length === 0 ? 0 : value.charCodeAt(0);
        const isNumber = first <= NINE && first >= MINUS &&
          isExactInteger(value);
        const begin = end;
        if (!isNumber) bytes[end++] = QUOTE;
        let index = 0;
        for (; index < length; index++) {
          const code = value.charCodeAt(index);
          if (code < 0x7f) {
            if (code < 0x20 || code === QUOTE || code === BACKSLASH) break;
            bytes[end++] = code;
          } else {
            // What most languages of Europe are written with: two bytes of UTF-8.
            if (code < 0xa0 || code > 0x7ff || code === TURNS_TEXT) break;
            bytes[end++] = 0xc0 | code >> 6;
            bytes[end++] = 0x80 | code & 0x3f;
          }
        }
        if (index === length) {
          if (!isNumber) bytes[end++] = QUOTE;
          continue;
        }
        end = begin;
      }
      buffer.length = end;
      buffer.add(printableJson(JSON.stringify(value)));
      bytes = buffer.bytes;
      end = buffer.length;
    }
    buffer.length = end;
    return true;
  }

  #keyBehind(last: Key, name: string): Key {
    let key = this.#keys.get(name);
    if (key === undefined) {
      const json = printableJson(JSON.stringify(name));
      key = { name, bytes: encoder.encode(`,${json}:`), next: undefined };
      if (this.#keys.size >= MAX_KEYS) this.#keys = new Map();
      this.#keys.set(name, key);
    }
    // The time is looked for where a key is not expected.
    if (name !== TIME_KEY) last.next = key;
    return key;
  }
}

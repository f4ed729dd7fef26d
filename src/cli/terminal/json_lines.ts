import type { DAMIData } from "../../../mod.ts";
import { Remembered } from "../../remembered.ts";
import type { ByteBuffer } from "./byte_buffer.ts";
import { printableJson } from "./printable.ts";

/** The key under which a line has the time. No header of Asterisk is called so. */
const TIME_KEY = "$time";

/** The key under which a line has the name of the PBX, after the time. */
const PBX_KEY = "$pbx";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const LINE_FEED = 0x0a;

/** U+061C, the invisible one in that range, which changes the direction of Arabic. */
const TURNS_TEXT = 0x61c;

/** More than what stands around a value takes (bytes). */
const MARGIN = 8;

/** Says that a line has no room. */
const NO_ROOM = -1;

/** The number of names of headers that are remembered; the sender of a `UserEvent` invents them. */
const MAX_KEYS = 5_000;

const encoder = new TextEncoder();

/** The name of a header, as it stands in an object of JSON. */
class Key {
  readonly name: string;
  /** A comma, the name, a colon, and the quote before a text. */
  readonly bytes: Uint8Array;
  /** The key that came after it the last time; itself if none did. */
  next: Key;

  constructor(name: string) {
    const json = printableJson(JSON.stringify(name));
    this.name = name;
    this.bytes = encoder.encode(`,${json}:"`);
    this.next = this;
  }
}

/** Adds a value in the usual way; returns {@linkcode NO_ROOM} if it does not fit. */
function addJson(
  bytes: Uint8Array,
  end: number,
  value: string | string[],
): number {
  const json = printableJson(JSON.stringify(value));
  if (end + 3 * json.length + MARGIN > bytes.length) return NO_ROOM;
  return end + encoder.encodeInto(json, bytes.subarray(end)).written;
}

/**
 * Writes events as lines of JSON: when they came as `$time`, the name of their
 * PBX as `$pbx` if it is of a fleet, and their headers as DAMI gives them. No
 * line holds a control character.
 *
 * It is what `JSON.stringify()` would give, in half of the time, which is what
 * a busy PBX takes: headers come in the same order again and again, and most
 * values are plain.
 */
export class JsonLines {
  readonly #keys = new Remembered<string, Key>(MAX_KEYS);
  readonly #first = new Key("");
  readonly #pbxJson: string;
  /** The name of the PBX alone, if there is one. */
  readonly #pbxBytes: Uint8Array<ArrayBuffer>;
  #time = NaN;
  /** The time, and the name of the PBX after it. */
  #timeBytes: Uint8Array<ArrayBuffer>;
  #hasTimeHeader = false;

  /** @param pbx The name of the PBX that all events are of, if it is to be in the lines. */
  constructor(pbx?: string) {
    this.#pbxJson = pbx === undefined
      ? ""
      : `,"${PBX_KEY}":${JSON.stringify(pbx)}`;
    this.#pbxBytes = encoder.encode(this.#pbxJson);
    this.#timeBytes = this.#pbxBytes;
  }

  /**
   * Writes an event.
   *
   * @param buffer The buffer that its line is added to.
   * @param event The event.
   * @param at The time at which it came (milliseconds since 1970).
   */
  write(buffer: ByteBuffer, event: DAMIData, at: number): void {
    if (at !== this.#time) {
      this.#time = at;
      const time = new Date(at).toISOString();
      this.#timeBytes = encoder.encode(
        `,"${TIME_KEY}":"${time}"${this.#pbxJson}`,
      );
    }
    this.#hasTimeHeader = false;
    let time = this.#timeBytes;
    let end = this.#add(buffer.bytes, buffer.length, event, time);
    while (
      end === NO_ROOM || (this.#hasTimeHeader && time !== this.#pbxBytes)
    ) {
      // A UserEvent with a header of this name is shown as it is.
      if (this.#hasTimeHeader) time = this.#pbxBytes;
      if (end === NO_ROOM) buffer.ensure(buffer.bytes.length + 1);
      end = this.#add(buffer.bytes, buffer.length, event, time);
    }
    const { bytes, length: start } = buffer;
    // In place of the first comma.
    bytes[start] = OPENING;
    if (end === start) end++;
    bytes[end++] = CLOSING;
    bytes[end++] = LINE_FEED;
    buffer.length = end;
  }

  /**
   * Adds the time and the headers, byte by byte: calling something for each of
   * them takes longer, as would bytes that could be others in between.
   *
   * @returns The place where they end, with room for the end of the line; {@linkcode NO_ROOM} otherwise.
   */
  #add(
    bytes: Uint8Array,
    start: number,
    event: DAMIData,
    time: Uint8Array,
  ): number {
    let end = start;
    if (end + time.length + MARGIN > bytes.length) return NO_ROOM;
    for (let index = 0; index < time.length; index++) {
      bytes[end++] = time[index] ?? 0;
    }
    let key = this.#first;
    for (const name in event) {
      const header = event[name] ?? "";
      const isNumber = typeof header === "number";
      // The text of an integer is its own JSON.
      const value = isNumber ? String(header) : header;
      key = key.next.name === name ? key.next : this.#keyBehind(key, name);
      const keyBytes = key.bytes;
      const keyLength = keyBytes.length;
      const length = typeof value === "string" ? value.length : 0;
      if (end + keyLength + 2 * length + MARGIN > bytes.length) return NO_ROOM;
      for (let index = 0; index < keyLength; index++) {
        bytes[end + index] = keyBytes[index] ?? 0;
      }
      end += keyLength;
      if (typeof value !== "string") {
        // There is a quote too many.
        end = addJson(bytes, end - 1, value);
        if (end === NO_ROOM) return NO_ROOM;
        continue;
      }
      if (isNumber) end--;
      const begin = end;
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
      if (index < length) {
        end = addJson(bytes, begin - 1, value);
        if (end === NO_ROOM) return NO_ROOM;
        continue;
      }
      if (!isNumber) bytes[end++] = QUOTE;
    }
    return end;
  }

  #keyBehind(last: Key, name: string): Key {
    if (name === TIME_KEY) this.#hasTimeHeader = true;
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = new Key(name);
      this.#keys.set(name, key);
    }
    // The time is looked for where a key is not expected.
    if (name !== TIME_KEY) last.next = key;
    return key;
  }
}

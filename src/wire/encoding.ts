/**
 * The encoding of the text on the wire. `"latin1"` is what the WHATWG calls
 * by that name: Windows-1252, which includes all of ISO 8859-1.
 */
export type Encoding = "utf-8" | "latin1";

const UTF_8 = new TextEncoder();

/** The characters of Windows-1252 with the bytes 0x80 to 0x9f, whose code may differ from their byte. */
const LATIN1_SPECIAL = new TextDecoder("latin1").decode(
  Uint8Array.from({ length: 0x20 }, (_, index) => 0x80 + index),
);

/** Returns the byte of a character, or `undefined` if Windows-1252 has none. */
function latin1Byte(character: string): number | undefined {
  const index = LATIN1_SPECIAL.indexOf(character);
  if (index !== -1) return 0x80 + index;
  const code = character.charCodeAt(0);
  return code > 0xff || (code >= 0x80 && code <= 0x9f) ? undefined : code;
}

/**
 * Reports whether a text arrives as it is.
 *
 * @param text The text.
 * @param encoding The encoding of the connection.
 * @returns `false` if the encoding has no bytes for one of its characters.
 */
export function isEncodable(text: string, encoding: Encoding): boolean {
  if (encoding === "utf-8") return text.isWellFormed();
  for (const character of text) {
    if (latin1Byte(character) === undefined) return false;
  }
  return true;
}

/**
 * Returns the length of a text on the wire.
 *
 * @param text A text that {@linkcode isEncodable}.
 * @param encoding The encoding of the connection.
 * @returns Its length (bytes).
 */
export function encodedLength(text: string, encoding: Encoding): number {
  return encoding === "utf-8" ? UTF_8.encode(text).length : text.length;
}

/** The most bytes that a UTF-16 unit takes. */
const MAX_UTF_8_BYTES = 3;

/**
 * Encodes text for the wire.
 *
 * @param text A text that {@linkcode isEncodable}.
 * @param encoding The encoding of the connection.
 * @param buffer Takes the bytes where they fit, which is a third of the work of making room for them.
 * @returns Its bytes.
 */
export function encode(
  text: string,
  encoding: Encoding,
  buffer?: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (encoding !== "utf-8") {
    return Uint8Array.from(text, (character) => latin1Byte(character) ?? 0x3f);
  }
  const fits = buffer !== undefined &&
    text.length * MAX_UTF_8_BYTES <= buffer.length;
  return fits
    ? buffer.subarray(0, UTF_8.encodeInto(text, buffer).written)
    : UTF_8.encode(text);
}

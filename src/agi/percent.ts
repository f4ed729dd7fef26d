/** The length from which on Asterisk may have cut a percent-encoded value (res/res_agi.c, `AMI_BUF_LEN`). */
const CUT_LENGTH = 2_045;

/** The bytes that Asterisk reads of the answers at once (res/res_agi.c, `AGI_BUF_LEN`). */
export const READ_BYTES = 1_024;

const PERCENT = 0x25;
const LINE_FEED = 0x0a;

/** The bytes of an answer that an event of Asterisk holds. */
export interface DecodedBytes {
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** Reports whether Asterisk had no room for the rest. */
  readonly isCut: boolean;
}

/** Returns the value of a hexadecimal digit, or -1. */
function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/**
 * Decodes a percent-encoded value of Asterisk. Half an escape at the end is
 * dropped, as Asterisk cuts where its buffer ends. Other text stands
 * for itself.
 *
 * @param text The value of `Env` or `Result`.
 * @returns The bytes that it stands for.
 */
export function decodePercent(text: string): DecodedBytes {
  const { length } = text;
  const bytes = new Uint8Array(length);
  let size = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code !== PERCENT) {
      bytes[size++] = code;
      continue;
    }
    if (index + 2 >= length) break;
    const high = digit(text.charCodeAt(index + 1));
    const low = digit(text.charCodeAt(index + 2));
    if (high < 0 || low < 0) {
      bytes[size++] = code;
      continue;
    }
    bytes[size++] = high << 4 | low;
    index += 2;
  }
  // A whole read, or the end of a line, is not the work of the buffer's end.
  const isCut = length >= CUT_LENGTH && size < READ_BYTES &&
    bytes[size - 1] !== LINE_FEED;
  return { bytes: bytes.subarray(0, size), isCut };
}

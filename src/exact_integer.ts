/** The most digits that a safe integer has. */
const MAX_DIGITS = 16;

/**
 * Returns the integer that a value spells exactly, so that nothing is lost if
 * it becomes a number: `String(exactInteger(value)) === value`.
 *
 * @param value The value of a header.
 * @returns The integer; `undefined` for any other text, for one with leading
 * zeros or a plus sign, and for integers that are not safe.
 */
export function exactInteger(value: string): number | undefined {
  const first = value.charCodeAt(0);
  // Most values are not numbers, and their first character shows it.
  if (first > 0x39) return undefined;
  const isNegative = first === 0x2d;
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

/**
 * Rounds a number to what a reader can compare.
 *
 * @param value A number that is not negative.
 * @returns It with two to three digits, such as `9.5k`, `168k` or `1.02M`.
 */
export function formatCount(value: number): string {
  if (value >= 999_500) return `${(value / 1_000_000).toPrecision(3)}M`;
  if (value >= 9_950) return `${Math.round(value / 1_000)}k`;
  if (value >= 1_000) return `${(value / 1_000).toFixed(1)}k`;
  return String(Math.round(value));
}

/**
 * Rounds a number that may be small.
 *
 * @param value A number that is not negative.
 * @returns It with two digits, or all those before the point.
 */
export function formatSmall(value: number): string {
  if (value >= 10) return String(Math.round(value));
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/**
 * Writes how many times as much something is.
 *
 * @param ratio The ratio.
 * @returns It with the sign that it multiplies.
 */
export function formatRatio(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} ×`;
}

/**
 * Writes how much memory something needs.
 *
 * @param bytes The bytes.
 * @returns Megabytes from one on, else kilobytes.
 */
export function formatBytes(bytes: number): string {
  return bytes >= 1_000_000
    ? `${Math.round(bytes / 1_000_000)} MB`
    : `${Math.round(bytes / 1_000)} kB`;
}

/**
 * Writes how long something took.
 *
 * @param seconds The seconds.
 * @returns Seconds from one on, else milliseconds.
 */
export function formatSeconds(seconds: number): string {
  return seconds >= 1
    ? `${seconds.toFixed(2)} s`
    : `${formatSmall(seconds * 1_000)} ms`;
}

import { UsageError } from "../failures/command_error.ts";

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Longer waits are beyond a timer (milliseconds). */
const LONGEST = 2 ** 31 - 1;

/**
 * Reads a time such as `30s`, `1.5h` or `1m30s`; a number alone is seconds.
 *
 * @param text The text.
 * @param option The option that it is the value of, for the error.
 * @returns Milliseconds.
 * @throws {UsageError} If it is not a time.
 */
export function readDuration(text: string, option: string): number {
  const refusal = new UsageError(
    `${option} must be a time of up to 24 days, such as 500ms, 30s, 5m or 1h30m, not '${text}'`,
  );
  const bare = /^\d+(\.\d+)?$/.test(text) ? `${text}s` : text;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(bare)) throw refusal;
  let sum = 0;
  for (const [, number, unit = ""] of bare.matchAll(/([\d.]+)([a-z]+)/g)) {
    sum += Number(number) * (MILLISECONDS.get(unit) ?? 0);
  }
  if (sum <= 0 || sum > LONGEST) throw refusal;
  return Math.ceil(sum);
}

/**
 * Writes a time as a clock shows it.
 *
 * @param seconds Seconds.
 * @returns Such as `0:07`, `12:30` or `1:05:00`.
 */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = `${whole % 60}`.padStart(2, "0");
  return hours > 0
    ? `${hours}:${`${minutes}`.padStart(2, "0")}:${rest}`
    : `${minutes}:${rest}`;
}

/**
 * Writes a time as Asterisk writes how long a channel has lasted.
 *
 * @param seconds Seconds.
 * @returns Such as `00:01:07`.
 */
export function longClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return [whole / 3_600, whole / 60 % 60, whole % 60]
    .map((part) => `${Math.floor(part)}`.padStart(2, "0")).join(":");
}

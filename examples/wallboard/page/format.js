// @ts-check
// Numbers and times as texts.

const number = new Intl.NumberFormat();
const decimal = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const timeOfDay = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const exactTimeOfDay = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** Compares names as people do, also those with numbers. */
export const byName = new Intl.Collator(undefined, { numeric: true }).compare;

/**
 * A whole number.
 *
 * @param {number} value The number.
 * @returns {string} Its text.
 */
export function count(value) {
  return number.format(value);
}

const percent = new Intl.NumberFormat(undefined, { style: "percent" });

/**
 * A share, such as `93 %`, never rounded up to all.
 *
 * @param {number | undefined} value The share from 0 to 1; `undefined` without
 * one.
 * @returns {string} Its text.
 */
export function share(value) {
  if (value === undefined) return "–";
  return percent.format(value < 1 ? Math.min(value, 0.99) : 1);
}

/**
 * A number of events per second: small ones with a decimal place.
 *
 * @param {number} value The number.
 * @returns {string} Its text.
 */
export function rate(value) {
  return value < 9.95 ? decimal.format(value) : number.format(
    Math.round(value),
  );
}

/**
 * A duration, such as `0:07` or `1:02:03`.
 *
 * @param {number} milliseconds The time.
 * @returns {string} Hours, if there are any, minutes and seconds.
 */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${seconds % 60}`.padStart(2, "0");
  return hours === 0
    ? `${minutes}:${rest}`
    : `${hours}:${`${minutes}`.padStart(2, "0")}:${rest}`;
}

/**
 * A time of the day, such as `14:02`.
 *
 * @param {number} time Milliseconds since 1970.
 * @returns {string} Hours and minutes.
 */
export function clock(time) {
  return timeOfDay.format(time);
}

/**
 * A time of the day with seconds, such as `14:02:03`.
 *
 * @param {number} time Milliseconds since 1970.
 * @returns {string} Hours, minutes and seconds.
 */
export function exactClock(time) {
  return exactTimeOfDay.format(time);
}

/**
 * A number with its noun, such as `1 gap` or `2 gaps`.
 *
 * @param {number} value The number.
 * @param {string} noun The noun, of which the plural ends with an `s`.
 * @returns {string} Both.
 */
export function counted(value, noun) {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

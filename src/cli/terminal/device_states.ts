import type { DeviceState } from "../../live/live_pbx.ts";
import type { Style } from "./terminal.ts";

/** The states of a device, their words and their styles. */
const STATES: readonly (readonly [DeviceState, string, Style])[] = [
  ["UNKNOWN", "Unknown", "dim"],
  ["NOT_INUSE", "Not in use", "green"],
  ["INUSE", "In use", "yellow"],
  ["BUSY", "Busy", "yellow"],
  ["INVALID", "Invalid", "red"],
  ["UNAVAILABLE", "Unavailable", "red"],
  ["RINGING", "Ringing", "yellow"],
  ["RINGINUSE", "Ring, in use", "yellow"],
  ["ONHOLD", "On hold", "yellow"],
];

const WORDS: ReadonlyMap<string, string> = new Map(
  STATES.map(([state, words]) => [state, words]),
);

const STYLES: ReadonlyMap<string, Style> = new Map(
  STATES.map(([, words, style]) => [words, style]),
);

/**
 * Returns the state of a device in words.
 *
 * @param state The state.
 * @returns The words.
 */
export function stateInWords(state: DeviceState): string {
  return WORDS.get(state) ?? state;
}

/**
 * Returns the style of a state.
 *
 * @param words The state in words.
 * @returns The style; `undefined` for other words.
 */
export function styleOfState(words: string): Style | undefined {
  return STYLES.get(words);
}

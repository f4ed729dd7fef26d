// @ts-check
// The state of the connections, in words.

import { counted, duration, exactClock } from "./format.js";

/** @import { PbxShown } from "../shown.ts" */

/** The most PBXs that are named in the banner. */
const MAX_NAMED = 3;

/** The states of the connection to a PBX. */
const NAMES = {
  connecting: "Connecting to",
  live: "Connected to",
  lost: "Reconnecting to",
  failed: "No connection to",
};

/** @type {readonly PbxShown["state"][]} The states, the worst first. */
const WORST_FIRST = ["failed", "lost", "connecting", "live"];

/**
 * Returns the worst state of several PBXs.
 *
 * @param {readonly PbxShown[]} pbxs The PBXs.
 * @returns {PbxShown["state"]} The state.
 */
export function worstState(pbxs) {
  return WORST_FIRST.find((state) => pbxs.some((pbx) => pbx.state === state)) ??
    "connecting";
}

/**
 * Returns the text of the connection.
 *
 * @param {readonly PbxShown[]} pbxs The PBXs that are shown.
 * @returns {string} Such as `Connected to 192.0.2.1:5038`.
 */
export function linkText(pbxs) {
  const [first] = pbxs;
  if (first === undefined) return "No such PBX";
  if (pbxs.length === 1) return `${NAMES[first.state]} ${first.place}`;
  const live = pbxs.filter(({ state }) => state === "live").length;
  return live === pbxs.length
    ? `Connected to ${live} PBXs`
    : `Connected to ${live} of ${pbxs.length} PBXs`;
}

/**
 * Returns the faults of the connections, in words.
 *
 * @param {readonly PbxShown[]} pbxs The PBXs that are shown.
 * @returns {string} A sentence or several; empty if all is well.
 */
export function troubleText(pbxs) {
  const sentences = pbxs.flatMap(({ place, state, reason, since }) => {
    if (state === "live" || (state === "connecting" && reason === "")) {
      return [];
    }
    const name = pbxs.length > 1 ? `${place}: ` : "";
    const why = reason.replace(/[.\s]+$/, "") ||
      "The connection to the PBX was lost";
    const old = state === "lost"
      ? ` Its figures are from ${exactClock(since)}.`
      : "";
    return [`${name}${why}.${old}`];
  });
  const more = sentences.length - MAX_NAMED;
  if (more > 0) sentences.splice(MAX_NAMED, more, `And ${more} more.`);
  return sentences.join(" ");
}

/**
 * Returns the intervals in which events were missed, in words.
 *
 * @param {readonly PbxShown[]} pbxs The PBXs that are shown.
 * @returns {string} A sentence; empty if nothing is known yet.
 */
export function gapsText(pbxs) {
  if (pbxs.length === 0) return "";
  const lost = pbxs.find(({ state }) => state === "lost");
  if (lost !== undefined) {
    const where = pbxs.length > 1 ? ` of ${lost.place}` : "";
    return `Events${where} have been missed since ${exactClock(lost.since)}`;
  }
  const gaps = pbxs.reduce((total, pbx) => total + pbx.gaps, 0);
  const last = pbxs.filter(({ lastGap }) => lastGap !== null)
    .sort((one, other) => (other.lastGap?.to ?? 0) - (one.lastGap?.to ?? 0))[0];
  if (last?.lastGap === null || last?.lastGap === undefined) {
    return "No gaps: every event was received";
  }
  const { from, to } = last.lastGap;
  const where = pbxs.length > 1 ? ` of ${last.place}` : "";
  return `${counted(gaps, "gap")}, the last${where} from ${exactClock(from)} ` +
    `to ${exactClock(to)} (${duration(to - from)}): events were missed`;
}

import type { Check } from "./check.ts";
import { type Finding, milliseconds } from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import { type Pong, sendPings } from "./pings.ts";

/** The round trip from which on there is a remark (milliseconds). */
const FAR = 50;

/** The round trip from which on there is a warning (milliseconds). */
const VERY_FAR = 500;

/** The factor by which the longest may exceed the usual one, if it is noticeable at all. */
const UNSTEADY = 10;

/**
 * Judges the round trips.
 *
 * @param pongs The answers to some pings.
 * @returns The findings.
 */
export function judgeRoundTrips(pongs: readonly Pong[]): Finding[] {
  const times = pongs.map(({ time }) => time).sort((one, other) => one - other);
  const shortest = times[0] ?? 0;
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const longest = times.at(-1) ?? 0;
  const what = `${times.length} pings took ${milliseconds(shortest)} to ${
    milliseconds(longest)
  } (median ${milliseconds(median)})`;
  if (median > FAR) {
    return [{
      level: median > VERY_FAR ? "warning" : "note",
      what,
      advice: [
        "The PBX is far away or busy: send actions without waiting for each other's answers, and run the program near the PBX",
      ],
    }];
  }
  if (longest > FAR && longest > UNSTEADY * median) {
    return [{
      level: "note",
      what: `${what}: some took much longer than others`,
      advice: [
        "An action of this session or another may block Asterisk, or packets are lost on the way",
      ],
    }];
  }
  return [{ level: "ok", what }];
}

/** The check of the time that the PBX takes to answer. */
export const roundTrips: Check = {
  title: "Round trips",
  obstacle: notLoggedIn,
  async make(known) {
    if (known.loggedIn === undefined) return [];
    known.pongs = await sendPings(known.loggedIn.dami);
    return judgeRoundTrips(known.pongs);
  },
};

import type { Check } from "./check.ts";
import { type Finding, milliseconds } from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import type { Pong } from "./pings.ts";

/** The difference between two clocks from which on it is reported (milliseconds). */
const TOLERABLE = 1_000;

/**
 * Judges the clock of the PBX.
 *
 * @param pongs The answers to some pings.
 * @returns The findings.
 */
export function judgeClock(pongs: readonly Pong[]): Finding[] {
  const quickest = pongs.filter(({ ahead }) => ahead !== undefined)
    .sort((one, other) => one.time - other.time)[0];
  if (quickest?.ahead === undefined) {
    return [{
      level: "note",
      what: "The answer to a Ping does not contain the time of the PBX",
    }];
  }
  const { ahead, time } = quickest;
  const apart = Math.abs(ahead);
  const what = `The clock of the PBX is ${milliseconds(apart)} ${
    ahead < 0 ? "behind" : "ahead of"
  } ours (give or take ${milliseconds(time / 2)})`;
  if (apart <= TOLERABLE + time / 2) return [{ level: "ok", what }];
  return [{
    level: "warning",
    what,
    advice: [
      "Synchronize both clocks with NTP (timedatectl, chronyc tracking): the Timestamp of events is the time of the PBX",
    ],
  }];
}

/** The check of the clock of the PBX against ours. */
export const clock: Check = {
  title: "Clock",
  obstacle: (known, patient) =>
    notLoggedIn(known, patient) ??
      (known.pongs === undefined ? "no Ping was answered" : undefined),
  make: ({ pongs = [] }) => Promise.resolve(judgeClock(pongs)),
};

import type { DAMI } from "../../../mod.ts";
import type { Check } from "./check.ts";
import { type Finding, inManagerConf, milliseconds } from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import type { ManagerUser } from "./manager_user.ts";

/** The facts about reading a large answer. */
export interface ReadingFacts {
  /** The user. */
  readonly username: string;
  /** The facts about the user's section. */
  readonly user: ManagerUser;
  /** The number of bytes that were read. */
  readonly bytes: number;
  /** The time it took (milliseconds). */
  readonly time: number;
  /** The longest pause of this program during that time (milliseconds). */
  readonly stall: number;
}

/** The default of `writetimeout`, which is also its least value (`main/manager.c`). */
const DEFAULT_WRITE_TIMEOUT = 100;

/** The value to set (milliseconds): long enough for every pause that a program makes. */
const GOOD_WRITE_TIMEOUT = 5_000;

/** The rough size of an event (bytes): `Newchannel` has 350, `DialBegin` 730. */
const EVENT_BYTES = 500;

/** The rate of a PBX with some calls a second, with everything read (bytes per second). */
const BUSY_PBX = 200_000;

/** The number of large answers that are read at once. */
const ANSWERS = 10;

/** The interval at which the clock is read during that time (milliseconds). */
const TICK = 5;

/**
 * Judges the speed at which a large answer was read.
 *
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeReading(facts: ReadingFacts): Finding[] {
  return [speedFinding(facts), timeoutFinding(facts)];
}

function speedFinding({ bytes, time }: ReadingFacts): Finding {
  const perSecond = bytes / Math.max(time, 0.1) * 1_000;
  const rate = perSecond >= 1_000_000
    ? `${(perSecond / 1_000_000).toFixed(1)} MB`
    : `${(perSecond / 1_000).toFixed(0)} kB`;
  const what = `${(bytes / 1_000).toFixed(0)} kB were read in ${
    milliseconds(time)
  }: ${rate}, or about ${rounded(perSecond / EVENT_BYTES)} events, per second`;
  if (perSecond >= BUSY_PBX) return { level: "ok", what };
  return {
    level: "warning",
    what,
    advice: [
      "That is slow for a busy PBX, which drops slow readers: read fewer classes, or set the option 'events' of DAMI, and run the program near the PBX",
    ],
  };
}

/** Rounds a number to two significant digits. */
function rounded(number: number): string {
  return Number(number.toPrecision(2)).toLocaleString("en-US");
}

function timeoutFinding(
  { username, user: { inFile }, stall }: ReadingFacts,
): Finding {
  const advice = [
    inManagerConf(username, `writetimeout = ${GOOD_WRITE_TIMEOUT}`),
  ];
  const paused = `this program paused for at most ${milliseconds(stall)}`;
  if (inFile === undefined) {
    return {
      level: "note",
      what:
        `Asterisk drops clients that do not read what it writes within writetimeout, by default ${DEFAULT_WRITE_TIMEOUT} ms, which ${username} may not see; ${paused}`,
      advice,
    };
  }
  const { writeTimeout = DEFAULT_WRITE_TIMEOUT } = inFile;
  const inForce = Math.max(writeTimeout, DEFAULT_WRITE_TIMEOUT);
  const what =
    `Asterisk drops clients that do not read what it writes within ${inForce} ms (writetimeout); ${paused}`;
  if (stall > inForce / 2) return { level: "warning", what, advice };
  return inForce <= DEFAULT_WRITE_TIMEOUT
    ? { level: "note", what, advice }
    : { level: "ok", what };
}

/** Reads large answers, and measures pauses during that time. */
async function read(
  dami: DAMI,
): Promise<Pick<ReadingFacts, "bytes" | "time" | "stall">> {
  let stall = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    stall = Math.max(stall, now - last - TICK);
    last = now;
  };
  const timer = setInterval(look, TICK);
  try {
    const before = dami.stats().bytesReceived;
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: ANSWERS }, () => dami.to("ListCommands")),
    );
    look();
    return {
      bytes: dami.stats().bytesReceived - before,
      time: performance.now() - begin,
      stall,
    };
  } finally {
    clearInterval(timer);
  }
}

/** The check of the speed of reading, against the patience of Asterisk (`writetimeout`). */
export const reading: Check = {
  title: "Reading",
  obstacle: (known, patient) =>
    notLoggedIn(known, patient) ??
      (known.actions === undefined ? "ListCommands failed" : undefined),
  async make(known, { username }) {
    const { loggedIn, user = {} } = known;
    if (loggedIn === undefined) return [];
    return judgeReading({ username, user, ...await read(loggedIn.dami) });
  },
};

import type { DAMI } from "../../../mod.ts";

/** The answer to a ping. */
export interface Pong {
  /** The time it took (milliseconds). */
  readonly time: number;
  /** The time by which the clock of the PBX is ahead of ours (milliseconds), if the answer has one. */
  readonly ahead: number | undefined;
}

/** The number of pings that are sent. */
const COUNT = 10;

/**
 * Sends some pings, one after the other.
 *
 * @param dami A client that is logged in.
 * @returns Their answers.
 */
export async function sendPings(dami: DAMI): Promise<Pong[]> {
  const pongs: Pong[] = [];
  // The first one meets cold caches, and does not count.
  for (let number = 0; number <= COUNT; number++) {
    const begin = performance.now();
    // Date.now() only counts milliseconds.
    const sentAt = performance.timeOrigin + begin;
    const [response] = await dami.to("Ping");
    const time = performance.now() - begin;
    const ahead = aheadOf(response["Timestamp"], sentAt, time);
    if (number > 0) pongs.push({ time, ahead });
  }
  return pongs;
}

/**
 * Returns the time by which a clock is ahead that was read halfway between a
 * question and its answer.
 *
 * @param timestamp The time of the PBX: seconds since 1970 with microseconds.
 * @param sentAt The time of the question (milliseconds since 1970).
 * @param time The time that the answer took (milliseconds).
 * @returns Milliseconds, negative if it is behind; `undefined` if it contained no time.
 */
export function aheadOf(
  timestamp: unknown,
  sentAt: number,
  time: number,
): number | undefined {
  if (timestamp === undefined || timestamp === "") return undefined;
  const told = Number(timestamp) * 1_000;
  return Number.isFinite(told) ? told - (sentAt + time / 2) : undefined;
}

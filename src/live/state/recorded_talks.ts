import type { RecordedTalk } from "../records/call_record.ts";
import { extended, type GrowingRecord } from "../records/growing_record.ts";
import type { Surroundings, Talk } from "../records/talk.ts";
import { isConferenceRoom } from "./stays.ts";

/** The most parties that are noted of a conference. */
const MAX_PARTIES = 50;

/** The circumstances of talks. */
export interface TalksContext {
  /** Everything that a call can be connected with. */
  readonly surroundings: Surroundings;
  /** The end of the talks that are over (milliseconds since 1970). */
  readonly at: number;
  /** Reports whether a phone has hung up whose channel is still there. */
  readonly hasHungUp: (uniqueid: string) => boolean;
}

/**
 * Notes who hears whom now.
 *
 * @param record The record of the call.
 * @param talks Its talks.
 * @param context When, and what it is connected with.
 */
export function followTalks(
  record: GrowingRecord,
  talks: readonly Talk[],
  { surroundings, at, hasHungUp }: TalksContext,
): void {
  const names = talks.map((talk) => conferenceOf(talk, surroundings));
  let hasVanished = false;
  for (const talk of record.talks) {
    if (talk.to !== undefined) continue;
    const goesOn = talks.some((each, index) =>
      isSame(talk, each, names[index])
    );
    if (goesOn) continue;
    talk.to = at;
    // A snapshot was older than the events before it.
    hasVanished ||= at < talk.from;
  }
  if (hasVanished) {
    record.talks = record.talks.filter(({ from, to = from }) => to >= from);
  }
  for (const [index, each] of talks.entries()) {
    const { parties, since: from } = each;
    const conference = names[index];
    // What an older snapshot has closed goes on, too.
    const open = record.talks.find((talk) =>
      isSame(talk, each, conference) &&
      (talk.to === undefined || talk.from === from)
    );
    if (open === undefined) {
      // A party that hangs up on its way into a conference is in it for a moment.
      const hearers = parties.filter((uniqueid) => !hasHungUp(uniqueid));
      if (hearers.length < 2) continue;
      const noted = parties.length > MAX_PARTIES
        ? parties.slice(0, MAX_PARTIES)
        : parties;
      const talk = { parties: noted, conference, from, to: undefined };
      record.talks = extended(record.talks, talk);
    } else {
      open.to = undefined;
      if (conference === undefined) continue;
      open.parties = withMore(open.parties, parties);
    }
  }
}

/** Reports whether a talk is the one that was noted. One in a conference stays the same while parties come and go. */
function isSame(
  noted: RecordedTalk,
  { parties, since }: Talk,
  conference: string | undefined,
): boolean {
  if (noted.conference !== conference) return false;
  return conference !== undefined ||
    (noted.from === since && noted.parties[0] === parties[0] &&
      noted.parties.length === Math.min(parties.length, MAX_PARTIES));
}

/** Returns the name of the conference in which parties talk, if it is one. */
function conferenceOf(
  { parties: [first = ""] }: Talk,
  { channels, bridges }: Surroundings,
): string | undefined {
  const bridge = bridges.get(channels.get(first)?.bridgeId ?? "");
  return bridge !== undefined && isConferenceRoom(bridge)
    ? bridge.name
    : undefined;
}

function withMore(
  known: readonly string[],
  parties: readonly string[],
): readonly string[] {
  if (known.length >= MAX_PARTIES) return known;
  const all = new Set([...known, ...parties]);
  if (all.size === known.length) return known;
  return [...all].slice(0, MAX_PARTIES);
}

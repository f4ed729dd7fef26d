import { isWire } from "./call_leg.ts";
import type { RecordedTalk } from "./call_record.ts";
import { addLeg, extended, type GrowingRecord } from "./growing_record.ts";
import { earlier } from "./earlier.ts";

/**
 * Makes the record of a call part of another one.
 *
 * @param record The record of the call that goes on.
 * @param other The record of the call that is gone.
 * @param at When the calls became one (milliseconds since 1970).
 */
export function absorb(
  record: GrowingRecord,
  other: GrowingRecord,
  at: number,
): void {
  record.startedAt = Math.min(record.startedAt, other.startedAt);
  record.answeredAt = earlier(record.answeredAt, other.answeredAt);
  const isThere = new Set(record.legs.map(({ uniqueid }) => uniqueid));
  const all = [
    ...record.legs,
    ...other.legs.filter(({ uniqueid }) => !isThere.has(uniqueid)),
  ].sort((one, two) => one.startedAt - two.startedAt);
  const parties = all.filter((leg) => !isWire(leg));
  const isOfWires = isWire(record.caller);
  record.legs = [];
  for (const leg of parties.length > 0 ? parties : all) addLeg(record, leg);
  if (isOfWires && parties.length > 0) {
    record.caller = other.caller;
    record.answeredBy = other.answeredBy;
  }
  record.omittedLegs += other.omittedLegs;
  record.caller ??= other.caller;
  record.answeredBy ??= other.answeredBy;
  if (record.dialed === "") record.dialed = other.dialed;
  for (const talk of other.talks) talk.to ??= at;
  // Two who meet before their calls are one talk in both.
  const others = other.talks.filter((talk) =>
    !record.talks.some((known) => isSameTalk(known, talk))
  );
  record.talks = joined(record.talks, others, ({ from }) => from);
  record.holds = joined(record.holds, other.holds, ({ from }) => from);
  record.parkings = joined(
    record.parkings,
    other.parkings,
    (each) => each.from,
  );
  record.conferences = joined(
    record.conferences,
    other.conferences,
    ({ from }) => from,
  );
  record.queues = joined(record.queues, other.queues, (each) => each.joinedAt);
  record.recordings = joined(
    record.recordings,
    other.recordings,
    ({ from }) => from,
  );
  record.voicemails = joined(
    record.voicemails,
    other.voicemails,
    (each) => each.at,
  );
  record.unreached = joined(
    record.unreached,
    other.unreached,
    (each) => each.at,
  );
  record.gaps = joined(record.gaps, other.gaps, ({ from }) => from);
  record.merged = joined(record.merged, other.merged, (each) => each.at);
  const { id, dialed } = other;
  record.merged = extended(record.merged, { id, dialed, at });
}

function isSameTalk(one: RecordedTalk, two: RecordedTalk): boolean {
  const { from, to = Infinity } = one;
  return from <= two.from && two.from < to &&
    one.parties.length === two.parties.length &&
    two.parties.every((uniqueid) => one.parties.includes(uniqueid));
}

/** Adds the items of a list to another, in the order of their times. */
function joined<Item>(
  list: Item[],
  others: readonly Item[],
  timeOf: (item: Item) => number,
): Item[] {
  if (others.length === 0) return list;
  const sorted = [...list, ...others]
    .sort((one, two) => timeOf(one) - timeOf(two));
  return sorted.reduce<Item[]>(extended, []);
}

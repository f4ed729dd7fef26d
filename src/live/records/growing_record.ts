import type { CallLeg, GrowingLeg } from "./call_leg.ts";
import type {
  CallRecord,
  Growing,
  MergedCall,
  RecordedConference,
  RecordedHold,
  RecordedParking,
  RecordedTalk,
  RecordGap,
  Recording,
  UnreachedDial,
  VoicemailVisit,
} from "./call_record.ts";
import type { CallDirection } from "./direction.ts";
import type { GrowingVisit } from "./queue_visit.ts";
import type { Transfer } from "./transfer.ts";

/** A record of a call that lasts. */
export interface GrowingRecord extends CallRecord {
  startedAt: number;
  answeredAt: number | undefined;
  caller: GrowingLeg | undefined;
  dialed: string;
  direction: CallDirection | undefined;
  legs: GrowingLeg[];
  omittedLegs: number;
  answeredBy: GrowingLeg | undefined;
  talks: Growing<RecordedTalk, "to" | "parties">[];
  holds: Growing<RecordedHold>[];
  parkings: Growing<RecordedParking>[];
  conferences: Growing<RecordedConference>[];
  queues: GrowingVisit[];
  transfers: readonly Transfer[];
  merged: MergedCall[];
  recordings: Growing<Recording>[];
  voicemails: VoicemailVisit[];
  unreached: UnreachedDial[];
  hungUpBy: GrowingLeg | undefined;
  gaps: RecordGap[];
}

/** Shared by all records that have none of something: most have no holds, queues, … */
const NONE: never[] = [];

/** The most that a record keeps of anything. */
const MAX_ITEMS = 100;

/**
 * Returns a list with one more item. An empty list is shared, and is replaced;
 * another one is changed.
 *
 * @param list The list.
 * @param item The item.
 * @returns The list; without its second item if it is full, as the first one shows how it began.
 */
export function extended<Item>(list: Item[], item: Item): Item[] {
  if (list.length === 0) return [item];
  if (list.length >= MAX_ITEMS) list.splice(1, 1);
  list.push(item);
  return list;
}

/**
 * Begins the record of a call.
 *
 * @param id Its `Linkedid`.
 * @returns The record.
 */
export function newRecord(id: string): GrowingRecord {
  return {
    id,
    startedAt: Infinity,
    answeredAt: undefined,
    caller: undefined,
    dialed: "",
    direction: undefined,
    legs: [],
    omittedLegs: 0,
    answeredBy: undefined,
    talks: NONE,
    holds: NONE,
    parkings: NONE,
    conferences: NONE,
    queues: NONE,
    transfers: NONE,
    merged: NONE,
    recordings: NONE,
    voicemails: NONE,
    unreached: NONE,
    hungUpBy: undefined,
    gaps: NONE,
  };
}

/**
 * Adds a leg, and leaves out one that rang unanswered if there are too many.
 *
 * @param record The record.
 * @param leg The leg.
 */
export function addLeg(record: GrowingRecord, leg: GrowingLeg): void {
  const { legs } = record;
  legs.push(leg);
  if (legs.length <= MAX_ITEMS) return;
  const isOver = (each: CallLeg) =>
    each.endedAt !== undefined && each !== record.caller &&
    each !== record.answeredBy && each !== record.hungUpBy;
  let index = legs.findIndex((each) =>
    isOver(each) && each.answeredAt === undefined
  );
  if (index === -1) index = legs.findIndex(isOver);
  // If all are there still, the last one is not noted.
  legs.splice(index === -1 ? legs.length - 1 : index, 1);
  record.omittedLegs++;
}

import type { EventData } from "../catalog/lookup.ts";
import type { BusGapReason } from "./records.ts";

/** The fields of every item of the bus. */
export interface BusItemFields {
  /** The name of the PBX; `"*"` for a gap that may be of any. */
  readonly pbx: string;
  /**
   * The id, such as `"berlin:4711:18"`: the same however often the item is
   * delivered, so that a program can tell what it has done already. Empty for a
   * gap that the reader itself has found.
   */
  readonly id: string;
  /** The time at which the bridge received the event, or from which the events are complete again. */
  readonly at: Date;
  /** `true` if the item was delivered before, and was not acknowledged. */
  readonly redelivered: boolean;
  /**
   * Says that the item is done: a durable reader will not get it again. Without
   * `durable` it does nothing.
   */
  ack(): void;
}

/**
 * An event on the bus.
 *
 * @typeParam Name The name of the event.
 */
export interface BusEvent<Name extends string = string> extends BusItemFields {
  /** The event, exactly as the PBX sent it. */
  readonly event: EventData<Name>;
  /** Missing. */
  readonly gap?: undefined;
}

/** An interval of which events are missing, or may be missing. */
export interface BusGapDetail {
  /** The time of the last event before. */
  readonly from: Date;
  /** The time from which the events are complete again. */
  readonly to: Date;
  /** The reason. */
  readonly reason: BusGapReason;
  /** The number of the missing events, if it is known. */
  readonly missed?: number;
}

/** A gap on the bus, at its place among the events. */
export interface BusGap extends BusItemFields {
  /** The gap. */
  readonly gap: BusGapDetail;
  /** Missing. */
  readonly event?: undefined;
}

/**
 * An item that a reader of the bus gets: an event, or a gap.
 *
 * @typeParam Name The name of the event.
 */
export type BusItem<Name extends string = string> = BusEvent<Name> | BusGap;

import type { Texts } from "./texts.ts";

/** The circumstances in which a frame is made part of a record. */
export interface FrameContext {
  /** The time at which it was raised, or the list was taken (milliseconds since 1970). */
  readonly at: number;
  /** The texts that records have in common. */
  readonly texts: Texts;
}

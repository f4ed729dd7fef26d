import type { AmiServerOptions } from "../server_options.ts";

/** Options of {@linkcode AmiServer.replay}. */
export interface AmiReplayOptions extends
  Pick<
    AmiServerOptions,
    "hostname" | "port" | "maxQueuedBytes" | "pieceBytes" | "tls"
  > {
  /**
   * How many times as fast as it was recorded; `Infinity` plays all at once.
   *
   * @default {1}
   */
  speed?: number;
  /**
   * Whether it begins again when it is over.
   *
   * @default {false}
   */
  loop?: boolean;
  /**
   * What becomes of the connection at the end: it stays, or the PBX closes it
   * if it did so when the session was recorded.
   *
   * @default {"stay"}
   */
  atEnd?: "stay" | "as-recorded";
}

/** How far a recording was played. */
export interface AmiReplayProgress {
  /** How many events were played. */
  readonly events: number;
  /** How many events there are. */
  readonly totalEvents: number;
  /** How much of the time was played, since the login (milliseconds). */
  readonly at: number;
  /** How long the recording goes on after the login (milliseconds). */
  readonly duration: number;
}

/** The options of the replaying itself, with their defaults. */
export interface ResolvedReplayOptions {
  /** How many times as fast. */
  speed: number;
  /** Whether it begins again. */
  loop: boolean;
  /** What becomes of the connection. */
  atEnd: "stay" | "as-recorded";
}

/**
 * Fills in the defaults.
 *
 * @param options The options.
 * @returns Those of the replaying itself.
 * @throws {RangeError} If an option is out of its range.
 */
export function resolveReplayOptions(
  { speed = 1, loop = false, atEnd = "stay" }: AmiReplayOptions,
): ResolvedReplayOptions {
  if (typeof speed !== "number" || !(speed > 0)) {
    throw new RangeError(
      `Cannot replay as 'speed' must be a positive number or Infinity: current value is ${speed}`,
    );
  }
  if (atEnd !== "stay" && atEnd !== "as-recorded") {
    throw new RangeError(
      `Cannot replay as 'atEnd' must be "stay" or "as-recorded": current value is ${atEnd}`,
    );
  }
  return { speed, loop, atEnd };
}

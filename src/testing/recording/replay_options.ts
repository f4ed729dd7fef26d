import type { AmiServerOptions } from "../server_options.ts";

/** Options of {@linkcode AmiServer.replay}. */
export interface AmiReplayOptions extends
  Pick<
    AmiServerOptions,
    "hostname" | "port" | "maxQueuedBytes" | "pieceBytes" | "tls"
  > {
  /**
   * The speed, as a multiple of the recorded one; `Infinity` plays all at once.
   *
   * @default {1}
   */
  speed?: number;
  /**
   * Starts again at the end.
   *
   * @default {false}
   */
  loop?: boolean;
  /**
   * The fate of the connection at the end: it stays, or the PBX closes it
   * if it did so when the session was recorded.
   *
   * @default {"stay"}
   */
  atEnd?: "stay" | "as-recorded";
}

/** The progress of a recording. */
export interface AmiReplayProgress {
  /** The number of events played. */
  readonly events: number;
  /** The number of events in the recording. */
  readonly totalEvents: number;
  /** The time played since the login (milliseconds). */
  readonly at: number;
  /** The length of the recording after the login (milliseconds). */
  readonly duration: number;
  /**
   * The line of the file that is cut off, as by a full disk: the recording is
   * played up to there. Missing if the file is whole.
   */
  readonly cutLine?: number;
}

/** The options of the replaying itself, with their defaults. */
export interface ResolvedReplayOptions {
  /** The speed. */
  speed: number;
  /** Starts again at the end. */
  loop: boolean;
  /** The fate of the connection at the end. */
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

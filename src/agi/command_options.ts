import type { AgiSendOptions } from "./pending_command.ts";

/** Options of the commands that say something. */
export interface AgiSayOptions extends AgiSendOptions {
  /**
   * The digits that end it early, such as `"0123456789*#"`.
   *
   * @default {""}
   */
  escapeDigits?: string;
}

/** Options of {@linkcode AgiCall.sayNumber}. */
export interface AgiSayNumberOptions extends AgiSayOptions {
  /**
   * The gender in which the number is said, in languages that have one: `"f"`, `"m"`, `"c"` or `"n"`.
   *
   * @default {undefined}
   */
  gender?: string;
}

/** Options of {@linkcode AgiCall.sayDatetime}. */
export interface AgiSayDatetimeOptions extends AgiSayOptions {
  /**
   * The format, as of `voicemail.conf`.
   *
   * @default `ABdY 'digits/at' IMp`
   */
  format?: string;
  /**
   * The time zone, such as `"Europe/Berlin"`; it needs a `format`.
   *
   * @default The time zone of the PBX
   */
  timezone?: string;
}

/** Options of {@linkcode AgiCall.streamFile}. */
export interface AgiStreamFileOptions extends AgiSayOptions {
  /**
   * The position in the file to begin at (samples; a second has 8,000).
   *
   * @default {0}
   */
  sampleOffset?: number;
}

/** Options of {@linkcode AgiCall.getOption}. */
export interface AgiGetOptionOptions extends AgiSayOptions {
  /**
   * The time to wait for a digit after the file (milliseconds).
   *
   * @default The response timeout of the channel, or 5 s
   */
  timeout?: number;
}

/** Options of {@linkcode AgiCall.controlStreamFile}. */
export interface AgiControlStreamFileOptions extends AgiSayOptions {
  /**
   * The length of a jump (milliseconds).
   *
   * @default {3_000}
   */
  skip?: number;
  /**
   * The digit that jumps forward.
   *
   * @default {"#"}
   */
  forwardDigit?: string;
  /**
   * The digit that jumps back.
   *
   * @default {"*"}
   */
  rewindDigit?: string;
  /**
   * The digit that pauses.
   *
   * @default {""}
   */
  pauseDigit?: string;
  /**
   * The position in the file to begin at (milliseconds).
   *
   * @default {0}
   */
  offset?: number;
}

/** Options of {@linkcode AgiCall.getData}. */
export interface AgiGetDataOptions extends AgiSendOptions {
  /**
   * The time to wait for each digit (milliseconds); 0 waits without end.
   *
   * @default The timeouts of the channel, 6 s for the first digit and 2 s for each other
   */
  timeout?: number;
  /**
   * The number of digits that ends it; otherwise `#` or the timeout does. It needs a `timeout`.
   *
   * @default {1_024}
   */
  maxDigits?: number;
}

/** Options of {@linkcode AgiCall.recordFile}. */
export interface AgiRecordFileOptions extends AgiSendOptions {
  /**
   * The digits that end it.
   *
   * @default {"#"}
   */
  escapeDigits?: string;
  /**
   * The longest recording (milliseconds); -1 for any length.
   *
   * @default {-1}
   */
  timeout?: number;
  /**
   * The position in the file to begin at (samples; a second has 8,000).
   *
   * @default {undefined}
   */
  sampleOffset?: number;
  /**
   * Plays a beep first.
   *
   * @default {false}
   */
  beep?: boolean;
  /**
   * The silence that ends it (seconds).
   *
   * @default {undefined}
   */
  silence?: number;
}

/** Options of {@linkcode AgiCall.speechRecognize}. */
export interface AgiSpeechRecognizeOptions extends AgiSendOptions {
  /**
   * The position in the prompt to begin at (samples; a second has 8,000).
   *
   * @default {0}
   */
  sampleOffset?: number;
}

/** Options of the commands that may be about another channel. */
export interface AgiChannelOptions extends AgiSendOptions {
  /**
   * The name of the channel.
   *
   * @default The channel of the call
   */
  channel?: string;
}

/** The end of a playback. */
export interface AgiPlayback {
  /** The digit that ended it; `undefined` if it was played to its end. */
  readonly digit: string | undefined;
  /** The position where it ended (samples; milliseconds for `controlStreamFile`). */
  readonly endpos: number;
}

/** The digits that {@linkcode AgiCall.getData} received. */
export interface AgiDigits {
  /** The digits, without the `#` that ended them. */
  readonly digits: string;
  /** Reports whether the time ran out before the digits were complete. */
  readonly timedOut: boolean;
}

/** The end of a recording. */
export interface AgiRecording {
  /** The digit that ended it, if one did. */
  readonly digit: string | undefined;
  /** The reason of its end: `"dtmf"`, `"timeout"` for time or silence, `"hangup"`. */
  readonly reason: string;
  /** The length (samples; a second has 8,000). */
  readonly endpos: number;
}

/** One thing that a speech engine understood. */
export interface AgiSpeechResult {
  /** The confidence of the engine, from 0 to 1,000. */
  readonly score: number;
  /** The text that it understood. */
  readonly text: string;
  /** The grammar that matched. */
  readonly grammar: string;
}

/** The result of {@linkcode AgiCall.speechRecognize}. */
export interface AgiSpeech {
  /** The reason of its end: `"speech"`, `"digit"`, `"hangup"`, `"timeout"`; empty if it failed. */
  readonly reason: string;
  /** The digit, if one ended it. */
  readonly digit: string | undefined;
  /** The results, the best first. */
  readonly results: readonly AgiSpeechResult[];
  /** The position where the prompt ended (samples). */
  readonly endpos: number;
}

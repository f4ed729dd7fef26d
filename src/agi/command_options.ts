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
   * Where in the file to begin (samples; a second has 8,000).
   *
   * @default {0}
   */
  sampleOffset?: number;
}

/** Options of {@linkcode AgiCall.getOption}. */
export interface AgiGetOptionOptions extends AgiSayOptions {
  /**
   * How long to wait for a digit behind the file (milliseconds).
   *
   * @default The response timeout of the channel, or 5 s
   */
  timeout?: number;
}

/** Options of {@linkcode AgiCall.controlStreamFile}. */
export interface AgiControlStreamFileOptions extends AgiSayOptions {
  /**
   * How far a jump goes (milliseconds).
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
   * Where in the file to begin (milliseconds).
   *
   * @default {0}
   */
  offset?: number;
}

/** Options of {@linkcode AgiCall.getData}. */
export interface AgiGetDataOptions extends AgiSendOptions {
  /**
   * How long to wait for each digit (milliseconds); 0 waits as long as it takes.
   *
   * @default The timeouts of the channel, 6 s for the first digit and 2 s for each other
   */
  timeout?: number;
  /**
   * How many digits end it; otherwise `#` or the timeout does. It needs a `timeout`.
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
   * How long it may last (milliseconds); -1 for as long as it takes.
   *
   * @default {-1}
   */
  timeout?: number;
  /**
   * Where in the file to begin (samples; a second has 8,000).
   *
   * @default {undefined}
   */
  sampleOffset?: number;
  /**
   * Whether to beep first.
   *
   * @default {false}
   */
  beep?: boolean;
  /**
   * How much silence ends it (seconds).
   *
   * @default {undefined}
   */
  silence?: number;
}

/** Options of {@linkcode AgiCall.speechRecognize}. */
export interface AgiSpeechRecognizeOptions extends AgiSendOptions {
  /**
   * Where in the prompt to begin (samples; a second has 8,000).
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

/** What became of a file that was played. */
export interface AgiPlayback {
  /** The digit that ended it; `undefined` if it was played to its end. */
  readonly digit: string | undefined;
  /** Where it ended: samples; milliseconds of `controlStreamFile`. */
  readonly endpos: number;
}

/** What {@linkcode AgiCall.getData} got. */
export interface AgiDigits {
  /** The digits, without the `#` that ended them. */
  readonly digits: string;
  /** Whether the time was over before they were complete. */
  readonly timedOut: boolean;
}

/** What became of a recording. */
export interface AgiRecording {
  /** The digit that ended it, if one did. */
  readonly digit: string | undefined;
  /** What ended it: `"dtmf"`, `"timeout"` for time or silence, `"hangup"`. */
  readonly reason: string;
  /** How long it is (samples; a second has 8,000). */
  readonly endpos: number;
}

/** One thing that a speech engine understood. */
export interface AgiSpeechResult {
  /** How sure the engine is, from 0 to 1,000. */
  readonly score: number;
  /** What it understood. */
  readonly text: string;
  /** The grammar that matched. */
  readonly grammar: string;
}

/** What {@linkcode AgiCall.speechRecognize} got. */
export interface AgiSpeech {
  /** What ended it: `"speech"`, `"digit"`, `"hangup"`, `"timeout"`; empty if it failed. */
  readonly reason: string;
  /** The digit, if one ended it. */
  readonly digit: string | undefined;
  /** What was understood, the best first. */
  readonly results: readonly AgiSpeechResult[];
  /** Where the prompt ended (samples). */
  readonly endpos: number;
}

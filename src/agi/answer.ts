/**
 * The answer to a command of AGI.
 *
 * @example
 * ```ts
 * import type { AgiAnswer } from "@dami/dami/agi";
 *
 * const answer: AgiAnswer = {
 *   code: 200,
 *   result: "1",
 *   data: "6001",
 *   endpos: undefined,
 *   raw: "200 result=1 (6001)",
 *   truncated: false,
 * };
 * console.log(answer.result);
 * ```
 */
export interface AgiAnswer {
  /** 200 where the command was run, 510 where it is unknown, 511 where the channel is dead, 520 where its syntax is wrong. */
  readonly code: number;
  /** The text after `result=`: a number, or the digits of `GET DATA`. Empty if it has none. */
  readonly result: string;
  /** The text in parentheses, if the answer has one. */
  readonly data: string | undefined;
  /** The position where a playback or a recording ended, in the unit of the command. */
  readonly endpos: number | undefined;
  /** The whole answer; its lines are separated by `\n`. */
  readonly raw: string;
  /**
   * Reports whether Asterisk cut the answer: an event has room for 2,047
   * characters of percent-encoded text. The action `Getvar` has the whole value
   * of a variable.
   */
  readonly truncated: boolean;
}

/** `200 result=1`, and what follows. */
const RESULT = /^\d{3} result=([^ ]*)(?: |$)/;

const ENDPOS = /(?:^| )endpos=(-?\d+)/;

/**
 * Reads an answer.
 *
 * @param raw Its lines, separated by `\n`.
 * @param truncated Whether Asterisk cut it.
 * @returns The answer.
 */
export function parseAnswer(raw: string, truncated = false): AgiAnswer {
  const code = Number(raw.slice(0, 3));
  const [head = "", result = ""] = RESULT.exec(raw) ?? [];
  const rest = raw.slice(head.length);
  const isOpen = rest.startsWith("(");
  const end = isOpen ? endOfData(rest) : 0;
  const data = isOpen ? rest.slice(1, end === -1 ? undefined : end) : undefined;
  const [, endpos] = ENDPOS.exec(end === -1 ? "" : rest.slice(end)) ?? [];
  return {
    code,
    result,
    data,
    endpos: endpos === undefined ? undefined : Number(endpos),
    raw,
    truncated,
  };
}

/** Text that may follow the data: the end of a playback, and the results of a speech engine. */
const BEHIND_DATA = /^.*\)(?= (?:digit=. )?endpos=-?\d+(?: results=.*)?$)/s;

/**
 * Returns where the parentheses at the beginning of a text are closed, or -1. A
 * value may hold some itself: the last ones count.
 */
export function endOfData(text: string): number {
  if (text.endsWith(")")) return text.length - 1;
  return (BEHIND_DATA.exec(text)?.[0].length ?? 0) - 1;
}

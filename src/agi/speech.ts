import type { AgiAnswer } from "./answer.ts";
import type { AgiSpeech } from "./command_options.ts";

/** One result of a speech engine, as `handle_speechrecognize()` of res/res_agi.c writes it. */
const RESULT =
  /score\d+=(-?\d+) text\d+="(.*?)" grammar\d+=(.*?)(?= score\d|$)/g;

/**
 * Reads the answer to `SPEECH RECOGNIZE`.
 *
 * @param answer The answer.
 * @returns The results of the recognition.
 */
export function readSpeech({ raw, data, endpos = 0 }: AgiAnswer): AgiSpeech {
  const results = [...raw.matchAll(RESULT)].map((
    [, score, text = "", grammar = ""],
  ) => ({ score: Number(score), text, grammar }));
  const [, digit] = /\) digit=(.)/.exec(raw) ?? [];
  return { reason: data ?? "", digit, results, endpos };
}

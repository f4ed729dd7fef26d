import type { KV } from "@nats-io/kv";
import { AmiConnectionError } from "../errors.ts";
import { isApiError } from "./journal.ts";
import { parseObject } from "./records.ts";

/** The errors of the server for an existing key. */
const TAKEN = [10_071, 10_164];

/** The valid keys. */
const KEY = /^[A-Za-z0-9_=-][A-Za-z0-9_=./-]{0,199}$/;

/** The largest answer that is kept (bytes). */
const MAX_ANSWER = 512 << 10;

/**
 * Does a task with a key once, whichever bridge is asked, and however often:
 * the key is written before the first byte goes to the PBX.
 */
export class Once {
  readonly #kv: () => Promise<KV>;
  readonly #holder: string;

  /**
   * @param kv Opens the bucket of the keys.
   * @param holder The id of the bridge.
   */
  constructor(kv: () => Promise<KV>, holder: string) {
    this.#kv = kv;
    this.#holder = holder;
  }

  /**
   * Does a task, unless it was started before.
   *
   * @param key The key.
   * @param run Does it, and returns the answer as text.
   * @returns The answer, also if it was done before.
   * @throws {TypeError} If the key cannot be used.
   * @throws {AmiConnectionError} If it was started before and its answer is unknown, with the outcome `"unknown"`; or if the key could not be written, with `"not-sent"`.
   */
  async run(key: string, run: () => Promise<string>): Promise<string> {
    if (!KEY.test(key)) {
      throw new TypeError(
        `Cannot use ${
          JSON.stringify(key)
        } for 'once': it must be 1 to 200 letters of A-Z and a-z, digits, or '_=./-'`,
      );
    }
    const kv = await this.#kv();
    const revision = await this.#begin(kv, key);
    if (revision === undefined) return await this.#answerOf(kv, key);
    const answer = await run();
    if (answer.length < MAX_ANSWER) {
      // Without it, one that asks again learns that the outcome is not known.
      await kv.update(key, this.#record(answer), revision).catch(() => {});
    }
    return answer;
  }

  async #begin(kv: KV, key: string): Promise<number | undefined> {
    try {
      return await kv.put(key, this.#record(), { previousSeq: 0 });
    } catch (error) {
      if (TAKEN.some((code) => isApiError(error, code))) return undefined;
      throw new AmiConnectionError(
        "Cannot send the action as its key could not be written",
        { failure: "no-answer", outcome: "not-sent", cause: error },
      );
    }
  }

  async #answerOf(kv: KV, key: string): Promise<string> {
    const entry = await kv.get(key).catch(() => null);
    const { answer } = parseObject(entry?.string() ?? "");
    if (typeof answer === "string") return answer;
    throw new AmiConnectionError(
      `An action with the key "${key}" was started before, and its outcome is unknown`,
      { failure: "no-answer", outcome: "unknown" },
    );
  }

  #record(answer?: string): string {
    return JSON.stringify({ holder: this.#holder, answer });
  }
}

/** A question in progress, and the one that was asked in the meantime. */
interface Asked<T> {
  readonly answer: Promise<T>;
  next: Promise<T> | undefined;
}

/**
 * Lets equal questions share an answer. One that is asked while an equal one
 * waits for its answer is not given that answer, which may be older than the
 * question, but asked after it, once for all that have come in the meantime. So
 * a thousand callers ask a PBX twice.
 */
export class SharedQuestions<T> {
  readonly #asked = new Map<string, Asked<T>>();

  /**
   * Asks, or shares the next answer.
   *
   * @param key Equal for equal questions.
   * @param ask Asks.
   * @returns The answer to a question that was asked after this call.
   */
  ask(key: string, ask: () => Promise<T>): Promise<T> {
    const asked = this.#asked.get(key);
    if (asked === undefined) return this.#begin(key, ask);
    asked.next ??= asked.answer.then(() => {}, () => {})
      .then(() => this.#begin(key, ask));
    return asked.next;
  }

  #begin(key: string, ask: () => Promise<T>): Promise<T> {
    const asked: Asked<T> = { answer: ask(), next: undefined };
    this.#asked.set(key, asked);
    const end = () => {
      if (this.#asked.get(key) === asked && asked.next === undefined) {
        this.#asked.delete(key);
      }
    };
    asked.answer.then(end, end);
    return asked.answer;
  }
}

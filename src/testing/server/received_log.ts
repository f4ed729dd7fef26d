import type { ReceivedAction } from "./received_action.ts";

/** Options of {@linkcode AmiServer.next}. */
export interface NextOptions {
  /**
   * Ends the wait: the promise then rejects with the signal's reason.
   *
   * @default {undefined}
   */
  signal?: AbortSignal;
}

/** A caller that waits for an action. */
interface Waiter {
  key: string;
  resolve: (action: ReceivedAction) => void;
  reject: () => void;
}

/** The received actions, and the callers that wait for one. */
export class ReceivedLog {
  readonly #waiters = new Set<Waiter>();
  /** The name of an action → from where on none was given out. */
  readonly #cursors = new Map<string, number>();
  #actions: ReceivedAction[] = [];
  #isClosed = false;

  /** The actions in order of arrival. */
  get actions(): readonly ReceivedAction[] {
    return this.#actions;
  }

  /** Keeps an action, and hands it to a caller that waits for it. */
  push(action: ReceivedAction): void {
    this.#actions.push(action);
    this.#wake(action);
  }

  /**
   * Waits for an action of the name. Each one is given out once, also one that
   * came before.
   *
   * @throws {Error} If the log is closed before such an action comes.
   * @throws The signal's reason, if the signal ends the wait.
   */
  next(action: string, { signal }: NextOptions = {}): Promise<ReceivedAction> {
    const key = action.toLowerCase();
    if (signal?.aborted) return Promise.reject(signal.reason);
    const found = this.#take(key);
    if (found !== undefined) return Promise.resolve(found);
    if (this.#isClosed) return Promise.reject(closedError(action));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        key,
        resolve: (received) => {
          signal?.removeEventListener("abort", stop);
          resolve(received);
        },
        reject: () => {
          signal?.removeEventListener("abort", stop);
          reject(closedError(action));
        },
      };
      const stop = (): void => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#waiters.add(waiter);
    });
  }

  /** Forgets the actions; callers that wait go on waiting. */
  forget(): void {
    this.#actions = [];
    this.#cursors.clear();
  }

  /** Ends all waits: no more actions will arrive. */
  close(): void {
    this.#isClosed = true;
    for (const waiter of this.#waiters) waiter.reject();
    this.#waiters.clear();
  }

  #wake({ name }: ReceivedAction): void {
    const key = name.toLowerCase();
    for (const waiter of this.#waiters) {
      if (waiter.key !== key) continue;
      const action = this.#take(key);
      if (action === undefined) return;
      this.#waiters.delete(waiter);
      waiter.resolve(action);
      return;
    }
  }

  /** The first action of the name that was not given out yet. */
  #take(key: string): ReceivedAction | undefined {
    let index = this.#cursors.get(key) ?? 0;
    let found: ReceivedAction | undefined;
    while (found === undefined && index < this.#actions.length) {
      const action = this.#actions[index++];
      if (action?.name.toLowerCase() === key) found = action;
    }
    this.#cursors.set(key, index);
    return found;
  }
}

function closedError(action: string): Error {
  return new Error(
    `Cannot wait for the action "${action}" as the server is closed`,
  );
}

import type { NatsConnection } from "@nats-io/nats-core";

/**
 * Knows whether a connection to NATS is up. While it is not, the client of NATS
 * would keep everything that it is given, without a bound: nothing is given to
 * it then.
 */
export class Link implements Disposable {
  readonly #listeners = new Set<() => void>();
  #isUp: boolean;
  #isDisposed = false;

  /** @param nats The connection. */
  constructor(nats: NatsConnection) {
    this.#isUp = !nats.isClosed();
    void this.#watch(nats);
  }

  /** Reports whether it is connected. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * Calls a function whenever it is connected again.
   *
   * @param listener The function.
   * @returns A function that removes it.
   */
  onUp(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends it. The connection goes on. */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#listeners.clear();
  }

  async #watch(nats: NatsConnection): Promise<void> {
    for await (const { type } of nats.status()) {
      if (this.#isDisposed) return;
      if (type === "reconnect") {
        this.#isUp = true;
        for (const listener of this.#listeners) listener();
      } else if (
        type === "disconnect" || type === "staleConnection" || type === "close"
      ) {
        this.#isUp = false;
      }
    }
  }
}

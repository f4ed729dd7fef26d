import type { AmiClient } from "../client.ts";
import type { FleetListener } from "./fleet_events.ts";

/** Options of {@linkcode FleetListeners.add}. */
export interface AddFleetListenerOptions {
  /** Removes the listener when aborted. */
  signal?: AbortSignal | undefined;
  /**
   * Removes the listener before it is called.
   *
   * @default {false}
   */
  once?: boolean;
}

/** One listener, and the functions that remove it from each client. */
interface Subscription {
  /** The event's name in lower case. */
  readonly key: string;
  readonly name: string;
  readonly listener: FleetListener;
  readonly call: FleetListener;
  /** By client, as a removed PBX may still be draining when its name is used again. */
  readonly removers: Map<AmiClient, () => void>;
  remove(): void;
}

/**
 * The listeners of a fleet. Each client gets them under the name of the event,
 * so that it need not even read events without a listener.
 */
export class FleetListeners {
  readonly #clients = new Map<AmiClient, string>();
  readonly #subscriptions = new Set<Subscription>();

  /**
   * Adds all listeners to a client.
   *
   * @param pbx The name of the PBX.
   * @param client Its client.
   */
  join(pbx: string, client: AmiClient): void {
    this.#clients.set(client, pbx);
    for (const subscription of this.#subscriptions) {
      attach(subscription, pbx, client);
    }
  }

  /**
   * Removes all listeners from a client.
   *
   * @param client The client.
   */
  leave(client: AmiClient): void {
    this.#clients.delete(client);
    for (const { removers } of this.#subscriptions) {
      removers.get(client)?.();
      removers.delete(client);
    }
  }

  /**
   * Adds a listener to all clients, and to those that join later.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the events.
   * @param options The signal that removes it.
   * @returns A function that removes this listener.
   */
  add(
    name: string,
    listener: FleetListener,
    { signal, once = false }: AddFleetListenerOptions = {},
  ): () => void {
    if (signal?.aborted) return () => {};
    const removers = new Map<AmiClient, () => void>();
    const remove = () => {
      signal?.removeEventListener("abort", remove);
      this.#subscriptions.delete(subscription);
      for (const each of removers.values()) each();
      removers.clear();
    };
    const subscription: Subscription = {
      key: name.toLowerCase(),
      name,
      listener,
      call: once
        ? (event, pbx) => {
          remove();
          return listener(event, pbx);
        }
        : listener,
      removers,
      remove,
    };
    this.#subscriptions.add(subscription);
    signal?.addEventListener("abort", remove, { once: true });
    for (const [client, pbx] of this.#clients) {
      attach(subscription, pbx, client);
    }
    return remove;
  }

  /**
   * Removes listeners.
   *
   * @param name The event's name in any letter case, or `"*"`.
   * @param listener The listener; without it, all of that name.
   */
  remove(name: string, listener?: FleetListener): void {
    const key = name.toLowerCase();
    for (const subscription of this.#subscriptions) {
      if (subscription.key !== key) continue;
      if (listener !== undefined && subscription.listener !== listener) {
        continue;
      }
      subscription.remove();
    }
  }
}

function attach(
  { name, call, removers }: Subscription,
  pbx: string,
  client: AmiClient,
): void {
  // A client that is closed refuses listeners, as no event of it can come.
  if (client.state === "closed") return;
  removers.set(client, client.on(name, (event) => call(event, pbx)));
}

import {
  AmiAuthenticationError,
  AmiConnectionError,
  AmiTimeoutError,
} from "../errors.ts";
import { clientsOf, type ClientSource, isFleet } from "./sources.ts";
import type { AmiClient } from "../client.ts";

/** A PBX that is not ready. */
export interface Unready {
  /** The name of the PBX; missing if there is only one. */
  readonly pbx: string | undefined;
  /** The state of its connection. */
  readonly state: string;
  /** The time for which it has not been ready (milliseconds). */
  readonly time: number;
  /** The reason, in a word or two. */
  readonly reason: string | undefined;
}

/** A PBX that is watched. */
interface Watched {
  /** The time from which on it was not ready (milliseconds, as of `performance.now()`). */
  since: number;
  /** The last failure of its connection. */
  failure: Error | undefined;
}

/**
 * Returns the reason why there is no connection. The message of an error
 * may repeat what the PBX says, which is for nobody outside.
 */
function reasonOf(error: Error | undefined): string | undefined {
  if (error instanceof AmiConnectionError) return error.failure;
  if (error instanceof AmiAuthenticationError) return "login refused";
  if (error instanceof AmiTimeoutError) return "no answer in time";
  return undefined;
}

/** Tracks since when each PBX has not been ready, and why. */
export class ConnectionWatch {
  readonly #source: ClientSource;
  readonly #watched = new WeakMap<AmiClient, Watched>();

  /**
   * @param source One client, or a fleet.
   * @param signal Ends it.
   */
  constructor(source: ClientSource, signal: AbortSignal | undefined) {
    this.#source = source;
    for (const { of } of clientsOf(source)) this.#watch(of, signal);
    if (!isFleet(source)) return;
    source.addEventListener(
      "add",
      ({ detail: { pbx } }) => this.#watch(source.get(pbx), signal),
      { ...(signal && { signal }) },
    );
  }

  /**
   * Lists the PBXs that are not ready.
   *
   * @returns Each of them, since when, and why.
   */
  unready(): Unready[] {
    const now = performance.now();
    const source = this.#source;
    return clientsOf(source).filter(({ of }) => of.state !== "ready")
      .map(({ pbx, of }) => {
        const watched = this.#watched.get(of);
        const failure = isFleet(source) && pbx !== undefined
          ? source.failure(pbx)
          : watched?.failure;
        return {
          pbx,
          state: of.state,
          time: now - (watched?.since ?? now),
          reason: reasonOf(failure),
        };
      });
  }

  #watch(client: AmiClient, signal: AbortSignal | undefined): void {
    const watched: Watched = { since: performance.now(), failure: undefined };
    this.#watched.set(client, watched);
    const options = { ...(signal && { signal }) };
    client.addEventListener("login", () => {
      watched.failure = undefined;
    }, options);
    client.addEventListener("disconnect", ({ detail }) => {
      watched.since = performance.now();
      watched.failure = detail.error;
    }, options);
    client.addEventListener("reconnecting", ({ detail }) => {
      watched.failure = detail.error ?? watched.failure;
    }, options);
  }
}

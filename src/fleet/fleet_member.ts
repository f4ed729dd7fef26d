import { DAMI } from "../dami.ts";
import {
  AmiClosedError,
  AmiConnectionError,
  type AmiError,
} from "../errors.ts";
import type { Credentials } from "../../mod.ts";
import { FleetErrorEvent } from "./fleet_events.ts";
import type { ResolvedPbxOptions } from "./fleet_options.ts";

/** The events of a client that carry a detail, which the fleet emits with the name of the PBX. */
const FORWARDED = [
  "connect",
  "login",
  "disconnect",
  "reconnecting",
  "gap",
] as const;

/** One PBX of a fleet: its client, and the reason why it has no connection. */
export class FleetMember {
  /** The name of the PBX. */
  readonly name: string;
  /** The client. */
  readonly client: DAMI;
  readonly #credentials: Credentials;
  readonly #emit: (event: Event) => void;
  readonly #attempted = Promise.withResolvers<void>();
  #failure: Error | undefined;
  #hasLoggedIn = false;
  #isRetired = false;

  /**
   * @param name The name of the PBX.
   * @param options The options of its client, and the user that logs in.
   * @param emit Takes the events for listeners of the fleet.
   */
  constructor(
    name: string,
    { client, credentials }: ResolvedPbxOptions,
    emit: (event: Event) => void,
  ) {
    this.name = name;
    this.client = new DAMI(client);
    this.#credentials = credentials;
    this.#emit = emit;
    this.#observe();
    this.#forward();
  }

  /** The reason why there is no connection; `undefined` while there is one. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Resolves when the PBX has accepted the login, or the first attempt has failed. */
  get attempted(): Promise<void> {
    return this.#attempted.promise;
  }

  /** Connects, and stays connected from then on. */
  start(): void {
    // Listeners for the first events were added before.
    void this.client.listen();
    this.client.connectAndLogin(this.#credentials).catch((error: unknown) => {
      if (this.#hasLoggedIn) return;
      if (error instanceof Error && !(error instanceof AmiClosedError)) {
        this.#failure = error;
      }
      this.#onClosed();
    });
  }

  /** Ends the reports of its connection, except for errors. */
  retire(): void {
    this.#isRetired = true;
  }

  /** Makes the error of an action for a PBX that is not logged in. */
  notConnected(): AmiError {
    const { name, failure } = this;
    if (failure instanceof AmiConnectionError) {
      return new AmiConnectionError(
        `PBX "${name}" is not connected: ${failure.message}`,
        { failure: failure.failure, outcome: "not-sent", cause: failure },
      );
    }
    const why = failure === undefined ? "" : `: ${failure.message}`;
    return new AmiClosedError(`PBX "${name}" is ${this.client.state}${why}`);
  }

  #observe(): void {
    const { client } = this;
    client.addEventListener("login", () => {
      this.#hasLoggedIn = true;
      this.#failure = undefined;
      this.#attempted.resolve();
    });
    client.addEventListener("disconnect", ({ detail }) => {
      this.#failure = detail.error;
    });
    client.addEventListener("reconnecting", ({ detail }) => {
      this.#failure = detail.error ?? this.#failure;
      if (detail.attempt > 1) this.#attempted.resolve();
    });
    client.addEventListener("error", ({ error }) => {
      // Reconnecting was given up.
      if (client.state === "closed" && error instanceof Error) {
        this.#failure = error;
      }
      this.#emit(new FleetErrorEvent(this.name, error));
    });
  }

  #forward(): void {
    const { client, name: pbx } = this;
    for (const type of FORWARDED) {
      client.addEventListener(type, ({ detail }) => {
        this.#report(type, { ...detail, pbx });
      });
    }
    client.addEventListener("close", () => {
      // Before the first login, the promise holds the reason.
      if (this.#hasLoggedIn) this.#onClosed();
    });
  }

  #onClosed(): void {
    this.#attempted.resolve();
    const error = this.#failure;
    this.#report("close", { pbx: this.name, ...(error && { error }) });
  }

  #report(type: string, detail: unknown): void {
    if (!this.#isRetired) this.#emit(new CustomEvent(type, { detail }));
  }
}

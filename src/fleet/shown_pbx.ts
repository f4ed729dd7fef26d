import type { AmiClient } from "../client.ts";
import { AmiAuthenticationError } from "../errors.ts";
import type { EventStream } from "../events/event_stream.ts";
import { type Change, LivePbx, type LivePbxOptions } from "../live/live_pbx.ts";
import type { FleetChange, FleetLiveState } from "./fleet_change.ts";
import { appearing, disappearing } from "./record_changes.ts";

/** The wait before the first snapshots of a PBX are taken again (milliseconds). */
const RETRY_DELAY = 1_000;

/** Options of {@linkcode ShownPbx}. */
export interface ShownPbxOptions {
  /** The name of the PBX. */
  readonly name: string;
  /** Its client. */
  readonly client: AmiClient;
  /** The options of its live state. */
  readonly options: LivePbxOptions;
  /** Returns the reason why it has no connection. */
  failure(): Error | undefined;
  /** Reports whether the program reads the changes of the fleet. */
  isRead(): boolean;
  /** Takes the changes. */
  report(change: FleetChange): void;
}

/** Reports whether a PBX of a state is shown as it is. */
function isCurrent(state: FleetLiveState): boolean {
  return state !== "stale" && state !== "syncing";
}

/** One PBX of a live fleet: it takes the first snapshots, and reports what changes. */
export class ShownPbx {
  readonly #name: string;
  readonly #client: AmiClient;
  readonly #options: LivePbxOptions;
  readonly #connectionFailure: ShownPbxOptions["failure"];
  readonly #isRead: ShownPbxOptions["isRead"];
  readonly #report: ShownPbxOptions["report"];
  /** Ends the wait for the first snapshots when the PBX is no longer shown. */
  readonly #leaving = new AbortController();
  #live: LivePbx | undefined;
  #starting: Promise<void> | undefined;
  /** The reason why the first snapshots could not be taken. */
  #failure: Error | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** The changes, while the program reads those of the fleet. */
  #changes: EventStream<Change> | undefined;
  #reported: FleetLiveState;

  /** @param options The PBX, and the fleet that shows it. */
  constructor(
    { name, client, options, failure, isRead, report }: ShownPbxOptions,
  ) {
    this.#name = name;
    this.#client = client;
    this.#options = options;
    this.#connectionFailure = failure;
    this.#isRead = isRead;
    this.#report = report;
    this.#reported = this.state;
    this.begin();
  }

  /** The state of the PBX, once its first snapshots are there. */
  get live(): LivePbx | undefined {
    return this.#live;
  }

  /** The first snapshots, while they are being taken. */
  get starting(): Promise<void> | undefined {
    return this.#starting;
  }

  /** The reason why nothing of it is shown. */
  get failure(): Error | undefined {
    if (this.#live !== undefined) return undefined;
    return this.#client.state === "ready"
      ? this.#failure
      : this.#connectionFailure();
  }

  /** The state in which it is shown. */
  get state(): FleetLiveState {
    const live = this.#live;
    const { state } = this.#client;
    if (state === "closed") {
      return this.#connectionFailure() instanceof AmiAuthenticationError
        ? "refused"
        : "stale";
    }
    if (live === undefined) return state === "ready" ? "syncing" : "stale";
    return live.state === "stopped" ? "stale" : live.state;
  }

  /** Takes the first snapshots if it is logged in. From then on it keeps itself up to date. */
  begin(): void {
    if (this.#client.state !== "ready" || this.#live !== undefined) return;
    if (this.#starting !== undefined) return;
    this.reportState();
    this.#starting = this.#take();
  }

  /** Reports its state if that is another one than the last that was reported. */
  reportState(state: FleetLiveState = this.state): void {
    const before = this.#reported;
    if (state === before) return;
    this.#reported = state;
    const at = Date.now();
    const pbx = this.#name;
    this.#report({ type: "pbx-state-changed", pbx, at, state, before });
  }

  /** Takes its state as reported, for a program that begins to read. */
  forgetReports(): void {
    this.#reported = this.state;
  }

  /** Reads its changes, as long as the program reads those of the fleet. */
  async follow(): Promise<void> {
    const live = this.#live;
    if (live === undefined || this.#changes !== undefined) return;
    // It is read at once, and one snapshot of a large PBX holds more than any bound.
    const changes = live.changes({ maxQueue: Number.MAX_SAFE_INTEGER });
    this.#changes = changes;
    for await (const change of changes) {
      // It was removed, and the end of everything in it is reported already.
      if (this.#leaving.signal.aborted) return;
      this.#report({ ...change, pbx: this.#name });
      this.reportState(this.#stateBehind(change));
    }
  }

  /** Reads its changes no longer. */
  unfollow(): void {
    void this.#changes?.return();
    this.#changes = undefined;
  }

  /**
   * Shows it no longer.
   *
   * @param reason The reason.
   */
  stop(reason: Error): void {
    clearTimeout(this.#retry);
    this.#leaving.abort(reason);
    this.#live?.stop();
  }

  /**
   * Reports the end of all that was shown.
   *
   * @param at The time (milliseconds since 1970).
   */
  reportEnd(at: number): void {
    if (this.#live === undefined) return;
    for (const change of disappearing(this.#live, at)) {
      this.#report({ ...change, pbx: this.#name });
    }
  }

  async #take(): Promise<void> {
    const { signal } = this.#leaving;
    let live: LivePbx | undefined;
    try {
      live = await LivePbx.start(this.#client, { ...this.#options, signal });
      this.#failure = undefined;
    } catch (error) {
      // The connection was lost meanwhile, and the next login begins anew; or
      // the PBX is too old, and may have been updated at the next attempt.
      if (error instanceof Error) this.#failure = error;
    } finally {
      this.#starting = undefined;
    }
    if (signal.aborted) live?.stop();
    else if (live !== undefined) this.#show(live);
    else {
      this.reportState();
      // It may have logged in again before this had failed.
      this.#retry = setTimeout(() => this.begin(), RETRY_DELAY);
    }
  }

  #show(live: LivePbx): void {
    this.#live = live;
    if (!this.#isRead()) return;
    const at = Date.now();
    for (const change of appearing(live, at)) {
      this.#report({ ...change, pbx: this.#name });
    }
    this.reportState();
    void this.follow();
  }

  /** Returns the state behind a change, which may be of a moment ago. */
  #stateBehind(change: Change): FleetLiveState {
    const now = this.state;
    // The end is final.
    if (this.#client.state === "closed") return now;
    const isCurrentNow = isCurrent(now);
    switch (change.type) {
      case "stale":
        return "stale";
      case "snapshot-begin":
        return change.reason === "gap" ? "syncing" : this.#reported;
      case "snapshot-end":
        return isCurrentNow ? now : "live";
      default:
        return isCurrentNow && isCurrent(this.#reported) ? now : this.#reported;
    }
  }
}

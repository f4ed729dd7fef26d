import type { AmiClient } from "../client.ts";
import type { EventStream } from "../events/event_stream.ts";
import type { Change, ChangesOptions, LivePbx } from "../live/live_pbx.ts";

/** A fleet of several PBXs: the part of `Fleet` that is needed here. */
export interface TelemetryFleet {
  /** The names of the PBXs. */
  readonly names: readonly string[];
  /**
   * Returns the client of a PBX.
   *
   * @param name The name of the PBX.
   * @returns The client.
   */
  get(name: string): AmiClient;
  /**
   * Returns the reason why a PBX has no connection.
   *
   * @param name The name of the PBX.
   * @returns The error, if there is one.
   */
  failure(name: string): Error | undefined;
  /**
   * Adds a listener for PBXs that are added or removed.
   *
   * @param type The event's name.
   * @param listener Takes the event.
   * @param options The options of `EventTarget`.
   */
  addEventListener(
    type: "add" | "remove",
    listener: (event: CustomEvent<{ readonly pbx: string }>) => unknown,
    options?: AddEventListenerOptions,
  ): void;
}

/** A change in a fleet: one of a PBX, or of the fleet itself. */
export type TelemetryFleetChange =
  & {
    /** The name of the PBX. */
    readonly pbx: string;
  }
  & (
    | Change
    | {
      /** The name of the change. */
      readonly type: "pbx-added" | "pbx-removed" | "pbx-state-changed";
    }
  );

/** The live state of several PBXs: the part of `FleetLive` that is needed here. */
export interface TelemetryFleetLive {
  /** The names of the PBXs. */
  readonly names: readonly string[];
  /** The calls of all PBXs. */
  readonly calls: ReadonlyMap<string, unknown>;
  /**
   * Opens an iterator of the changes in all PBXs.
   *
   * @param options The bounds of its queue.
   * @returns The changes.
   */
  changes(options: ChangesOptions): EventStream<TelemetryFleetChange>;
  /**
   * Returns the live state of one PBX.
   *
   * @param pbx The name of the PBX.
   * @returns Its state; `undefined` if it has given no snapshot yet.
   */
  pbx(pbx: string): LivePbx | undefined;
}

/** The figures of a bridge to NATS for one PBX. */
export interface TelemetryBridgePbx {
  /** `true` if this bridge publishes the events of this PBX. */
  readonly holds: boolean;
  /** The number of messages that were stored. */
  readonly published: number;
  /** The number of times that something was sent again or looked up. */
  readonly resent: number;
  /** The number of events that wait to be stored. */
  readonly spooled: number;
  /** The number of events that were dropped as the spool was full. */
  readonly dropped: number;
  /** The number of gaps that were announced. */
  readonly gaps: number;
}

/** A bridge to NATS: the part of `NatsBridge` that is needed here. */
export interface TelemetryBridge {
  /**
   * Counts what has happened so far.
   *
   * @returns The figures of the bridge, and of each PBX.
   */
  stats(): {
    /** `true` while NATS is connected. */
    readonly isConnected: boolean;
    /** The size of all events that are kept (bytes). */
    readonly spoolBytes: number;
    /** The figures of each PBX, by name. */
    readonly pbxs: ReadonlyMap<string, TelemetryBridgePbx>;
  };
}

/** One PBX or several: a `DAMI` or anything else that is an `AmiClient`, or a `Fleet`. */
export type ClientSource = AmiClient | TelemetryFleet;

/** The live state of one PBX or of several: a `LivePbx` or a `FleetLive`. */
export type LiveSource = LivePbx | TelemetryFleetLive;

/** Something of one PBX, with the name of the PBX; a PBX that is alone has none. */
export interface OfPbx<T> {
  /** The name of the PBX. */
  readonly pbx: string | undefined;
  /** The thing. */
  readonly of: T;
}

/**
 * Reports whether a source is a fleet.
 *
 * @param source The source.
 * @returns `false` if it is one client.
 */
export function isFleet(source: ClientSource): source is TelemetryFleet {
  return "names" in source;
}

/**
 * Reports whether the live state is that of a fleet.
 *
 * @param source The live state.
 * @returns `false` if it belongs to one PBX.
 */
export function isFleetLive(source: LiveSource): source is TelemetryFleetLive {
  return "names" in source;
}

/**
 * Lists the clients of a source, as they are now.
 *
 * @param source One client, or a fleet.
 * @returns Each client with the name of its PBX.
 */
export function clientsOf(source: ClientSource): OfPbx<AmiClient>[] {
  return isFleet(source)
    ? source.names.map((pbx) => ({ pbx, of: source.get(pbx) }))
    : [{ pbx: undefined, of: source }];
}

/**
 * Lists the live states of a source, as they are now.
 *
 * @param source The live state of one PBX, or of a fleet.
 * @returns Each one with the name of its PBX; `of` is `undefined` where there is none yet.
 */
export function livesOf(source: LiveSource): OfPbx<LivePbx | undefined>[] {
  return isFleetLive(source)
    ? source.names.map((pbx) => ({ pbx, of: source.pbx(pbx) }))
    : [{ pbx: undefined, of: source }];
}

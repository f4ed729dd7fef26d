import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import {
  type Device,
  DEVICE_EVENT,
  deviceChange,
  reduceDevice,
} from "../records/device.ts";
import {
  type Endpoint,
  ENDPOINT_EVENTS,
  endpointChange,
  endpointName,
  endpointOf,
  listedName,
  reduceEndpoint,
} from "../records/endpoint.ts";
import {
  type Extension,
  EXTENSION_EVENT,
  extensionChange,
  extensionKey,
  reduceExtension,
} from "../records/extension.ts";
import { kept, text, timeOf } from "../records/fields.ts";
import { queuesOf } from "../records/queue.ts";
import { QueueState } from "./queue_state.ts";
import { RecordStore } from "./record_store.ts";
import { type Recorded, Recordings } from "./recording.ts";
import { Switchboard } from "./switchboard.ts";

/** The items of the lists that tell what is. What could not be had is `undefined`. */
export interface Snapshots {
  /** `CoreShowChannels` or `Status`. */
  readonly channels?: readonly DAMIData[] | undefined;
  /** `ParkedCalls`. */
  readonly parking?: readonly DAMIData[] | undefined;
  /** `BridgeList`. */
  readonly bridges?: readonly DAMIData[] | undefined;
  /** `QueueStatus`. */
  readonly queues?: readonly DAMIData[] | undefined;
  /** `DeviceStateList`. */
  readonly devices?: readonly DAMIData[] | undefined;
  /** `ExtensionStateList`. */
  readonly extensions?: readonly DAMIData[] | undefined;
  /** `PJSIPShowEndpoints`, `SIPpeers` and `IAXpeerlist`. */
  readonly endpoints?: readonly DAMIData[] | undefined;
}

/** What {@linkcode PbxState} needs. */
export interface PbxStateOptions {
  /** Whether `Newexten` is followed. */
  readonly dialplan: boolean;
  /** Takes the changes. */
  readonly tell: (change: Change) => void;
  /** A queue has to be asked for. */
  readonly staleQueue: (queue: string) => void;
  /** Two have come together of whom it is not known that their calls are one. */
  readonly cameTogether: (bridge: string) => void;
}

/** What is, as events and snapshots tell it. It knows nothing of where they come from. */
export class PbxState {
  readonly #switchboard: Switchboard;
  readonly #queues: QueueState;
  readonly #devices: RecordStore<Device>;
  readonly #extensions: RecordStore<Extension>;
  readonly #endpoints: RecordStore<Endpoint>;
  readonly #handlers: ReadonlyMap<
    string,
    (event: DAMIData, at: number) => void
  >;
  readonly #recordings = new Recordings();
  readonly #cameTogether: (bridge: string) => void;

  constructor(
    { dialplan, tell, staleQueue, cameTogether }: PbxStateOptions,
  ) {
    this.#cameTogether = cameTogether;
    this.#switchboard = new Switchboard(tell);
    this.#queues = new QueueState({ tell, stale: staleQueue });
    this.#devices = new RecordStore<Device>({
      events: [DEVICE_EVENT],
      keyOf: ({ Device }) => text(Device),
      reduce: reduceDevice,
      change: deviceChange,
    }, tell);
    this.#extensions = new RecordStore<Extension>({
      events: [EXTENSION_EVENT],
      keyOf: extensionKey,
      reduce: reduceExtension,
      change: extensionChange,
    }, tell);
    this.#endpoints = new RecordStore<Endpoint>({
      events: ENDPOINT_EVENTS,
      keyOf: endpointName,
      reduce: reduceEndpoint,
      change: endpointChange,
    }, tell);
    this.#handlers = new Map([
      ...this.#switchboard.handlers(dialplan),
      ...this.#queues.handlers(),
      ...[this.#devices, this.#extensions].map((store, index) =>
        [
          index === 0 ? DEVICE_EVENT : EXTENSION_EVENT,
          (event: DAMIData, at: number) => store.apply(event, at),
        ] as const
      ),
      ...ENDPOINT_EVENTS.map((name) =>
        [
          name,
          (event: DAMIData, at: number) => this.#endpoints.apply(event, at),
        ] as const
      ),
    ]);
  }

  /** The channels, bridges and calls. */
  get switchboard(): Switchboard {
    return this.#switchboard;
  }

  /** The queues. */
  get queues(): QueueState {
    return this.#queues;
  }

  /** The devices. */
  get devices(): ReadonlyMap<string, Device> {
    return this.#devices.records;
  }

  /** The extensions. */
  get extensions(): ReadonlyMap<string, Extension> {
    return this.#extensions.records;
  }

  /** The endpoints. */
  get endpoints(): ReadonlyMap<string, Endpoint> {
    return this.#endpoints.records;
  }

  /** The events that it has to be told of. */
  get events(): string[] {
    return [...this.#handlers.keys()];
  }

  /**
   * Takes an event.
   *
   * @param name Its name, one of {@linkcode PbxState.events}.
   * @param event The event.
   */
  apply(name: string, event: DAMIData): void {
    const at = timeOf(event);
    if (!this.#recordings.isIdle) this.#recordings.add(event, at);
    this.#handlers.get(name)?.(event, at);
    if (name !== "BridgeEnter") return;
    const bridge = text(event.BridgeUniqueid);
    if (this.#switchboard.isOfSeveralCalls(bridge)) this.#cameTogether(bridge);
  }

  /** Keeps the events from here on, to be applied to a snapshot. */
  record(): { readonly events: readonly Recorded[] } & Disposable {
    return this.#recordings.open();
  }

  /**
   * Takes the snapshots of everything.
   *
   * @param snapshots The snapshots.
   * @param recorded What came while they were under way.
   * @param isStale Whether events were missed: then nothing stays of what no snapshot could be had of.
   */
  sync(
    snapshots: Snapshots,
    recorded: readonly Recorded[],
    isStale: boolean,
  ): void {
    const at = Date.now();
    const { channels, parking, bridges, queues } = snapshots;
    // Where no event was missed, what they have told is better than nothing.
    const isReplaced = (items: readonly DAMIData[] | undefined) =>
      isStale || items !== undefined;
    if (isReplaced(channels)) {
      this.#switchboard.sync({ channels, parking, bridges }, recorded, at);
    }
    if (isReplaced(queues)) {
      this.#queues.sync(queuesOf(queues ?? []), recorded, at);
    }
    const { devices, extensions, endpoints } = snapshots;
    if (isReplaced(devices)) {
      const records = byKey(
        devices,
        ({ Device }) => text(Device),
        reduceDevice,
        this.devices,
      );
      this.#devices.sync(records, recorded, at);
    }
    if (isReplaced(extensions)) {
      const records = byKey(
        extensions,
        extensionKey,
        reduceExtension,
        this.extensions,
      );
      this.#extensions.sync(records, recorded, at);
    }
    if (isReplaced(endpoints)) {
      const records = byKey(
        endpoints,
        listedName,
        (previous, item) => endpointOf(item, previous),
        this.endpoints,
      );
      this.#endpoints.sync(records, recorded, at);
    }
  }

  /**
   * Takes the snapshot of one queue.
   *
   * @param queue Its name.
   * @param items The items of `QueueStatus`.
   * @param recorded What came while it was under way.
   */
  syncQueue(
    queue: string,
    items: readonly DAMIData[],
    recorded: readonly Recorded[],
  ): void {
    this.#queues.sync(queuesOf(items), recorded, Date.now(), queue);
  }
}

/** The records that the items of a list make. */
function byKey<T>(
  items: readonly DAMIData[] = [],
  keyOf: (item: DAMIData) => string,
  reduce: (previous: T | undefined, item: DAMIData) => T | undefined,
  known: ReadonlyMap<string, T>,
): Map<string, T> {
  const records = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const record = reduce(known.get(key), item);
    if (record !== undefined) records.set(kept(key), record);
  }
  return records;
}

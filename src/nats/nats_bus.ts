import {
  jetstream,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/nats-core";
import { abortable } from "@std/async/abortable";
import type { EventName } from "../catalog/lookup.ts";
import { Deadline } from "../deadline.ts";
import type { AnyName } from "../options/method_options.ts";
import { type BusEvents, BusReader } from "./bus_events.ts";
import {
  type BusEventsOptions,
  type NatsBusOptions,
  resolveBusOptions,
  type ResolvedBusOptions,
  resolveEvents,
} from "./bus_options.ts";
import { LeaseBoard } from "./lease_board.ts";
import { Link } from "./link.ts";
import type { SourceContext } from "./message_source.ts";
import { checkName } from "./names.ts";
import { connectionOf, type NatsClient } from "./nats_client.ts";
import { BusFleet, type BusFleetChoice } from "./bus_fleet.ts";
import { BusPbx } from "./bus_pbx.ts";
import type { RemotePbx } from "./remote_pbx.ts";

/** Time to wait for the leases (milliseconds). */
const LOOK_TIME = 2_000;

/**
 * The bus, as programs read it that have no connection to a PBX: the events of
 * all PBXs, also those of the past, and each PBX as an `AmiClient`.
 *
 * @example
 * ```ts
 * import { NatsBus } from "@dami/dami/nats";
 * import { connect } from "@nats-io/transport-node";
 *
 * const bus = await NatsBus.open(await connect({ servers: "nats.example.org" }));
 * for await (const { pbx, event, gap } of bus.events({ name: "Hangup" })) {
 *   if (gap !== undefined) console.log(pbx, "events are missing", gap.reason);
 *   else console.log(pbx, event.Channel, event.Cause);
 * }
 * ```
 */
export class NatsBus implements Disposable {
  readonly #nats: NatsConnection;
  readonly #source: SourceContext;
  readonly #options: ResolvedBusOptions;
  readonly #link: Link;
  readonly #board: LeaseBoard;
  readonly #pbxs = new Set<BusPbx>();

  private constructor(
    nats: NatsConnection,
    jsm: JetStreamManager,
    options: NatsBusOptions,
  ) {
    this.#nats = nats;
    this.#options = resolveBusOptions(options);
    const js = jetstream(nats);
    const { stream } = this.#options;
    this.#link = new Link(nats);
    this.#source = { js, jsm, stream, link: this.#link };
    this.#board = new LeaseBoard(this.#source);
    this.#board.start();
  }

  /**
   * Opens the bus on a connection, which remains the program's, and looks who
   * holds which PBX.
   *
   * @param nats The connection. It should reconnect for ever (`maxReconnectAttempts: -1`).
   * @param options The name of the stream, and that of the caller.
   * @returns The bus.
   * @throws {TypeError} If an option cannot be used.
   * @throws {Error} If NATS does not answer.
   */
  static async open(
    nats: NatsClient,
    options: NatsBusOptions = {},
  ): Promise<NatsBus> {
    const connection = connectionOf(nats);
    const jsm = await jetstreamManager(connection, { checkAPI: false });
    const bus = new NatsBus(connection, jsm, options);
    await bus.#look();
    return bus;
  }

  /**
   * Lists the PBXs that a bridge holds, in the order of their names.
   *
   * @returns The names, as they are now; none if the leases cannot be read.
   */
  get names(): string[] {
    return this.#board.names.toSorted();
  }

  /**
   * Reads events and gaps, in the order in which each PBX sent them.
   *
   * A reader with the option `durable` remembers its place on the server, by
   * the items that it acknowledges: a program that was away goes on there. Each
   * item comes at least once; its `id` says whether it was done already. Any
   * other reader gets each item once.
   *
   * What the stream has dropped before it was read is a gap with the reason
   * `"retention"`. It is found by the ids where all events are read (without
   * `name`). Else it is a gap if the stream has dropped anything that was not
   * read, as nobody knows whether an event of that name was among it.
   *
   * @param options What is read, and from where on.
   * @returns The items.
   * @throws {TypeError} If an option cannot be used.
   *
   * @example A program that misses nothing, also while it is not running
   * ```ts
   * import type { NatsBus } from "@dami/dami/nats";
   *
   * async function record(bus: NatsBus): Promise<void> {
   *   const items = bus.events({ name: ["Cdr", "Hangup"], durable: "billing" });
   *   for await (const item of items) {
   *     if (item.gap !== undefined) console.log("Missing since", item.gap.from);
   *     else console.log(item.id, item.event.Event);
   *     item.ack();
   *   }
   * }
   * console.log(record);
   * ```
   */
  events<Name extends EventName | AnyName = string>(
    options?: BusEventsOptions<Name>,
  ): BusEvents<Name>;
  events(options: BusEventsOptions = {}): BusEvents {
    return new BusReader(this.#source, resolveEvents(options));
  }

  /**
   * Returns a PBX on the bus, as an `AmiClient`: `LivePbx`, `AsyncAgi` and
   * whatever else takes one work with it as with a connection of their own.
   * Events come once its `listen()` is called. Actions go to the bridge that
   * holds the PBX.
   *
   * @param name The name of the PBX.
   * @returns The client; another one with each call.
   * @throws {TypeError} If no PBX can have that name.
   *
   * @example
   * ```ts
   * import { LivePbx } from "@dami/dami/live";
   * import type { NatsBus } from "@dami/dami/nats";
   *
   * async function watch(bus: NatsBus): Promise<void> {
   *   using berlin = bus.pbx("berlin");
   *   using live = await LivePbx.start(berlin);
   *   console.log(live.calls.size, live.queues.size);
   * }
   * console.log(watch);
   * ```
   */
  pbx(name: string): RemotePbx {
    checkName("pbx", name);
    const pbx: BusPbx = new BusPbx(name, {
      ...this.#source,
      nats: this.#nats,
      caller: this.#options.caller,
      logger: this.#options.logger,
      board: this.#board,
      onClose: () => this.#pbxs.delete(pbx),
    });
    this.#pbxs.add(pbx);
    return pbx;
  }

  /**
   * Returns several PBXs on the bus, as a fleet.
   *
   * @param choice Their names, or a test of the name of each PBX that a bridge
   * holds: those that it holds later join the fleet then, and stay.
   * @returns The fleet.
   * @throws {TypeError} If no PBX can have one of the names.
   *
   * @example All PBXs, also those that come later
   * ```ts
   * import type { NatsBus } from "@dami/dami/nats";
   *
   * async function watch(bus: NatsBus): Promise<void> {
   *   using fleet = bus.fleet(() => true);
   *   fleet.addEventListener("add", ({ detail }) => console.log(detail.pbx));
   *   using live = await fleet.live();
   *   console.log(live.calls.size);
   * }
   * console.log(watch);
   * ```
   */
  fleet(choice: BusFleetChoice): BusFleet {
    return new BusFleet({
      names: this.names,
      isHeld: (name) => this.#board.isHeld(name),
      pbx: (name) => this.pbx(name),
      onChange: (listener) => this.#board.onChange(listener),
    }, choice);
  }

  /** Waits until it has seen who holds which PBX. */
  async #look(): Promise<void> {
    using deadline = new Deadline(LOOK_TIME, () => new Error("It takes long"));
    try {
      await abortable(this.#board.looked, deadline.signal);
    } catch {
      // It goes on without.
    }
  }

  /** Closes it, and all that it has returned, but not the connection to NATS. */
  close(): void {
    for (const pbx of this.#pbxs) pbx.close();
    this.#board.stop();
    this.#link[Symbol.dispose]();
  }

  /** Does the same as {@linkcode NatsBus.close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

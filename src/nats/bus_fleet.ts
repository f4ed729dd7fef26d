import { AmiConnectionError } from "../errors.ts";
import { LifecycleTarget } from "../events/lifecycle.ts";
import {
  FleetErrorEvent,
  type FleetEventMap,
  FleetLive,
  type FleetLiveOptions,
  type FleetSource,
} from "../fleet/fleet.ts";
import type { RemotePbx } from "./remote_pbx.ts";

/** The events of a PBX that carry a detail, which are emitted with its name. */
const FORWARDED = ["connect", "login", "disconnect", "gap"] as const;

/**
 * The PBXs of a {@linkcode BusFleet}: their names, or a test of the name of
 * each PBX that a bridge holds, now or later.
 */
export type BusFleetChoice = Iterable<string> | ((name: string) => boolean);

/** The bus as a {@linkcode BusFleet} needs it. */
export interface FleetBus {
  /** The names of the PBXs that a bridge holds now. */
  readonly names: readonly string[];
  /**
   * Reports whether a bridge holds a PBX.
   *
   * @param name The name of the PBX.
   * @returns `true` if one does.
   */
  isHeld(name: string): boolean;
  /**
   * Returns a PBX.
   *
   * @param name The name of the PBX.
   * @returns The PBX.
   */
  pbx(name: string): RemotePbx;
  /**
   * Adds a listener for PBXs that a bridge has taken or given back.
   *
   * @param listener Takes the name of the PBX.
   * @returns A function that removes it.
   */
  onChange(listener: (name: string) => void): () => void;
}

/**
 * Several PBXs on the bus, as a fleet: as `FleetLive` shows it and
 * `@dami/dami/telemetry` measures it. Where they are chosen by a test, the
 * event `add` reports each one that a bridge holds for the first time.
 *
 * @example
 * ```ts
 * import type { NatsBus } from "@dami/dami/nats";
 *
 * async function watch(bus: NatsBus): Promise<void> {
 *   using fleet = bus.fleet(["berlin", "wien"]);
 *   using live = await fleet.live();
 *   for (const [key, { pbx, callers }] of live.queues) {
 *     console.log(key, pbx, callers.length);
 *   }
 * }
 * console.log(watch);
 * ```
 */
export class BusFleet extends LifecycleTarget<FleetEventMap>
  implements FleetSource, Disposable {
  readonly #bus: FleetBus;
  readonly #pbxs = new Map<string, RemotePbx>();
  readonly #closing = new AbortController();

  /**
   * Takes the PBXs; `NatsBus.fleet()` does so.
   *
   * @param bus The bus.
   * @param choice The PBXs.
   * @throws {TypeError} If no PBX can have one of the names.
   */
  constructor(bus: FleetBus, choice: BusFleetChoice) {
    super((error, event) => {
      // A listener for errors that throws would report itself for ever.
      if (event instanceof FleetErrorEvent) return;
      this.dispatchEvent(new FleetErrorEvent("", error));
    });
    this.#bus = bus;
    const isFollowed = typeof choice === "function";
    const names = isFollowed ? bus.names.filter(choice) : [...choice];
    for (const name of names) this.#add(name);
    if (isFollowed) this.#follow(choice);
  }

  /**
   * Lists the names of the PBXs.
   *
   * @returns The names.
   */
  get names(): string[] {
    return [...this.#pbxs.keys()];
  }

  /**
   * Returns a PBX.
   *
   * @param name Its name.
   * @returns The PBX.
   * @throws {RangeError} If there is none of that name.
   */
  get(name: string): RemotePbx {
    const pbx = this.#pbxs.get(name);
    if (pbx !== undefined) return pbx;
    throw new RangeError(`There is no PBX "${name}" in this fleet`);
  }

  /**
   * Returns the reason why a PBX is not connected.
   *
   * @param name Its name.
   * @returns The error; `undefined` while a bridge is connected to it.
   * @throws {RangeError} If there is none of that name.
   */
  failure(name: string): Error | undefined {
    if (this.get(name).state === "ready") return undefined;
    return new AmiConnectionError(
      `No bridge is connected to PBX "${name}"`,
      { failure: "lost" },
    );
  }

  /**
   * Follows the live state of all PBXs.
   *
   * @param options The snapshots to take, and the time to wait.
   * @returns The live state, once each PBX that is connected is shown.
   * @throws {TypeError | RangeError} If the timeout is wrong.
   * @throws The signal's reason, if it is aborted.
   */
  async live(options: FleetLiveOptions = {}): Promise<FleetLive> {
    return await FleetLive.start(this, options, this.#closing.signal);
  }

  /** Closes all PBXs, and ends the live states. */
  close(): void {
    this.#closing.abort();
    for (const pbx of this.#pbxs.values()) pbx.close();
  }

  /** Does the same as {@linkcode BusFleet.close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  #add(name: string): void {
    if (this.#pbxs.has(name)) return;
    const client = this.#bus.pbx(name);
    this.#pbxs.set(name, client);
    this.#forward(name, client);
  }

  /** Adds the PBXs that a bridge holds later. */
  #follow(isChosen: (name: string) => boolean): void {
    const unfollow = this.#bus.onChange((name) => {
      const isNew = !this.#pbxs.has(name) && this.#bus.isHeld(name) &&
        isChosen(name);
      if (!isNew) return;
      this.#add(name);
      this.#report("add", { pbx: name });
    });
    this.#closing.signal.addEventListener("abort", unfollow, { once: true });
  }

  #forward(pbx: string, client: RemotePbx): void {
    for (const type of FORWARDED) {
      client.addEventListener(type, ({ detail }) => {
        this.#report(type, { ...detail, pbx });
      });
    }
    client.addEventListener("close", () => this.#report("close", { pbx }));
    client.addEventListener("error", ({ error }) => {
      this.dispatchEvent(new FleetErrorEvent(pbx, error));
    });
  }

  #report(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

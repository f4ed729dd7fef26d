import type { BridgeContext } from "./bridge_context.ts";
import { pause } from "./pause.ts";
import type { PbxBridge } from "./pbx_bridge.ts";

/** Longest wait until the other bridge has taken over (milliseconds). */
const TAKEOVER = 2_000;

/** Delay between two looks whether it has (milliseconds). */
const LOOK_DELAY = 10;

/** Least difference at which a PBX is handed over: a smaller one would only change sides. */
const DIFFERENCE = 2;

/**
 * Shares the PBXs among bridges that were not started at once: one that has
 * fewer than another asks it for half of the difference, at most once in the
 * time of a lease, and the other hands over one after the other. Where the
 * difference is less than two, nothing is moved.
 */
export class Balancer {
  readonly #context: BridgeContext;
  readonly #pbxs: ReadonlyMap<string, PbxBridge>;
  readonly #ending = new AbortController();
  readonly #wanted = new Set<string>();
  readonly #remove: () => void;
  #isGiving = false;

  /**
   * @param context What is shared.
   * @param pbxs The bridges of all PBXs.
   */
  constructor(context: BridgeContext, pbxs: ReadonlyMap<string, PbxBridge>) {
    this.#context = context;
    this.#pbxs = pbxs;
    this.#remove = context.board.onWant((pbx) => {
      this.#wanted.add(pbx);
      void this.#give();
    });
  }

  /** Begins to ask. */
  start(): void {
    void this.#run();
  }

  /** Neither asks nor gives any more. */
  stop(): void {
    this.#remove();
    this.#wanted.clear();
    this.#ending.abort();
  }

  /** Asks, again and again. Never rejects. */
  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      // Bridges that are started at once do not ask at once.
      await pause(this.#context.ttl * (1 + Math.random() / 2), signal);
      if (!signal.aborted && this.#context.link.isUp) await this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const { board, holder, held } = this.#context;
    const mine = held();
    const counts = board.counts();
    const theirs = Map.groupBy(this.#within(), ({ holder }) => holder);
    let greatest = "";
    for (const other of theirs.keys()) {
      if ((counts.get(other) ?? 0) > (counts.get(greatest) ?? 0)) {
        greatest = other;
      }
    }
    const difference = (counts.get(greatest) ?? 0) - mine;
    const wanted = shuffled(theirs.get(greatest) ?? [])
      .slice(0, Math.max(0, Math.floor(difference / 2)));
    for (const [index, { pbx }] of wanted.entries()) {
      await this.#context.want(pbx, { holder, held: mine + index });
    }
  }

  /** Lists the PBXs that others hold, and that this bridge could hold as well. */
  #within(): { pbx: string; holder: string }[] {
    const { board, holder, ttl } = this.#context;
    return [...this.#pbxs].flatMap(([pbx, bridge]) => {
      const { record } = board.get(pbx) ?? {};
      if (record === undefined || record.holder === holder) return [];
      const isAble = board.isHeld(pbx) && bridge.hasHeardFor(ttl);
      return isAble ? [{ pbx, holder: record.holder }] : [];
    });
  }

  /** Hands over what others want, one after the other. Never rejects. */
  async #give(): Promise<void> {
    if (this.#isGiving) return;
    this.#isGiving = true;
    for (const pbx of this.#wanted) {
      this.#wanted.delete(pbx);
      if (this.#isFair(pbx) && await this.#pbxs.get(pbx)?.handOver()) {
        await this.#untilTaken(pbx);
      }
    }
    this.#isGiving = false;
  }

  /** Reports whether the bridge that wants a PBX still has so few that it should get it. */
  #isFair(pbx: string): boolean {
    const { board, holder, held } = this.#context;
    const want = board.want(pbx);
    return want !== undefined && want.holder !== holder &&
      this.#pbxs.get(pbx)?.holds === true && held() - want.held >= DIFFERENCE;
  }

  async #untilTaken(pbx: string): Promise<void> {
    const { board } = this.#context;
    const deadline = performance.now() + TAKEOVER;
    while (board.get(pbx) === undefined && performance.now() < deadline) {
      await pause(LOOK_DELAY, this.#ending.signal);
      if (this.#ending.signal.aborted) return;
    }
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

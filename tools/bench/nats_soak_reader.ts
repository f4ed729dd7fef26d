/**
 * The reader of `nats_soak.ts`, in a thread of its own: it takes the address of
 * NATS, reads the bus, and posts its figures again and again.
 *
 * @module
 */

import { connect } from "@nats-io/transport-node";
import { parentPort, workerData } from "node:worker_threads";
import { type BusItem, NatsBus } from "../../src/nats/nats.ts";
import { heapSize, type SoakFigures } from "./nats_soak_figures.ts";

/** Checks what comes from the bus. */
class Reader {
  readonly #last = new Map<string, number>();
  readonly #gaps = new Set<string>();
  #read = 0;
  #gapCount = 0;
  #missing = 0;
  #wrong = 0;

  take({ pbx, event, gap }: BusItem): void {
    if (gap !== undefined) {
      this.#gapCount++;
      this.#gaps.add(pbx);
    }
    if (event?.Event !== "Newchannel") return;
    const number = Number(event.N);
    const next = (this.#last.get(pbx) ?? 0) + 1;
    if (number < next) this.#wrong++;
    if (number > next && !this.#gaps.has(pbx)) this.#missing++;
    this.#gaps.delete(pbx);
    this.#last.set(pbx, number);
    this.#read++;
  }

  get figures(): SoakFigures {
    const numbers = [...this.#last];
    const most = Math.max(...numbers.map(([, number]) => number));
    return {
      read: this.#read,
      gaps: this.#gapCount,
      missing: this.#missing,
      wrong: this.#wrong,
      // What a gap announces last is not followed by another event.
      behind:
        numbers.filter(([pbx, number]) => number < most && !this.#gaps.has(pbx))
          .length,
      heap: heapSize(),
    };
  }
}

async function read(address: string): Promise<void> {
  const nats = await connect({
    servers: address,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  const bus = await NatsBus.open(nats);
  const items = bus.events();
  await items.opened;
  const reader = new Reader();
  const post = () => parentPort?.postMessage(reader.figures);
  post();
  setInterval(post, 2_500);
  for await (const item of items) reader.take(item);
}

await read(String(workerData));

/** The longest time in which nothing is sent to a page (milliseconds). */
const HEARTBEAT = 5_000;

/** The time after which a page that takes nothing counts as idle (milliseconds). */
const IDLE = 10_000;

/** The most pages that are served at once. */
const MAX_CLIENTS = 200;

/** The parts of a page: name → content. */
export type Parts = ReadonlyMap<string, unknown>;

/** Options of {@linkcode Broadcast}. */
export interface BroadcastOptions {
  /**
   * The time in which changes are gathered before they are sent (milliseconds).
   *
   * @default {250}
   */
  interval?: number;
}

/** A page that is connected. */
interface Client {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  /** The address that it comes from. */
  readonly address: string;
  /** The parts as the page has them, as JSON. */
  readonly sent: Map<string, string>;
  /** The time of the last message (milliseconds, as of `performance.now()`). */
  sentAt: number;
}

const encoder = new TextEncoder();

/**
 * Sends the parts to every page as server-sent events: all of them when the
 * page connects, then those that have changed, a few times a second. A part
 * that is gone is sent as `null`.
 *
 * A page that reads slowly holds up no other, and nothing is queued for it:
 * when it reads again, it gets the present state.
 */
export class Broadcast implements Disposable {
  readonly #parts: () => Parts;
  /** The pages, the oldest first. */
  readonly #clients = new Set<Client>();
  readonly #timer: ReturnType<typeof setInterval>;
  /** The parts as JSON. Equal texts are the same text, so that they compare fast. */
  #encoded: ReadonlyMap<string, string> = new Map();
  #isClosed = false;

  /**
   * Begins to send.
   *
   * @param parts Returns the parts; it is called only while a page is connected.
   * @param options The interval.
   */
  constructor(parts: () => Parts, { interval = 250 }: BroadcastOptions = {}) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#send(), interval);
  }

  /** The number of pages that are connected. */
  get clients(): number {
    return this.#clients.size;
  }

  /**
   * Connects a page. If there are too many, another one gives way: one that
   * takes nothing, else the oldest of the address that has the most.
   *
   * @param address The address that the page comes from.
   * @returns The response; 503 once this is closed.
   */
  connect(address: string): Response {
    if (this.#isClosed) {
      return new Response("The wallboard is closing\n", { status: 503 });
    }
    if (this.#clients.size >= MAX_CLIENTS) this.#makeRoom();
    let client: Client;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const sentAt = performance.now();
        client = { controller, address, sent: new Map(), sentAt };
        this.#clients.add(client);
        // A page that lost us tries again after a second.
        controller.enqueue(encoder.encode("retry: 1000\n\n"));
      },
      // The page has read the last message: the changes since then are next.
      pull: () => {
        if (client.sent.size > 0) return;
        this.#encode();
        this.#sendTo(client);
      },
      cancel: () => {
        this.#clients.delete(client);
      },
    });
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    });
  }

  /** Ends all connections. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    for (const { controller } of this.#clients) controller.close();
    this.#clients.clear();
  }

  #makeRoom(): void {
    const clients = [...this.#clients];
    const now = performance.now();
    const idle = clients.find((client) =>
      isFull(client) && now - client.sentAt > IDLE
    );
    const groups = [...Map.groupBy(clients, ({ address }) => address).values()];
    const [largest] = groups.toSorted((one, two) => two.length - one.length);
    const client = idle ?? largest?.[0];
    if (client === undefined) return;
    this.#clients.delete(client);
    client.controller.close();
  }

  #send(): void {
    if (this.#clients.size === 0) return;
    this.#encode();
    for (const client of this.#clients) this.#sendTo(client);
  }

  #encode(): void {
    const before = this.#encoded;
    const encoded = new Map<string, string>();
    for (const [name, part] of this.#parts()) {
      const json = JSON.stringify(part);
      const known = before.get(name);
      encoded.set(name, known === json ? known : json);
    }
    this.#encoded = encoded;
  }

  #sendTo(client: Client): void {
    if (isFull(client)) return;
    const { controller, sent } = client;
    const parts = this.#encoded;
    const changed: string[] = [];
    for (const [name, json] of parts) {
      if (sent.get(name) === json) continue;
      sent.set(name, json);
      changed.push(`${JSON.stringify(name)}:${json}`);
    }
    if (sent.size > parts.size) {
      for (const name of sent.keys()) {
        if (parts.has(name)) continue;
        sent.delete(name);
        changed.push(`${JSON.stringify(name)}:null`);
      }
    }
    const now = performance.now();
    if (changed.length === 0 && now - client.sentAt < HEARTBEAT) return;
    client.sentAt = now;
    // The page shows times by our clock, and needs to know its difference.
    changed.push(`"now":${Date.now()}`);
    controller.enqueue(encoder.encode(`data: {${changed.join()}}\n\n`));
  }
}

/** Reports whether a page has not yet read the last message. */
function isFull({ controller }: Client): boolean {
  return (controller.desiredSize ?? 0) <= 0;
}

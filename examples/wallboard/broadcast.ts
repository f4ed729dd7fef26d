/** How long nothing may be sent to a page (milliseconds). */
const HEARTBEAT = 5_000;

/** The most pages that are served at once. */
const MAX_CLIENTS = 200;

/** The parts of what is shown: name → content. */
export type Parts = object;

/** Options of {@linkcode Broadcast}. */
export interface BroadcastOptions {
  /**
   * How long to gather changes before they are sent (milliseconds).
   *
   * @default {250}
   */
  interval?: number;
}

/** A page that is connected. */
interface Client {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  /** The parts as the page has them, as JSON. */
  readonly sent: Map<string, string>;
  /** When it was sent something (milliseconds, as of `performance.now()`). */
  sentAt: number;
}

const encoder = new TextEncoder();

/**
 * Sends what is shown to every page as server-sent events: all of it when the
 * page connects, then the parts that have changed, a few times in a second.
 *
 * A page that reads slowly holds nobody up, and nothing is queued for it: what
 * it gets when it reads again is the present state.
 */
export class Broadcast implements Disposable {
  readonly #parts: () => Parts;
  readonly #clients = new Set<Client>();
  readonly #timer: ReturnType<typeof setInterval>;
  #isClosed = false;

  /**
   * Begins to send.
   *
   * @param parts Gives what is shown; it is asked only while a page is
   * connected.
   * @param options How often.
   */
  constructor(parts: () => Parts, { interval = 250 }: BroadcastOptions = {}) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#send(), interval);
  }

  /** How many pages are connected. */
  get clients(): number {
    return this.#clients.size;
  }

  /**
   * Connects a page.
   *
   * @returns The response; 503 if there are too many pages.
   */
  connect(): Response {
    if (this.#isClosed || this.#clients.size >= MAX_CLIENTS) {
      return new Response("There are too many pages\n", { status: 503 });
    }
    let client: Client;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        client = { controller, sent: new Map(), sentAt: 0 };
        this.#clients.add(client);
        // A page that lost us tries again after a second.
        controller.enqueue(encoder.encode("retry: 1000\n\n"));
      },
      // The page has read what was sent: what has changed meanwhile is next.
      pull: () => {
        if (client.sent.size === 0) this.#sendTo(client, encode(this.#parts()));
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

  #send(): void {
    if (this.#clients.size === 0) return;
    const parts = encode(this.#parts());
    for (const client of this.#clients) this.#sendTo(client, parts);
  }

  #sendTo(client: Client, parts: ReadonlyMap<string, string>): void {
    const { controller, sent } = client;
    // It has not yet read what was sent before.
    if ((controller.desiredSize ?? 0) <= 0) return;
    const changed: string[] = [];
    for (const [name, json] of parts) {
      if (sent.get(name) === json) continue;
      sent.set(name, json);
      changed.push(`${JSON.stringify(name)}:${json}`);
    }
    const now = performance.now();
    if (changed.length === 0 && now - client.sentAt < HEARTBEAT) return;
    client.sentAt = now;
    // The page compares its clock with ours, as times are told by it.
    changed.push(`"now":${Date.now()}`);
    controller.enqueue(encoder.encode(`data: {${changed.join()}}\n\n`));
  }
}

/** Each part as JSON. */
function encode(parts: Parts): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]),
  );
}

import type { CapturedFrame } from "./capture.ts";

/** The number of events that a busy PBX sends for each one with a listener. */
export const ONE_IN = 20;

/** The event that is listened for where only one in {@linkcode ONE_IN} is. */
export const RARE_EVENT = "Hangup";

/** The event after the last one that counts. */
export const END_EVENT = "BenchmarkEnd";

const END_FRAME = new TextEncoder().encode(`Event: ${END_EVENT}\r\n\r\n`);

/** The least size of the prebuilt bytes: small writes would slow the PBX. */
const MIN_BYTES = 1_024 * 1_024;

/**
 * The part of a frame that a client sees, as a number: a client that has read the three headers
 * of every event comes to the same sum.
 *
 * @param frame A frame.
 * @returns The characters of its three headers.
 */
export function checksumOf(
  { event, channel = "", uniqueid = "" }: CapturedFrame,
): number {
  return event.length + channel.length + uniqueid.length;
}

/**
 * Arranges events so that exactly one in {@linkcode ONE_IN} is the rare one, at
 * the end of each group. All others come equally often.
 *
 * @param frames Real events.
 * @returns The arranged events.
 */
export function arrange(frames: CapturedFrame[]): CapturedFrame[] {
  const rare = frames.filter(({ event }) => event === RARE_EVENT);
  const others = frames.filter(({ event }) => event !== RARE_EVENT);
  const arranged: CapturedFrame[] = [];
  for (let group = 0; group < others.length; group++) {
    for (let place = 0; place < ONE_IN - 1; place++) {
      const other = others[(group * (ONE_IN - 1) + place) % others.length];
      if (other !== undefined) arranged.push(other);
    }
    const last = rare[group % rare.length];
    if (last !== undefined) arranged.push(last);
  }
  return arranged;
}

/** The sums over all events of a replay. */
export interface Expected {
  /** Their number. */
  events: number;
  /** The sum of their {@linkcode checksumOf}. */
  checksum: number;
}

/** Events in an endless pattern, as prebuilt bytes. */
export class Traffic {
  readonly #frames: CapturedFrame[];
  readonly #bytes: Uint8Array<ArrayBuffer>;
  /** The end of each frame in the bytes. */
  readonly #ends: number[] = [];

  /**
   * Builds the bytes.
   *
   * @param frames The events of the pattern, in their order.
   */
  constructor(frames: CapturedFrame[]) {
    this.#frames = frames;
    const encoder = new TextEncoder();
    const encoded = frames.map(({ text }) => encoder.encode(`${text}\r\n\r\n`));
    const size = encoded.reduce((sum, { length }) => sum + length, 0);
    const repeats = Math.ceil(MIN_BYTES / size);
    this.#bytes = new Uint8Array(size * repeats);
    let at = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const bytes of encoded) {
        this.#bytes.set(bytes, at);
        at += bytes.length;
        this.#ends.push(at);
      }
    }
  }

  /** The names of the events that come, each once. */
  get eventNames(): string[] {
    return [...new Set(this.#frames.map(({ event }) => event))];
  }

  /**
   * The bytes of a replay, and after them those of the end.
   *
   * @param count How many events.
   * @returns Large pieces, to be written one after another.
   */
  *replay(count: number): Generator<Uint8Array<ArrayBuffer>> {
    let left = count;
    while (left >= this.#ends.length) {
      yield this.#bytes;
      left -= this.#ends.length;
    }
    yield this.#bytes.subarray(0, this.#ends[left - 1] ?? 0);
    yield END_FRAME;
  }

  /**
   * Returns the counts that a client has to reach.
   *
   * @param count How many events are replayed.
   * @param name The only event that it listens for, where there is one.
   * @returns What its listeners get.
   */
  expected(count: number, name?: string): Expected {
    const { length } = this.#frames;
    const expected = { events: 0, checksum: 0 };
    for (const [index, frame] of this.#frames.entries()) {
      if (name !== undefined && frame.event !== name) continue;
      const times = Math.floor(count / length) +
        (index < count % length ? 1 : 0);
      expected.events += times;
      expected.checksum += times * checksumOf(frame);
    }
    return expected;
  }
}

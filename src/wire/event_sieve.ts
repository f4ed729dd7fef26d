import { detached } from "../detached.ts";
import { Remembered } from "../remembered.ts";

/** The events that are wanted. */
export interface EventInterest {
  /** A number that changes whenever {@linkcode EventInterest.wants} may give another answer. */
  readonly revision: number;
  /** `true` while every event is wanted. */
  readonly wantsAll: boolean;
  /**
   * Reports whether an event is wanted.
   *
   * @param name The event's name, as the PBX spells it.
   */
  wants(name: string): boolean;
}

/** Options of {@linkcode EventSieve}. */
export interface EventSieveOptions {
  /** The events that are wanted. */
  interest: EventInterest;
  /** The longest frame that may be dropped (characters). */
  maxFrameLength: number;
}

/** Consecutive events that were dropped. */
export interface SiftedEvents {
  /** The number of events. */
  readonly count: number;
  /** Their text, if one of them may be wanted by now. */
  readonly text: string | undefined;
}

/**
 * Stands for events that were dropped, as a line of its own. Asterisk sends C
 * strings, which cannot hold this character.
 */
const MARK = "\0";

/** Begins an event, as Asterisk spells it (`main/manager.c`). */
const EVENT = "Event: ";

/** Begins an answer to `Command` of Asterisk 13 and older. */
const COMMAND_TEXT_FOLLOWS = /response: follows/i;

/** Ends an event. */
const FRAME_END = "\r\n\r\n";

/** At least as long as every landmark that is searched for in a frame. */
const LONGEST_LANDMARK = "\nResponse: Follows".length;

/** The most first lines that are remembered. Asterisk has some 250 events. */
const MAX_FIRST_LINES = 1_000;

/** Events that were dropped, and the revision of the interest at that time. */
interface Run {
  readonly text: string;
  readonly count: number;
  readonly revision: number;
}

/**
 * Drops whole events that nobody wants, before they are cut into lines: a busy
 * PBX sends twenty for each one that has a listener.
 *
 * Text is received ahead of its turn, and a listener may be added meanwhile. So
 * a mark takes the place of what is dropped, and when its turn comes,
 * {@linkcode EventSieve.take} returns the text if other events are wanted by
 * then: the result is the same as without the sieve.
 *
 * Only what is plainly one event without an ActionID is dropped; all else
 * passes as it is. From a peer that is plainly older than Asterisk 14,
 * everything passes: the text of its `Command` answers can look like anything.
 */
export class EventSieve {
  readonly #interest: EventInterest;
  readonly #maxFrameLength: number;
  /** The decisions to drop events, by their first line, as of a revision of the interest. */
  readonly #falling = new Remembered<string, boolean>(MAX_FIRST_LINES);
  #revision: number;
  readonly #runs: Run[] = [];
  /** Finds, in one go, an empty line, an answer's ActionID, and text that can look like anything. */
  readonly #landmark =
    /\n(?:\r?\n|actionid:|response: follows)|^response: follows/gi;
  /** The place at which the next text begins. */
  #place: "greeting" | "frame" | "inside a frame" = "greeting";
  /** The part of a frame that has not come whole yet. */
  #held = "";
  /** The end of the text that passed while every event was wanted. */
  #tail = "";
  #isOff = false;

  /** @param options The events that are wanted. */
  constructor(options: EventSieveOptions) {
    this.#interest = options.interest;
    this.#maxFrameLength = options.maxFrameLength;
    this.#revision = options.interest.revision;
  }

  /**
   * Takes the next text.
   *
   * @param text What was received.
   * @returns The text to cut into lines: whole frames, and marks.
   */
  push(text: string): string {
    if (this.#isOff) return text;
    const received = this.#held + text;
    this.#held = "";
    if (text.includes(MARK)) return this.#letAllPass(received);
    let start = 0;
    if (this.#place === "greeting") {
      start = received.indexOf("\n") + 1;
      if (start === 0) return this.#hold(received, 0);
      // A proxy or a mock that ends its lines otherwise.
      if (received[start - 2] !== "\r") return this.#letAllPass(received);
      this.#place = "frame";
    }
    const { wantsAll } = this.#interest;
    if (wantsAll || this.#tail !== "") {
      const passed = this.#tail + received;
      if (COMMAND_TEXT_FOLLOWS.test(passed)) return this.#letAllPass(received);
      if (wantsAll) this.#tail = passed.slice(-LONGEST_LANDMARK);
    }
    if (!wantsAll) {
      const sifted = this.#sift(received, start);
      // What is held whole still follows the tail, and a landmark may lie across both.
      if (this.#held.length < received.length) this.#tail = "";
      return received.slice(0, start) + sifted;
    }
    this.#place = received.endsWith(FRAME_END) ? "frame" : "inside a frame";
    return received;
  }

  /**
   * Ends sifting, as nothing follows.
   *
   * @returns The text that was held.
   */
  end(): string {
    return this.#letAllPass(this.#held);
  }

  /**
   * Returns the events that a line stands for.
   *
   * @param line A line, as it was cut.
   * @returns The events that were dropped in its place; `undefined` if it is a line of the PBX.
   */
  take(line: string): SiftedEvents | undefined {
    // A line of the peer that looks like a mark comes after all marks, as it has ended the sieve.
    const run = line === MARK ? this.#runs.shift() : undefined;
    if (run === undefined) return undefined;
    const isAsBefore = run.revision === this.#interest.revision;
    return { count: run.count, text: isAsBefore ? undefined : run.text };
  }

  #letAllPass(text: string): string {
    this.#isOff = true;
    this.#held = "";
    this.#falling.clear();
    return text;
  }

  /** Returns what is left of a text that begins where a frame does, or inside one. */
  #sift(received: string, from: number): string {
    this.#forgetOldInterest();
    let sifted = "";
    /** The end of what is in `sifted`, or has been dropped. */
    let done = from;
    let falling = 0;
    let fallingFrom = from;
    let start = from;
    const drop = () => {
      if (falling === 0) return;
      sifted += `${received.slice(done, fallingFrom)}${MARK}\r\n`;
      const text = received.slice(fallingFrom, start);
      this.#runs.push({ text, count: falling, revision: this.#revision });
      falling = 0;
      done = start;
    };
    let isPlain = this.#place === "frame";
    this.#landmark.lastIndex = Math.max(0, from - 1);
    while (this.#landmark.test(received)) {
      const end = this.#landmark.lastIndex;
      if (received.endsWith(FRAME_END, end)) {
        const falls = isPlain && end - start <= this.#maxFrameLength &&
          this.#falls(received, start);
        if (!falls) drop();
        else if (falling++ === 0) fallingFrom = start;
        this.#place = "frame";
        start = end;
        isPlain = true;
      } else if (received.endsWith("\n", end) || received.endsWith(":", end)) {
        isPlain = false;
      } else {
        drop();
        return sifted + this.#letAllPass(received.slice(done));
      }
      // The next may begin with the line feed that ends this one.
      this.#landmark.lastIndex = end - 1;
    }
    drop();
    return sifted + received.slice(done, start) + this.#hold(received, start);
  }

  /** Reports whether the plain frame that begins here is dropped. */
  #falls(received: string, start: number): boolean {
    const firstLine = received.slice(start, received.indexOf("\r\n", start));
    let falls = this.#falling.get(firstLine);
    if (falls === undefined) {
      falls = firstLine.startsWith(EVENT) && !firstLine.includes("\n") &&
        !this.#interest.wants(firstLine.slice(EVENT.length));
      this.#falling.set(detached(firstLine), falls);
    }
    return falls;
  }

  #forgetOldInterest(): void {
    const { revision } = this.#interest;
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#falling.clear();
  }

  /**
   * Holds a frame that has not come whole until the next text, unless it is long.
   *
   * @returns The part of it that passes.
   */
  #hold(received: string, start: number): string {
    let passing = start;
    if (received.length - start > this.#maxFrameLength) {
      if (this.#place === "greeting") return this.#letAllPass(received);
      this.#place = "inside a frame";
    }
    // A landmark may be cut, and is to be found with the next text.
    if (this.#place === "inside a frame") {
      passing = Math.max(start, received.length - LONGEST_LANDMARK);
    }
    this.#held = received.slice(passing);
    return received.slice(start, passing);
  }
}

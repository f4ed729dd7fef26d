import { detached } from "../detached.ts";
import { Remembered } from "../remembered.ts";

/** Which events somebody wants. */
export interface EventInterest {
  /** Another number whenever {@linkcode EventInterest.wants} may answer otherwise than before. */
  readonly revision: number;
  /** Whether somebody wants every event. */
  readonly wantsAll: boolean;
  /**
   * Whether somebody wants an event.
   *
   * @param name The event's name, as the PBX spells it.
   */
  wants(name: string): boolean;
}

/** Options of {@linkcode EventSieve}. */
export interface EventSieveOptions {
  /** Which events somebody wants. */
  interest: EventInterest;
  /** The longest frame that may fall away (characters). */
  maxFrameLength: number;
}

/** Events that fell away, one behind the other. */
export interface SiftedEvents {
  /** How many they are. */
  readonly count: number;
  /** What the PBX sent of them, if one may be wanted by now. */
  readonly text: string | undefined;
}

/**
 * Stands for events that fell away, as a line of its own. Asterisk makes what
 * it sends of C strings, which cannot hold this character.
 */
const MARK = "\0";

/** Begins an event, as Asterisk spells it (`main/manager.c`). */
const EVENT = "Event: ";

/** Begins an answer to `Command` of Asterisk 13 and older. */
const COMMAND_TEXT_FOLLOWS = /response: follows/i;

/** Ends an event. */
const FRAME_END = "\r\n\r\n";

/** At least as long as whatever is looked for in a frame. */
const LONGEST_LANDMARK = "\nResponse: Follows".length;

/** How many first lines are remembered. Asterisk has some 250 events. */
const MAX_FIRST_LINES = 1_000;

/** Events that fell away, and what was wanted when they did. */
interface Run {
  readonly text: string;
  readonly count: number;
  readonly revision: number;
}

/**
 * Lets whole events fall away that nobody wants, before a line is cut of them:
 * a busy PBX sends twenty for each one that somebody listens to.
 *
 * Text is received ahead of its turn, and somebody may begin to listen
 * meanwhile. So a mark takes the place of what falls away, and when its turn
 * comes, {@linkcode EventSieve.take} gives the text back if other events are
 * wanted by then: nothing is different from how it is without the sieve.
 *
 * Only what is plainly one event without an ActionID falls away; all else
 * passes as it is. From a peer that is plainly no Asterisk since 14, everything
 * passes: the text of its `Command` answers can look like anything.
 */
export class EventSieve {
  readonly #interest: EventInterest;
  readonly #maxFrameLength: number;
  /** Which first lines are of events that nobody wanted, as of a revision of the interest. */
  readonly #falling = new Remembered<string, boolean>(MAX_FIRST_LINES);
  #revision: number;
  readonly #runs: Run[] = [];
  /** Finds, in one go, an empty line, an answer's ActionID, and text that can look like anything. */
  readonly #landmark =
    /\n(?:\r?\n|actionid:|response: follows)|^response: follows/gi;
  /** Where the text begins that comes next. */
  #place: "greeting" | "frame" | "inside a frame" = "greeting";
  /** What has not come whole yet. */
  #held = "";
  /** The end of what has passed while every event was wanted. */
  #tail = "";
  #isOff = false;

  /** @param options What is wanted. */
  constructor(options: EventSieveOptions) {
    this.#interest = options.interest;
    this.#maxFrameLength = options.maxFrameLength;
    this.#revision = options.interest.revision;
  }

  /**
   * Takes the next text.
   *
   * @param text What was received.
   * @returns What lines are to be cut of: whole frames, and marks.
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
      if (COMMAND_TEXT_FOLLOWS.test(this.#tail + received)) {
        return this.#letAllPass(received);
      }
      this.#tail = wantsAll ? received.slice(-LONGEST_LANDMARK) : "";
    }
    if (!wantsAll) {
      return received.slice(0, start) + this.#sift(received, start);
    }
    this.#place = received.endsWith(FRAME_END) ? "frame" : "inside a frame";
    return received;
  }

  /**
   * Takes note that nothing comes any more.
   *
   * @returns What was held.
   */
  end(): string {
    return this.#letAllPass(this.#held);
  }

  /**
   * Tells what a line stands for.
   *
   * @param line A line, as it was cut.
   * @returns The events that fell away in its place; `undefined` if it is a line of the PBX.
   */
  take(line: string): SiftedEvents | undefined {
    // A peer's own line like this comes behind all marks, as it has ended the sieve.
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

  /** Gives what is left of a text that begins where a frame does, or inside one. */
  #sift(received: string, from: number): string {
    this.#forgetOldInterest();
    let sifted = "";
    /** Up to where it is in `sifted`, or has fallen. */
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

  /** Whether the plain frame that begins here falls away. */
  #falls(received: string, start: number): boolean {
    const firstLine = received.slice(start, received.indexOf("\r\n", start));
    let falls = this.#falling.get(firstLine);
    if (falls === undefined) {
      falls = firstLine.startsWith(EVENT) &&
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
   * Holds what has not come whole until the next text comes, unless it is long.
   *
   * @returns What passes of it.
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

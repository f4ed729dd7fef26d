import { ByteBuffer } from "./byte_buffer.ts";
import { CommandError, Interruption } from "../failures/command_error.ts";
import { errorText } from "../../error_text.ts";

/** The number of bytes that may wait to be written. */
const MAX_WAITING = 64 * 1_024 * 1_024;

const INITIAL_SIZE = 64 * 1_024;

/** The wait for more between two writes (milliseconds), as few large ones are cheap. */
const PAUSE = 10;

/** The size that need not wait for more (bytes): it is still in the caches of the processor. */
const ENOUGH = 64 * 1_024;

/** The place where bytes are written to, such as `Deno.stdout`. */
export interface Destination {
  /** Writes the beginning of the bytes, and returns their number. */
  write(bytes: Uint8Array): Promise<number>;
}

/** Options of {@linkcode Output}. */
export interface OutputOptions {
  /**
   * The place where it is written to.
   *
   * @default {Deno.stdout}
   */
  destination?: Destination;
  /**
   * The number of bytes that may wait to be written.
   *
   * @default {67_108_864}
   */
  maxWaiting?: number;
  /** Told once, when nothing can be written any more. */
  onBroken: (error: Interruption | CommandError) => void;
}

/**
 * The standard output. What is written in one turn goes out in one piece, and
 * nothing waits for its reader: the connection to the PBX least of all,
 * as Asterisk drops a client that does not read.
 */
export class Output {
  readonly #destination: Destination;
  readonly #maxWaiting: number;
  readonly #onBroken: (error: Interruption | CommandError) => void;
  /** The waiting output, as bytes: many texts that live on keep the garbage collector busy. */
  #waiting = new ByteBuffer(INITIAL_SIZE);
  /** Takes turns with the other one. */
  #spare = new ByteBuffer(INITIAL_SIZE);
  #writing: Promise<void> | undefined;
  #isBroken = false;
  #isFlushing = false;
  #endPause: () => void = () => {};

  /** @param options The destination and its limits. */
  constructor(options: OutputOptions) {
    this.#destination = options.destination ?? Deno.stdout;
    this.#maxWaiting = options.maxWaiting ?? MAX_WAITING;
    this.#onBroken = options.onBroken;
  }

  /**
   * Writes text.
   *
   * @param text The text, with its line ends. Values of the PBX in it are printable.
   * @returns `true` if there was room for it.
   */
  write(text: string): boolean {
    const buffer = this.begin();
    buffer?.add(text);
    return buffer !== undefined;
  }

  /**
   * Lets bytes be added to what waits.
   *
   * @returns The buffer to add them to, in this turn; `undefined` if there is no room.
   */
  begin(): ByteBuffer | undefined {
    if (this.#isBroken || this.#waiting.length > this.#maxWaiting) {
      return undefined;
    }
    this.#writing ??= this.#writeAll();
    if (this.#waiting.length > ENOUGH) this.#endPause();
    return this.#waiting;
  }

  /**
   * Writes a line.
   *
   * @param text The line without its end.
   */
  line(text = ""): void {
    this.write(`${text}\n`);
  }

  /**
   * Waits until all is written, or cannot be.
   *
   * @returns Resolves then.
   */
  async flush(): Promise<void> {
    this.#isFlushing = true;
    this.#endPause();
    await this.#writing;
    this.#isFlushing = false;
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#isFlushing) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#endPause = resolve;
    const timer = setTimeout(resolve, milliseconds);
    await promise;
    clearTimeout(timer);
    this.#endPause = () => {};
  }

  async #writeAll(): Promise<void> {
    try {
      // What else is written in this turn goes with it.
      await this.#pause(0);
      while (this.#waiting.length > 0) {
        const current = this.#waiting;
        this.#waiting = this.#spare;
        let bytes = current.content;
        while (bytes.length > 0) {
          bytes = bytes.subarray(await this.#destination.write(bytes));
        }
        current.length = 0;
        this.#spare = current;
        await this.#pause(PAUSE);
      }
    } catch (error) {
      this.#isBroken = true;
      this.#onBroken(brokenBy(error));
    } finally {
      this.#writing = undefined;
    }
  }
}

function brokenBy(error: unknown): Interruption | CommandError {
  if (error instanceof Deno.errors.BrokenPipe) {
    return new Interruption("closed pipe");
  }
  const reason = errorText(error);
  return new CommandError(
    `Cannot write the output: ${reason}`,
  );
}

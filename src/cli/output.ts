import { CommandError, Interruption } from "./command_error.ts";

/** How much may wait to be written (characters). */
const MAX_WAITING = 64 * 1_024 * 1_024;

/** Where bytes are written to, as `Deno.stdout` has it. */
export interface Destination {
  /** Writes the beginning of the bytes, and tells how many. */
  write(bytes: Uint8Array): Promise<number>;
}

/** Options of {@linkcode Output}. */
export interface OutputOptions {
  /**
   * Where it is written to.
   *
   * @default {Deno.stdout}
   */
  destination?: Destination;
  /**
   * How much may wait to be written (characters).
   *
   * @default {67_108_864}
   */
  maxWaiting?: number;
  /** Told once, when nothing can be written any more. */
  onBroken: (error: Interruption | CommandError) => void;
}

/**
 * The standard output. What is written in one turn goes out in one piece, and
 * nobody waits for whoever reads it: the connection to the PBX least of all,
 * as Asterisk drops a client that does not read.
 */
export class Output {
  readonly #destination: Destination;
  readonly #maxWaiting: number;
  readonly #onBroken: (error: Interruption | CommandError) => void;
  readonly #encoder = new TextEncoder();
  #waiting = "";
  #writing: Promise<void> | undefined;
  #isBroken = false;
  #dropped = 0;

  /** @param options Where it is written to. */
  constructor(options: OutputOptions) {
    this.#destination = options.destination ?? Deno.stdout;
    this.#maxWaiting = options.maxWaiting ?? MAX_WAITING;
    this.#onBroken = options.onBroken;
  }

  /** How many pieces were dropped because whoever reads is too slow. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Writes text.
   *
   * @param text The text, with its line ends. Values of the PBX in it are printable.
   * @returns Whether there was room for it.
   */
  write(text: string): boolean {
    if (this.#isBroken) return false;
    if (this.#waiting.length > this.#maxWaiting) {
      this.#dropped++;
      return false;
    }
    this.#waiting += text;
    this.#writing ??= this.#writeAll();
    return true;
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
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    try {
      // What else is written in this turn goes with it.
      await new Promise((resolve) => setTimeout(resolve, 0));
      while (this.#waiting !== "") {
        let bytes = this.#encoder.encode(this.#waiting);
        this.#waiting = "";
        while (bytes.length > 0) {
          bytes = bytes.subarray(await this.#destination.write(bytes));
        }
      }
    } catch (error) {
      this.#isBroken = true;
      this.#waiting = "";
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
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandError(
    `The output cannot be written, so look at where it goes: ${reason}`,
  );
}

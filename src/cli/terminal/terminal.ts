import { readVariable } from "../values/environment.ts";

/** A way in which text is set off. */
export type Style =
  | "bold"
  | "dim"
  | "red"
  | "green"
  | "yellow"
  | "blue"
  | "magenta"
  | "cyan";

const CODES: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
};

const encoder = new TextEncoder();

/**
 * The terminal that the command runs in, if it runs in one: whether there are
 * colors, how wide it is, and what has to be undone before the command ends.
 */
export class Terminal {
  /** `true` if the standard output is a terminal. */
  readonly isTerminal: boolean = Deno.stdout.isTerminal();
  /** `true` if text is set off by colors. */
  readonly hasColors: boolean;
  /** `true` if the terminal understands more than text and colors. */
  readonly canRedraw: boolean;
  readonly #undo: (() => void)[] = [];
  readonly #onEnd = () => this.restore();

  /** Looks at the standard output. */
  constructor() {
    const isDumb = readVariable("TERM") === "dumb";
    this.canRedraw = this.isTerminal && !isDumb;
    this.hasColors = this.canRedraw && !Deno.noColor;
  }

  /** The number of columns; `Infinity` where it is not a terminal. */
  get columns(): number {
    return this.#size().columns;
  }

  /** The number of rows; `Infinity` where it is not a terminal. */
  get rows(): number {
    return this.#size().rows;
  }

  /**
   * Sets text off where there are colors.
   *
   * @param style The style.
   * @param text Text that is printable.
   * @returns The text as it is to be written.
   */
  paint(style: Style, text: string): string {
    return this.hasColors && text !== ""
      ? `\x1b[${CODES[style]}m${text}\x1b[0m`
      : text;
  }

  /**
   * Changes the state of the terminal, and promises to change it back whatever
   * happens.
   *
   * @param change Does it.
   * @param undo Undoes it.
   * @returns Undoes it, once.
   */
  hold(change: () => void, undo: () => void): Disposable {
    if (this.#undo.length === 0) this.#watchEnds("addEventListener");
    this.#undo.push(undo);
    change();
    return {
      [Symbol.dispose]: () => {
        const index = this.#undo.indexOf(undo);
        if (index === -1) return;
        this.#undo.splice(index, 1);
        if (this.#undo.length === 0) this.#watchEnds("removeEventListener");
        undo();
      },
    };
  }

  /** Watches for the ends that nobody else reports: errors that nobody catches. */
  #watchEnds(what: "addEventListener" | "removeEventListener"): void {
    for (const end of ["error", "unhandledrejection", "unload"]) {
      globalThis[what](end, this.#onEnd);
    }
  }

  /** Leaves the terminal as it was before. */
  restore(): void {
    this.#watchEnds("removeEventListener");
    for (const undo of this.#undo.splice(0).reverse()) {
      try {
        undo();
      } catch {
        // The terminal is gone, and the others may still be undone.
      }
    }
  }

  /**
   * Writes to the terminal at once.
   *
   * @param text Text and escape sequences.
   */
  write(text: string): void {
    let bytes = encoder.encode(text);
    while (bytes.length > 0) {
      bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
    }
  }

  #size(): Size {
    return this.isTerminal ? sizeOfTerminal() : UNBOUNDED;
  }
}

interface Size {
  columns: number;
  rows: number;
}

const UNBOUNDED: Size = { columns: Infinity, rows: Infinity };

function sizeOfTerminal(): Size {
  try {
    const { columns, rows } = Deno.consoleSize();
    // A terminal that does not know its size says that it has none.
    if (columns > 0 && rows > 0) return { columns, rows };
  } catch {
    // It is a terminal of a kind that has no size.
  }
  return { columns: 80, rows: 24 };
}

/**
 * Returns the width of the terminal that shows the standard error.
 *
 * @returns The number of columns; `Infinity` where it is not a terminal.
 */
export function errorColumns(): number {
  return Deno.stderr.isTerminal() ? sizeOfTerminal().columns : Infinity;
}

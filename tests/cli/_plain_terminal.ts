import { Terminal } from "../../src/cli/terminal/terminal.ts";

/** A terminal of some width, or a pipe, for what only looks at it. */
export class TerminalStub extends Terminal {
  readonly #columns: number;
  override readonly hasColors: boolean;

  constructor(columns = Infinity, hasColors = false) {
    super();
    this.#columns = columns;
    this.hasColors = hasColors;
  }

  override get columns(): number {
    return this.#columns;
  }
}

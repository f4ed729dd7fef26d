import type { Terminal } from "./terminal.ts";

/** Another screen beside the one with what was typed, without a cursor, and without lines that wrap. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** Whether the command may stop itself: Deno takes that for running something. */
function mayStop(): boolean {
  return Deno.build.os !== "windows" &&
    Deno.permissions.querySync({ name: "run" }).state === "granted";
}

/** A screen that is drawn in place of the one before. */
export class Screen implements Disposable {
  readonly #terminal: Terminal;
  #held: Disposable;
  #lines: readonly string[] = [];
  readonly #signals: readonly (readonly [Deno.Signal, () => void])[] =
    Deno.build.os === "windows" ? [] : [
      ["SIGWINCH", () => this.#draw()],
      ["SIGTSTP", () => this.#stop()],
    ];

  /** @param terminal Where it is drawn. */
  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#held = this.#enter();
    for (const [name, listener] of this.#signals) {
      Deno.addSignalListener(name, listener);
    }
  }

  #enter(): Disposable {
    return this.#terminal.hold(
      () => this.#terminal.write(ENTER),
      () => this.#terminal.write(LEAVE),
    );
  }

  /** On Ctrl-Z, whoever pressed it gets the terminal as it was, until the command goes on. */
  #stop(): void {
    if (!mayStop()) return;
    this.#held[Symbol.dispose]();
    Deno.kill(Deno.pid, "SIGSTOP");
    this.#held = this.#enter();
    this.#draw();
  }

  /**
   * Shows lines in place of those before.
   *
   * @param lines The lines without their ends.
   */
  show(lines: readonly string[]): void {
    this.#lines = lines;
    this.#draw();
  }

  /** Line by line, each one's old rest erased: to erase all first would flicker. */
  #draw(): void {
    const { rows } = this.#terminal;
    const isTooLong = this.#lines.length > rows;
    const shown = isTooLong ? this.#lines.slice(0, rows - 1) : this.#lines;
    const left = this.#lines.length - shown.length;
    const more = isTooLong
      ? [this.#terminal.paint("dim", `… and ${left} lines more`)]
      : [];
    const text = [...shown, ...more].map((line) => `${line}\x1b[K`);
    this.#terminal.write(`\x1b[H${text.join("\r\n")}\x1b[J`);
  }

  /** Gives the terminal back. */
  [Symbol.dispose](): void {
    for (const [name, listener] of this.#signals) {
      Deno.removeSignalListener(name, listener);
    }
    this.#held[Symbol.dispose]();
  }
}

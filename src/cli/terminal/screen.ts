import { type Key, readKeys } from "./keys.ts";
import type { Terminal } from "./terminal.ts";

/** The alternate screen, without a cursor, and without wrapping lines. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** `true` if Ctrl-C stays a signal in raw mode, which Windows cannot do. */
const CAN_BREAK = Deno.build.os !== "windows";

/** Reports whether the command may stop itself: Deno takes that for running something. */
function mayStop(): boolean {
  return Deno.build.os !== "windows" &&
    Deno.permissions.querySync({ name: "run" }).state === "granted";
}

/**
 * A screen that is drawn in place of the one before. Where the keyboard is
 * there, lines that do not fit can be scrolled.
 */
export class Screen implements Disposable {
  /** `true` if keys are read. */
  readonly hasKeys: boolean = Deno.stdin.isTerminal();
  readonly #terminal: Terminal;
  readonly #onQuit: () => void;
  #held: Disposable;
  #head: readonly string[] = [];
  #body: readonly string[] = [];
  /** The number of lines of the body above the first that is shown. */
  #top = 0;
  readonly #signals: readonly (readonly [Deno.Signal, () => void])[] =
    Deno.build.os === "windows" ? [] : [
      ["SIGWINCH", () => this.#draw()],
      ["SIGTSTP", () => this.#stop()],
    ];

  /**
   * Takes the terminal.
   *
   * @param terminal The terminal.
   * @param onQuit Called when the key `q` is pressed.
   */
  constructor(terminal: Terminal, onQuit: () => void) {
    this.#terminal = terminal;
    this.#onQuit = onQuit;
    this.#held = this.#enter();
    // It never rejects.
    if (this.hasKeys) void readKeys((key) => this.#onKey(key));
    for (const [name, listener] of this.#signals) {
      Deno.addSignalListener(name, listener);
    }
  }

  #enter(): Disposable {
    return this.#terminal.hold(
      () => {
        // Keys are not echoed; Ctrl-C and Ctrl-Z stay signals.
        if (this.hasKeys) Deno.stdin.setRaw(true, { cbreak: CAN_BREAK });
        this.#terminal.write(ENTER);
      },
      () => {
        if (this.hasKeys) Deno.stdin.setRaw(false);
        this.#terminal.write(LEAVE);
      },
    );
  }

  #onKey(key: Key): void {
    const page = Math.max(1, this.#room() - 1);
    switch (key) {
      case "quit":
        return this.#onQuit();
      case "up":
        return this.#scrollTo(this.#top - 1);
      case "down":
        return this.#scrollTo(this.#top + 1);
      case "page-up":
        return this.#scrollTo(this.#top - page);
      case "page-down":
        return this.#scrollTo(this.#top + page);
      case "home":
        return this.#scrollTo(0);
      case "end":
        return this.#scrollTo(Infinity);
    }
  }

  #scrollTo(top: number): void {
    this.#top = top;
    this.#draw();
  }

  /** Returns how many lines of the body fit. */
  #room(): number {
    const rows = Math.max(1, this.#terminal.rows - this.#head.length);
    return this.#body.length > rows ? Math.max(1, rows - 1) : rows;
  }

  /** Gives the terminal back on Ctrl-Z, until the command goes on. */
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
   * @param head The lines at the top, without their ends; they stay.
   * @param body The lines below, which scroll.
   */
  show(head: readonly string[], body: readonly string[]): void {
    this.#head = head;
    this.#body = body;
    this.#draw();
  }

  /** Draws line by line, each one's old rest erased: to erase all first would flicker. */
  #draw(): void {
    const room = this.#room();
    const last = Math.max(0, this.#body.length - room);
    this.#top = Math.min(Math.max(0, this.#top), last);
    const end = this.#top + room;
    const lines = [...this.#head, ...this.#body.slice(this.#top, end)];
    if (last > 0) {
      const keys = this.hasKeys ? "; arrows and Page keys scroll" : "";
      lines.push(
        this.#terminal.paint(
          "dim",
          `… lines ${this.#top + 1}-${end} of ${this.#body.length}${keys}`,
        ),
      );
    }
    const text = lines.slice(0, this.#terminal.rows)
      .map((line) => `${line}\x1b[K`);
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

import { AmiConnectionError, AmiTimeoutError } from "../../mod.ts";
import type { CommandContext } from "./command.ts";
import { timeOfDay } from "./event_line.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** What is shown again and again. */
export interface WatchOptions {
  /** What stands above. */
  title: string;
  /** How long to wait between two times (milliseconds). */
  interval: number;
  /** Gives the lines to show, without their ends. */
  read: () => Promise<readonly string[]>;
}

/** Another screen beside the one with what was typed, without a cursor, and without lines that wrap. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** Whether the command may stop itself: Deno takes that for running something. */
function mayStop(): boolean {
  return Deno.build.os !== "windows" &&
    Deno.permissions.querySync({ name: "run" }).state === "granted";
}

/** A screen that is drawn in place of the one before. */
class Screen implements Disposable {
  readonly #terminal: Terminal;
  #held: Disposable;
  #lines: readonly string[] = [];
  readonly #signals: readonly (readonly [Deno.Signal, () => void])[] =
    Deno.build.os === "windows" ? [] : [
      ["SIGWINCH", () => this.#draw()],
      ["SIGTSTP", () => this.#stop()],
    ];

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

  [Symbol.dispose](): void {
    for (const [name, listener] of this.#signals) {
      Deno.removeSignalListener(name, listener);
    }
    this.#held[Symbol.dispose]();
  }
}

/** Waits for a while, or for the end. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(resolve, milliseconds);
  try {
    signal.throwIfAborted();
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** What there is to show now, or why there is nothing new. */
async function attempt(
  { read }: WatchOptions,
): Promise<{ lines: readonly string[] } | { problem: string }> {
  try {
    return { lines: await read() };
  } catch (error) {
    // The connection is made again by itself.
    const passes = error instanceof AmiConnectionError ||
      error instanceof AmiTimeoutError;
    if (!passes) throw error;
    return { problem: error.message };
  }
}

/**
 * Shows something again and again until the command is ended: in place of what
 * was shown before where it is a terminal, else one below the other.
 *
 * @param context What the command runs with.
 * @param options What to show.
 * @returns Never; it rejects with the reason of the signal.
 */
export async function watch(
  { terminal, output, signal, target }: CommandContext,
  options: WatchOptions,
): Promise<never> {
  const { title, interval } = options;
  const { username, hostname, port } = target;
  const place = printable(`${username}@${hostname}:${port}`);
  using screen = terminal.canRedraw ? new Screen(terminal) : undefined;
  let last: readonly string[] = [];
  while (true) {
    const result = await attempt(options);
    signal.throwIfAborted();
    const now = timeOfDay(Date.now()).slice(0, 8);
    const isFresh = "lines" in result;
    if (isFresh) last = result.lines;
    const about = terminal.paint("dim", `${place}, ${now}, Ctrl-C ends`);
    const head = [
      `${terminal.paint("bold", title)}  ${about}`,
      isFresh
        ? ""
        : terminal.paint("red", `Not up to date: ${printable(result.problem)}`),
    ];
    if (screen !== undefined) screen.show([...head, ...last]);
    else for (const line of [...head, ...last, ""]) output.line(line);
    await pause(interval, signal);
  }
}

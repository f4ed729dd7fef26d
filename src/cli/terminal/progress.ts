import { clock } from "../values/duration.ts";
import { readVariable } from "../values/environment.ts";
import { errorColumns, type Terminal } from "./terminal.ts";
import { cutToWidth } from "./text_width.ts";

/** The time between two drawings (milliseconds). */
const INTERVAL = 100;

/** Over how many drawings the rate is taken: two seconds. */
const RATE_WINDOW = 20;

/** The width of the bar (columns). */
const BAR_WIDTH = 20;

/** The progress so far. */
export interface ProgressState {
  /** The number of events so far. */
  events: number;
  /** The time so far (milliseconds). */
  elapsed: number;
  /** The whole time (milliseconds), if it is known. */
  duration?: number | undefined;
  /** The share that is done, from 0 to 1, if it is known. */
  done?: number | undefined;
}

/** Options of {@linkcode Progress}. */
export interface ProgressOptions {
  /** Returns the progress so far. */
  state: () => ProgressState;
  /** The terminal, which is left as it was. */
  terminal: Terminal;
  /**
   * `true` if it is shown.
   *
   * @default Whether the standard error is a terminal that can redraw a line
   */
  isShown?: boolean;
}

/**
 * Shows progress on the standard error, as long as something goes on, in
 * a line that is redrawn. Without a terminal, nothing is shown.
 */
export class Progress implements Disposable {
  readonly #state: () => ProgressState;
  readonly #samples: [time: number, events: number][] = [];
  readonly #hold: Disposable | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isDrawn = false;

  /**
   * Shows it.
   *
   * @param options The options.
   */
  constructor({ state, terminal, isShown = canRedraw() }: ProgressOptions) {
    this.#state = state;
    if (!isShown) return;
    this.#hold = terminal.hold(() => this.#start(), () => this.#stop());
  }

  /**
   * Says something else in its place; it goes on below.
   *
   * @param say Writes it.
   */
  aside(say: () => void): void {
    this.#erase();
    say();
    if (this.#timer !== undefined) this.#draw();
  }

  /** Shows it no longer. */
  [Symbol.dispose](): void {
    this.#hold?.[Symbol.dispose]();
  }

  #start(): void {
    this.#timer = setInterval(() => this.#draw(), INTERVAL);
    this.#draw();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #draw(): void {
    const state = this.#state();
    const line = progressLine(state, this.#rate(state.events));
    // A full line would break, and could not be redrawn.
    write(`\r${cutToWidth(line, errorColumns() - 1)}\x1b[K`);
    this.#isDrawn = true;
  }

  #erase(): void {
    if (this.#isDrawn) write("\r\x1b[K");
    this.#isDrawn = false;
  }

  /** Returns the number of events in a second now. */
  #rate(events: number): number {
    const now = performance.now();
    this.#samples.push([now, events]);
    if (this.#samples.length > RATE_WINDOW) this.#samples.shift();
    const [time, before] = this.#samples[0] ?? [now, events];
    return now > time
      ? Math.max(0, (events - before) / (now - time)) * 1_000
      : 0;
  }
}

/**
 * Writes the line that shows the progress.
 *
 * @param state The progress.
 * @param rate The number of events in a second.
 * @returns The line, without its end.
 */
export function progressLine(state: ProgressState, rate: number): string {
  const { events, elapsed, duration, done } = state;
  const count = events.toLocaleString("en-US");
  const time = clock(elapsed / 1_000);
  const parts = [
    `${count} ${events === 1 ? "event" : "events"}`,
    `${
      rate.toLocaleString("en-US", { maximumFractionDigits: rate < 10 ? 1 : 0 })
    }/s`,
    duration === undefined ? time : `${time} of ${clock(duration / 1_000)}`,
  ];
  if (done !== undefined) parts.unshift(bar(Math.min(1, Math.max(0, done))));
  return parts.join("  ");
}

function bar(done: number): string {
  const full = Math.floor(done * BAR_WIDTH);
  const percent = `${Math.floor(done * 100)}%`.padStart(4);
  return `${"█".repeat(full)}${"░".repeat(BAR_WIDTH - full)} ${percent}`;
}

function canRedraw(): boolean {
  return Deno.stderr.isTerminal() && readVariable("TERM") !== "dumb";
}

const encoder = new TextEncoder();

function write(text: string): void {
  try {
    Deno.stderr.writeSync(encoder.encode(text));
  } catch {
    // The terminal is gone; showing the progress is not the purpose of the command.
  }
}

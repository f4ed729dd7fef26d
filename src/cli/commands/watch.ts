import { delay } from "@std/async/delay";
import type { DAMI, DAMIData } from "../../../mod.ts";
import {
  LivePbx,
  MissingEventsError,
  type SnapshotKind,
} from "../../live/live_pbx.ts";
import { Bell } from "../terminal/bell.ts";
import type { CommandContext } from "../command.ts";
import { CommandError, SUCCESS } from "../failures/command_error.ts";
import { timeOfDay } from "../terminal/event_line.ts";
import { printable } from "../terminal/printable.ts";
import { kindsWithout, problemsOf } from "./snapshots.ts";
import { Screen } from "../terminal/screen.ts";

/** The time between two redraws while something runs, such as a duration (milliseconds). */
const TICK = 1_000;

/** The time in which events that make everything old are gathered, before the lists are read again (milliseconds). */
const REFRESH_DELAY = 1_000;

/** The part of a live PBX that is shown. */
export interface View {
  /** The lines to show, without their ends. */
  readonly lines: readonly string[];
  /** `true` if a time in them runs. */
  readonly runs: boolean;
}

/** Options of {@linkcode watch}. */
export interface WatchOptions {
  /** Gives the terminal back, after the connection is closed: what is typed until then would be lost. */
  readonly held: DisposableStack;
  /** The title above. */
  readonly title: string;
  /** The least time between two redraws (milliseconds). */
  readonly interval: number;
  /** The kinds of snapshots that are needed. */
  readonly snapshots: readonly SnapshotKind[];
  /** `true` if it is needed what the channels run. */
  readonly dialplan: boolean;
  /**
   * The events after which all is asked for anew, as the live PBX cannot tell
   * all of what they mean; each with which of them count.
   */
  readonly outdatedBy: ReadonlyMap<string, (event: DAMIData) => boolean>;

  /**
   * Returns the part of the live PBX to show.
   *
   * @param pbx The live PBX.
   * @param now The time (milliseconds since 1970).
   */
  look(pbx: LivePbx, now: number): View;
}

/** A live PBX that is shown. */
class Watch {
  readonly #context: CommandContext;
  readonly #options: WatchOptions;
  readonly #bell = new Bell();
  /** The reason why it is not up to date, and the one why the connection was closed. */
  #loss = "";
  #failure: unknown;
  #view: View = { lines: [], runs: false };
  #shown = "";

  constructor(context: CommandContext, options: WatchOptions) {
    this.#context = context;
    this.#options = options;
  }

  async run(dami: DAMI): Promise<number> {
    const { signal, terminal } = this.#context;
    const { snapshots, dialplan } = this.#options;
    this.#listen(dami);
    const without = kindsWithout(snapshots);
    using pbx = await LivePbx.start(dami, { signal, dialplan, without });
    // The first look may find that the command line is wrong.
    this.#look(pbx);
    pbx.addEventListener("error", ({ message }) => {
      this.#loss = message;
      this.#bell.ring();
    });
    const ended = new AbortController();
    const either = AbortSignal.any([ended.signal, signal]);
    // Neither of them rejects.
    void this.#ringAtChanges(pbx);
    void this.#refresh(dami, pbx, either);
    try {
      const screen = terminal.canRedraw
        ? this.#options.held.use(new Screen(terminal, () => ended.abort()))
        : undefined;
      return await this.#draw(pbx, screen, either);
    } catch (error) {
      if (ended.signal.aborted && !signal.aborted) return SUCCESS;
      throw error;
    } finally {
      ended.abort();
    }
  }

  async #draw(
    pbx: LivePbx,
    screen: Screen | undefined,
    signal: AbortSignal,
  ): Promise<never> {
    const { interval } = this.#options;
    const end = screen?.hasKeys ? "q quits" : "Ctrl-C ends";
    while (true) {
      if (screen === undefined) this.#write(pbx, end);
      else screen.show(this.#head(pbx, end), this.#view.lines);
      // What changes meanwhile makes one redraw.
      await delay(interval, { signal });
      // Where it is no terminal, all lines would be written once more for each second.
      const ticks = screen !== undefined && this.#view.runs && isCurrent(pbx);
      await this.#bell.wait(
        signal,
        ticks ? Math.max(0, TICK - interval) : undefined,
      );
      this.#look(pbx);
    }
  }

  /** While it is not up to date, what was last known stays, and no time in it runs. */
  #look(pbx: LivePbx): void {
    if (pbx.state === "stopped") {
      throw this.#failure ?? new CommandError("The connection was closed");
    }
    if (!isCurrent(pbx)) return;
    this.#view = this.#options.look(pbx, Date.now());
  }

  /** Writes it below what was written before, if it is other than that. */
  #write(pbx: LivePbx, end: string): void {
    const { output } = this.#context;
    const [title = "", ...rest] = this.#head(pbx, end);
    const lines = [...rest, ...this.#view.lines, ""];
    const text = lines.join("\n");
    if (text === this.#shown) return;
    this.#shown = text;
    for (const line of [title, ...lines]) output.line(line);
  }

  #head(pbx: LivePbx, end: string): string[] {
    const { terminal, target } = this.#context;
    const { username, hostname, port } = target;
    const place = printable(`${username}@${hostname}:${port}`);
    const now = timeOfDay(Date.now()).slice(0, 8);
    const about = terminal.paint("dim", `${place}, ${now}, ${end}`);
    const problems = problemsOf(pbx, username).map(({ kind, error }) =>
      printable(`Cannot show the ${kind}: ${error.message}`)
    );
    return [
      `${terminal.paint("bold", this.#options.title)}  ${about}`,
      this.#lateness(pbx),
      ...problems.map((line) => terminal.paint("red", line)),
    ];
  }

  /** Returns the reason why it is not up to date or not live; an empty line if it is both. */
  #lateness(pbx: LivePbx): string {
    const { state } = pbx;
    if (state === "live") return "";
    if (state === "polling") {
      return this.#context.terminal.paint("red", silenceOf(pbx));
    }
    const why = state === "syncing" && this.#loss === ""
      ? "Reconnected, reading the lists again"
      : this.#loss;
    return this.#context.terminal.paint(
      "red",
      `Not up to date: ${printable(why)}`,
    );
  }

  #listen(dami: DAMI): void {
    dami.addEventListener("disconnect", ({ detail: { error } }) => {
      this.#loss = error?.message ?? "The connection was lost";
    });
    dami.addEventListener("gap", () => {
      this.#loss = "";
      this.#bell.ring();
    });
    dami.addEventListener("error", ({ error }) => this.#failure = error);
  }

  async #ringAtChanges(pbx: LivePbx): Promise<void> {
    const changes = pbx.changes({ maxQueue: 1, overflow: "drop-oldest" });
    for await (const _change of changes) this.#bell.ring();
    // The live PBX was stopped.
    this.#bell.ring();
  }

  async #refresh(
    dami: DAMI,
    pbx: LivePbx,
    signal: AbortSignal,
  ): Promise<void> {
    const bell = new Bell();
    for (const [name, counts] of this.#options.outdatedBy) {
      dami.on<string>(name, (event) => {
        if (counts(event)) bell.ring();
      }, { signal });
    }
    try {
      while (true) {
        await bell.wait(signal);
        await delay(REFRESH_DELAY, { signal });
        // Else new snapshots are being taken, or will be.
        if (isCurrent(pbx)) await refreshed(pbx);
      }
    } catch {
      // The signal is aborted.
    }
  }
}

/** Reports whether what is shown is kept up to date, by events or by snapshots. */
function isCurrent({ state }: LivePbx): boolean {
  return state === "live" || state === "polling";
}

/** Says which events do not come, and what to do. */
function silenceOf({ problems }: LivePbx): string {
  const classes = new Set(
    [...problems.values()]
      .filter((error) => error instanceof MissingEventsError)
      .map(({ eventClass }) => eventClass),
  );
  return `Not live: events of class ${
    [...classes].join(" and ")
  } do not arrive (read = … in manager.conf; see dami doctor)`;
}

async function refreshed(pbx: LivePbx): Promise<void> {
  try {
    await pbx.refresh();
  } catch {
    // The connection is lost, which is shown, and new snapshots will be taken.
  }
}

/**
 * Shows something of a PBX as it changes, until the command is ended: in place
 * of what was shown before in a terminal, else one below the other.
 *
 * @param context The context of the command.
 * @param dami A client that is logged in, and reconnects.
 * @param options The options.
 * @returns The exit status, after the key `q`.
 * @throws The signal's reason, if it is aborted.
 */
export async function watch(
  context: CommandContext,
  dami: DAMI,
  options: WatchOptions,
): Promise<number> {
  return await new Watch(context, options).run(dami);
}

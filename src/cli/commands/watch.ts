import { delay } from "@std/async/delay";
import type { DAMIData } from "../../../mod.ts";
import {
  Fleet,
  type FleetLive,
  type FleetLiveOptions,
  type FleetPbxOptions,
  type FleetSource,
  type FleetStartOptions,
} from "../../fleet/fleet.ts";
import {
  type LivePbx,
  MissingEventsError,
  type SnapshotKind,
} from "../../live/live_pbx.ts";
import { Bell } from "../terminal/bell.ts";
import type { CommandContext } from "../command.ts";
import { CommandError, SUCCESS } from "../failures/command_error.ts";
import { explain } from "../failure.ts";
import { timeOfDay } from "../terminal/event_line.ts";
import { printable } from "../terminal/printable.ts";
import { memberOf } from "../fleet_member.ts";
import { isChosen } from "../pbx_choice.ts";
import { kindsWithout, problemsOf } from "./snapshots.ts";
import { Screen } from "../terminal/screen.ts";

/** The longest wait for an answer while the state is watched (milliseconds): an old state is of little use. */
const PATIENCE = 10_000;

/** The time in which the PBXs of a fleet should be there before the first look (milliseconds). */
const START_TIME = 3_000;

/** The longest time of a timer, in place of no end (milliseconds). */
const MAX_TIME = 2 ** 31 - 1;

/** The time between two redraws while something runs, such as a duration (milliseconds). */
const TICK = 1_000;

/** The time for which events that outdate everything are gathered, before the lists are read again (milliseconds). */
const REFRESH_DELAY = 1_000;

/** The part of the live PBXs that is shown. */
export interface View {
  /** The lines to show, without their ends. */
  readonly lines: readonly string[];
  /** `true` if they contain a running time. */
  readonly runs: boolean;
}

/** Options of {@linkcode watch}. */
export interface WatchOptions<Thing> {
  /** Restores the terminal, after the connection is closed: what is typed until then would be lost. */
  readonly held: DisposableStack;
  /** The title above. */
  readonly title: string;
  /** The least time between two redraws (milliseconds). */
  readonly interval: number;
  /** The classes of events that are needed, as an event mask. */
  readonly events: string;
  /** The kinds of snapshots without which the view is not whole. */
  readonly needed: readonly SnapshotKind[];
  /** The kinds of snapshots that add details. */
  readonly details: readonly SnapshotKind[];
  /** `true` if the applications of the channels are needed. */
  readonly dialplan: boolean;
  /**
   * The events after which everything is requested again, as the live PBX does
   * not know all that they change; each with a test of which ones count.
   */
  readonly outdatedBy: ReadonlyMap<string, (event: DAMIData) => boolean>;

  /**
   * Takes the things to show from one live PBX.
   *
   * @param live The live PBX.
   * @param pbx Its name, if it is of a fleet.
   * @param now The time (milliseconds since 1970).
   */
  things(
    live: LivePbx,
    pbx: string | undefined,
    now: number,
  ): readonly Thing[];

  /**
   * Returns what to show of the things of all PBXs.
   *
   * @param things The things.
   * @param isWhole `true` if each PBX has provided everything.
   * @param now The time (milliseconds since 1970).
   */
  view(things: readonly Thing[], isWhole: boolean, now: number): View;
}

/** The name of the PBX in a fleet of one, which is not shown. */
const ONLY = "pbx";

/** The most PBXs that are named above, as not up to date. */
const MOST_NAMED = 5;

/** One of the PBXs that are shown. */
interface Watched<Thing> {
  /** Its name in the fleet. */
  readonly name: string;
  readonly context: CommandContext;
  /** The reason why it is not up to date. */
  loss: string;
  /** The state, once it is available, and what was last taken from it. */
  live: LivePbx | undefined;
  things: readonly Thing[];
}

/** The PBXs, by connections of their own or on the bus. */
interface WatchedFleet extends FleetSource {
  /** Connects to them; missing where they are on the bus. */
  start?(options: FleetStartOptions): Promise<unknown>;
  /** Follows their state. */
  live(options: FleetLiveOptions): Promise<FleetLive>;
}

/** The live PBXs that are shown. */
class Watch<Thing> {
  readonly #context: CommandContext;
  readonly #options: WatchOptions<Thing>;
  readonly #fleet: WatchedFleet;
  #watched: readonly Watched<Thing>[];
  readonly #isFleet: boolean;
  readonly #bell = new Bell();
  #view: View = { lines: [], runs: false };
  #shown = "";

  constructor(
    context: CommandContext,
    options: WatchOptions<Thing>,
    fleet: WatchedFleet,
    contexts: readonly CommandContext[],
  ) {
    this.#context = context;
    this.#options = options;
    this.#fleet = fleet;
    this.#isFleet = contexts.some(({ pbx }) => pbx !== undefined);
    this.#watched = contexts.map((context) => this.#attend(context));
  }

  async run(): Promise<number> {
    const { signal, terminal } = this.#context;
    const { needed, details, dialplan } = this.#options;
    this.#fleet.addEventListener("reconnecting", () => this.#bell.ring());
    this.#fleet.addEventListener("close", () => this.#bell.ring());
    const timeout = this.#isFleet ? START_TIME : MAX_TIME;
    await this.#fleet.start?.({ signal, timeout });
    this.#checkState();
    const without = kindsWithout([...needed, ...details]);
    using live = await this.#fleet.live({ signal, timeout, dialplan, without });
    // With a single PBX, there is nothing else to show.
    const failure = this.#isFleet ? undefined : live.failure(ONLY);
    if (failure !== undefined) throw failure;
    // The first look may find that the command line is wrong.
    this.#look(live);
    const ended = new AbortController();
    const either = AbortSignal.any([ended.signal, signal]);
    // None of them rejects.
    void this.#ringAtChanges(live);
    for (const watched of this.#watched) {
      void this.#refresh(live, watched, either);
    }
    this.#fleet.addEventListener(
      "add",
      ({ detail: { pbx } }) => this.#add(pbx, live, either),
      { signal: either },
    );
    // Some may have come while the first were looked at.
    for (const name of this.#fleet.names) this.#add(name, live, either);
    try {
      const screen = terminal.canRedraw
        ? this.#options.held.use(new Screen(terminal, () => ended.abort()))
        : undefined;
      return await this.#draw(live, screen, either);
    } catch (error) {
      if (ended.signal.aborted && !signal.aborted) return SUCCESS;
      throw error;
    } finally {
      ended.abort();
    }
  }

  async #draw(
    live: FleetLive,
    screen: Screen | undefined,
    signal: AbortSignal,
  ): Promise<never> {
    const { interval } = this.#options;
    const end = screen?.hasKeys ? "q quits" : "Ctrl-C ends";
    while (true) {
      if (screen === undefined) this.#write(live, end);
      else screen.show(this.#head(live, end), this.#view.lines);
      // Changes in the meantime cause a single redraw.
      await delay(interval, { signal });
      // Without a terminal, all lines would be written again each second.
      const ticks = screen !== undefined && this.#view.runs &&
        this.#watched.some(({ name }) => isCurrent(live, name));
      await this.#bell.wait(
        signal,
        ticks ? Math.max(0, TICK - interval) : undefined,
      );
      this.#look(live);
    }
  }

  /** Ends it when there will be no further connection. */
  #checkState(): void {
    const isOpen = this.#fleet.names.some((name) =>
      this.#fleet.get(name).state !== "closed"
    );
    if (isOpen) return;
    const [first] = this.#watched;
    const failure = first && this.#fleet.failure(first.name);
    if (first?.context.pbx !== undefined && failure !== undefined) {
      const { sentence = "" } = explain(failure, first.context.target);
      throw new CommandError(`${first.name}: ${sentence}`);
    }
    throw failure ?? new CommandError("The connection was closed");
  }

  /** While it is not up to date, the last known state stays, and its times stand still. */
  #look(live: FleetLive): void {
    this.#checkState();
    const now = Date.now();
    let isChanged = false;
    for (const watched of this.#watched) {
      this.#follow(watched, live.pbx(watched.name));
      if (watched.live === undefined || !isCurrent(live, watched.name)) {
        continue;
      }
      const { pbx } = watched.context;
      watched.things = this.#options.things(watched.live, pbx, now);
      isChanged = true;
    }
    if (!isChanged) return;
    const isWhole = this.#watched.every((watched) => this.#isWhole(watched));
    const things = this.#watched.flatMap(({ things }) => things);
    this.#view = this.#options.view(things, isWhole, now);
  }

  #isWhole({ live, context }: Watched<Thing>): boolean {
    return live !== undefined &&
      !problemsOf(live, context.target).some(({ kind }) =>
        this.#options.needed.includes(kind)
      );
  }

  /** Takes the state of a PBX that has become available. */
  #follow(watched: Watched<Thing>, live: LivePbx | undefined): void {
    if (live === undefined || watched.live === live) return;
    watched.live = live;
    live.addEventListener("error", ({ message }) => {
      watched.loss = message;
      this.#bell.ring();
    });
  }

  /** Writes it below what was written before, if it differs from that. */
  #write(live: FleetLive, end: string): void {
    const { output } = this.#context;
    const [title = "", ...rest] = this.#head(live, end);
    const lines = [...rest, ...this.#view.lines, ""];
    const text = lines.join("\n");
    if (text === this.#shown) return;
    this.#shown = text;
    for (const line of [title, ...lines]) output.line(line);
  }

  #head(live: FleetLive, end: string): string[] {
    const { terminal } = this.#context;
    const now = timeOfDay(Date.now()).slice(0, 8);
    const about = terminal.paint("dim", `${this.#place()}, ${now}, ${end}`);
    return [
      `${terminal.paint("bold", this.#options.title)}  ${about}`,
      ...this.#lateness(live),
      ...this.#problems(),
    ];
  }

  #place(): string {
    const [first] = this.#watched;
    if (first === undefined) return "";
    const { username, hostname, port, fleet, bus } = first.context.target;
    if (bus !== undefined) {
      return printable(`${this.#watched.length} at ${bus.server}`);
    }
    return printable(
      fleet === undefined
        ? `${username}@${hostname}:${port}`
        : `${this.#watched.length} of ${fleet.file}`,
    );
  }

  #problems(): string[] {
    return this.#watched.flatMap(({ live, context }) => {
      if (live === undefined) return [];
      return problemsOf(live, context.target).map(({ kind, error }) =>
        this.#red(context, `Cannot show the ${kind}: ${error.message}`)
      );
    });
  }

  /** Returns the reasons why PBXs are not up to date or not live; an empty line if all are. */
  #lateness(live: FleetLive): string[] {
    const late = this.#watched.filter(({ name }) =>
      live.state(name) !== "live"
    );
    if (late.length === 0) return [""];
    const lines = late.slice(0, MOST_NAMED).map((watched) =>
      this.#red(watched.context, this.#latenessOf(watched, live))
    );
    const more = late.slice(MOST_NAMED).map(({ name }) => name);
    if (more.length === 0) return lines;
    const { terminal } = this.#context;
    return [
      ...lines,
      terminal.paint("red", `Also not up to date: ${more.join(", ")}`),
    ];
  }

  #latenessOf(
    { name, live: pbx, loss, context }: Watched<Thing>,
    live: FleetLive,
  ): string {
    const state = live.state(name);
    if (state === "polling" && pbx !== undefined) return silenceOf(pbx);
    if (state === "refused") {
      return explain(this.#fleet.failure(name), context.target).sentence ?? "";
    }
    const failure = loss || live.failure(name)?.message;
    const why = failure ||
      (state !== "syncing"
        ? "connecting"
        : pbx === undefined
        ? "reading the lists"
        : "Reconnected, reading the lists again");
    return `Not up to date: ${why}`;
  }

  #red({ pbx, terminal }: CommandContext, sentence: string): string {
    const text = pbx === undefined ? sentence : `${pbx}: ${sentence}`;
    return terminal.paint("red", printable(text));
  }

  /** Adds a PBX that has appeared on the bus. */
  #add(name: string, live: FleetLive, signal: AbortSignal): void {
    if (this.#watched.some((each) => each.name === name)) return;
    const watched = this.#attend(this.#context.named(name));
    this.#watched = [...this.#watched, watched]
      .sort((one, two) => one.name < two.name ? -1 : 1);
    void this.#refresh(live, watched, signal);
    this.#bell.ring();
  }

  /** Notes why a PBX is not up to date. */
  #attend(context: CommandContext): Watched<Thing> {
    const { pbx: name = ONLY } = context;
    const watched: Watched<Thing> = {
      name,
      context,
      loss: "",
      live: undefined,
      things: [],
    };
    const fleet = this.#fleet;
    fleet.addEventListener("disconnect", ({ detail: { pbx, error } }) => {
      if (pbx !== name) return;
      watched.loss = error?.message ?? "The connection was lost";
    });
    fleet.addEventListener("login", ({ detail: { pbx } }) => {
      if (pbx !== name) return;
      watched.loss = "";
      this.#bell.ring();
    });
    return watched;
  }

  async #ringAtChanges(live: FleetLive): Promise<void> {
    const changes = live.changes({ maxQueue: 1, overflow: "drop-oldest" });
    for await (const _change of changes) this.#bell.ring();
    this.#bell.ring();
  }

  async #refresh(
    live: FleetLive,
    { name }: Watched<Thing>,
    signal: AbortSignal,
  ): Promise<void> {
    const bell = new Bell();
    const client = this.#fleet.get(name);
    // A PBX that refused the login sends no events.
    if (client.state === "closed") return;
    for (const [event, counts] of this.#options.outdatedBy) {
      client.on<string>(event, (data) => {
        if (counts(data)) bell.ring();
      }, { signal });
    }
    try {
      while (true) {
        await bell.wait(signal);
        await delay(REFRESH_DELAY, { signal });
        const pbx = live.pbx(name);
        // Otherwise new snapshots are being taken, or will be.
        if (pbx !== undefined && isCurrent(live, name)) await refreshed(pbx);
      }
    } catch {
      // The signal is aborted.
    }
  }
}

/** Reports whether the view of a PBX is kept up to date, by events or by snapshots. */
function isCurrent(live: FleetLive, name: string): boolean {
  const state = live.state(name);
  return state === "live" || state === "polling";
}

/** Says which events do not arrive, and what to do. */
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
 * Shows a part of the state of one or more PBXs as it changes, until the
 * command ends: in a terminal in place of the previous view, otherwise one
 * below the other.
 *
 * @param context The context of the command.
 * @param options The options.
 * @returns The exit status, after the key `q`.
 * @throws {AmiError} If there is no connection, and will be none.
 * @throws The signal's reason, if it is aborted.
 */
export async function watch<Thing>(
  context: CommandContext,
  options: WatchOptions<Thing>,
): Promise<number> {
  const contexts = await context.pbxs();
  if (context.bus !== undefined) {
    const bus = await context.bus();
    // Those that a bridge holds later are shown as well.
    using fleet = bus.fleet(isChosen(context.args.texts("pbx")));
    return await new Watch(context, options, fleet, contexts).run();
  }
  const pbxs: Record<string, FleetPbxOptions> = {};
  for (const each of contexts) {
    pbxs[each.pbx ?? ONLY] = await memberOf(each, {
      events: options.events,
      timeout: PATIENCE,
      // A single PBX that cannot be reached at first is a mistake on the command line.
      reconnect: { firstConnection: each.pbx !== undefined },
    });
  }
  await using fleet = new Fleet(pbxs);
  return await new Watch(context, options, fleet, contexts).run();
}

/** Options of {@linkcode ListenedEvents}. */
export interface ListenedEventsOptions {
  /** Returns the names that are listened to, in any letter case. */
  names: () => Iterable<string>;
  /** Returns the way to the PBX. */
  sender: () => MaskSender | undefined;
  /** Takes what goes wrong on a connection that lasts: after a loss the next one is asked again. */
  report: (error: unknown) => void;
  /** The time that the PBX may take to answer (milliseconds). */
  timeout: number;
}

/** Sends an action. */
export interface MaskSender {
  /** `"ready"` while a session is logged in. */
  readonly state: string;
  send(
    action: string,
    data: { EventMask: string },
    wait: { timeout: number },
  ): Promise<unknown>;
}

/** The classes of each event, by its name in lower case. */
type EventClasses = ReadonlyMap<string, readonly string[]>;

/** Asks for all events, and for none. */
const ALL = "on";
const NONE = "off";

/**
 * Keeps what a PBX sends to the classes of the events that are listened to.
 * Changes in one turn of the program are asked for together, and before any
 * action that follows them.
 */
export class ListenedEvents {
  readonly #options: ListenedEventsOptions;
  #classes: EventClasses | undefined;
  /** The mask that was asked for last; `undefined` if it may not be in force. */
  #asked: string | undefined;
  #isScheduled = false;
  #hasEnded = false;

  /** @param options The names, and the way to the PBX. */
  constructor(options: ListenedEventsOptions) {
    this.#options = options;
  }

  /** Loads the table of the classes, which other programs do without. Every event is asked for until it is there. */
  async load(): Promise<void> {
    if (this.#classes !== undefined) return;
    const { EVENTS_OF_CLASSES } = await import("./event_classes_table.ts");
    const classes = new Map<string, string[]>();
    for (const [each, names] of Object.entries(EVENTS_OF_CLASSES)) {
      for (const name of names.toLowerCase().split("\n")) {
        classes.set(name, [...classes.get(name) ?? [], each]);
      }
    }
    this.#classes = classes;
    this.changed();
  }

  /** The mask for the current listeners: every event if a name is unknown. */
  get mask(): string {
    const wanted = new Set<string>();
    for (const name of this.#options.names()) {
      const classes = this.#classes?.get(name.toLowerCase());
      if (classes === undefined) return ALL;
      for (const each of classes) wanted.add(each);
    }
    const mask = [...wanted].sort().join(",");
    return mask === "" ? NONE : mask;
  }

  /** Asks for nothing any more. */
  end(): void {
    this.#hasEnded = true;
  }

  /** Takes note that a name is listened to, or no more. */
  changed(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => this.settle());
  }

  /**
   * Begins a session, with the listeners at that time.
   *
   * @returns The mask to log in with.
   */
  begin(): string {
    return this.#asked = this.mask;
  }

  /** Asks for the events of the current listeners, if they have changed. Does nothing before a session is logged in. */
  settle(): void {
    if (!this.#isScheduled) return;
    this.#isScheduled = false;
    const sender = this.#options.sender();
    const { mask } = this;
    if (this.#hasEnded || sender?.state !== "ready" || mask === this.#asked) {
      return;
    }
    this.#asked = mask;
    const { timeout, report } = this.#options;
    sender.send("Events", { EventMask: mask }, { timeout })
      .catch((error) => {
        if (sender.state !== "ready") return;
        // So that the next change asks, whatever the mask is by then.
        this.#asked = undefined;
        report(error);
      });
  }
}

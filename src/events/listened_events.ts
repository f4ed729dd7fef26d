/** Options of {@linkcode ListenedEvents}. */
export interface ListenedEventsOptions {
  /** Returns the names that are listened to, in any letter case. */
  names: () => Iterable<string>;
  /** Returns the way to the PBX, while a session is logged in and the mask follows the listeners. */
  sender: () => MaskSender | undefined;
  /** Takes what goes wrong on a connection that lasts: after a loss the next one is asked anew. */
  report: (error: unknown) => void;
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

/** The time that the PBX may take to answer (milliseconds). */
const TIMEOUT = 30_000;

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
  /** The classes that are needed beyond those of the names, each as often as it is needed. */
  readonly #needed: string[] = [];
  #classes: EventClasses | undefined;
  #asked: string | undefined;
  #isScheduled = false;

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

  /** The mask for what is listened to at this moment: every event if a name is not known. */
  get mask(): string {
    const wanted = new Set<string>(this.#needed);
    for (const name of this.#options.names()) {
      const classes = this.#classes?.get(name.toLowerCase());
      if (classes === undefined) return ALL;
      for (const each of classes) wanted.add(each);
    }
    const mask = [...wanted].sort().join(",");
    return mask === "" ? NONE : mask;
  }

  /** Takes note that a name is listened to, or no more. */
  changed(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => this.settle());
  }

  /** Asks for what is listened to now, if that has changed. */
  settle(): void {
    if (!this.#isScheduled) return;
    this.#isScheduled = false;
    this.#ask();
  }

  #ask(): void {
    const sender = this.#options.sender();
    const { mask } = this;
    if (sender?.state !== "ready" || mask === this.#asked) return;
    this.#asked = mask;
    sender.send("Events", { EventMask: mask }, { timeout: TIMEOUT })
      .catch((error) => {
        if (sender.state === "ready") this.#options.report(error);
      });
  }

  /** Asks anew, as a new session has begun. */
  renew(): void {
    this.#asked = undefined;
    this.#ask();
  }

  /**
   * Asks for a class as long as it is needed.
   *
   * @param eventClass The class.
   * @returns Ends the need when it is disposed of.
   */
  need(eventClass: string): Disposable {
    this.#needed.push(eventClass);
    this.changed();
    return {
      [Symbol.dispose]: () => {
        this.#needed.splice(this.#needed.indexOf(eventClass), 1);
        this.changed();
      },
    };
  }
}

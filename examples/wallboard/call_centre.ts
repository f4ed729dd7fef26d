import { AmiError, DAMI } from "@dami/dami";
import { AmiServer, type AmiServerOptions } from "@dami/dami/testing";
import {
  type AgentRole,
  CALLER_NAMES,
  type Cast,
  makeCast,
  REASONS,
} from "./cast.ts";

/** The number of phones of colleagues who serve no queue. */
const COLLEAGUES = 40;

/** The share of calls that an agent does not pick up. */
const MISSED = 0.08;

/** The share of calls after which an agent pauses. */
const PAUSING = 0.12;

/** The load of a call centre. All times are means, in milliseconds. */
export interface CallCentreOptions {
  /**
   * The queues and the agents.
   *
   * @default {makeCast()}
   */
  cast?: Cast;
  /**
   * The time until the next caller comes.
   *
   * @default {5_000}
   */
  arrival?: number;
  /**
   * The time that an agent lets the phone ring.
   *
   * @default {3_000}
   */
  ring?: number;
  /**
   * The time that a caller and an agent talk.
   *
   * @default {40_000}
   */
  talk?: number;
  /**
   * The time that a caller waits before hanging up.
   *
   * @default {60_000}
   */
  patience?: number;
  /**
   * The time that an agent is paused.
   *
   * @default {90_000}
   */
  pause?: number;
  /**
   * The rest of an agent after a call (whole seconds).
   *
   * @default {4}
   */
  rest?: number;
  /**
   * Returns numbers from 0 up to, but without, 1.
   *
   * @default {Math.random}
   */
  random?: () => number;
  /** The user, and the port of the PBX. */
  server?: Pick<AmiServerOptions, "username" | "secret" | "port">;
}

/**
 * A call centre on an embedded PBX: callers wait in queues and are answered or
 * give up, agents pause, and colleagues call each other.
 */
export class CallCentre implements AsyncDisposable {
  /** The PBX. */
  readonly server: AmiServer;
  readonly #options: Required<Omit<CallCentreOptions, "server">>;
  readonly #client: DAMI;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #isClosed = false;

  private constructor(options: CallCentreOptions) {
    const {
      cast = makeCast(),
      arrival = 5_000,
      ring = 3_000,
      talk = 40_000,
      patience = 60_000,
      pause = 90_000,
      rest = 4,
      random = Math.random,
    } = options;
    this.#options = {
      cast,
      arrival,
      ring,
      talk,
      patience,
      pause,
      rest,
      random,
    };
    this.server = AmiServer.start({
      ...options.server,
      ringTime: ring,
      talkTime: talk,
      endpoints: Array.from({ length: COLLEAGUES }, (_, index) => ({
        name: colleague(index),
        contact: `sip:${colleague(index)}@192.0.2.1`,
      })),
      queues: cast.queues.map(({ name, strategy }) => ({
        name,
        strategy,
        timeout: Math.max(1, Math.ceil(3 * ring / 1_000)),
        retry: 1,
        wrapUpTime: rest,
        ringInUse: false,
        members: cast.agents.filter(({ queues }) => queues.includes(name))
          .map(({ name, extension }) => ({
            name,
            interface: `PJSIP/${extension}`,
          })),
      })),
    });
    const { hostname, port } = this.server;
    // It acts, and lets others watch.
    const events = false;
    this.#client = new DAMI({ hostname, port, events, reconnect: true });
  }

  /**
   * Opens a call centre: callers come within the first second.
   *
   * @param options The options of the centre.
   * @returns The call centre.
   */
  static async open(options: CallCentreOptions = {}): Promise<CallCentre> {
    const centre = new CallCentre(options);
    const { username = "admin", secret = "mysecret" } = options.server ?? {};
    try {
      await centre.#client.connectAndLogin({ username, secret });
    } catch (error) {
      await centre[Symbol.asyncDispose]();
      throw error;
    }
    centre.#begin();
    return centre;
  }

  /** Closes the call centre and its PBX. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#client.close();
    await this.server.close();
  }

  #begin(): void {
    const { arrival, cast, random } = this.#options;
    // Nobody comes into a centre that is to stay empty.
    if (arrival === Infinity) return;
    for (const agent of cast.agents) {
      const chance = random();
      const [queue = ""] = agent.queues;
      if (chance < 0.5) this.#after(random() * 1_000, () => this.#call(queue));
      else if (chance < 0.62) this.#pause(agent);
    }
    this.#repeat(arrival, () => this.#call(this.#pick(cast.queues).name));
    this.#repeat(arrival * 5, () => this.#callColleague());
  }

  /** A caller comes, and is answered sooner or later, or hangs up. */
  async #call(queue: string): Promise<void> {
    const { cast, patience, ring, talk, random } = this.#options;
    const call = this.server.queueCall(queue, {
      // Numbers that Ofcom keeps for plays and films.
      callerIdNum: `02079460${`${this.#below(1_000)}`.padStart(3, "0")}`,
      callerIdName: this.#pick(CALLER_NAMES),
      patience: this.#about(patience),
      talkTime: this.#about(talk),
      endedBy: this.#pick(["caller", "agent"]),
      onRing: () => random() < MISSED ? "no-answer" : this.#about(ring),
    });
    const { member } = await call.outcome;
    await call.ended;
    const agent = cast.agents.find(({ extension }) =>
      `PJSIP/${extension}` === member
    );
    if (agent !== undefined && random() < PAUSING) this.#pause(agent);
  }

  /** An agent pauses for a while. */
  #pause({ extension }: AgentRole): void {
    const Interface = `PJSIP/${extension}`;
    const Reason = this.#pick(REASONS);
    const order = { Interface, Paused: true, Reason };
    this.#quietly(this.#client.to("QueuePause", order));
    this.#after(this.#about(this.#options.pause), () => {
      const order = { Interface, Paused: false };
      this.#quietly(this.#client.to("QueuePause", order));
    });
  }

  /** Two who serve no queue talk for a while. */
  #callColleague(): void {
    const half = COLLEAGUES / 2;
    const caller = colleague(this.#below(half));
    this.#quietly(this.#client.to("Originate", {
      Channel: `PJSIP/${caller}`,
      Context: "default",
      Exten: colleague(half + this.#below(half)),
      Priority: 1,
      CallerID: `<${caller}>`,
      Async: true,
    }));
  }

  /** While the PBX is away, or at the end, nothing happens in it. */
  #quietly(sent: Promise<unknown>): void {
    sent.catch((error: unknown) => {
      if (!(error instanceof AmiError)) throw error;
    });
  }

  /** Returns a whole number from 0 up to, but without, a bound. */
  #below(bound: number): number {
    return Math.floor(this.#options.random() * bound);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#below(items.length)];
    if (item === undefined) {
      throw new RangeError("Cannot pick from an empty list");
    }
    return item;
  }

  /** Returns half to one and a half times a duration. */
  #about(duration: number): number {
    return duration * (0.5 + this.#options.random());
  }

  #after(delay: number, run: () => void): void {
    // The calls end with the PBX, and nobody pauses after them.
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delay);
    this.#timers.add(timer);
  }

  #repeat(interval: number, run: () => void): void {
    this.#after(this.#about(interval), () => {
      run();
      this.#repeat(interval, run);
    });
  }
}

/** Returns the number of a colleague's phone. */
function colleague(index: number): string {
  return `${6_800 + index}`;
}

/** The agents of a cast, and when a past hour has ended. */
export interface Past {
  /** The people. */
  readonly cast: Cast;
  /** The end of the hour (milliseconds since 1970). */
  readonly now: number;
  /**
   * The mean time between two callers (milliseconds).
   *
   * @default {15_000}
   */
  readonly every?: number;
}

/**
 * Sends the events of a past hour, as if the call centre had been open: those
 * who follow it count its callers.
 *
 * @param server The PBX.
 * @param past The people, and the hour.
 * @param random Returns numbers from 0 up to, but without, 1.
 */
export function playPast(
  server: Pick<AmiServer, "emit">,
  { cast, now, every = 15_000 }: Past,
  random: () => number = Math.random,
): void {
  let serial = 0;
  for (
    let ago = 60 * 60_000;
    ago > 0;
    ago -= every * (0.25 + 1.5 * random())
  ) {
    const { name = "" } =
      cast.queues[Math.floor(random() ** 2 * cast.queues.length)] ?? {};
    const agents = cast.agents.filter(({ queues }) => queues.includes(name));
    const agent = random() < 0.9
      ? agents[Math.floor(random() * agents.length)]
      : undefined;
    const wait = Math.min(ago, 1_000 * Math.floor(60 * random() ** 3));
    const talk = Math.min(ago - wait, 120_000 * random());
    const caller = `past-${++serial}`;
    const at = (time: number) => ({
      Privilege: "call,agent,all",
      Timestamp: ((now - ago + time) / 1_000).toFixed(6),
      Queue: name,
    });
    const line = { ...pastChannel(caller, "SIP/trunk"), Position: 1 };
    server.emit([
      { Event: "Newchannel", ...at(0), ...line },
      { Event: "QueueCallerJoin", ...at(0), ...line },
      ...agent === undefined
        ? [
          { Event: "HangupRequest", ...at(wait), ...line, Cause: 16 },
          { Event: "QueueCallerAbandon", ...at(wait), ...line },
          { Event: "QueueCallerLeave", ...at(wait), ...line },
          { Event: "Hangup", ...at(wait), ...line, Cause: 16 },
        ]
        : answered(agent, { at, line, caller, wait, talk }),
    ]);
  }
}

/** Returns the events of an agent who answers a caller, and talks. */
function answered(
  { name: MemberName, extension }: AgentRole,
  { at, line, caller, wait, talk }: {
    at: (time: number) => Record<string, string>;
    line: Record<string, string | number>;
    caller: string;
    wait: number;
    talk: number;
  },
): Record<string, string | number>[] {
  const Interface = `PJSIP/${extension}`;
  const member = { Interface, MemberName, ...line };
  const own = {
    ...pastChannel(`${caller}-agent`, Interface),
    Linkedid: caller,
  };
  const end = wait + talk;
  return [
    { Event: "Newchannel", ...at(wait), ...own },
    { Event: "QueueCallerLeave", ...at(wait), ...line },
    {
      Event: "AgentConnect",
      ...at(wait),
      ...member,
      HoldTime: Math.floor(wait / 1_000),
    },
    {
      Event: "AgentComplete",
      ...at(end),
      ...member,
      TalkTime: Math.floor(talk / 1_000),
    },
    { Event: "Hangup", ...at(end), ...own, Cause: 16 },
    { Event: "Hangup", ...at(end), ...line, Cause: 16 },
  ];
}

function pastChannel(uniqueid: string, device: string) {
  return {
    Channel: `${device}-${uniqueid}`,
    ChannelState: 6,
    ChannelStateDesc: "Up",
    CallerIDNum: "<unknown>",
    CallerIDName: "<unknown>",
    ConnectedLineNum: "<unknown>",
    ConnectedLineName: "<unknown>",
    Language: "en",
    AccountCode: "",
    Context: "default",
    Exten: "s",
    Uniqueid: uniqueid,
    Linkedid: uniqueid,
  };
}

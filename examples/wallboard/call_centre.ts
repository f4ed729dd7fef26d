import type { AmiFrame, AmiServer, ReceivedAction } from "@dami/dami/testing";
import { AGENT_NAMES, CALLER_NAMES, QUEUES, REASONS, SERVED } from "./cast.ts";
import {
  type Agent,
  bridgeFields,
  bridgeItems,
  channelFields,
  channelItems,
  deviceFields,
  deviceItems,
  interfaceOf,
  listAnswer,
  memberEventFields,
  type PlayedChannel,
  type Queue,
  queueStatusItems,
  type WaitingCaller,
} from "./queue_frames.ts";
import type { Tally } from "./tally.ts";

/** What `setTimeout()` gives. */
type Timer = ReturnType<typeof setTimeout>;

/** How busy the call centre is. All times are means, in milliseconds. */
export interface CallCentreOptions {
  /**
   * How many agents there are.
   *
   * @default {12}
   */
  agents?: number;
  /**
   * How long until the next caller comes.
   *
   * @default {5_000}
   */
  arrival?: number;
  /**
   * How long an agent is rung.
   *
   * @default {3_000}
   */
  ring?: number;
  /**
   * How long a caller and an agent talk.
   *
   * @default {40_000}
   */
  talk?: number;
  /**
   * How long a caller waits before hanging up.
   *
   * @default {60_000}
   */
  patience?: number;
  /**
   * How long an agent rests after a call.
   *
   * @default {4_000}
   */
  rest?: number;
  /**
   * How long an agent is paused.
   *
   * @default {90_000}
   */
  pause?: number;
  /**
   * Gives numbers from 0 up to, but without, 1.
   *
   * @default {Math.random}
   */
  random?: () => number;
}

/** Somebody who called: waiting, being put through, or talking. */
interface Caller extends WaitingCaller {
  readonly queue: Queue<Caller>;
  /** Who is being rung for the caller. */
  rung: Rung | undefined;
  /** The timer that ends the wait. */
  patience: Timer | undefined;
}

/** An agent who is being rung. */
interface Rung {
  readonly agent: Agent;
  readonly channel: PlayedChannel;
  readonly since: number;
  /** The timer that ends the ringing. */
  readonly timer: Timer;
}

/**
 * Plays a call centre on the embedded PBX: callers wait in queues, are taken by
 * agents or give up, agents pause, and colleagues call each other. The lists
 * that the PBX answers agree with the events at any time.
 */
export class CallCentre implements Disposable {
  readonly #server: AmiServer;
  readonly #options: Required<CallCentreOptions>;
  readonly #queues: ReadonlyMap<string, Queue<Caller>>;
  readonly #agents: readonly Agent[];
  readonly #channels = new Map<string, PlayedChannel>();
  /** Agents who rest after a call or did not pick up. */
  readonly #resting = new Set<Agent>();
  readonly #timers = new Set<Timer>();
  readonly #scripts: (() => void)[];
  #number = 0;
  #emitted = 0;

  /**
   * Opens the call centre. Some are talking or waiting already.
   *
   * @param server The PBX that it is played on.
   * @param options How busy it is.
   */
  constructor(server: AmiServer, options: CallCentreOptions = {}) {
    const {
      agents = AGENT_NAMES.length,
      arrival = 5_000,
      ring = 3_000,
      talk = 40_000,
      patience = 60_000,
      rest = 4_000,
      pause = 90_000,
      random = Math.random,
    } = options;
    this.#server = server;
    this.#options = {
      agents,
      arrival,
      ring,
      talk,
      patience,
      rest,
      pause,
      random,
    };
    this.#queues = new Map(
      QUEUES.map(([name, strategy]) => [
        name,
        { name, strategy, callers: [], completed: 0, abandoned: 0 },
      ]),
    );
    const loginTime = Date.now() - 3 * 60 * 60_000;
    this.#agents = Array.from({ length: agents }, (_, index) => ({
      name: AGENT_NAMES[index] ?? `Agent ${index + 1}`,
      extension: `${6_101 + index}`,
      queues: SERVED[index % SERVED.length] ?? [],
      loginTime,
      status: 1,
      pausedReason: undefined,
      lastPause: 0,
      lastCall: 0,
      callsTaken: 0,
    }));
    this.#scripts = [
      server.on("CoreShowChannels", () =>
        listAnswer(
          "Channels will follow",
          channelItems(this.#channels.values(), Date.now()),
          "CoreShowChannelsComplete",
        )),
      server.on("BridgeList", () =>
        listAnswer(
          "Bridge listing will follow",
          bridgeItems(this.#channels.values()),
          "BridgeListComplete",
        )),
      server.on("DeviceStateList", () =>
        listAnswer(
          "Device State Changes will follow",
          deviceItems(this.#agents),
          "DeviceStateListComplete",
        )),
      server.on("QueueStatus", (action) => this.#queueStatus(action)),
      server.on("QueuePause", (action) => this.#queuePause(action)),
    ];
    this.#open();
  }

  /** How many events it has made so far. */
  get emitted(): number {
    return this.#emitted;
  }

  /** The channels that there are. */
  get channels(): ReadonlyMap<string, PlayedChannel> {
    return this.#channels;
  }

  /** The agents. */
  get agents(): readonly Agent[] {
    return this.#agents;
  }

  /** The queues by their names. */
  get queues(): ReadonlyMap<string, Queue> {
    return this.#queues;
  }

  /** Lets everything stand still: nothing happens any more. */
  freeze(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Closes the call centre: the PBX knows nothing of it any more. */
  [Symbol.dispose](): void {
    this.freeze();
    for (const remove of this.#scripts) remove();
  }

  #open(): void {
    const { talk, pause, arrival } = this.#options;
    const now = Date.now();
    for (const agent of this.#agents) {
      const chance = this.#options.random();
      if (chance < 0.5) {
        const createdAt = now - this.#about(talk / 2);
        const [name = ""] = agent.queues;
        const caller = this.#call(this.#queue(name), createdAt);
        const channel = this.#agentChannel(agent, caller.channel, createdAt);
        const bridgeId = this.#bridgeId();
        for (const each of [caller.channel, channel]) {
          each.state = 6;
          each.bridgeId = bridgeId;
        }
        caller.channel.connectedLineNum = agent.extension;
        caller.channel.connectedLineName = agent.name;
        this.#connect(caller, agent, channel, createdAt);
      } else if (chance < 0.62) {
        this.#pause(agent, now - this.#about(pause / 2));
      }
    }
    this.#repeat(arrival, () => this.#arrive());
    this.#repeat(arrival * 5, () => this.#callColleague());
  }

  #queueStatus(action: ReceivedAction): AmiFrame[] {
    const wanted = action.get("Queue") ?? "";
    const queues = [...this.#queues.values()].filter(({ name }) =>
      wanted === "" || name === wanted
    );
    return listAnswer(
      "Queue status will follow",
      queueStatusItems(queues, this.#agents, Date.now()),
      "QueueStatusComplete",
    );
  }

  #queuePause(action: ReceivedAction): AmiFrame {
    const agent = this.#agents.find((each) =>
      interfaceOf(each) === action.get("Interface")
    );
    if (agent === undefined) {
      return { Response: "Error", Message: "Interface not found" };
    }
    const isPaused = /^(yes|true|y|t|1|on)$/i.test(action.get("Paused") ?? "");
    this.#setPaused(
      agent,
      isPaused ? action.get("Reason") ?? "" : undefined,
      Date.now(),
    );
    return {
      Response: "Success",
      Message: `Interface ${isPaused ? "" : "un"}paused successfully`,
    };
  }

  /** A caller comes. */
  #arrive(): void {
    const queue = this.#pick([...this.#queues.values()]);
    const caller = this.#call(queue, Date.now());
    const { channel } = caller;
    this.#emit("Newchannel", "call", channelFields(channel));
    channel.state = 6;
    this.#emit("Newstate", "call", channelFields(channel));
    this.#emit("Newexten", "dialplan", channelFields(channel), {
      Extension: channel.exten,
      Application: channel.application,
      AppData: channel.applicationData,
    });
    queue.callers.push(caller);
    this.#emit("QueueCallerJoin", "agent", channelFields(channel), {
      Queue: queue.name,
      Position: queue.callers.length,
      Count: queue.callers.length,
    });
    caller.patience = this.#after(
      this.#about(this.#options.patience),
      () => this.#giveUp(caller),
    );
    this.#dispatch();
  }

  /** Rings the agents who are free, for those who wait the longest. */
  #dispatch(): void {
    for (const queue of this.#queues.values()) {
      for (const caller of queue.callers) {
        if (caller.rung !== undefined) continue;
        const agent = this.#freeAgent(queue.name);
        if (agent === undefined) break;
        this.#ring(caller, agent);
      }
    }
  }

  /** The agent of a queue who has been free the longest. */
  #freeAgent(queue: string): Agent | undefined {
    return this.#agents
      .filter((agent) =>
        agent.status === 1 && agent.pausedReason === undefined &&
        !this.#resting.has(agent) && agent.queues.includes(queue)
      )
      .toSorted((one, other) => one.lastCall - other.lastCall)[0];
  }

  #ring(caller: Caller, agent: Agent): void {
    const now = Date.now();
    const channel = this.#agentChannel(agent, caller.channel, now);
    this.#emit("Newchannel", "call", channelFields(channel));
    this.#emit(
      "AgentCalled",
      "agent",
      this.#pair(caller, channel),
      this.#member(caller.queue, agent),
    );
    this.#emit("DialBegin", "call", this.#pair(caller, channel), {
      DialString: agent.extension,
    });
    channel.state = 5;
    this.#emit("Newstate", "call", channelFields(channel));
    this.#setStatus(agent, 6);
    const picksUp = this.#options.random() < 0.92;
    const timer = this.#after(
      this.#about(this.#options.ring) * (picksUp ? 1 : 3),
      () => picksUp ? this.#pickUp(caller) : this.#letRing(caller),
    );
    caller.rung = { agent, channel, since: now, timer };
  }

  /** The agent takes the call. */
  #pickUp(caller: Caller): void {
    const { rung, queue, channel, joinedAt } = caller;
    if (rung === undefined) return;
    const now = Date.now();
    rung.channel.state = 6;
    this.#emit("Newstate", "call", channelFields(rung.channel));
    this.#emit("DialEnd", "call", this.#pair(caller, rung.channel), {
      DialStatus: "ANSWER",
    });
    this.#setStatus(rung.agent, 2);
    channel.connectedLineNum = rung.agent.extension;
    channel.connectedLineName = rung.agent.name;
    this.#emit("NewConnectedLine", "call", channelFields(channel));
    this.#leave(caller);
    this.#emit("AgentConnect", "agent", this.#pair(caller, rung.channel), {
      ...this.#member(queue, rung.agent),
      HoldTime: Math.round((now - joinedAt) / 1_000),
      RingTime: Math.round((now - rung.since) / 1_000),
    });
    const bridgeId = this.#bridgeId();
    this.#emit("BridgeCreate", "call", bridgeFields(bridgeId, 0));
    for (const [index, each] of [rung.channel, channel].entries()) {
      each.bridgeId = bridgeId;
      const bridge = bridgeFields(bridgeId, index + 1);
      this.#emit("BridgeEnter", "call", bridge, channelFields(each));
    }
    this.#connect(caller, rung.agent, rung.channel, now);
  }

  /** The agent does not pick up, and is left alone for a while. */
  #letRing(caller: Caller): void {
    const { rung, queue } = caller;
    if (rung === undefined) return;
    this.#emit("AgentRingNoAnswer", "agent", this.#pair(caller, rung.channel), {
      ...this.#member(queue, rung.agent),
      RingTime: Math.round((Date.now() - rung.since) / 1_000),
    });
    this.#stopRinging(caller, "NOANSWER");
    this.#rest(rung.agent);
    this.#dispatch();
  }

  /** The caller hangs up before anybody picks up. */
  #giveUp(caller: Caller): void {
    const { queue, channel, joinedAt, rung } = caller;
    const position = queue.callers.indexOf(caller) + 1;
    if (rung !== undefined) this.#stopRinging(caller, "CANCEL");
    queue.abandoned++;
    this.#emit("QueueCallerAbandon", "agent", channelFields(channel), {
      Queue: queue.name,
      Position: position,
      OriginalPosition: position,
      HoldTime: Math.round((Date.now() - joinedAt) / 1_000),
    });
    this.#leave(caller);
    this.#hangUp(channel, 16, "Normal Clearing");
    this.#dispatch();
  }

  #stopRinging(caller: Caller, dialStatus: string): void {
    const { rung } = caller;
    if (rung === undefined) return;
    clearTimeout(rung.timer);
    this.#timers.delete(rung.timer);
    caller.rung = undefined;
    this.#emit("DialEnd", "call", this.#pair(caller, rung.channel), {
      DialStatus: dialStatus,
    });
    this.#hangUp(rung.channel, 19, "User alerting, no answer");
    this.#setStatus(rung.agent, 1);
  }

  /** The caller waits no longer. */
  #leave(caller: Caller): void {
    const { queue, channel, patience } = caller;
    if (patience !== undefined) {
      clearTimeout(patience);
      this.#timers.delete(patience);
    }
    const index = queue.callers.indexOf(caller);
    queue.callers.splice(index, 1);
    this.#emit("QueueCallerLeave", "agent", channelFields(channel), {
      Queue: queue.name,
      Count: queue.callers.length,
      Position: index + 1,
    });
  }

  /** Caller and agent talk, and hang up. */
  #connect(
    caller: Caller,
    agent: Agent,
    channel: PlayedChannel,
    since: number,
  ): void {
    agent.status = 2;
    const { queue, joinedAt } = caller;
    this.#after(this.#about(this.#options.talk), () => {
      agent.callsTaken++;
      agent.lastCall = Date.now();
      queue.completed++;
      this.#emit("AgentComplete", "agent", this.#pair(caller, channel), {
        ...this.#member(queue, agent),
        HoldTime: Math.round((since - joinedAt) / 1_000),
        TalkTime: Math.round((Date.now() - since) / 1_000),
        Reason: this.#pick(["caller", "agent"]),
      });
      this.#part([channel, caller.channel]);
      this.#setStatus(agent, 1);
      if (this.#options.random() < 0.12) this.#pause(agent, Date.now());
      this.#rest(agent);
    });
  }

  /** Two who are no agents talk for a while. */
  #callColleague(): void {
    const now = Date.now();
    const extension = `${6_300 + Math.floor(this.#options.random() * 40)}`;
    const other = `${6_340 + Math.floor(this.#options.random() * 40)}`;
    const caller = this.#channel(`PJSIP/${extension}`, now);
    caller.callerIdNum = extension;
    caller.exten = other;
    caller.application = "Dial";
    caller.applicationData = `PJSIP/${other}`;
    this.#emit("Newchannel", "call", channelFields(caller));
    const callee = this.#channel(`PJSIP/${other}`, now, caller.linkedid);
    callee.callerIdNum = other;
    callee.connectedLineNum = extension;
    caller.connectedLineNum = other;
    this.#emit("Newchannel", "call", channelFields(callee));
    const fields = {
      ...channelFields(caller),
      ...channelFields(callee, "Dest"),
    };
    this.#emit("DialBegin", "call", fields, { DialString: other });
    callee.state = 5;
    this.#emit("Newstate", "call", channelFields(callee));
    this.#after(this.#about(this.#options.ring), () => {
      callee.state = 6;
      this.#emit("Newstate", "call", channelFields(callee));
      caller.state = 6;
      this.#emit("Newstate", "call", channelFields(caller));
      const answered = {
        ...channelFields(caller),
        ...channelFields(callee, "Dest"),
      };
      this.#emit("DialEnd", "call", answered, { DialStatus: "ANSWER" });
      const bridgeId = this.#bridgeId();
      this.#emit("BridgeCreate", "call", bridgeFields(bridgeId, 0));
      for (const [index, each] of [callee, caller].entries()) {
        each.bridgeId = bridgeId;
        const bridge = bridgeFields(bridgeId, index + 1);
        this.#emit("BridgeEnter", "call", bridge, channelFields(each));
      }
      this.#after(
        this.#about(this.#options.talk),
        () => this.#part([callee, caller]),
      );
    });
  }

  /** The channels of a bridge leave it and hang up. */
  #part(channels: readonly PlayedChannel[]): void {
    const [{ bridgeId } = { bridgeId: "" }] = channels;
    for (const [index, channel] of channels.entries()) {
      channel.bridgeId = "";
      const bridge = bridgeFields(bridgeId, channels.length - index - 1);
      this.#emit("BridgeLeave", "call", bridge, channelFields(channel));
    }
    this.#emit("BridgeDestroy", "call", bridgeFields(bridgeId, 0));
    for (const channel of channels) {
      this.#hangUp(channel, 16, "Normal Clearing");
    }
  }

  #hangUp(channel: PlayedChannel, cause: number, text: string): void {
    this.#channels.delete(channel.uniqueid);
    this.#emit("Hangup", "call", channelFields(channel), {
      Cause: cause,
      "Cause-txt": text,
    });
  }

  /** An agent takes no call for a moment. */
  #rest(agent: Agent): void {
    this.#resting.add(agent);
    this.#after(this.#about(this.#options.rest), () => {
      this.#resting.delete(agent);
      this.#dispatch();
    });
  }

  /** An agent pauses for a while. */
  #pause(agent: Agent, now: number): void {
    this.#setPaused(agent, this.#pick(REASONS), now);
    this.#after(this.#about(this.#options.pause), () => {
      if (agent.pausedReason !== undefined) {
        this.#setPaused(agent, undefined, Date.now());
      }
    });
  }

  #setPaused(agent: Agent, reason: string | undefined, now: number): void {
    agent.pausedReason = reason;
    if (reason !== undefined) agent.lastPause = now;
    for (const queue of agent.queues) {
      this.#emit("QueueMemberPause", "agent", memberEventFields(agent, queue));
    }
    if (reason === undefined) this.#dispatch();
  }

  #setStatus(agent: Agent, status: number): void {
    agent.status = status;
    this.#emit("DeviceStateChange", "call", deviceFields(agent));
    for (const queue of agent.queues) {
      this.#emit("QueueMemberStatus", "agent", memberEventFields(agent, queue));
    }
  }

  /** The channel of somebody who calls a queue. */
  #call(queue: Queue<Caller>, createdAt: number): Caller {
    const channel = this.#channel("PJSIP/trunk", createdAt);
    // Numbers that Ofcom keeps for plays and films.
    const last = Math.floor(this.#options.random() * 1_000);
    channel.callerIdNum = `02079460${`${last}`.padStart(3, "0")}`;
    channel.callerIdName = this.#pick(CALLER_NAMES);
    channel.exten = queue.name;
    channel.application = "Queue";
    channel.applicationData = queue.name;
    return {
      channel,
      queue,
      joinedAt: createdAt,
      rung: undefined,
      patience: undefined,
    };
  }

  /** The channel by which an agent is rung. */
  #agentChannel(
    agent: Agent,
    caller: PlayedChannel,
    createdAt: number,
  ): PlayedChannel {
    const { linkedid, callerIdNum, callerIdName } = caller;
    const channel = this.#channel(interfaceOf(agent), createdAt, linkedid);
    channel.state = 0;
    channel.callerIdNum = agent.extension;
    channel.callerIdName = agent.name;
    channel.connectedLineNum = callerIdNum;
    channel.connectedLineName = callerIdName;
    channel.application = "AppQueue";
    channel.applicationData = "(Outgoing Line)";
    return channel;
  }

  #channel(
    device: string,
    createdAt: number,
    linkedid?: string,
  ): PlayedChannel {
    const number = this.#number++;
    const uniqueid = `${Math.floor(createdAt / 1_000)}.${number}`;
    const channel = {
      name: `${device}-${number.toString(16).padStart(8, "0")}`,
      uniqueid,
      linkedid: linkedid ?? uniqueid,
      createdAt,
      state: 4,
      callerIdNum: "",
      callerIdName: "",
      connectedLineNum: "",
      connectedLineName: "",
      exten: "s",
      application: "",
      applicationData: "",
      bridgeId: "",
    };
    this.#channels.set(uniqueid, channel);
    return channel;
  }

  #bridgeId(): string {
    return `00000000-0000-4000-8000-${
      (this.#number++).toString(16).padStart(12, "0")
    }`;
  }

  #pair(caller: Caller, agentChannel: PlayedChannel): AmiFrame {
    return {
      ...channelFields(caller.channel),
      ...channelFields(agentChannel, "Dest"),
    };
  }

  #member(queue: Queue<Caller>, agent: Agent): AmiFrame {
    return {
      Queue: queue.name,
      Interface: interfaceOf(agent),
      MemberName: agent.name,
    };
  }

  #emit(
    name: string,
    eventClass: string,
    first: AmiFrame,
    second: AmiFrame = {},
  ): void {
    this.#emitted++;
    this.#server.emit({
      Event: name,
      Privilege: `${eventClass},all`,
      ...first,
      ...second,
    });
  }

  #queue(name: string): Queue<Caller> {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new Error(`There is no queue "${name}"`);
    return queue;
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#options.random() * items.length)];
    if (item === undefined) throw new Error("There is nothing to pick from");
    return item;
  }

  /** Half to one and a half times as long. */
  #about(duration: number): number {
    return duration * (0.5 + this.#options.random());
  }

  #after(delay: number, what: () => void): Timer {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      what();
    }, delay);
    this.#timers.add(timer);
    return timer;
  }

  #repeat(interval: number, what: () => void): void {
    this.#after(this.#about(interval), () => {
      what();
      this.#repeat(interval, what);
    });
  }
}

/**
 * Counts callers of a past hour, as if the call centre had been open.
 *
 * @param tally Where they are counted.
 * @param now The end of the hour (milliseconds since 1970).
 * @param random Gives numbers from 0 up to, but without, 1.
 */
export function playPast(
  tally: Tally,
  now: number,
  random: () => number = Math.random,
): void {
  const names = QUEUES.map(([name]) => name);
  for (let ago = 60 * 60_000; ago > 0; ago -= 4_000 + random() * 22_000) {
    const queue = names[Math.floor(random() ** 2 * names.length)] ?? "";
    tally.count(random() < 0.9 ? "answered" : "lost", queue, now - ago);
  }
}

import type { CallSimulation } from "../calls/call_simulation.ts";
import { UNKNOWN } from "../calls/channel.ts";
import { findReachable } from "../calls/dialplan.ts";
import { Queue } from "./queue.ts";
import { QueueCall } from "./queue_call.ts";
import type {
  AmiMemberReaction,
  AmiQueueCall,
  AmiQueueCallOptions,
  AmiRingingMember,
} from "./queue_call_options.ts";
import { QueueEvents } from "./queue_events.ts";
import type { QueueMember } from "./queue_member.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { ResolvedServerOptions } from "../server_options.ts";

/** The queues of one PBX since its boot, and the calls to them. */
export class Queues {
  readonly events: QueueEvents;
  readonly #options: ResolvedServerOptions;
  readonly #calls: CallSimulation;
  readonly #queues = new Map<string, Queue>();
  readonly #waiting = new Set<QueueCall>();
  /** The states of the devices that queue calls have used. */
  readonly #devices = new Map<string, string>();
  #wrapUp: ReturnType<typeof setTimeout> | undefined;
  #isDispatching = false;
  #isStopped = false;

  constructor(options: ResolvedServerOptions, calls: CallSimulation) {
    this.#options = options;
    this.#calls = calls;
    this.events = new QueueEvents(calls.events, options.asteriskVersion);
    const now = Date.now();
    for (const queue of options.queues) {
      this.#queues.set(queue.name, new Queue(queue, this.events, now));
    }
  }

  /** The queues, in the order of the options. */
  get all(): Iterable<Queue> {
    return this.#queues.values();
  }

  /** The states of the devices that queue calls have used. */
  get devices(): ReadonlyMap<string, string> {
    return this.#devices;
  }

  find(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  /** Returns the member of that interface in each queue, or in one of them. */
  members(interfaceName: string, queueName = ""): QueueMember[] {
    return [...this.#queues.values()].flatMap((queue) => {
      const isWanted = queueName === "" || queue.name === queueName;
      const member = isWanted ? queue.findMember(interfaceName) : undefined;
      return member === undefined ? [] : [member];
    });
  }

  /**
   * Starts a call to a queue.
   *
   * @throws {RangeError} If there is no such queue.
   */
  call(name: string, options: AmiQueueCallOptions): AmiQueueCall {
    const queue = this.#queues.get(name);
    if (queue === undefined) {
      throw new RangeError(
        `Cannot call the queue "${name}" as it is not among the 'queues' of the server`,
      );
    }
    const {
      device = "PJSIP/trunk",
      callerIdNum = UNKNOWN,
      callerIdName = UNKNOWN,
      patience = Infinity,
      timeout = Infinity,
      talkTime = this.#options.talkTime,
      endedBy = "caller",
      onRing = (member) => this.#reaction(member),
    } = options;
    const call = new QueueCall({
      queue,
      device,
      callerIdNum,
      callerIdName,
      patience,
      timeout,
      talkTime,
      endedBy,
      onRing,
    }, {
      numbers: this.#calls.numbers,
      events: this.#calls.events,
      queueEvents: this.events,
      random: Math.random,
      updateDevice: (each) => this.#updateDevice(each),
      dispatch: () => this.dispatch(),
    });
    this.#waiting.add(call);
    const forget = () => this.#waiting.delete(call);
    call.handle.ended.then(forget, forget);
    this.#calls.play(call);
    return call.handle;
  }

  /** Rings members that are free for callers that wait. */
  dispatch(): void {
    // Ringing changes devices, which leads here again.
    if (this.#isDispatching || this.#isStopped) return;
    this.#isDispatching = true;
    try {
      for (const call of [...this.#waiting]) call.leaveIfDeserted();
      for (const queue of this.all) queue.dispatch(Math.random);
    } finally {
      this.#isDispatching = false;
    }
    this.#awaitWrapUp();
  }

  /** Takes an event of the PBX: members follow the state of their device. */
  onEvent(event: AmiFrame): void {
    if (event["Event"] !== "DeviceStateChange") return;
    const { Device: device, State: state } = event;
    let isChanged = false;
    for (const queue of this.all) {
      for (const member of queue.members) {
        if (member.device !== device) continue;
        if (!member.setDeviceState(`${state}`)) continue;
        this.events.memberStatus(member);
        isChanged = true;
      }
    }
    if (isChanged) this.dispatch();
  }

  /** Takes over the queues of the options, which are new; those that are gone stay while somebody waits. */
  reload(): void {
    const wanted = new Map(
      this.#options.queues.map((each) => [each.name, each]),
    );
    for (const queue of [...this.all]) {
      const isGone = !wanted.has(queue.name) && queue.callers.length === 0;
      if (isGone) this.#queues.delete(queue.name);
    }
    for (const options of wanted.values()) {
      const queue = this.#queues.get(options.name);
      if (queue !== undefined) queue.configure(options);
      else {
        const added = new Queue(options, this.events, Date.now());
        this.#queues.set(options.name, added);
      }
    }
    this.dispatch();
  }

  /** Ends the waits. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#wrapUp);
  }

  /** Dispatches again when the next member has wrapped up. */
  #awaitWrapUp(): void {
    clearTimeout(this.#wrapUp);
    const now = Date.now();
    let next = Infinity;
    for (const queue of this.all) {
      if (queue.callers.length === 0) continue;
      for (const member of queue.members) {
        if (!member.isResting(now)) continue;
        next = Math.min(next, member.lastCall + member.wrapUpTime * 1_000);
      }
    }
    if (next === Infinity) return;
    this.#wrapUp = setTimeout(() => this.dispatch(), next - now);
  }

  #reaction({ interface: location }: AmiRingingMember): AmiMemberReaction {
    const [technology = "", resource = ""] = location.split("/", 2);
    const endpoint = findReachable(this.#options, technology, resource);
    const { onCall = "answer" } = endpoint ?? {};
    return onCall === "answer" ? this.#options.ringTime : onCall;
  }

  #updateDevice(device: string): void {
    const state = this.#calls.deviceState(device);
    if (this.#devices.get(device) === state) return;
    this.#devices.set(device, state);
    this.#calls.events.deviceStateChange(device, state);
  }
}

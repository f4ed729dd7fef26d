import type { AmiFrame } from "../server/frame_writer.ts";
import type { AmiQueue, AmiQueueMember } from "../server_options.ts";

/** The states of a device as numbers (`enum ast_device_state`). */
const STATUS: ReadonlyMap<string, number> = new Map([
  ["UNKNOWN", 0],
  ["NOT_INUSE", 1],
  ["INUSE", 2],
  ["BUSY", 3],
  ["INVALID", 4],
  ["UNAVAILABLE", 5],
  ["RINGING", 6],
  ["RINGINUSE", 7],
  ["ONHOLD", 8],
]);

/** Returns a time in seconds, as Asterisk writes it. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}

/** An agent of one queue: its pause, its status, its calls. */
export class QueueMember {
  readonly queue: string;
  readonly interface: string;
  readonly name: string;
  readonly stateInterface: string;
  /** `static` from the options, `dynamic` by `QueueAdd`. */
  readonly membership: "static" | "dynamic";
  /** The rest after a call (seconds). */
  readonly wrapUpTime: number;
  penalty: number;
  ringInUse: boolean;
  /** The state of the device as a number. */
  status: number;
  isPaused: boolean;
  pausedReason: string;
  isInCall = false;
  callsTaken = 0;
  /** The end of the last call (milliseconds since the epoch), or 0. */
  lastCall = 0;
  /** The start of the last pause (milliseconds since the epoch), or 0. */
  lastPause = 0;
  readonly loginTime: number;

  constructor(
    queue: AmiQueue,
    member: AmiQueueMember,
    membership: "static" | "dynamic",
    loginTime: number,
  ) {
    this.queue = queue.name;
    this.interface = member.interface;
    this.name = member.name ?? member.interface;
    this.stateInterface = member.stateInterface ?? member.interface;
    this.membership = membership;
    this.wrapUpTime = queue.wrapUpTime ?? 0;
    this.penalty = member.penalty ?? 0;
    this.ringInUse = queue.ringInUse ?? true;
    this.status = member.status ?? 1;
    this.isPaused = member.pausedReason !== undefined;
    this.pausedReason = member.pausedReason ?? "";
    this.loginTime = loginTime;
  }

  /** The device whose state counts; `/n` of a Local channel is not part of it. */
  get device(): string {
    return deviceOf(this.stateInterface);
  }

  /** Reports whether the queue may ring it (`is_member_available()`, apps/app_queue.c). */
  isAvailable(now: number): boolean {
    if (this.isPaused || this.isResting(now)) return false;
    if (this.status === 1 || this.status === 0) return true;
    const isBusy = [2, 3, 6, 7, 8].includes(this.status);
    return isBusy && this.ringInUse && !this.isInCall;
  }

  /** Reports whether it is wrapping up its last call. */
  isResting(now: number): boolean {
    return this.lastCall > 0 && now < this.lastCall + this.wrapUpTime * 1_000;
  }

  /** Takes the state of its device; returns whether that is a change. */
  setDeviceState(state: string): boolean {
    const status = STATUS.get(state) ?? 0;
    if (status === this.status) return false;
    this.status = status;
    return true;
  }

  pause(reason: string, now: number): void {
    this.isPaused = true;
    this.pausedReason = reason;
    this.lastPause = now;
  }

  unpause(): void {
    this.isPaused = false;
    this.pausedReason = "";
  }

  /** The headers of its events (`queue_member_blob_create()`, apps/app_queue.c). */
  eventHeaders(): AmiFrame {
    return {
      Queue: this.queue,
      MemberName: this.name,
      Interface: this.interface,
      ...this.#common(),
      Ringinuse: this.ringInUse ? 1 : 0,
      Wrapuptime: this.wrapUpTime,
    };
  }

  /** Its item in `QueueStatus`. */
  item(): AmiFrame {
    return {
      Event: "QueueMember",
      Queue: this.queue,
      Name: this.name,
      Location: this.interface,
      ...this.#common(),
      Wrapuptime: this.wrapUpTime,
    };
  }

  #common(): AmiFrame {
    return {
      StateInterface: this.stateInterface,
      Membership: this.membership,
      Penalty: this.penalty,
      CallsTaken: this.callsTaken,
      LastCall: seconds(this.lastCall),
      LastPause: seconds(this.lastPause),
      LoginTime: seconds(this.loginTime),
      InCall: this.isInCall ? 1 : 0,
      Status: this.status,
      Paused: this.isPaused ? 1 : 0,
      PausedReason: this.pausedReason,
    };
  }
}

/** Returns the device of an interface: `/n` of a Local channel is an option. */
export function deviceOf(interfaceName: string): string {
  const isLocal = interfaceName.toLowerCase().startsWith("local/");
  return isLocal ? interfaceName.replace(/\/[a-z]*$/i, "") : interfaceName;
}

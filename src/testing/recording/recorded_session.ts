import { ActionReader } from "../server/action_reader.ts";
import { privilegeBits } from "../server/event_mask.ts";
import { ReceivedAction } from "../server/received_action.ts";
import { FrameCutter, type RecordedFrame } from "./recorded_frames.ts";
import {
  decodeUtf8,
  fromBinary,
  type Recording,
  toBinary,
} from "./recording.ts";

/** An event that was recorded, for everybody whose event mask lets it pass. */
export interface RecordedEvent extends RecordedFrame {
  /** The bits of its classes; `undefined` if it has no `Privilege`. */
  bits: number | undefined;
  /** The action that was pending when this one came, such as a call. */
  causedBy: RecordedExchange | undefined;
}

/** An action that was recorded, and what the PBX answered. */
export interface RecordedExchange {
  /** The action. */
  action: ReceivedAction;
  /** The frames of the answer. */
  frames: RecordedFrame[];
  /** The events that came later with the action's `ActionID`. */
  followUps: RecordedEvent[];
}

/** A recorded session, taken apart; its times are those since the login was answered. */
export interface RecordedSession {
  /** The first line; may be empty. */
  greeting: string;
  /** The actions, in order. */
  exchanges: readonly RecordedExchange[];
  /** The events for everybody, in order. */
  events: readonly RecordedEvent[];
  /** The incomplete text at the end, if any. */
  rest: string;
  /** The time from the answer to the login to the end (milliseconds). */
  duration: number;
  /** The PBX ended it. */
  endedByPbx: boolean;
  /** The line at which the recording breaks off, if it does. */
  cutLine?: number;
}

/**
 * Takes a recording apart into events for everybody and answers to
 * actions.
 *
 * @param recording The recording.
 * @returns Its parts.
 */
export function takeApart(recording: Recording): RecordedSession {
  const reader = new SessionReader();
  for (const { at, direction, bytes } of recording.pieces) {
    if (direction === "sent") reader.sent(bytes);
    else reader.received(toBinary(bytes), at);
  }
  const last = recording.end?.at ?? recording.pieces.at(-1)?.at ?? 0;
  const session = reader.finish(last, recording.end?.by === "pbx");
  const { cutLine } = recording;
  return cutLine === undefined ? session : { ...session, cutLine };
}

/** The value of the first header of that name; `undefined` without one. */
function header(text: string, name: string): string | undefined {
  const [, value] = new RegExp(`^${name}: ?(.*?)\\r?$`, "im").exec(text) ?? [];
  return value;
}

/** An exchange while it is read. */
interface OpenExchange extends RecordedExchange {
  /** Reports whether its list has begun and is incomplete. */
  isListOpen: boolean;
}

/** Reads a session from its beginning to its end. */
class SessionReader {
  readonly #cutter = new FrameCutter();
  readonly #actions = new ActionReader();
  readonly #exchanges: OpenExchange[] = [];
  readonly #byActionId = new Map<string, OpenExchange>();
  readonly #events: RecordedEvent[] = [];
  #unanswered: OpenExchange[] = [];
  #list: OpenExchange | undefined;
  #loginAt: number | undefined;

  /** Takes what the client wrote. */
  sent(bytes: Uint8Array): void {
    this.#actions.push(bytes);
    for (
      let request = this.#actions.next();
      request !== undefined;
      request = this.#actions.next()
    ) {
      const action = new ReceivedAction(request.lines);
      const exchange: OpenExchange = {
        action,
        frames: [],
        followUps: [],
        isListOpen: false,
      };
      this.#exchanges.push(exchange);
      this.#unanswered.push(exchange);
      if (action.actionId !== "") {
        this.#byActionId.set(action.actionId, exchange);
      }
    }
  }

  /** Takes what the PBX wrote. */
  received(text: string, at: number): void {
    for (const frame of this.#cutter.push(text, at)) this.#sort(frame);
  }

  /** Returns the parts. */
  finish(last: number, endedByPbx: boolean): RecordedSession {
    const zero = this.#loginAt ?? this.#events[0]?.at ?? last;
    const answers = this.#exchanges.flatMap(({ frames }) => frames);
    for (const frame of [...this.#events, ...answers]) {
      frame.at = Math.max(0, frame.at - zero);
    }
    return {
      greeting: this.#cutter.greeting,
      exchanges: this.#exchanges,
      events: this.#events,
      rest: this.#cutter.rest,
      duration: Math.max(0, last - zero),
      endedByPbx,
    };
  }

  #sort(frame: RecordedFrame): void {
    const [first = ""] = /^[^:\r\n]*/.exec(frame.text) ?? [];
    const kind = first.toLowerCase();
    if (kind === "response") this.#sortResponse(frame);
    else if (kind === "event") this.#sortEvent(frame);
    else {
      // Free text is the answer to the action whose turn it is.
      const exchange = this.#unanswered[0];
      if (exchange === undefined) this.#addEvent(frame, undefined);
      else this.#addToAnswer(exchange, frame);
    }
  }

  #sortResponse(frame: RecordedFrame): void {
    const exchange = this.#exchangeOf(frame) ?? this.#unanswered[0];
    // No action of this recording asked for it, so no client can.
    if (exchange === undefined) return;
    this.#addToAnswer(exchange, frame);
    if (exchange.action.name.toLowerCase() === "login") {
      this.#loginAt ??= frame.at;
    }
    exchange.isListOpen =
      header(frame.text, "EventList")?.toLowerCase() === "start";
    if (exchange.isListOpen) this.#list = exchange;
    else if (this.#list === exchange) this.#list = undefined;
  }

  #sortEvent(frame: RecordedFrame): void {
    const exchange = this.#exchangeOf(frame);
    const answer = this.#answerOf(frame, exchange);
    if (answer === undefined) return this.#addEvent(frame, exchange);
    this.#addToAnswer(answer, frame);
    const list = header(frame.text, "EventList")?.toLowerCase();
    if (list !== "complete" && list !== "cancelled") return;
    answer.isListOpen = false;
    if (this.#list === answer) this.#list = undefined;
  }

  /** The exchange whose answer the event is a part of; none if it is for everybody. */
  #answerOf(
    { text }: RecordedFrame,
    exchange: OpenExchange | undefined,
  ): OpenExchange | undefined {
    // A client can put any header into this one.
    if (/^Event: ?UserEvent\r?$/im.test(text)) return undefined;
    if (exchange?.isListOpen) return exchange;
    // What Asterisk sends to every client has a privilege. The items of IAXpeers have
    // neither that nor an ActionID; FAXStats and others come without a list.
    if (header(text, "Privilege") !== undefined) return undefined;
    return exchange ?? this.#list;
  }

  #exchangeOf({ text }: RecordedFrame): OpenExchange | undefined {
    const actionId = header(text, "ActionID");
    if (actionId === undefined) return undefined;
    const bytes = fromBinary(actionId) ?? new Uint8Array();
    return this.#byActionId.get(decodeUtf8(bytes) ?? actionId);
  }

  #addToAnswer(exchange: OpenExchange, frame: RecordedFrame): void {
    this.#unanswered = this.#unanswered.filter((each) => each !== exchange);
    exchange.frames.push(frame);
  }

  #addEvent(frame: RecordedFrame, causedBy: OpenExchange | undefined): void {
    const privilege = header(frame.text, "Privilege");
    const bits = privilege === undefined ? undefined : privilegeBits(privilege);
    // The same object, as a further blank line may be added to the frame.
    const event = Object.assign(frame, { bits, causedBy });
    this.#events.push(event);
    causedBy?.followUps.push(event);
  }
}

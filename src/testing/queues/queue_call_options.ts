/** A member of a queue that is about to ring. */
export interface AmiRingingMember {
  /** The interface, such as `PJSIP/6001`. */
  readonly interface: string;
  /** The name. */
  readonly name: string;
}

/**
 * The reaction of a member that rings: the time until it answers
 * (milliseconds), or that it is busy, declines or does not answer.
 */
export type AmiMemberReaction = number | "busy" | "no-answer" | "rejected";

/** Options of {@linkcode AmiServer.queueCall}. */
export interface AmiQueueCallOptions {
  /**
   * The device of the caller.
   *
   * @default {"PJSIP/trunk"}
   */
  device?: string;
  /**
   * The number of the caller.
   *
   * @default {"<unknown>"}
   */
  callerIdNum?: string;
  /**
   * The name of the caller.
   *
   * @default {"<unknown>"}
   */
  callerIdName?: string;
  /**
   * The time after which the caller hangs up if nobody has answered
   * (milliseconds).
   *
   * @default {Infinity}
   */
  patience?: number;
  /**
   * The time after which the queue gives up (milliseconds).
   *
   * @default {Infinity}
   */
  timeout?: number;
  /**
   * The time that caller and member talk (milliseconds); `Infinity` until one
   * of them is hung up.
   *
   * @default {AmiServerOptions.talkTime}
   */
  talkTime?: number;
  /**
   * The side that hangs up at the end of the talk.
   *
   * @default {"caller"}
   */
  endedBy?: "caller" | "agent";
  /**
   * Returns how a member reacts when it rings. A reaction later than `timeout`
   * of the queue counts as no answer.
   *
   * @default The `onCall` of its endpoint, after {@linkcode AmiServerOptions.ringTime}
   */
  onRing?: (member: AmiRingingMember) => AmiMemberReaction;
}

/** The way in which a caller has left a queue. */
export interface AmiQueueOutcome {
  /**
   * `answered` by a member; `abandoned` as the caller hung up; `timeout` of the
   * queue; left by `key`; refused as the queue was `full` or had no member
   * (`empty`), which can also happen during the wait.
   */
  readonly result:
    | "answered"
    | "abandoned"
    | "timeout"
    | "key"
    | "full"
    | "empty";
  /** The interface of the member that answered. */
  readonly member?: string;
}

/** A call to a queue, as {@linkcode AmiServer.queueCall} returns it. */
export interface AmiQueueCall {
  /** The name of the caller's channel. */
  readonly channel: string;
  /** The `Uniqueid` of the caller's channel. */
  readonly uniqueid: string;
  /** Resolves when the caller has left the queue. */
  readonly outcome: Promise<AmiQueueOutcome>;
  /** Resolves when the call is over. */
  readonly ended: Promise<void>;
  /** Hangs up the caller. */
  hangUp(): void;
  /** Presses the key by which a waiting caller leaves the queue. */
  press(): void;
}

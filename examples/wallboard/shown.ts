/** Everything that the page shows. All times are milliseconds since 1970. */
export interface Shown {
  pbxs: PbxShown[];
  queues: QueueShown[];
  agents: AgentShown[];
  calls: CallShown[];
  figures: FiguresShown;
  /** The number of events per second. */
  rate: number;
}

/** The figures that belong to no row. */
export interface FiguresShown {
  /** The number of calls, also of those that are too many to be sent. */
  calls: number;
  /** The number of calls in which two talk. */
  talking: number;
  /** The time since when today's callers are counted. */
  since: number;
  /** `true` if agents can be paused by those who have the token. */
  canPause: boolean;
}

/** A PBX, and the connection to it. */
export interface PbxShown {
  key: string;
  /** Its place or name. */
  place: string;
  /**
   * - `"connecting"`: its state is being read for the first time.
   * - `"live"`: its state is shown.
   * - `"lost"`: the connection is lost; DAMI reconnects.
   * - `"failed"`: the connection is lost for good.
   */
  state: "connecting" | "live" | "lost" | "failed";
  /** The time since when it is in this state. */
  since: number;
  /** The reason why it was lost or has failed; empty where all is well. */
  reason: string;
  /** The number of times in which events were missed. */
  gaps: number;
  /** The last one of them. */
  lastGap: { from: number; to: number } | null;
}

/** A row of any list. */
export interface RowShown {
  /** The key of the row, such as `berlin/support`. */
  key: string;
  /** The key of its PBX. */
  pbx: string;
}

/** The callers of a queue today. */
export interface QueueOutcomes {
  /** The number of callers that an agent has answered. */
  answered: number;
  /** The number of callers that hung up while they were waiting. */
  lost: number;
  /** The number of answered callers by their wait, up to a whole second: pairs of seconds and number. */
  waits: [seconds: number, callers: number][];
}

/** The callers of a minute in which there were some. */
export type MinuteOutcomes = [
  /** The number of minutes since 1970. */
  minute: number,
  answered: number,
  lost: number,
];

/** A queue. */
export interface QueueShown extends RowShown, QueueOutcomes {
  name: string;
  waiting: number;
  /** The time since when the first caller waits. */
  longestSince: number | null;
  /** The number of agents. */
  agents: number;
  /** The number of agents who could take a call now. */
  free: number;
  /** The number of agents who are neither paused nor away. */
  present: number;
  /** The minutes of the last hour in which there were callers. */
  hour: MinuteOutcomes[];
}

/** The state of an agent. */
export type AgentState = "free" | "ringing" | "talking" | "paused" | "away";

/** An agent: a member of one or several queues. */
export interface AgentShown extends RowShown {
  interface: string;
  name: string;
  /** The number of the agent if others have the same name; empty otherwise. */
  detail: string;
  state: AgentState;
  /** The reason of the pause; empty without one. */
  reason: string;
  /** `true` if the agent is paused, which somebody who talks can be as well. */
  isPaused: boolean;
  /** The time since when the agent is in this state; null if that is not known. */
  since: number | null;
  /** The keys of the agent's queues. */
  queues: string[];
}

/** A caller, an agent, a queue or an extension. */
export interface PartyShown {
  /** The name; empty if it is not known. */
  name: string;
  /** The number, or the device; empty for a queue. */
  number: string;
}

/** A call. */
export interface CallShown extends RowShown {
  from: PartyShown;
  to: PartyShown;
  state:
    | "dialing"
    | "ringing"
    | "waiting"
    | "up"
    | "talking"
    | "held"
    | "parked";
  /** The time since when it is in this state. */
  since: number;
  /** The key of the queue that it came by; empty if it came by none. */
  queue: string;
}

/**
 * What the page shows, as it is sent to it. Every time is in milliseconds since
 * 1970, by the clock of the server.
 */
export interface Shown {
  link: LinkShown;
  gaps: GapsShown;
  rate: RateShown;
  today: TodayShown;
  hour: HourShown;
  calls: CallsShown;
  queues: QueuesShown;
  agents: AgentsShown;
  /** Whether agents can be paused by those who have the token. */
  canPause: boolean;
}

/** The connection to the PBX. */
export interface LinkShown {
  /**
   * - `"connecting"`: what the PBX has is being asked for, for the first time.
   * - `"live"`: what is shown is what the PBX has.
   * - `"lost"`: the connection is gone, and is being made again.
   * - `"failed"`: it is not made again.
   */
  state: "connecting" | "live" | "lost" | "failed";
  /** Since when it is in this state. */
  since: number;
  /** Where the PBX is. */
  pbx: string;
  /** Why it was lost or has failed; empty where all is well. */
  reason: string;
}

/** The times in which events were missed. */
export interface GapsShown {
  /** How many there were. */
  count: number;
  /** The last one. */
  last: { from: number; to: number } | null;
}

/** How many events come. */
export interface RateShown {
  perSecond: number;
}

/** What became of today's callers. */
export interface TodayShown {
  answered: number;
  lost: number;
  /** Since when they are counted. */
  since: number;
}

/** The same of each minute of the last hour. */
export interface HourShown {
  /** When the first minute began. */
  start: number;
  answered: number[];
  lost: number[];
}

/** The calls, the newest first. */
export interface CallsShown {
  total: number;
  talking: number;
  rows: CallShown[];
}

/** A call. */
export interface CallShown {
  id: string;
  from: string;
  to: string;
  state:
    | "dialing"
    | "ringing"
    | "waiting"
    | "up"
    | "talking"
    | "held"
    | "parked";
  /** Since when it is in this state. */
  since: number;
}

/** The queues, by name. */
export interface QueuesShown {
  total: number;
  /** How many wait in all of them. */
  waiting: number;
  /** Since when the first of them waits. */
  longestSince: number | null;
  rows: QueueShown[];
}

/** A queue. */
export interface QueueShown {
  name: string;
  waiting: number;
  longestSince: number | null;
  /** How many agents could take a call. */
  free: number;
  agents: number;
  answered: number;
  lost: number;
}

/** What an agent does. */
export type AgentState = "free" | "ringing" | "talking" | "paused" | "away";

/** The agents, by name. */
export interface AgentsShown {
  total: number;
  /** How many are in each state. */
  states: Record<AgentState, number>;
  rows: AgentShown[];
}

/** An agent: a member of one or several queues. */
export interface AgentShown {
  interface: string;
  name: string;
  state: AgentState;
  /** Why the agent is paused; empty if not, or if no reason was given. */
  reason: string;
  /** Whether the agent is paused, which somebody who talks can be as well. */
  isPaused: boolean;
  /** Since when the agent is in this state; null if that is not known. */
  since: number | null;
}

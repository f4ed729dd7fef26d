import type { Call, Change, Channel, Queue } from "../../src/live/live_pbx.ts";

/** A channel that is up, with these differences. */
export function channel(
  uniqueid: string,
  differences: Partial<Channel> = {},
): Channel {
  return {
    uniqueid,
    linkedid: "1",
    name: `PJSIP/${uniqueid}-00000001`,
    device: `PJSIP/${uniqueid}`,
    state: "Up",
    callerIdNum: uniqueid,
    callerIdName: `Name ${uniqueid}`,
    connectedLineNum: "",
    connectedLineName: "",
    accountCode: "",
    language: "en",
    context: "default",
    exten: "",
    priority: 1,
    application: "",
    applicationData: "",
    bridgeId: "",
    createdAt: 0,
    answeredAt: undefined,
    heldSince: undefined,
    parking: undefined,
    ...differences,
  };
}

/** A call of these parties, with these differences. */
export function call(
  id: string,
  parties: readonly Channel[],
  differences: Partial<Call> = {},
): Call {
  return {
    id,
    state: "up",
    parties,
    talks: [],
    transfers: [],
    channels: parties.map(({ uniqueid }) => uniqueid),
    startedAt: 0,
    answeredAt: undefined,
    connectedAt: undefined,
    cause: 0,
    causeText: "",
    ...differences,
  };
}

/** The end of a call. */
export function ended(
  last: Call,
  at: number,
  differences: Partial<Change<"call-ended">> = {},
): Change<"call-ended"> {
  return {
    type: "call-ended",
    at,
    call: last,
    cause: 16,
    causeText: "Normal Clearing",
    answered: true,
    lost: false,
    ...differences,
  };
}

/** A new version of a call. */
export function changed(next: Call, at: number): Change<"call-changed"> {
  return { type: "call-changed", at, call: next, before: next };
}

/** A queue without anybody. */
export function queue(name: string): Queue {
  return {
    name,
    strategy: "ringall",
    max: 0,
    weight: 0,
    holdTime: 0,
    talkTime: 0,
    completed: 0,
    abandoned: 0,
    serviceLevel: 0,
    serviceLevelPerf: 0,
    serviceLevelPerf2: 0,
    members: new Map(),
    callers: [],
  };
}

/** A caller who has stopped waiting. */
export function left(
  uniqueid: string,
  joinedAt: number,
  at: number,
  differences: Partial<Change<"caller-left">> = {},
): Change<"caller-left"> {
  return {
    type: "caller-left",
    at,
    queue: queue("sales"),
    caller: {
      queue: "sales",
      uniqueid,
      channel: `PJSIP/${uniqueid}-00000001`,
      callerIdNum: uniqueid,
      callerIdName: "",
      position: 1,
      joinedAt,
    },
    reason: "connected",
    abandoned: false,
    lost: false,
    ...differences,
  };
}

import type { QueueMember } from "../../src/live/records/queue_member.ts";

/**
 * Returns a queue member who does nothing.
 *
 * @param fields What is different about this one.
 */
export function idleMember(fields: Partial<QueueMember> = {}): QueueMember {
  return {
    queue: "sales",
    interface: "PJSIP/1",
    name: "Anna",
    stateInterface: "PJSIP/1",
    membership: "dynamic",
    penalty: 0,
    callsTaken: 0,
    lastCallAt: undefined,
    lastPauseAt: undefined,
    loginAt: undefined,
    isInCall: false,
    state: "NOT_INUSE",
    isPaused: false,
    pausedReason: "",
    wrapupTime: 0,
    ...fields,
  };
}

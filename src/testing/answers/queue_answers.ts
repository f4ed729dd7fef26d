import { list } from "./list_answers.ts";
import type { Pbx } from "../calls/pbx.ts";
import type { Queue } from "../queues/queue.ts";
import { isYes } from "../server/event_mask.ts";
import { type AmiFrame, errorFrame } from "../server/frame_writer.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/** `ActionID` as the last header, where these items have it. */
function lastActionId({ actionId }: ReceivedAction): AmiFrame {
  return { ActionID: actionId === "" ? [] : actionId };
}

/** The queues that an action asks for. */
function wantedQueues({ queues }: Pbx, action: ReceivedAction): Queue[] {
  const wanted = action.get("Queue") ?? "";
  return [...queues.all].filter(({ name }) => wanted === "" || name === wanted);
}

/** The queues with their members and callers. */
export function queueStatus(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const wanted = action.get("Member") ?? "";
  const id = lastActionId(action);
  const now = Date.now();
  const items = wantedQueues(pbx, action).flatMap((queue) => [
    queue.item(),
    ...queue.members.flatMap((member) => {
      const isWanted = wanted === "" || wanted === member.name ||
        wanted === member.interface;
      return isWanted ? [member.item()] : [];
    }),
    ...queue.callerItems(now),
  ]).map((item) => ({ ...item, ...id }));
  return list("Queue status will follow", items, "QueueStatusComplete");
}

/** The figures of the queues. */
export function queueSummary(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const id = lastActionId(action);
  const now = Date.now();
  const items = wantedQueues(pbx, action).map((queue) => ({
    ...queue.summary(now),
    ...id,
  }));
  return list("Queue summary will follow", items, "QueueSummaryComplete");
}

/** Adds a dynamic member. */
export function queueAdd({ queues }: Pbx, action: ReceivedAction): AmiAnswer {
  const name = action.get("Queue") ?? "";
  const location = action.get("Interface") ?? "";
  if (name === "") return errorFrame("'Queue' not specified.");
  if (location === "") return errorFrame("'Interface' not specified.");
  const queue = queues.find(name);
  if (queue === undefined) {
    return errorFrame("Unable to add interface to queue: No such queue");
  }
  if (queue.findMember(location) !== undefined) {
    return errorFrame("Unable to add interface: Already there");
  }
  const penalty = Number.parseInt(action.get("Penalty") ?? "", 10);
  const member = queue.addMember({
    interface: location,
    name: action.get("MemberName") ?? "",
    stateInterface: action.get("StateInterface") ?? "",
  }, penalty > 0 ? penalty : 0);
  if (isYes(action.get("Paused") ?? "")) {
    member.pause(action.get("Reason") ?? "", Date.now());
  }
  queues.events.memberAdded(member);
  queues.dispatch();
  return { Response: "Success", Message: "Added interface to queue" };
}

/** Removes a member. */
export function queueRemove(
  { queues }: Pbx,
  action: ReceivedAction,
): AmiAnswer {
  const name = action.get("Queue") ?? "";
  const location = action.get("Interface") ?? "";
  if (name === "" || location === "") {
    return errorFrame("Need 'Queue' and 'Interface' parameters.");
  }
  const queue = queues.find(name);
  if (queue === undefined) {
    return errorFrame("Unable to remove interface from queue: No such queue");
  }
  const member = queue.findMember(location);
  if (member === undefined) {
    return errorFrame("Unable to remove interface: Not there");
  }
  queue.removeMember(member);
  queues.events.memberRemoved(member);
  queues.dispatch();
  return { Response: "Success", Message: "Removed interface from queue" };
}

/** Pauses a member, or ends its pause, in one queue or in all. */
export function queuePause({ queues }: Pbx, action: ReceivedAction): AmiAnswer {
  const location = action.get("Interface") ?? "";
  const paused = action.get("Paused") ?? "";
  if (location === "" || paused === "") {
    return errorFrame("Need 'Interface' and 'Paused' parameters.");
  }
  const members = queues.members(location, action.get("Queue") ?? "");
  if (members.length === 0) return errorFrame("Interface not found");
  const isPaused = isYes(paused);
  for (const member of members) {
    if (isPaused) member.pause(action.get("Reason") ?? "", Date.now());
    else member.unpause();
    queues.events.memberPause(member);
  }
  queues.dispatch();
  return {
    Response: "Success",
    Message: `Interface ${isPaused ? "" : "un"}paused successfully`,
  };
}

/** Sets the penalty of a member. */
export function queuePenalty(
  { queues }: Pbx,
  action: ReceivedAction,
): AmiAnswer {
  const location = action.get("Interface") ?? "";
  const penalty = action.get("Penalty") ?? "";
  if (location === "" || penalty === "") {
    return errorFrame("Need 'Interface' and 'Penalty' parameters.");
  }
  const members = queues.members(location, action.get("Queue") ?? "");
  if (members.length === 0) {
    return errorFrame("Invalid interface, queuename or penalty");
  }
  for (const member of members) {
    member.penalty = Math.max(0, Number.parseInt(penalty, 10) || 0);
    queues.events.memberPenalty(member);
  }
  return {
    Response: "Success",
    Message: "Interface penalty set successfully",
  };
}

/** Sets whether a member is rung while it is on another call. */
export function queueMemberRingInUse(
  { queues }: Pbx,
  action: ReceivedAction,
): AmiAnswer {
  const location = action.get("Interface") ?? "";
  const ringInUse = action.get("RingInUse") ?? "";
  if (location === "" || ringInUse === "") {
    return errorFrame("Need 'Interface' and 'RingInUse' parameters.");
  }
  const members = queues.members(location, action.get("Queue") ?? "");
  if (members.length === 0) {
    return errorFrame("Invalid interface, queuename, or ringinuse value");
  }
  for (const member of members) {
    member.ringInUse = isYes(ringInUse);
    queues.events.memberRingInUse(member);
  }
  queues.dispatch();
  return {
    Response: "Success",
    Message: "Interface ringinuse set successfully",
  };
}

/** Sets the figures of queues to 0. */
export function queueReset(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  for (const queue of wantedQueues(pbx, action)) queue.reset();
  return { Response: "Success", Message: "Queue stats reset successfully" };
}

import type { DAMIData } from "../../data.ts";
import { text } from "../records/fields.ts";
import { hearersIn } from "../records/talk.ts";
import type { CallRecorder } from "./call_recorder.ts";
import type { ChannelTable } from "./channel_table.ts";

/** The channels of an attended transfer that are not its target. */
const OTHER_ROLES = [
  "OrigTransfererUniqueid",
  "SecondTransfererUniqueid",
  "TransfereeUniqueid",
] as const;

/**
 * Returns the target of a transfer by the name of its party.
 *
 * @param event The event of the transfer.
 * @param named The target as the event names it; empty if it does not.
 * @param lines The channels, as they are at the event.
 * @param recorder The recorder of who called whom.
 * @returns The name of the party's channel where it is known, otherwise `named`.
 */
export function transferTarget(
  event: DAMIData,
  named: string,
  lines: ChannelTable,
  recorder: CallRecorder,
): string {
  const remaining = remainingParty(event, lines);
  if (remaining !== undefined) return remaining;
  const other = named === ""
    ? lines.channels.get(text(event.SecondTransfererUniqueid))
    : lines.otherHalf(named);
  if (other === undefined) return named;
  const party = hearers(other.bridgeId, lines).find((each) => each !== other);
  return party?.name ?? recorder.calledFor(other.uniqueid) ?? named;
}

/**
 * Returns the name of the one party that an attended transfer leaves with the
 * transferee. Asterisk names no target where the bridges have been merged
 * before it looks for one (main/bridge.c, `ast_bridge_transfer_attended`).
 */
function remainingParty(
  event: DAMIData,
  lines: ChannelTable,
): string | undefined {
  if (event.DestType !== "Bridge" || "TransferTargetUniqueid" in event) {
    return undefined;
  }
  const others = OTHER_ROLES.map((role) => text(event[role]));
  const remaining = hearers(text(event.DestBridgeUniqueid), lines)
    .filter(({ uniqueid }) => !others.includes(uniqueid));
  return remaining.length === 1 ? remaining[0]?.name : undefined;
}

/** Returns the parties that hear one another in a bridge. */
function hearers(bridgeId: string, lines: ChannelTable) {
  return lines.resolve([...hearersIn(bridgeId, lines)]);
}

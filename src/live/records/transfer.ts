import type { DAMIData } from "../../data.ts";
import { knownText, text } from "./fields.ts";
import { copied } from "../../detached.ts";

/** A transfer of a call. */
export interface Transfer {
  /** `attended` if the transferer spoke to the target first. */
  readonly kind: "blind" | "attended";
  /** The name of the channel that transferred. */
  readonly by: string;
  /** The target: `exten@context`, or the name of the channel of a party; empty if not known. */
  readonly to: string;
  /** The time (milliseconds since 1970). */
  readonly at: number;
}

/** The events of transfers. */
export const TRANSFER_EVENTS = ["BlindTransfer", "AttendedTransfer"] as const;

/**
 * Returns the transfer that an event reports.
 *
 * @param event One of {@linkcode TRANSFER_EVENTS}.
 * @param at When it was raised.
 * @returns The transfer; `undefined` if it failed.
 */
export function transferOf(
  event: DAMIData,
  at: number,
): Transfer | undefined {
  if (event.Result !== "Success") return undefined;
  if (event.Event === "BlindTransfer") {
    return {
      kind: "blind",
      by: copied(text(event.TransfererChannel)),
      to: copied(`${text(event.Extension)}@${text(event.Context)}`),
      at,
    };
  }
  const target = event.TransferTargetChannel ?? event.DestApp ??
    event.SecondTransfererConnectedLineNum;
  return {
    kind: "attended",
    by: copied(text(event.OrigTransfererChannel)),
    to: copied(knownText(target)),
    at,
  };
}

import type { CallState } from "./call_state_diff.ts";

/**
 * The line of a channel: `"answered"` if another channel of its call is up,
 * `"alone"` if none is.
 */
export type LineStatus = "answered" | "alone";

/**
 * Returns what is known about the line of a channel.
 *
 * @param state The channels and their calls.
 * @param uniqueid The channel.
 * @returns The status; `undefined` if the channel is not known.
 */
export function lineStatus(
  { channels, calls }: Pick<CallState, "channels" | "calls">,
  uniqueid: string,
): LineStatus | undefined {
  const channel = channels.get(uniqueid);
  if (channel === undefined) return undefined;
  const isAnswered = calls.get(channel.linkedid)?.channels.some((other) =>
    other !== uniqueid && channels.get(other)?.state === "Up"
  );
  return isAnswered ? "answered" : "alone";
}

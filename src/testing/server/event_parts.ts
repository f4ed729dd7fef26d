import { privilegeBits } from "./event_mask.ts";
import { type AmiFrame, isFrames } from "./frame_writer.ts";

/** Events of the same classes. */
export interface EventPart {
  /** The bits of the classes; `undefined` if the events name none. */
  readonly bits: number | undefined;
  readonly frames: readonly AmiFrame[];
}

/** Splits events where the class changes, so that each part passes or not. */
export function byPrivilege(
  event: AmiFrame | readonly AmiFrame[],
): EventPart[] {
  const parts: { bits: number | undefined; frames: AmiFrame[] }[] = [];
  for (const frame of isFrames(event) ? event : [event]) {
    const privilege = frame["Privilege"];
    const bits = privilege === undefined
      ? undefined
      : privilegeBits(String(privilege));
    const last = parts.at(-1);
    if (last !== undefined && last.bits === bits) last.frames.push(frame);
    else parts.push({ bits, frames: [frame] });
  }
  return parts;
}

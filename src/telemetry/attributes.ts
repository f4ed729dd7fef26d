import type { Attributes } from "@opentelemetry/api";
import type { Labels } from "./figure.ts";

/** The name of a PBX, as an attribute. */
export const PBX = "dami.pbx";

/** The names of the labels as attributes. */
const NAMES: Readonly<Record<keyof Labels, string>> = {
  pbx: PBX,
  queue: "asterisk.queue.name",
  status: "asterisk.status",
  direction: "network.io.direction",
};

/**
 * Returns the attributes of a value.
 *
 * @param labels The labels of the value.
 * @returns The attributes.
 */
export function attributesOf(
  { pbx, queue, status, direction }: Labels,
): Attributes {
  return {
    ...(pbx !== undefined && { [NAMES.pbx]: pbx }),
    ...(queue !== undefined && { [NAMES.queue]: queue }),
    ...(status !== undefined && { [NAMES.status]: status }),
    ...(direction !== undefined && { [NAMES.direction]: direction }),
  };
}

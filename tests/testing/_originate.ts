import {
  type OriginateOrder,
  readOriginate,
} from "../../src/testing/calls/originate_order.ts";
import { ReceivedAction } from "../../src/testing/server/received_action.ts";

/** The text of an `Originate` with the ActionID `o`. */
export function originate(...lines: string[]): string {
  return `Action: Originate\r\nActionID: o\r\n${lines.join("\r\n")}\r\n\r\n`;
}

/** Reads such an `Originate`, as the embedded PBX does. */
export function originateOrder(...lines: string[]): OriginateOrder {
  const action = ["Action: Originate", "ActionID: o", ...lines];
  const order = readOriginate(new ReceivedAction(action));
  if (typeof order === "string") throw new Error(order);
  return order;
}

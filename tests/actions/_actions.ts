import {
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { type ActionData, encodeAction } from "../../src/actions/action.ts";
import type { Encoding } from "../../src/wire/encoding.ts";

/** The text of an action that the types may not allow. */
export function encodeUnchecked(
  data: unknown,
  action: unknown = "Originate",
  actionId: unknown = "id-1",
  encoding: Encoding = "utf-8",
): string {
  return Reflect.apply(encodeAction, undefined, [
    action,
    actionId,
    data,
    encoding,
  ]);
}

/** The lines after `Action` and `ActionID`, without the one that ends the action. */
export function headerLines(data: ActionData): string[] {
  const lines = encodeAction("Originate", "id-1", data, "utf-8").split("\r\n");
  assertEquals(lines.slice(0, 2), ["Action: Originate", "ActionID: id-1"]);
  assertEquals(lines.slice(-2), ["", ""]);
  return lines.slice(2, -2);
}

/** Holds that data is refused with an error that says of what. */
export function assertRefused(
  data: unknown,
  errorClass: typeof TypeError | typeof RangeError,
  ...names: string[]
): void {
  const error = assertThrows(() => encodeUnchecked(data), errorClass);
  assertStringIncludes(error.message, '"Originate"');
  for (const name of names) assertStringIncludes(error.message, name);
  // A message that goes into a log is one line there.
  assertNotMatch(error.message, /[\r\n\0]/);
}

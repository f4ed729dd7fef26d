/** The value of one header: an array writes the header once for each item. */
export type AmiHeaderValue = string | number | readonly (string | number)[];

/**
 * A frame as {@linkcode AmiServer} writes it: header name → value, written in
 * the order of its keys. An array repeats the header, an empty array leaves it
 * out, which keeps the server from putting in an `ActionID` of its own, and
 * `undefined` counts as no header.
 *
 * Nothing is escaped, as Asterisk does not either: a value may hold a bare line
 * feed. {@linkcode AmiServer.emit} refuses a carriage return.
 *
 * @example
 * ```ts
 * import type { AmiFrame } from "@dami/dami/testing";
 *
 * const frame: AmiFrame = {
 *   Event: "Hangup",
 *   Privilege: "call,all",
 *   Channel: "PJSIP/6001-00000000",
 *   Cause: 16,
 *   ChanVariable: ["A=1", "B=2"],
 * };
 * ```
 */
export interface AmiFrame {
  /** Header name → its value. */
  readonly [header: string]: AmiHeaderValue | undefined;
}

/** Reports whether an answer consists of several frames. */
export function isFrames(
  frames: AmiFrame | readonly AmiFrame[],
): frames is readonly AmiFrame[] {
  return Array.isArray(frames);
}

/** Returns the response that refuses an action. */
export function errorFrame(message: string): AmiFrame {
  return { Response: "Error", Message: message };
}

/**
 * Refuses a frame whose text would hold more lines than it has headers.
 *
 * @throws {TypeError} If a name holds a line break or a colon, or a value a
 * carriage return.
 */
export function checkLines(frame: AmiFrame): void {
  for (const [name, value] of Object.entries(frame)) {
    if (/[\r\n:]/.test(name)) {
      throw new TypeError(
        `Cannot emit the header ${
          JSON.stringify(name)
        }: a name holds no line break and no colon`,
      );
    }
    for (const item of typeof value === "object" ? value : [value]) {
      if (typeof item !== "string" || !item.includes("\r")) continue;
      throw new TypeError(
        `Cannot emit the header "${name}" as its value holds a carriage return, which would end the line: ${
          JSON.stringify(item)
        }`,
      );
    }
  }
}

function encodeHeader(name: string, value: AmiHeaderValue): string {
  if (typeof value !== "object") return `${name}: ${value}\r\n`;
  let text = "";
  for (const item of value) text += `${name}: ${item}\r\n`;
  return text;
}

function hasActionId(frame: AmiFrame): boolean {
  for (const name in frame) {
    if (name.toLowerCase() === "actionid" && frame[name] !== undefined) {
      return true;
    }
  }
  return false;
}

/**
 * The text of a frame, its blank line included.
 *
 * @param frame The headers.
 * @param actionId Written as the second header if the frame has no `ActionID`
 * of its own (that is where `astman_send_response_full()` of main/manager.c
 * puts it).
 */
export function encodeFrame(frame: AmiFrame, actionId = ""): string {
  let pending = actionId !== "" && !hasActionId(frame);
  let text = "";
  for (const [name, value] of Object.entries(frame)) {
    if (value === undefined) continue;
    text += encodeHeader(name, value);
    if (pending) {
      text += `ActionID: ${actionId}\r\n`;
      pending = false;
    }
  }
  return `${text}\r\n`;
}

/** The text of several frames, one after the other. */
export function encodeFrames(
  frames: readonly AmiFrame[],
  actionId = "",
): string {
  let text = "";
  for (const frame of frames) text += encodeFrame(frame, actionId);
  return text;
}

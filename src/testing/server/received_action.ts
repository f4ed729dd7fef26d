/** One header of a received action: its name as it was written, its value. */
export type ReceivedHeader = readonly [name: string, value: string];

/**
 * An action as {@linkcode AmiServer} received it, to be asserted on.
 *
 * @example
 * ```ts
 * import { ReceivedAction } from "@dami/dami/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const action = new ReceivedAction([
 *   "Action: Originate",
 *   "ActionID: 7",
 *   "Variable: A=1",
 *   "Variable: B=2",
 * ]);
 * assertEquals(action.name, "Originate");
 * assertEquals(action.actionId, "7");
 * assertEquals(action.getAll("variable"), ["A=1", "B=2"]);
 * ```
 */
export class ReceivedAction {
  /** The lines of the action as they came, without their line ends. */
  readonly lines: readonly string[];

  /**
   * The headers in order. Blanks before a value are taken off, those after it
   * are kept. Lines without a colon are in {@linkcode ReceivedAction.lines}
   * only.
   */
  readonly headers: readonly ReceivedHeader[];

  /** The value of `Action` as it was written; empty if it was missing. */
  readonly name: string;

  /** The value of `ActionID`; empty if there was none. */
  readonly actionId: string;

  /**
   * Reads the lines of one action.
   *
   * @param lines The lines without their line ends and without the blank one.
   */
  constructor(lines: readonly string[]) {
    this.lines = lines;
    const headers: ReceivedHeader[] = [];
    for (const line of lines) {
      const colon = line.indexOf(":");
      if (colon === -1) continue;
      headers.push([line.slice(0, colon), skipBlanks(line, colon + 1)]);
    }
    this.headers = headers;
    // An empty `Action:` is passed over (GET_HEADER_SKIP_EMPTY, main/manager.c).
    this.name = this.getAll("Action").find((value) => value !== "") ?? "";
    this.actionId = this.get("ActionID") ?? "";
  }

  /**
   * The first value of a header.
   *
   * @param header The name, in any letter case.
   * @returns The value; `undefined` if it has no such header.
   */
  get(header: string): string | undefined {
    const wanted = header.toLowerCase();
    for (const [name, value] of this.headers) {
      if (name.toLowerCase() === wanted) return value;
    }
    return undefined;
  }

  /**
   * All values of a header, in order.
   *
   * @param header The name, in any letter case.
   * @returns The values; empty if it has no such header.
   */
  getAll(header: string): string[] {
    const wanted = header.toLowerCase();
    const values: string[] = [];
    for (const [name, value] of this.headers) {
      if (name.toLowerCase() === wanted) values.push(value);
    }
    return values;
  }
}

/** Returns what `ast_skip_blanks()` (include/asterisk/strings.h) leaves of the text. */
function skipBlanks(text: string, from: number): string {
  let start = from;
  while (start < text.length && text.charCodeAt(start) <= 32) start++;
  return text.slice(start);
}

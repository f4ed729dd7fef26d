import { encodedLength, type Encoding, isEncodable } from "../wire/encoding.ts";

/** A value of a header. */
export type ActionValue = string | number | bigint | boolean;

/**
 * The headers of an action, without `Action` itself. An array repeats its
 * header; a header that is `undefined` is left out; an object is for
 * `Variable` and is sent as one header for each of its properties.
 *
 * @example
 * ```ts
 * import type { ActionData } from "@dami/dami";
 *
 * const call: ActionData = {
 *   Channel: "PJSIP/6001",
 *   Context: "default",
 *   Exten: 1000,
 *   Priority: 1,
 *   Variable: { GREETING: "Good morning, all", ATTEMPT: 1 },
 * };
 * console.log(call);
 * ```
 */
export interface ActionData {
  /** A header by its name. */
  [header: string]:
    | ActionValue
    | readonly ActionValue[]
    | { readonly [variable: string]: ActionValue }
    | undefined;
}

/** The longest line that Asterisk reads, without its end (bytes; `main/manager.c`, `get_input`). */
const MAX_LINE_BYTES = 1_022;

/** The most headers that Asterisk reads (`include/asterisk/manager.h`, `AST_MAX_MANHEADERS`). */
const MAX_HEADERS = 128;

/** The longest ActionID that Asterisk returns whole everywhere (bytes; `apps/app_confbridge.c`). */
const MAX_ACTION_ID_BYTES = 64;

const HEADER_NAME = /^[A-Za-z][A-Za-z0-9()_/-]*$/;

/** A character that ends a line, or a string, for Asterisk. */
const LINE_BREAK = /[\r\n\0]/;

/** The characters at which Asterisk cuts or strips a `Variable` (`main/manager.c`, `astman_get_variables`). */
const SPECIAL_IN_VARIABLE = /[\\,"()[\]]/g;

/** The characters of a variable's name, or of a function with its arguments. */
const VARIABLE_NAME = /^[^\\"=\s]+$/;

/** Makes the message of an error that refuses an action. */
function refusal(action: string, why: string): string {
  return `Cannot send action ${JSON.stringify(action)}: ${why}`;
}

/** Writes one action, and refuses what must never reach the wire. */
class ActionWriter {
  readonly #action: string;
  readonly #encoding: Encoding;
  #text = "";
  #headers = 0;

  constructor(action: string, encoding: Encoding) {
    this.#action = action;
    this.#encoding = encoding;
  }

  /** The whole action, with the empty line that ends it. */
  get text(): string {
    return `${this.#text}\r\n`;
  }

  header(name: string, value: unknown): void {
    if (!HEADER_NAME.test(name)) {
      throw this.#typeError(
        `header name ${JSON.stringify(name)} is not of the form ${HEADER_NAME}`,
      );
    }
    this.knownHeader(name, value);
  }

  /** Writes a header whose name is of the right form. */
  knownHeader(name: string, value: unknown): void {
    const line = `${name}: ${this.#valueText(name, value)}`;
    if (LINE_BREAK.test(line)) {
      throw this.#typeError(
        `the value of header "${name}" contains a line break or NUL, which would start another header`,
      );
    }
    if (!isEncodable(line, this.#encoding)) {
      throw this.#typeError(
        `the value of header "${name}" contains a character that ${this.#encoding} does not have`,
      );
    }
    this.#checkLength(name, line);
    this.#headers++;
    if (this.#headers > MAX_HEADERS) {
      throw new RangeError(
        refusal(
          this.#action,
          `it has more than the ${MAX_HEADERS} headers that Asterisk reads`,
        ),
      );
    }
    this.#text += `${line}\r\n`;
  }

  /** Writes a `Variable` header for each property. */
  variables(name: string, variables: object): void {
    for (const [variable, value] of Object.entries(variables)) {
      if (!isVariableName(variable)) {
        throw this.#typeError(
          `the name ${
            JSON.stringify(variable)
          } in header "${name}" is not of the form ${VARIABLE_NAME}, or has a comma outside of closed parentheses`,
        );
      }
      const text = this.#valueText(`${name} ${variable}`, value);
      this.header(
        name,
        `${variable}=${text.replace(SPECIAL_IN_VARIABLE, "\\$&")}`,
      );
    }
  }

  #valueText(name: string, value: unknown): string {
    switch (typeof value) {
      case "string":
        return value;
      case "bigint":
      case "boolean":
        return String(value);
      case "number":
        if (Number.isFinite(value)) return String(value);
        throw new RangeError(
          refusal(this.#action, `header "${name}" is ${value}`),
        );
      default:
        throw this.#typeError(
          `header "${name}" is ${
            value === null ? "null" : `of type ${typeof value}`
          }, and not a string, number, bigint or boolean`,
        );
    }
  }

  #checkLength(name: string, line: string): void {
    // No character needs more than three bytes for each UTF-16 unit.
    if (line.length * 3 <= MAX_LINE_BYTES) return;
    const length = encodedLength(line, this.#encoding);
    if (length > MAX_LINE_BYTES) {
      throw new RangeError(
        refusal(
          this.#action,
          `the line of header "${name}" has ${length} bytes, and Asterisk reads at most ${MAX_LINE_BYTES}`,
        ),
      );
    }
  }

  #typeError(why: string): TypeError {
    return new TypeError(refusal(this.#action, why));
  }
}

/**
 * Reports whether Asterisk takes a text for one variable's name. It splits at
 * commas, but keeps what stands in parentheses together (`main/app.c`,
 * `__ast_app_separate_args`).
 */
function isVariableName(name: string): boolean {
  if (!VARIABLE_NAME.test(name)) return false;
  if (!name.includes(",")) return true;
  const open: string[] = [];
  for (const character of name) {
    if (character === "(" || character === "[") open.push(character);
    else if (character === ")" && open.pop() !== "(") return false;
    else if (character === "]" && open.pop() !== "[") return false;
    else if (character === "," && !open.includes("(")) return false;
  }
  return open.length === 0;
}

/** Reports whether a value is an object of the kind that `Variable` takes. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Reports whether a header is the ActionID, in any letter case. */
function isActionId(name: string): boolean {
  return name.length === "ActionID".length && name.toLowerCase() === "actionid";
}

/** Returns the names of an action's headers; those that are `undefined` are still among them. */
function namesOf(action: string, data: ActionData): string[] {
  if (!isPlainObject(data)) {
    throw new TypeError(
      refusal(action, "its headers are not given as a plain object"),
    );
  }
  return Object.keys(data);
}

/**
 * Returns the ActionID that a caller gave, in any letter case.
 *
 * @param action The action's name.
 * @param data Its headers.
 * @returns The ActionID as text, or `undefined` if there is none.
 * @throws {TypeError} If it is given twice, or Asterisk would not return it unchanged.
 * @throws {RangeError} If it is longer than Asterisk returns whole.
 */
export function givenActionId(
  action: string,
  data: ActionData,
): string | undefined {
  let given: string | undefined;
  for (const name of namesOf(action, data)) {
    if (!isActionId(name)) continue;
    const value = data[name];
    if (value === undefined) continue;
    if (given !== undefined) {
      throw new TypeError(refusal(action, "it has two ActionID headers"));
    }
    const isText = typeof value === "string" || typeof value === "bigint" ||
      Number.isSafeInteger(value);
    if (!isText) {
      throw new TypeError(
        refusal(action, "header ActionID is neither a string nor an integer"),
      );
    }
    given = String(value);
  }
  if (given === undefined) return undefined;
  // Asterisk skips blanks and control characters alike (`include/asterisk/strings.h`, `ast_skip_blanks`).
  if (given === "" || given.charCodeAt(0) <= 0x20) {
    throw new TypeError(
      refusal(
        action,
        "header ActionID is empty or starts with a space, and Asterisk would not return it",
      ),
    );
  }
  const length = encodedLength(given, "utf-8");
  if (length > MAX_ACTION_ID_BYTES) {
    throw new RangeError(
      refusal(
        action,
        `header ActionID has ${length} bytes, and Asterisk returns at most ${MAX_ACTION_ID_BYTES}`,
      ),
    );
  }
  return given;
}

/**
 * Encodes an action for the wire. `Action` comes first and `ActionID` second,
 * so that Asterisk can answer even an action that it cannot read to the end.
 *
 * @param action The action's name.
 * @param actionId Its ActionID.
 * @param data Its other headers; one named `ActionID` is skipped.
 * @param encoding The encoding of the connection.
 * @returns The text of the action, with the empty line that ends it.
 * @throws {TypeError} If a name or value could not be sent as one header.
 * @throws {RangeError} If a number is not finite, a line too long, or there are too many.
 */
export function encodeAction(
  action: string,
  actionId: string,
  data: ActionData,
  encoding: Encoding,
): string {
  if (typeof action !== "string" || action.trim() === "") {
    throw new TypeError("Cannot send an action without a name");
  }
  const writer = new ActionWriter(action, encoding);
  writer.knownHeader("Action", action);
  writer.knownHeader("ActionID", actionId);
  for (const name of namesOf(action, data)) {
    const value: unknown = data[name];
    if (value === undefined || isActionId(name)) continue;
    const lowerCased = name.toLowerCase();
    if (lowerCased === "action") {
      throw new TypeError(
        refusal(action, `it has a second header ${JSON.stringify(name)}`),
      );
    }
    if (Array.isArray(value)) {
      for (const one of value) writer.header(name, one);
    } else if (lowerCased === "variable" && isPlainObject(value)) {
      writer.variables(name, value);
    } else {
      writer.header(name, value);
    }
  }
  return writer.text;
}

import { type HeaderKind, kindOf } from "./header_kinds.ts";
import { namesSecret, SECRET } from "./secret_mask.ts";
import { type MaskOptions, TextMask } from "./text_mask.ts";

/** A line that is a header: its name, the blank after the colon, its value. */
const HEADER = /^([^\s:()]+)(\([^:]*\))?:( ?)(.*)$/su;

/** Headers that name what the next `Value` or `Val` is of. */
const NAMING = /^(?:variable|family|key|var-\d{6})$/;

/** Headers whose value is named by the header before. */
const NAMED = /^(?:value|val|value-\d{6}|match-\d{6})$/;

/** Variables that hold somebody's name. */
const PERSON =
  /(?:callerid|connectedline|redirecting)\((?:[a-z-]*name|all)|calleridname|peername|membername|forwardername/i;

/** The values of `Response` in events that report an outcome. */
const OUTCOME = /^(?:success|failure|error)$/i;

/** The numbers in headers such as `Line-000001-000002`. */
const NUMBERED = /-\d{6}(?:-\d{6})?$/;

/** The form in which `ListCommands` describes an action. */
const LISTED_COMMAND = /\(Priv: [\w,<>]*\)$/;

/** The state of a frame, as far as its lines were read. */
interface FrameState {
  /** The name of its first header, in lower case; empty before it. */
  first: string;
  /** The value of its first header, in lower case. */
  kind: string;
  /** The kind of the next `Value` or `Val`. */
  valueKind: HeaderKind | undefined;
  /** `true` inside the text that a command has printed, up to Asterisk 13. */
  isText: boolean;
}

function emptyFrame(): FrameState {
  return { first: "", kind: "", valueKind: undefined, isText: false };
}

/** The headers of a frame that is text otherwise. */
const BEFORE_TEXT = /^(?:privilege|actionid)$/;

/** The end of such a frame, at the end of a line. */
const TEXT_END = "--END COMMAND--";

/** The number of ActionIDs of the client that are kept: more than can be pending. */
const MAX_ACTION_IDS = 100_000;

/** The direction of a line. */
export type LineDirection = "received" | "sent";

/**
 * Masks a session, line by line: frames keep their headers and their lines, and
 * what was equal stays so, so that calls can still be followed. The ActionIDs
 * of the client stay.
 */
export class SessionMask {
  readonly #mask: TextMask;
  readonly #actionIds = new Set<string>();
  readonly #frames: Record<LineDirection, FrameState> = {
    received: emptyFrame(),
    sent: emptyFrame(),
  };
  readonly #lastEnds: Record<LineDirection, string> = {
    received: "",
    sent: "",
  };

  /** @param options The values to mask beside the secrets. */
  constructor(options: MaskOptions = {}) {
    this.#mask = new TextMask(options);
  }

  /**
   * Masks a line.
   *
   * @param line The line with its end, if it has one.
   * @param direction The direction.
   * @returns The masked line, with the same end.
   */
  line(line: string, direction: LineDirection): string {
    const [end = ""] = /(?:\r?\n)?$/.exec(line) ?? [];
    const text = line.slice(0, line.length - end.length);
    const lastEnd = this.#lastEnds[direction];
    this.#lastEnds[direction] = end;
    if (text !== "") return this.#line(text, direction) + end;
    const { first, isText } = this.#frames[direction];
    // After a bare line feed an empty line is a part of a value.
    const isInValue = lastEnd === "\n" && end === "\n" && first !== "";
    if (!isText && !isInValue) this.#frames[direction] = emptyFrame();
    return end;
  }

  #line(text: string, direction: LineDirection): string {
    const frame = this.#frames[direction];
    const [, name, inside = "", blank = "", value = ""] = HEADER.exec(text) ??
      [];
    const key = name?.toLowerCase() ?? "";
    const isHeader = !frame.isText || BEFORE_TEXT.test(key);
    if (text.endsWith(TEXT_END)) frame.isText = false;
    if (name === undefined || !isHeader) return this.#mask.text(text);
    if (frame.first === "") {
      frame.first = key;
      frame.kind = value.trim().toLowerCase();
      frame.isText = key === "response" && frame.kind === "follows";
    }
    if (direction === "sent" && key === "actionid") {
      this.#remember(value.trim());
    }
    const masked = this.#value(key, value, frame);
    return `${this.#name(name)}${this.#mask.text(inside)}:${blank}${masked}`;
  }

  #remember(actionId: string): void {
    this.#actionIds.add(actionId);
    if (this.#actionIds.size <= MAX_ACTION_IDS) return;
    const [oldest = ""] = this.#actionIds;
    this.#actionIds.delete(oldest);
  }

  #name(name: string): string {
    return NUMBERED.test(name)
      ? name
      : name.replaceAll(/\d{5,}/g, (digits) => this.#mask.label(digits));
  }

  #value(key: string, value: string, frame: FrameState): string {
    const kind = this.#kindOf(key, value, frame);
    if (NAMING.test(key)) {
      if (namesSecret(value)) frame.valueKind = "secret";
      else if (PERSON.test(value)) frame.valueKind = "name";
      else if (key !== "key") frame.valueKind = undefined;
    }
    switch (kind) {
      case "plain":
        return value;
      case "label":
        return this.#mask.label(value);
      case "name":
        return this.#mask.name(value);
      case "pair":
        return this.#pair(value);
      case "digit":
        return this.#mask.digit(value);
      case "secret":
        return value === "" ? value : SECRET;
      case "text":
        return this.#mask.text(value);
    }
  }

  #kindOf(
    key: string,
    value: string,
    { first, kind, valueKind }: FrameState,
  ): HeaderKind {
    if (key === "actionid") {
      return this.#actionIds.has(value) ? "plain" : "text";
    }
    const isFirst = key === first;
    if (first === "action" && kind === "login" && key === "key") {
      return "secret";
    }
    const isListed = first === "response" && key !== "output" &&
      LISTED_COMMAND.test(value);
    if (isListed) return "plain";
    if (first === "event" && key === "response" && !OUTCOME.test(value)) {
      return "secret";
    }
    if (NAMED.test(key) && valueKind !== undefined) return valueKind;
    const known = kindOf(key);
    // The sender of a user event chooses its headers and their values.
    const isUsers = kind === "userevent" && !isFirst && known === "plain";
    return isUsers ? "text" : known;
  }

  /** A variable and its value, or the name of a variable alone. */
  #pair(pair: string): string {
    const [, name = "", between = "", value = ""] =
      /^([\w~.-]*)(\s*=>?\s*|)(.*)$/su.exec(pair) ?? [];
    const variable = this.#mask.label(name);
    if (between === "") return variable + this.#mask.text(value);
    if (namesSecret(name)) {
      return variable + between + (value === "" ? value : SECRET);
    }
    // A mailbox of voicemail.conf: its number, then its password.
    const password = /^\d+$/.test(name) ? /^-?\d+(?=,|$)/.exec(value) : null;
    if (password !== null) {
      return variable + between + SECRET +
        this.#mask.text(value.slice(password[0].length));
    }
    const masked = PERSON.test(name)
      ? this.#mask.name(value)
      : this.#mask.text(value);
    return variable + between + masked;
  }
}

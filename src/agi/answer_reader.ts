import type { Encoding } from "../../mod.ts";
import { type AgiAnswer, endOfData, parseAnswer } from "./answer.ts";

/** The longest answer that is kept (characters); longer ones are cut here. */
const MAX_ANSWER_LENGTH = 1 << 20;

/** The beginning of an answer: its code, and a hyphen where lines follow. */
const OPENING = /^(\d{3})([ -])/;

/** The part of an answer before its data. */
const BEFORE_DATA = /^\d{3} result=[^ ]* (?=\()/;

/** Takes what {@linkcode AnswerReader} reads. */
export interface AnswerHandlers {
  /** Takes each answer, in the order of the commands. */
  answer(answer: AgiAnswer): void;
  /** Takes each variable of the environment. */
  variable(name: string, value: string): void;
  /** Takes the end of the environment. */
  ready?(): void;
  /** Takes the notice that the caller has hung up, which only FastAGI sends. */
  hangup?(): void;
}

/**
 * Cuts what Asterisk writes to an AGI program into answers: a stream of bytes,
 * whatever the pieces are in which it comes.
 *
 * First comes the environment, up to an empty line. An answer is a line that
 * begins with a code; it goes on where its code is followed by a hyphen (up to
 * the line with the same code and a space), and where the parentheses of its
 * data are open, as values hold line breaks. Codes below 200 only announce one.
 */
export class AnswerReader {
  readonly #handlers: AnswerHandlers;
  readonly #decoder: TextDecoder;
  #isInEnvironment = true;
  /** The line that has begun. */
  #line = "";
  /** The lines of an answer that goes on. */
  #held = "";
  /** The beginning of its last line; empty where the end of its data ends it. */
  #end: string | undefined;
  #isSkipping = false;

  /**
   * @param handlers The receivers.
   * @param encoding The encoding of the bytes.
   */
  constructor(handlers: AnswerHandlers, encoding: Encoding = "utf-8") {
    this.#handlers = handlers;
    this.#decoder = new TextDecoder(encoding);
  }

  /** Reports whether it is between two answers. */
  get isIdle(): boolean {
    return this.#line === "" && this.#end === undefined && !this.#isSkipping;
  }

  /** The length of the line that has begun (characters). */
  get lineLength(): number {
    return this.#line.length;
  }

  /** Reports whether the environment is still to be read. */
  get isInEnvironment(): boolean {
    return this.#isInEnvironment;
  }

  /**
   * Reads on.
   *
   * @param bytes What came.
   */
  push(bytes: Uint8Array): void {
    let text = this.#line + this.#decoder.decode(bytes, { stream: true });
    this.#line = "";
    if (this.#isSkipping) {
      const isNew = OPENING.test(text);
      const end = isNew ? 0 : text.indexOf("\n") + 1;
      if (!isNew && end === 0) return;
      text = text.slice(end);
      this.#isSkipping = false;
    }
    this.#takeText(text);
  }

  /**
   * Reads an answer that is known to have come alone. Its value
   * may have lines that look like its end.
   *
   * @param bytes The answer with its line end.
   */
  pushWhole(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes, { stream: true });
    const answer = text.replace(/^(?:1\d\d [^\n]*\n)+/, "").replace(/\n$/, "");
    if (/^[2-9]\d\d /.test(answer)) {
      this.#leaveEnvironment();
      this.#handlers.answer(parseAnswer(answer));
    } else {
      this.#takeText(text);
    }
  }

  /**
   * Ends the answer that has begun, as the rest of it is lost. If the rest
   * arrives after all, it is skipped.
   */
  cut(): void {
    // The first half of a character is lost with its second one.
    this.#decoder.decode();
    const isOpen = this.#end !== undefined;
    const raw = isOpen ? `${this.#held}\n${this.#line}` : this.#line;
    this.#line = "";
    this.#held = "";
    this.#end = undefined;
    this.#isSkipping = true;
    if (isOpen || (OPENING.test(raw) && Number(raw.slice(0, 3)) >= 200)) {
      this.#isInEnvironment = false;
      this.#handlers.answer(parseAnswer(raw, true));
    }
  }

  #takeText(text: string): void {
    let start = 0;
    for (;;) {
      const end = text.indexOf("\n", start);
      if (end === -1) break;
      this.#takeLine(text.slice(start, end));
      start = end + 1;
    }
    this.#line = text.slice(start);
    const length = this.#held.length + this.#line.length;
    if (length > MAX_ANSWER_LENGTH) this.cut();
  }

  #takeLine(line: string): void {
    if (this.#end !== undefined) return this.#goOn(line);
    const opening = OPENING.exec(line);
    if (opening === null) return this.#takeOther(line);
    this.#leaveEnvironment();
    const [, code = "", separator] = opening;
    if (separator === "-") {
      this.#hold(line, `${code} `);
    } else if (Number(code) >= 200) {
      const before = BEFORE_DATA.exec(line)?.[0].length;
      const isOpen = before !== undefined &&
        endOfData(line.slice(before)) === -1;
      if (isOpen) this.#hold(line, "");
      else this.#handlers.answer(parseAnswer(line));
    }
  }

  #hold(line: string, end: string): void {
    this.#held = line;
    this.#end = end;
  }

  #goOn(line: string): void {
    this.#held += `\n${line}`;
    const isEnd = this.#end === ""
      ? endOfData(line) !== -1
      : line.startsWith(this.#end ?? "");
    if (!isEnd) return;
    const raw = this.#held;
    this.#held = "";
    this.#end = undefined;
    this.#handlers.answer(parseAnswer(raw));
  }

  #takeOther(line: string): void {
    if (line === "HANGUP") return this.#handlers.hangup?.();
    if (!this.#isInEnvironment) return;
    if (line === "") return this.#leaveEnvironment();
    const colon = line.indexOf(":");
    if (colon === -1) return;
    this.#handlers.variable(
      line.slice(0, colon),
      line.slice(colon + 1).replace(/^ /, ""),
    );
  }

  #leaveEnvironment(): void {
    if (!this.#isInEnvironment) return;
    this.#isInEnvironment = false;
    this.#handlers.ready?.();
  }
}

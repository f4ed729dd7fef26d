/** A frame of a recorded session, as the PBX wrote it. */
export interface RecordedFrame {
  /** The time of its end, since the start of the session (milliseconds). */
  at: number;
  /** Its bytes with its blank line, each one as the character of its code. */
  text: string;
}

/** The beginning of a frame that is not free text. */
const FIRST_LINE = /^(?:Response|Event):/i;

/** The lines before the text of a `Command`, up to Asterisk 13. */
const FOLLOWS = /^Response: Follows\r?\n/i;

/** The end of such a text, which has blank lines of its own. */
const FOLLOWS_END = "--END COMMAND--";

/**
 * Cuts what a PBX wrote into its greeting and its frames, and loses no byte of
 * them. Asterisk ends lines with CRLF, so that a bare line feed is a part of a
 * value; a PBX whose greeting ends with one ends all lines so.
 */
export class FrameCutter {
  #rest = "";
  /** The index of the next line in the rest. */
  #lineStart = 0;
  #lineEnd = "\r\n";
  #greeting = "";
  #last: RecordedFrame | undefined;

  /** The first line, with its end; may be empty. */
  get greeting(): string {
    return this.#greeting;
  }

  /** The text after the last frame: the beginning of another. */
  get rest(): string {
    return this.#rest;
  }

  /**
   * Takes what was received.
   *
   * @param text The bytes, each one as the character of its code.
   * @param at When they came, since the beginning of the session (milliseconds).
   * @returns The frames that are complete with it.
   */
  push(text: string, at: number): RecordedFrame[] {
    this.#rest += text;
    if (this.#greeting === "" && !this.#cutGreeting()) return [];
    const frames: RecordedFrame[] = [];
    for (let end = this.#nextLineEnd(); end !== -1; end = this.#nextLineEnd()) {
      if (this.#isNewFrame()) end = this.#lineStart;
      else {
        const isBlank = this.#isBlank(end);
        this.#lineStart = end;
        if (!isBlank || this.#isWithinText()) continue;
      }
      const frame = this.#cut(end, at);
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  #cut(end: number, at: number): RecordedFrame | undefined {
    const frame = { at, text: this.#rest.slice(0, end) };
    this.#rest = this.#rest.slice(end);
    this.#lineStart = 0;
    // Asterisk writes a second blank line after some frames.
    if (frame.text.trim() === "" && this.#last !== undefined) {
      this.#last.text += frame.text;
      return undefined;
    }
    this.#last = frame;
    return frame;
  }

  #cutGreeting(): boolean {
    const end = this.#rest.indexOf("\n");
    if (end === -1) return false;
    this.#greeting = this.#rest.slice(0, end + 1);
    this.#rest = this.#rest.slice(end + 1);
    if (!this.#greeting.endsWith("\r\n")) this.#lineEnd = "\n";
    return true;
  }

  /** Returns the end of the line that begins there; -1 if it is incomplete. */
  #nextLineEnd(): number {
    // `\r\n\n` instead of `\r\n\r\n` ends the items of CoreShowChannelMap.
    if (this.#rest[this.#lineStart] === "\n") return this.#lineStart + 1;
    const end = this.#rest.indexOf(this.#lineEnd, this.#lineStart);
    return end === -1 ? -1 : end + this.#lineEnd.length;
  }

  /** Reports whether the line begins a frame after free text, which IAXnetstats does not end. */
  #isNewFrame(): boolean {
    return this.#lineStart > 0 && !FIRST_LINE.test(this.#rest) &&
      FIRST_LINE.test(
        this.#rest.slice(this.#lineStart, this.#lineStart + 10),
      );
  }

  #isBlank(end: number): boolean {
    return /^\r?\n$/.test(this.#rest.slice(this.#lineStart, end));
  }

  /** Reports whether the blank line belongs to the text of a `Command`. */
  #isWithinText(): boolean {
    return FOLLOWS.test(this.#rest) &&
      !this.#rest.slice(0, this.#lineStart).trimEnd().endsWith(FOLLOWS_END);
  }
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Bytes in which a line with its end must fit (`inbuf`, main/manager.c). */
const LINE_WINDOW = 1_024;

/** Lines that an action may have (`AST_MAX_MANHEADERS`, manager.h). */
const MAX_LINES = 128;

/** The lines up to a blank one. */
export interface ActionRequest {
  /** The lines that were stored. */
  lines: string[];
  /** The error that Asterisk answers if the lines could not be read. */
  refusal?: string;
}

/**
 * Cuts the bytes of a client into actions, with the limits of Asterisk and
 * what it makes of lines that are too long: `get_input()` and `do_message()`
 * of main/manager.c.
 */
export class ActionReader {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #bytes = new Uint8Array(0);
  #start = 0;
  #scanned = 0;
  #lines: string[] = [];
  #tooManyLines = false;
  #lineTooLong = false;

  /** Takes bytes as they arrive; they are copied. */
  push(bytes: Uint8Array): void {
    const rest = this.#bytes.subarray(this.#start);
    const joined = new Uint8Array(rest.length + bytes.length);
    joined.set(rest);
    joined.set(bytes, rest.length);
    this.#bytes = joined;
    this.#scanned -= this.#start;
    this.#start = 0;
  }

  /** The next action, or nothing until more bytes arrive. */
  next(): ActionRequest | undefined {
    while (true) {
      const line = this.#nextLine();
      if (line === undefined) return undefined;
      if (line === "") return this.#end();
      if (this.#lines.length < MAX_LINES) this.#lines.push(line);
      else this.#tooManyLines = true;
    }
  }

  #end(): ActionRequest {
    const request: ActionRequest = { lines: this.#lines };
    this.#lines = [];
    if (this.#tooManyLines) {
      this.#tooManyLines = false;
      request.refusal = "Too many lines in message or allocation failure";
    } else if (this.#lineTooLong) {
      this.#lineTooLong = false;
      request.refusal = "Failed to parse message: line too long";
    }
    return request;
  }

  #nextLine(): string | undefined {
    while (true) {
      const end = this.#bytes.indexOf(LINE_FEED, this.#scanned);
      const length = (end === -1 ? this.#bytes.length : end) - this.#start;
      if (length >= LINE_WINDOW) {
        // The last byte is kept, as it may be the first of a CRLF. A line of
        // exactly 1,023·n bytes hence leaves a blank line behind.
        this.#start += LINE_WINDOW - 1;
        this.#scanned = this.#start;
        this.#lineTooLong = true;
        continue;
      }
      if (end === -1) {
        this.#scanned = this.#bytes.length;
        return undefined;
      }
      const bytes = this.#bytes.subarray(
        this.#start,
        length > 0 && this.#bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end,
      );
      this.#start = end + 1;
      this.#scanned = this.#start;
      // What follows a NUL is lost, as Asterisk handles C strings.
      const nul = bytes.indexOf(0);
      return this.#decoder.decode(nul === -1 ? bytes : bytes.subarray(0, nul));
    }
  }
}

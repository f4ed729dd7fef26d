import type { AgiAnswer } from "./answer.ts";
import { AnswerQueue } from "./answer_queue.ts";
import { AnswerReader } from "./answer_reader.ts";
import { checkLine, MAX_LINE_BYTES } from "./command_line.ts";
import { type AgiEnvironment, emptyEnvironment } from "./environment.ts";
import { AgiHangupError } from "./errors.ts";
import type { AgiLink } from "./link.ts";
import {
  type AgiSendOptions,
  commandName,
  PendingCommand,
} from "./pending_command.ts";

const ENCODER = new TextEncoder();

/** One connection of Asterisk to a FastAGI server: one call. */
export class FastSession implements AgiLink {
  readonly #conn: Deno.TcpConn;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #maxLineBytes: number;
  readonly #env = emptyEnvironment();
  readonly #controller = new AbortController();
  readonly #ready = Promise.withResolvers<void>();
  readonly #answers = new AnswerQueue();
  readonly #reader = new AnswerReader({
    answer: (answer) => this.#answers.answer(answer),
    variable: (name, value) => {
      this.#env[name] = value;
    },
    ready: () => this.#ready.resolve(),
    hangup: () => this.#onHangup(),
  });
  #environmentBytes = 0;
  #isHungUp = false;
  #isEnded = false;

  /**
   * @param conn The connection.
   * @param maxLineBytes The longest line and environment that are read.
   */
  constructor(conn: Deno.TcpConn, maxLineBytes: number) {
    this.#conn = conn;
    conn.setNoDelay();
    // A PBX that dies without a word leaves its connections behind.
    conn.setKeepAlive();
    this.#writer = conn.writable.getWriter();
    this.#maxLineBytes = maxLineBytes;
    // Nobody may be waiting for it.
    this.#ready.promise.catch(() => {});
  }

  get env(): AgiEnvironment {
    return this.#env;
  }

  get channel(): string {
    return this.#env["agi_channel"] ?? "";
  }

  get uniqueid(): string {
    return this.#env["agi_uniqueid"] ?? "";
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isHungUp(): boolean {
    return this.#isHungUp;
  }

  /** Reports whether the connection has ended. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Resolves when the environment is there; rejects if it will never be. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  send(line: string, options: AgiSendOptions = {}): Promise<AgiAnswer> {
    checkLine(line, MAX_LINE_BYTES);
    if (this.#isEnded) {
      return Promise.reject(endOf(commandName(line), "not-sent"));
    }
    const command = new PendingCommand(line, options);
    if (command.isSettled) return command.promise;
    this.#answers.expect(command);
    command.isSent = true;
    // A write that fails ends the reading, too.
    this.#writer.write(ENCODER.encode(`${line}\n`)).catch(() => {});
    return command.promise;
  }

  /** Reads until the connection ends; never rejects. */
  async read(): Promise<void> {
    try {
      for await (const bytes of this.#conn.readable) {
        this.#reader.push(bytes);
        if (this.#isTooLong(bytes.length)) break;
      }
    } catch {
      // A connection that breaks is one that ends.
    } finally {
      this.end();
    }
  }

  /** Closes the connection, after what was written. */
  async close(): Promise<void> {
    this.end();
    await this.#writer.close().catch(() => {});
    try {
      this.#conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  /** Takes no further command, and rejects those that wait. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#answers.fail((command) => endOf(command.name, "unknown"));
    this.#ready.reject(endOf("of the program", "not-sent"));
    this.#controller.abort(endOf("of the program", "not-sent"));
  }

  #isTooLong(length: number): boolean {
    if (this.#reader.isInEnvironment) this.#environmentBytes += length;
    return this.#environmentBytes > this.#maxLineBytes ||
      this.#reader.lineLength > this.#maxLineBytes;
  }

  #onHangup(): void {
    this.#isHungUp = true;
    this.#controller.abort(endOf("of the program", "not-sent"));
  }
}

function endOf(command: string, outcome: "not-sent" | "unknown"): Error {
  return new AgiHangupError(
    `AGI command ${command} has no answer as the call has ended`,
    command,
    outcome,
  );
}

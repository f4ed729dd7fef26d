import type { Encoding } from "../../mod.ts";
import type { ActionParameters } from "../catalog/lookup.ts";
import type { DAMIData } from "../data.ts";
import { AmiResponseError } from "../errors.ts";
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
import { decodePercent, READ_BYTES } from "./percent.ts";

/** The longest command: the header's name takes its part of Asterisk's line. */
const MAX_COMMAND_BYTES = MAX_LINE_BYTES - "Command: ".length;

/** Makes the error that a command gets because the session ended. */
export type SessionEnd = (
  command: string,
  outcome: "not-sent" | "unknown",
) => Error;

/** The needs of {@linkcode AsyncSession}. */
export interface AsyncSessionOptions {
  /** Sends the action `AGI`, and waits for its answer as long as it takes. */
  act: (data: ActionParameters<"AGI">) => Promise<unknown>;
  /** The event that began it. */
  start: DAMIData;
  /** Takes the notice that Asterisk no longer takes commands for the channel. */
  onGone: () => void;
  /** Makes the `CommandID` of the next command, which no other program uses. */
  nextId: () => string;
  /** The encoding of the text in results; UTF-8 if it is not known. */
  encoding?: Encoding | undefined;
}

/**
 * One stay of a channel in `AGI(agi:async)`.
 *
 * Asterisk reads at most 1,024 bytes of its own answers after each command that
 * it has run, and sends them as one event (res/res_agi.c, `launch_asyncagi()`).
 * So an answer may go on in the events of the next commands. Where no command
 * follows, one is sent that does nothing but fetch the rest: it echoes a text
 * that no other answer has, so that answers and commands can be matched again
 * after Asterisk cut something.
 */
export class AsyncSession implements AgiLink {
  readonly #act: AsyncSessionOptions["act"];
  readonly #onGone: () => void;
  readonly #nextId: () => string;
  readonly #env = emptyEnvironment();
  readonly #controller = new AbortController();
  readonly #answers = new AnswerQueue();
  readonly #reader: AnswerReader;
  /** The commands that Asterisk has not run yet, by their `CommandID`. */
  readonly #sent = new Map<string, PendingCommand>();
  /** The commands that wait until it is known again where an answer begins. */
  readonly #held: PendingCommand[] = [];
  #isDirty = false;
  #end: SessionEnd | undefined;
  #channel: string;
  #uniqueid: string;
  #isHungUp = false;

  constructor({ act, start, nextId, onGone, encoding }: AsyncSessionOptions) {
    this.#act = act;
    this.#nextId = nextId;
    this.#onGone = onGone;
    this.#channel = text(start["Channel"]);
    this.#uniqueid = text(start["Uniqueid"]);
    this.#reader = new AnswerReader({
      answer: (answer) => this.#answers.answer(answer),
      variable: (name, value) => {
        this.#env[name] = value;
      },
    }, encoding);
    const { bytes, isCut } = decodePercent(text(start["Env"]));
    this.#reader.push(bytes);
    if (isCut) this.#reader.cut();
  }

  get env(): AgiEnvironment {
    return this.#env;
  }

  get channel(): string {
    return this.#channel;
  }

  get uniqueid(): string {
    return this.#uniqueid;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isHungUp(): boolean {
    return this.#isHungUp;
  }

  /** Reports whether one of its commands may bring the channel into a bridge, as `Dial` does. */
  get mayBridge(): boolean {
    for (const { line } of this.#sent.values()) {
      if (/^(?:EXEC|GOSUB) /i.test(line)) return true;
    }
    return false;
  }

  /** Reports whether Asterisk runs a command, or will run one. */
  get isBusy(): boolean {
    return this.#sent.size > 0;
  }

  /** Reports whether a command of it has an id, and was not run yet. */
  hasSent(id: string): boolean {
    return this.#sent.has(id);
  }

  /** Reports whether it has ended. */
  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  send(line: string, options: AgiSendOptions = {}): Promise<AgiAnswer> {
    checkLine(line, MAX_COMMAND_BYTES);
    if (this.#end !== undefined) {
      return Promise.reject(this.#end(commandName(line), "not-sent"));
    }
    const command = new PendingCommand(line, options);
    if (this.#isDirty) this.#held.push(command);
    else this.#write(command);
    return command.promise;
  }

  /** Takes the name that the channel got. */
  rename(channel: string): void {
    this.#channel = channel;
  }

  /** Takes the name and the unique id of the channel that runs AGI from now on. */
  moveTo(channel: string, uniqueid: string): void {
    this.#channel = channel;
    this.#uniqueid = uniqueid;
    // The hangup belongs to the former channel.
    this.#isHungUp = false;
  }

  /** Takes the notice that the channel is being hung up. */
  hangUp(): void {
    this.#isHungUp = true;
  }

  /** Takes the event of a command that was run. */
  executed(event: DAMIData): void {
    if (this.#end !== undefined) return;
    const id = text(event["CommandId"]);
    const command = this.#sent.get(id);
    this.#sent.delete(id);
    // A command of another program has its answer in the same stream.
    this.#answers.expect(command);
    const isAlone = this.#answers.size === 1 && this.#reader.isIdle;
    const { bytes, isCut } = decodePercent(text(event["Result"]));
    const isWhole = isAlone && !isCut && bytes.length < READ_BYTES &&
      !this.#reader.isInEnvironment;
    if (isWhole) this.#reader.pushWhole(bytes);
    else this.#reader.push(bytes);
    if (isCut) {
      // Before the answer is given, as its caller may send the next command.
      this.#isDirty = true;
      if (!isAlone) this.#answers.doubt();
      this.#reader.cut();
    }
    this.#fetchRest();
  }

  /** Ends it: pending commands are rejected, and no more are taken. */
  end(makeError: SessionEnd): void {
    if (this.#end !== undefined) return;
    this.#end = makeError;
    const fail = (command: PendingCommand) =>
      command.reject(makeError(command.name, command.outcome));
    this.#answers.fail((command) => makeError(command.name, "unknown"));
    for (const command of this.#sent.values()) fail(command);
    this.#sent.clear();
    for (const command of this.#held.splice(0)) fail(command);
    this.#controller.abort(makeError("of the program", "not-sent"));
  }

  #write(command: PendingCommand): void {
    if (command.isSettled) return;
    const id = this.#nextId();
    this.#sent.set(id, command);
    command.isSent = true;
    this.#act({
      Channel: this.#channel,
      Command: command.line,
      CommandID: id,
    }).catch((error: unknown) => {
      this.#sent.delete(id);
      command.reject(isGone(error) ? refusal(command.name, error) : error);
      if (isGone(error)) this.#onGone();
      else this.#fetchRest();
    });
  }

  #fetchRest(): void {
    if (this.#end !== undefined || this.#sent.size > 0) return;
    if (this.#answers.size === 0 && this.#reader.isIdle) {
      this.#isDirty = false;
      for (const command of this.#held.splice(0)) this.#write(command);
      return;
    }
    if (this.#answers.size === 0 && !this.#isDirty) return;
    const echo = this.#nextId();
    const command = new PendingCommand(`GET FULL VARIABLE ${echo}`, {}, echo);
    // Nobody waits for it.
    command.promise.catch(() => {});
    this.#write(command);
  }
}

/** Returns the value of a header that is one text. */
function text(value: DAMIData[string] | undefined): string {
  return value === undefined ? "" : `${value}`;
}

/** Reports whether Asterisk refused a command because the channel is not there, or not in AGI. */
function isGone(error: unknown): boolean {
  return error instanceof AmiResponseError &&
    !/permission denied/i.test(error.message);
}

function refusal(command: string, cause: unknown): Error {
  return new AgiHangupError(
    `AGI command ${command} was not sent as the call has ended`,
    command,
    "not-sent",
    { cause },
  );
}

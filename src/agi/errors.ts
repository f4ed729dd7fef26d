import type { Outcome } from "../errors.ts";
import type { AgiAnswer } from "./answer.ts";

/**
 * The fate of a command that has no good answer.
 *
 * - `"not-sent"`: it was certainly not run.
 * - `"refused"`: Asterisk refused it, and did not run it.
 * - `"failed"`: Asterisk ran it, and it failed.
 * - `"unknown"`: it was sent: Asterisk may have run it, in part or to its end.
 */
export type AgiOutcome = Outcome | "refused" | "failed";

/** Every code that an {@linkcode AgiError} can carry. */
export type AgiErrorCode =
  | "AGI_COMMAND"
  | "AGI_HANGUP"
  | "AGI_LOST"
  | "AGI_TIMEOUT"
  | "AGI_TRUNCATED";

/**
 * The base class of the errors of AGI. The others that a command can reject
 * with are `AmiConnectionError` and `AmiResponseError`, where the manager
 * interface fails.
 *
 * @example
 * ```ts
 * import { type AgiCall, AgiError } from "@dami/dami/agi";
 *
 * async function greet(call: AgiCall): Promise<void> {
 *   try {
 *     await call.streamFile("welcome");
 *   } catch (error) {
 *     if (!(error instanceof AgiError)) throw error;
 *     console.log(error.code, error.outcome, error.command);
 *   }
 * }
 * console.log(greet);
 * ```
 */
export abstract class AgiError extends Error {
  /** A stable word for programs. */
  abstract readonly code: AgiErrorCode;
  /** The words of the command, without its arguments, which may be secret. */
  readonly command: string;
  /** The fate of the command. */
  readonly outcome: AgiOutcome;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param command The command.
   * @param outcome What became of it.
   * @param options The cause.
   */
  constructor(
    message: string,
    command: string,
    outcome: AgiOutcome,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.command = command;
    this.outcome = outcome;
  }
}

/**
 * The reason why a command has no result.
 *
 * - `"unknown-command"`: Asterisk does not have it (510), or its module is not loaded.
 * - `"dead-channel"`: the caller has hung up, and the command needs a channel (511).
 * - `"usage"`: its syntax is wrong (520).
 * - `"failed"`: it was run and failed.
 */
export type AgiFailure =
  | "unknown-command"
  | "dead-channel"
  | "usage"
  | "failed";

const FAILURES: ReadonlyMap<number, AgiFailure> = new Map([
  [510, "unknown-command"],
  [511, "dead-channel"],
  [520, "usage"],
]);

/**
 * Asterisk refused a command, or it failed.
 *
 * @example
 * ```ts
 * import { type AgiCall, AgiCommandError } from "@dami/dami/agi";
 *
 * async function speak(call: AgiCall): Promise<void> {
 *   try {
 *     await call.speechCreate("whisper");
 *   } catch (error) {
 *     if (!(error instanceof AgiCommandError)) throw error;
 *     console.log(error.failure, error.answer.raw);
 *   }
 * }
 * console.log(speak);
 * ```
 */
export class AgiCommandError extends AgiError {
  /** The name of the class. */
  override readonly name = "AgiCommandError";
  /** A stable word for programs. */
  readonly code = "AGI_COMMAND";
  /** The reason why it has no result. */
  readonly failure: AgiFailure;
  /** The answer; that of a command with a wrong syntax holds its usage. */
  readonly answer: AgiAnswer;

  /**
   * Makes the error.
   *
   * @param command The command.
   * @param answer What Asterisk answered.
   */
  constructor(command: string, answer: AgiAnswer) {
    const failure = FAILURES.get(answer.code) ?? "failed";
    const [first = ""] = answer.raw.split("\n", 1);
    super(
      `AGI command ${command} failed: Asterisk says "${first}"`,
      command,
      failure === "failed" ? "failed" : "refused",
    );
    this.failure = failure;
    this.answer = answer;
  }
}

/**
 * The call is no longer led by this program: the caller hung up, or the call
 * went back to the dialplan.
 *
 * @example
 * ```ts
 * import { type AgiCall, AgiHangupError } from "@dami/dami/agi";
 *
 * async function ask(call: AgiCall): Promise<void> {
 *   try {
 *     await call.getData("enter-pin");
 *   } catch (error) {
 *     if (!(error instanceof AgiHangupError)) throw error;
 *     console.log("The caller hung up");
 *   }
 * }
 * console.log(ask);
 * ```
 */
export class AgiHangupError extends AgiError {
  /** The name of the class. */
  override readonly name = "AgiHangupError";
  /** A stable word for programs. */
  readonly code = "AGI_HANGUP";
}

/**
 * A command was not answered in the time that the program gave it. Asterisk
 * goes on with it, and what it answers later is dropped.
 *
 * @example
 * ```ts
 * import { type AgiCall, AgiTimeoutError } from "@dami/dami/agi";
 *
 * async function dial(call: AgiCall): Promise<void> {
 *   try {
 *     await call.exec("Dial", ["PJSIP/6001"], { answerTimeout: 60_000 });
 *   } catch (error) {
 *     if (error instanceof AgiTimeoutError) await call.hangup();
 *     else throw error;
 *   }
 * }
 * console.log(dial);
 * ```
 */
export class AgiTimeoutError extends AgiError {
  /** The name of the class. */
  override readonly name = "AgiTimeoutError";
  /** A stable word for programs. */
  readonly code = "AGI_TIMEOUT";
}

/**
 * Asterisk cut the answer: an event has room for 2,047 characters of
 * percent-encoded text. The action `Getvar` of the manager interface has the
 * whole value of a variable.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { type AgiCall, AgiTruncatedError } from "@dami/dami/agi";
 *
 * async function read(dami: DAMI, call: AgiCall): Promise<string> {
 *   try {
 *     return await call.getVariable("NOTES") ?? "";
 *   } catch (error) {
 *     if (!(error instanceof AgiTruncatedError)) throw error;
 *     const [response] = await dami.to("Getvar", {
 *       Channel: call.channel,
 *       Variable: "NOTES",
 *     });
 *     return `${response["Value"]}`;
 *   }
 * }
 * console.log(read);
 * ```
 */
export class AgiTruncatedError extends AgiError {
  /** The name of the class. */
  override readonly name = "AgiTruncatedError";
  /** A stable word for programs. */
  readonly code = "AGI_TRUNCATED";
  /** The part of the answer that came. */
  readonly answer: AgiAnswer;

  /**
   * Makes the error.
   *
   * @param command The command, which was run.
   * @param answer The part of the answer that came.
   */
  constructor(command: string, answer: AgiAnswer) {
    super(
      `Asterisk cut the answer to AGI command ${command}: read the variable with the action Getvar`,
      command,
      "unknown",
    );
    this.answer = answer;
  }
}

/**
 * Asterisk ran a command, and its answer was lost: it stood after an answer
 * that Asterisk cut.
 *
 * @example
 * ```ts
 * import { AgiLostError } from "@dami/dami/agi";
 *
 * const error = new AgiLostError("The answer was lost", "GET DATA", "unknown");
 * console.log(error.outcome);
 * ```
 */
export class AgiLostError extends AgiError {
  /** The name of the class. */
  override readonly name = "AgiLostError";
  /** A stable word for programs. */
  readonly code = "AGI_LOST";
}

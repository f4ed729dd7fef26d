import type { AgiAnswer } from "./answer.ts";
import { type AgiArgument, commandLine } from "./command_line.ts";
import type { AgiPlayback, AgiSayOptions } from "./command_options.ts";
import {
  AgiCommandError,
  AgiHangupError,
  AgiTruncatedError,
} from "./errors.ts";
import type { AgiLink } from "./link.ts";
import type { AgiSendOptions } from "./pending_command.ts";

/** The arguments of a command; those that are `undefined` at the end are left out. */
type Arguments = readonly (AgiArgument | undefined)[];

/** Returns the digit whose code is a result, if it is one. */
export function digitOf(result: number): string | undefined {
  return result > 0 ? String.fromCharCode(result) : undefined;
}

/** Runs commands, and reads their results by the kind of the command. */
export class CommandRunner {
  readonly #link: AgiLink;

  constructor(link: AgiLink) {
    this.#link = link;
  }

  /** Runs a command; a refusal is an error. */
  async run(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<AgiAnswer> {
    const answer = await this.#link.send(commandLine(name, args), options);
    if (answer.code !== 200) throw new AgiCommandError(name, answer);
    return answer;
  }

  /** Runs a command whose result is a number. */
  async number(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<number> {
    return Number((await this.run(name, args, options)).result);
  }

  /** Runs a command whose result is 1 where it could. */
  async flag(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<boolean> {
    return await this.number(name, args, options) === 1;
  }

  /** Runs a command whose result is negative where it fails, or the caller hangs up. */
  async good(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<AgiAnswer> {
    const answer = await this.run(name, args, options);
    if (!answer.result.startsWith("-")) return answer;
    // The answer does not say which. It comes before the end of the call, and
    // that comes before the answer to another command.
    await this.#link.send("NOOP").catch(() => {});
    if (this.#link.isHungUp) {
      throw new AgiHangupError(
        `The caller hung up during AGI command ${name}`,
        name,
        "failed",
      );
    }
    throw new AgiCommandError(name, answer);
  }

  /** As {@linkcode CommandRunner.good}, for a result that is a number. */
  async success(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<number> {
    return Number((await this.good(name, args, options)).result);
  }

  /** Runs a command whose result is 0 where it fails. */
  async done(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<void> {
    const answer = await this.run(name, args, options);
    if (answer.result !== "1") throw new AgiCommandError(name, answer);
  }

  /** Runs a command whose result is a value, or 0 without one. */
  async value(
    name: string,
    args: Arguments,
    options?: AgiSendOptions,
  ): Promise<string | undefined> {
    const answer = await this.run(name, args, options);
    if (answer.truncated) throw new AgiTruncatedError(name, answer);
    return answer.result === "1" ? answer.data : undefined;
  }

  /** Runs a command that a digit can end. */
  async say(
    name: string,
    what: AgiArgument,
    options: AgiSayOptions = {},
    more: Arguments = [],
  ): Promise<string | undefined> {
    const { escapeDigits = "" } = options;
    const args = [what, escapeDigits, ...more];
    return digitOf(await this.success(name, args, options));
  }

  /** Runs a command that plays, and says where it ended. */
  async playback(
    name: string,
    args: Arguments,
    options: AgiSendOptions,
  ): Promise<AgiPlayback> {
    const { result, endpos = 0 } = await this.good(name, args, options);
    return { digit: digitOf(Number(result)), endpos };
  }
}

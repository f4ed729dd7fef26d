import type { AgiAnswer } from "./answer.ts";
import type { AgiArgument } from "./command_line.ts";
import type {
  AgiChannelOptions,
  AgiControlStreamFileOptions,
  AgiDigits,
  AgiGetDataOptions,
  AgiGetOptionOptions,
  AgiPlayback,
  AgiRecordFileOptions,
  AgiRecording,
  AgiSayDatetimeOptions,
  AgiSayNumberOptions,
  AgiSayOptions,
  AgiSpeech,
  AgiSpeechRecognizeOptions,
  AgiStreamFileOptions,
} from "./command_options.ts";
import { CommandRunner, digitOf } from "./command_runner.ts";
import type { AgiEnvironment } from "./environment.ts";
import type { AgiLink } from "./link.ts";
import type { AgiSendOptions } from "./pending_command.ts";
import { readSpeech } from "./speech.ts";

/** Returns an empty string in place of a required argument. */
function emptyIf(
  isNeeded: boolean,
  value: string | undefined,
): string | undefined {
  return value ?? (isNeeded ? "" : undefined);
}

/** Returns the seconds since 1970 that AGI wants. */
function seconds(time: Date | number): number {
  return typeof time === "number" ? time : Math.floor(time.getTime() / 1_000);
}

/**
 * A call that this program leads: it has a method for each command of Asterisk
 * (`agi show commands`), named as Asterisk names it.
 *
 * A method rejects with an {@linkcode AgiCommandError} where Asterisk refuses
 * the command or it fails, and with an {@linkcode AgiHangupError} where the
 * call has ended. Commands run one after the other, in the order of the calls
 * of their methods, also if several are called without waiting.
 *
 * @example
 * ```ts
 * import type { AgiCall } from "@dami/dami/agi";
 *
 * async function menu(call: AgiCall): Promise<void> {
 *   await call.answer();
 *   const { digits, timedOut } = await call.getData("vm-enter-num-to-call", {
 *     timeout: 5_000,
 *     maxDigits: 4,
 *   });
 *   if (timedOut) await call.streamFile("vm-goodbye");
 *   else await call.exec("Dial", [`PJSIP/${digits}`, 30]);
 * }
 * console.log(menu);
 * ```
 */
export class AgiCall {
  readonly #link: AgiLink;
  readonly #runner: CommandRunner;

  /**
   * Wraps the way to a call. Programs get calls from `AsyncAgi` and `FastAgi`.
   *
   * @param link The way to the call.
   */
  constructor(link: AgiLink) {
    this.#link = link;
    this.#runner = new CommandRunner(link);
  }

  /** The variables that Asterisk sent with the call. */
  get env(): AgiEnvironment {
    return this.#link.env;
  }

  /** The name of the channel, also after it was renamed. */
  get channel(): string {
    return this.#link.channel;
  }

  /** The unique id of the channel; another one if a masquerade has put another channel in its place. */
  get uniqueid(): string {
    return this.#link.uniqueid;
  }

  /** Aborted when the call ends, or the connection does; its reason is the error that commands get from then on. */
  get signal(): AbortSignal {
    return this.#link.signal;
  }

  /**
   * Sends any command, as it is written.
   *
   * @param command The command with its arguments, quoted where needed.
   * @param options The limits of the wait.
   * @returns The answer, also of a command that was refused or has failed.
   * @throws {AgiHangupError} If the call has ended or ends.
   * @throws {AgiTimeoutError} If it is not answered in time.
   * @throws {TypeError | RangeError} If Asterisk could not read the command.
   *
   * @example
   * ```ts
   * import type { AgiCall } from "@dami/dami/agi";
   *
   * async function isUp(call: AgiCall): Promise<boolean> {
   *   const { code, result } = await call.send("CHANNEL STATUS");
   *   return code === 200 && result === "6";
   * }
   * console.log(isUp);
   * ```
   */
  async send(command: string, options?: AgiSendOptions): Promise<AgiAnswer> {
    return await this.#link.send(command, options);
  }

  /**
   * `ANSWER`: answers the call, unless it is answered.
   *
   * @param options The limits of the wait.
   */
  async answer(options?: AgiSendOptions): Promise<void> {
    await this.#runner.run("ANSWER", [], options);
  }

  /**
   * `ASYNCAGI BREAK`: gives the call back to the dialplan, which continues
   * after `AGI()`. Only calls of `AsyncAgi` have it.
   *
   * @param options The limits of the wait.
   */
  async asyncagiBreak(options?: AgiSendOptions): Promise<void> {
    await this.#runner.run("ASYNCAGI BREAK", [], options);
  }

  /**
   * `CHANNEL STATUS`: asks for the state of a channel.
   *
   * @param options Another channel.
   * @returns The state: 0 down, 1 reserved, 2 off hook, 3 dialling, 4 ring, 5 ringing, 6 up, 7 busy; `undefined` if there is no such channel.
   */
  async channelStatus(
    options: AgiChannelOptions = {},
  ): Promise<number | undefined> {
    const args = [options.channel];
    const status = await this.#runner.number("CHANNEL STATUS", args, options);
    return status === -1 ? undefined : status;
  }

  /**
   * `CONTROL STREAM FILE`: plays a file in which the caller can jump and pause.
   *
   * @param filename The file, without its extension.
   * @param options The digits, and the position to begin at.
   * @returns The digit that ended it, and the position (milliseconds).
   */
  controlStreamFile(
    filename: string,
    options: AgiControlStreamFileOptions = {},
  ): Promise<AgiPlayback> {
    const { escapeDigits = "", skip, offset } = options;
    const { forwardDigit, rewindDigit, pauseDigit } = options;
    const isOffset = offset !== undefined;
    const isPause = isOffset || pauseDigit !== undefined;
    const isRewind = isPause || rewindDigit !== undefined;
    const isForward = isRewind || forwardDigit !== undefined;
    return this.#runner.playback("CONTROL STREAM FILE", [
      filename,
      escapeDigits,
      skip ?? (isForward ? 3_000 : undefined),
      forwardDigit ?? (isRewind ? "#" : undefined),
      rewindDigit ?? (isPause ? "*" : undefined),
      emptyIf(isOffset, pauseDigit),
      offset,
    ], options);
  }

  /**
   * `DATABASE DEL`: removes a value from Asterisk's database.
   *
   * @param family The family.
   * @param key The key.
   * @param options The limits of the wait.
   * @returns Whether Asterisk could; versions differ for a key that is not there.
   */
  databaseDel(
    family: string,
    key: string,
    options?: AgiSendOptions,
  ): Promise<boolean> {
    return this.#runner.flag("DATABASE DEL", [family, key], options);
  }

  /**
   * `DATABASE DELTREE`: removes a family from Asterisk's database.
   *
   * @param family The family.
   * @param keytree The part of the family; all of it without one.
   * @param options The limits of the wait.
   * @returns Whether Asterisk could.
   */
  databaseDeltree(
    family: string,
    keytree?: string,
    options?: AgiSendOptions,
  ): Promise<boolean> {
    return this.#runner.flag("DATABASE DELTREE", [family, keytree], options);
  }

  /**
   * `DATABASE GET`: reads a value of Asterisk's database.
   *
   * @param family The family.
   * @param key The key.
   * @param options The limits of the wait.
   * @returns The value; `undefined` if there is none.
   * @throws {AgiTruncatedError} If Asterisk cut the value.
   */
  databaseGet(
    family: string,
    key: string,
    options?: AgiSendOptions,
  ): Promise<string | undefined> {
    return this.#runner.value("DATABASE GET", [family, key], options);
  }

  /**
   * `DATABASE PUT`: writes a value into Asterisk's database.
   *
   * @param family The family.
   * @param key The key.
   * @param value The value.
   * @param options The limits of the wait.
   * @returns Whether Asterisk could.
   */
  databasePut(
    family: string,
    key: string,
    value: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<boolean> {
    return this.#runner.flag("DATABASE PUT", [family, key, value], options);
  }

  /**
   * `EXEC`: runs an application of the dialplan. Variables in its arguments are
   * not replaced, unless the channel variable `AGIEXECFULL` is `yes`.
   *
   * @param application The application, such as `Dial`.
   * @param args Its arguments, which are joined by commas.
   * @param options The limits of the wait.
   * @returns What the application returned.
   * @throws {AgiCommandError} If there is no such application, or it failed.
   */
  exec(
    application: string,
    args: readonly AgiArgument[] = [],
    options?: AgiSendOptions,
  ): Promise<number> {
    const joined = args.length === 0 ? undefined : args.join(",");
    return this.#runner.success("EXEC", [application, joined], options);
  }

  /**
   * `GET DATA`: plays a file and takes digits, also while it plays.
   *
   * @param file The file, without its extension.
   * @param options The time to wait, and the number of digits.
   * @returns The digits.
   */
  async getData(
    file: string,
    options: AgiGetDataOptions = {},
  ): Promise<AgiDigits> {
    const { timeout, maxDigits } = options;
    const args = [file, timeout, maxDigits];
    const answer = await this.#runner.good("GET DATA", args, options);
    return { digits: answer.result, timedOut: answer.data === "timeout" };
  }

  /**
   * `GET FULL VARIABLE`: evaluates an expression, such as
   * `"${CALLERID(num)} at ${EPOCH}"`.
   *
   * @param expression The expression.
   * @param options Another channel.
   * @returns The value; `undefined` if there is no such channel.
   * @throws {AgiTruncatedError} If Asterisk cut the value.
   */
  getFullVariable(
    expression: string,
    options: AgiChannelOptions = {},
  ): Promise<string | undefined> {
    const args = [expression, options.channel];
    return this.#runner.value("GET FULL VARIABLE", args, options);
  }

  /**
   * `GET OPTION`: plays a file and waits for a digit after it.
   *
   * @param filename The file, without its extension.
   * @param options The digits, and the time to wait.
   * @returns The digit that ended it, and the position (samples).
   */
  getOption(
    filename: string,
    options: AgiGetOptionOptions = {},
  ): Promise<AgiPlayback> {
    const { escapeDigits = "", timeout } = options;
    const args = [filename, escapeDigits, timeout];
    return this.#runner.playback("GET OPTION", args, options);
  }

  /**
   * `GET VARIABLE`: reads a variable of the channel, or a function.
   *
   * @param name The variable.
   * @param options The limits of the wait.
   * @returns The value; `undefined` if it is not set.
   * @throws {AgiTruncatedError} If Asterisk cut the value.
   */
  getVariable(
    name: string,
    options?: AgiSendOptions,
  ): Promise<string | undefined> {
    return this.#runner.value("GET VARIABLE", [name], options);
  }

  /**
   * `GOSUB`: runs a subroutine of the dialplan, and waits for its `Return()`.
   * If there is no such place, Asterisk ends the session of AGI, too.
   *
   * @param context The context.
   * @param extension The extension.
   * @param priority The priority or label.
   * @param argument The argument, `ARG1` of the subroutine.
   * @param options The limits of the wait.
   */
  async gosub(
    context: string,
    extension: AgiArgument,
    priority: AgiArgument,
    argument?: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<void> {
    const args = [context, extension, priority, argument];
    await this.#runner.success("GOSUB", args, options);
  }

  /**
   * `HANGUP`: hangs up.
   *
   * @param options Another channel.
   * @returns Whether there was such a channel.
   */
  async hangup(options: AgiChannelOptions = {}): Promise<boolean> {
    return await this.#runner.number("HANGUP", [options.channel], options) ===
      1;
  }

  /**
   * `NOOP`: does nothing, which shows that the call still exists.
   *
   * @param options The limits of the wait.
   */
  async noop(options?: AgiSendOptions): Promise<void> {
    await this.#runner.run("NOOP", [], options);
  }

  /**
   * `RECEIVE CHAR`: waits for a character of text. If none comes, Asterisk ends
   * the session of AGI on many channels.
   *
   * @param timeout The time to wait (milliseconds); 0 for as long as it takes.
   * @param options The limits of the wait.
   * @returns The character; `undefined` if none came.
   */
  async receiveChar(
    timeout: number,
    options?: AgiSendOptions,
  ): Promise<string | undefined> {
    const code = await this.#runner.success("RECEIVE CHAR", [timeout], options);
    return code === 0 ? undefined : String.fromCodePoint(code);
  }

  /**
   * `RECEIVE TEXT`: waits for text.
   *
   * @param timeout The time to wait (milliseconds); 0 for as long as it takes.
   * @param options The limits of the wait.
   * @returns The text; `undefined` if none came.
   * @throws {AgiTruncatedError} If Asterisk cut the text.
   */
  receiveText(
    timeout: number,
    options?: AgiSendOptions,
  ): Promise<string | undefined> {
    return this.#runner.value("RECEIVE TEXT", [timeout], options);
  }

  /**
   * `RECORD FILE`: records the caller.
   *
   * @param filename The file, without its extension.
   * @param format The format and extension, such as `wav`.
   * @param options The digits and
   * times that end it. @returns The reason of its end, and its length.
   */
  async recordFile(
    filename: string,
    format: string,
    options: AgiRecordFileOptions = {},
  ): Promise<AgiRecording> {
    const { escapeDigits = "#", timeout = -1, sampleOffset, beep } = options;
    const { silence } = options;
    const answer = await this.#runner.good("RECORD FILE", [
      filename,
      format,
      escapeDigits,
      timeout,
      ...(sampleOffset === undefined ? [] : [sampleOffset]),
      ...(beep === true ? ["BEEP"] : []),
      ...(silence === undefined ? [] : [`s=${silence}`]),
    ], options);
    const { result, data = "", endpos = 0 } = answer;
    return { digit: digitOf(Number(result)), reason: data, endpos };
  }

  /**
   * `SAY ALPHA`: spells a text.
   *
   * @param text The text.
   * @param options The digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayAlpha(text: string, options?: AgiSayOptions): Promise<string | undefined> {
    return this.#runner.say("SAY ALPHA", text, options);
  }

  /**
   * `SAY DATE`: says a date.
   *
   * @param date The date (a `Date`, or seconds since 1970).
   * @param options The digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayDate(
    date: Date | number,
    options?: AgiSayOptions,
  ): Promise<string | undefined> {
    return this.#runner.say("SAY DATE", seconds(date), options);
  }

  /**
   * `SAY DATETIME`: says a date and a time.
   *
   * @param time The time (a `Date`, or seconds since 1970).
   * @param options The format, and the digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayDatetime(
    time: Date | number,
    options: AgiSayDatetimeOptions = {},
  ): Promise<string | undefined> {
    const { format, timezone } = options;
    return this.#runner.say("SAY DATETIME", seconds(time), options, [
      format,
      timezone,
    ]);
  }

  /**
   * `SAY DIGITS`: says digits one by one.
   *
   * @param digits The digits.
   * @param options The digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayDigits(
    digits: AgiArgument,
    options?: AgiSayOptions,
  ): Promise<string | undefined> {
    return this.#runner.say("SAY DIGITS", digits, options);
  }

  /**
   * `SAY NUMBER`: says a number.
   *
   * @param number The number.
   * @param options The gender, and the digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayNumber(
    number: AgiArgument,
    options: AgiSayNumberOptions = {},
  ): Promise<string | undefined> {
    return this.#runner.say("SAY NUMBER", number, options, [options.gender]);
  }

  /**
   * `SAY PHONETIC`: spells a text as "Alpha, Bravo".
   *
   * @param text The text.
   * @param options The digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayPhonetic(
    text: string,
    options?: AgiSayOptions,
  ): Promise<string | undefined> {
    return this.#runner.say("SAY PHONETIC", text, options);
  }

  /**
   * `SAY TIME`: says a time of day.
   *
   * @param time The time (a `Date`, or seconds since 1970).
   * @param options The digits that end it.
   * @returns The digit that ended it, if one did.
   */
  sayTime(
    time: Date | number,
    options?: AgiSayOptions,
  ): Promise<string | undefined> {
    return this.#runner.say("SAY TIME", seconds(time), options);
  }

  /**
   * `SEND IMAGE`: sends an image, where the channel can.
   *
   * @param image The image, without its extension.
   * @param options The limits of the wait.
   */
  async sendImage(image: string, options?: AgiSendOptions): Promise<void> {
    await this.#runner.success("SEND IMAGE", [image], options);
  }

  /**
   * `SEND TEXT`: sends text, where the channel can.
   *
   * @param text The text.
   * @param options The limits of the wait.
   */
  async sendText(text: string, options?: AgiSendOptions): Promise<void> {
    await this.#runner.success("SEND TEXT", [text], options);
  }

  /**
   * `SET AUTOHANGUP`: hangs up after a time.
   *
   * @param time The time (seconds); 0 for never.
   * @param options The limits of the wait.
   */
  async setAutohangup(time: number, options?: AgiSendOptions): Promise<void> {
    await this.#runner.run("SET AUTOHANGUP", [time], options);
  }

  /**
   * `SET CALLERID`: sets the caller.
   *
   * @param number A number, or `"Name" <number>`.
   * @param options The limits of the wait.
   */
  async setCallerid(
    number: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.run("SET CALLERID", [number], options);
  }

  /**
   * `SET CONTEXT`: sets where the dialplan goes on.
   *
   * @param context The context.
   * @param options The limits of the wait.
   */
  async setContext(context: string, options?: AgiSendOptions): Promise<void> {
    await this.#runner.run("SET CONTEXT", [context], options);
  }

  /**
   * `SET EXTENSION`: sets where the dialplan goes on.
   *
   * @param extension The extension.
   * @param options The limits of the wait.
   */
  async setExtension(
    extension: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.run("SET EXTENSION", [extension], options);
  }

  /**
   * `SET MUSIC`: starts or stops the music on hold.
   *
   * @param on `true` to play it.
   * @param musicClass Its class.
   * @param options The limits of the wait.
   */
  async setMusic(
    on: boolean,
    musicClass?: string,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.run(
      "SET MUSIC",
      [on ? "on" : "off", musicClass],
      options,
    );
  }

  /**
   * `SET PRIORITY`: sets where the dialplan goes on.
   *
   * @param priority The priority or label.
   * @param options The limits of the wait.
   */
  async setPriority(
    priority: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.run("SET PRIORITY", [priority], options);
  }

  /**
   * `SET VARIABLE`: sets a variable of the channel, or a function.
   *
   * @param name The variable.
   * @param value The value.
   * @param options The limits of the wait.
   */
  async setVariable(
    name: string,
    value: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.run("SET VARIABLE", [name, value], options);
  }

  /**
   * `SPEECH ACTIVATE GRAMMAR`: makes the speech engine use a grammar.
   *
   * @param name The grammar.
   * @param options The limits of the wait.
   */
  async speechActivateGrammar(
    name: string,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.done("SPEECH ACTIVATE GRAMMAR", [name], options);
  }

  /**
   * `SPEECH CREATE`: begins to use a speech engine.
   *
   * @param engine The engine.
   * @param options The limits of the wait.
   */
  async speechCreate(engine: string, options?: AgiSendOptions): Promise<void> {
    await this.#runner.done("SPEECH CREATE", [engine], options);
  }

  /**
   * `SPEECH DEACTIVATE GRAMMAR`: makes the speech engine ignore a grammar.
   *
   * @param name The grammar.
   * @param options The limits of the wait.
   */
  async speechDeactivateGrammar(
    name: string,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.done("SPEECH DEACTIVATE GRAMMAR", [name], options);
  }

  /**
   * `SPEECH DESTROY`: ends the use of the speech engine.
   *
   * @param options The limits of the wait.
   */
  async speechDestroy(options?: AgiSendOptions): Promise<void> {
    await this.#runner.done("SPEECH DESTROY", [], options);
  }

  /**
   * `SPEECH LOAD GRAMMAR`: loads a grammar.
   *
   * @param name The name it gets.
   * @param path Where it is on the PBX.
   * @param options The limits of the wait.
   */
  async speechLoadGrammar(
    name: string,
    path: string,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.done("SPEECH LOAD GRAMMAR", [name, path], options);
  }

  /**
   * `SPEECH RECOGNIZE`: plays a prompt and listens for speech and digits.
   *
   * @param prompt The prompt, without its extension.
   * @param timeout The time to listen after the prompt (seconds).
   * @param options The position to begin at.
   * @returns The results of the recognition.
   */
  async speechRecognize(
    prompt: string,
    timeout: number,
    options: AgiSpeechRecognizeOptions = {},
  ): Promise<AgiSpeech> {
    const args = [prompt, timeout, options.sampleOffset];
    return readSpeech(
      await this.#runner.run("SPEECH RECOGNIZE", args, options),
    );
  }

  /**
   * `SPEECH SET`: changes a setting of the speech engine.
   *
   * @param name The setting.
   * @param value The value.
   * @param options The limits of the wait.
   */
  async speechSet(
    name: string,
    value: AgiArgument,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.done("SPEECH SET", [name, value], options);
  }

  /**
   * `SPEECH UNLOAD GRAMMAR`: unloads a grammar.
   *
   * @param name The grammar.
   * @param options The limits of the wait.
   */
  async speechUnloadGrammar(
    name: string,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.done("SPEECH UNLOAD GRAMMAR", [name], options);
  }

  /**
   * `STREAM FILE`: plays a file.
   *
   * @param filename The file, without its extension.
   * @param options The digits, and the position to begin at.
   * @returns The digit that ended it, and the position (samples).
   */
  streamFile(
    filename: string,
    options: AgiStreamFileOptions = {},
  ): Promise<AgiPlayback> {
    const { escapeDigits = "", sampleOffset } = options;
    const args = [filename, escapeDigits, sampleOffset];
    return this.#runner.playback("STREAM FILE", args, options);
  }

  /**
   * `TDD MODE`: switches text telephony on or off.
   *
   * @param mode The mode.
   * @param options The limits of the wait.
   * @returns Whether the channel can.
   */
  tddMode(
    mode: "on" | "off" | "mate" | "tdd",
    options?: AgiSendOptions,
  ): Promise<boolean> {
    return this.#runner.flag("TDD MODE", [mode], options);
  }

  /**
   * `VERBOSE`: writes to the console of the PBX.
   *
   * @param message The message.
   * @param level The level of verbosity from which on it is shown, from 1 to 4.
   * @param options The limits of the wait.
   */
  async verbose(
    message: string,
    level?: number,
    options?: AgiSendOptions,
  ): Promise<void> {
    await this.#runner.run("VERBOSE", [message, level], options);
  }

  /**
   * `WAIT FOR DIGIT`: waits for a digit.
   *
   * @param timeout The time to wait (milliseconds); -1 for as long as it takes.
   * @param options The limits of the wait.
   * @returns The digit; `undefined` if none came.
   */
  async waitForDigit(
    timeout: number,
    options?: AgiSendOptions,
  ): Promise<string | undefined> {
    return digitOf(
      await this.#runner.success("WAIT FOR DIGIT", [timeout], options),
    );
  }
}

/**
 * Calls led by a program: answer, play, ask for digits, dial.
 *
 * The dialplan sends a call to the program:
 *
 * ```ini
 * ; extensions.conf
 * exten => 100,1,AGI(agi:async)
 *  same => n,Hangup()
 * ```
 *
 * {@linkcode AsyncAgi} takes it over the existing connection to the manager
 * interface. The user of `manager.conf` needs `write = agi` and
 * `read = agi,call`; with an event mask of its own, the client needs both
 * classes, too.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { AsyncAgi } from "@dami/dami/agi";
 *
 * const dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "ivr", secret: "mysecret" });
 * AsyncAgi.serve(dami, async (call) => {
 *   await call.answer();
 *   const { digits } = await call.getData("vm-enter-num-to-call", {
 *     timeout: 5_000,
 *     maxDigits: 4,
 *   });
 *   console.log(`${call.channel} wants ${digits}`);
 *   await call.setVariable("CHOSEN", digits);
 * }, { accept: ({ env }) => env.agi_context === "default" });
 * await dami.listen();
 * console.log("Leading calls; press Ctrl-C to stop");
 * ```
 *
 * **A call and its end.** The handler gets an {@linkcode AgiCall}. When it
 * returns, the call goes on in the dialplan. When it throws, the client's
 * `error` event reports that, and the call goes on in the dialplan or is hung
 * up, as {@linkcode AsyncAgiOptions.onError} says. When the caller hangs up,
 * `call.signal` is aborted and each command rejects with an {@linkcode
 * AgiHangupError}; a handler need not catch it. When the connection is lost,
 * commands reject with an `AmiConnectionError`, the handler's call has ended,
 * and as soon as the client is logged in again the call goes on in the dialplan
 * or is hung up, as `onError` says.
 *
 * **Speed.** Asterisk looks for commands every 100 ms while nothing happens on
 * the channel, and then runs all that wait. Commands that do not depend on each
 * other are best sent together:
 *
 * ```ts
 * import type { AgiCall } from "@dami/dami/agi";
 *
 * async function mark(call: AgiCall): Promise<void> {
 *   await Promise.all([
 *     call.setVariable("CHOSEN", "1234"),
 *     call.verbose("The caller chose 1234"),
 *   ]);
 * }
 * console.log(mark);
 * ```
 *
 * **Long answers.** An event has room for 1,024 bytes of an answer. The rest is
 * fetched and joined. It also has room for only 2,047 characters after
 * percent-encoding, so that text beyond ASCII can be cut: such an answer is
 * `truncated`, and methods that read a value reject with an
 * {@linkcode AgiTruncatedError}. The action `Getvar` has the whole value.
 *
 * **Another channel.** If somebody picks up a call that is led, or an attended
 * transfer brings a caller to it, Asterisk puts one channel in the place of
 * another: `call.channel` and `call.uniqueid` are then those of the other one,
 * and the call is still led.
 *
 * **Several programs.** Every client whose user may read the class `agi` sees
 * each call. If several serve, `accept` has to decide which of them takes it.
 *
 * **FastAGI.** {@linkcode FastAgi} leads calls with the same handlers over a
 * TCP port, for dialplans with `AGI(agi://…)`.
 *
 * @module
 */

import type { AmiClient } from "../client.ts";
import type { DAMIData } from "../data.ts";
import { AmiClosedError, AmiConnectionError } from "../errors.ts";
import { AgiCall } from "./agi_call.ts";
import { AsyncSession, type SessionEnd } from "./async_session.ts";
import type { DisconnectDetail } from "../events/lifecycle.ts";
import type { AgiEnvironment } from "./environment.ts";
import { AgiHangupError } from "./errors.ts";
import { type AgiHandler, leadCall } from "./lead_call.ts";

export { AgiCall } from "./agi_call.ts";
export type { AgiAnswer } from "./answer.ts";
export type { AgiArgument } from "./command_line.ts";
export type {
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
  AgiSpeechResult,
  AgiStreamFileOptions,
} from "./command_options.ts";
export type { AgiEnvironment } from "./environment.ts";
export {
  AgiCommandError,
  AgiError,
  type AgiErrorCode,
  type AgiFailure,
  AgiHangupError,
  AgiLostError,
  type AgiOutcome,
  AgiTimeoutError,
  AgiTruncatedError,
} from "./errors.ts";
export { FastAgi, type FastAgiOffer, type FastAgiOptions } from "./fast_agi.ts";
export type { AgiHandler } from "./lead_call.ts";
export type { AgiLink } from "./link.ts";
export type { AgiSendOptions } from "./pending_command.ts";

/** A call that a program may take. */
export interface AsyncAgiOffer {
  /** The variables that Asterisk sent with the call. Of a long list, the last ones come with the first answer. */
  readonly env: AgiEnvironment;
  /** The event `AsyncAGIStart`, with the headers of the channel. */
  readonly event: DAMIData;
}

/** Options of {@linkcode AsyncAgi.serve}. */
export interface AsyncAgiOptions {
  /**
   * Decides whether this program takes a call. One that it does not take is
   * left as it is, for others.
   *
   * @default {() => true}
   */
  accept?: (offer: AsyncAgiOffer) => boolean;
  /**
   * Sends a call back to the dialplan when its handler has returned.
   * Without it, the call stays where it is, and another program may lead it.
   *
   * @default {true}
   */
  break?: boolean;
  /**
   * The fate of a call whose handler threw, or whose connection was lost: it
   * goes on in the dialplan, or is hung up.
   *
   * @default {"continue"}
   */
  onError?: "continue" | "hangup";
}

const ORPHAN_COMMANDS = {
  continue: "ASYNCAGI BREAK",
  hangup: "HANGUP",
} as const;

/**
 * Leads calls that come to `AGI(agi:async)`.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { AsyncAgi } from "@dami/dami/agi";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "ivr", secret: "mysecret" });
 * await using agi = AsyncAgi.serve(dami, async (call) => {
 *   await call.answer();
 *   await call.streamFile("tt-monkeys");
 * });
 * await dami.listen();
 * console.log(agi.calls.length);
 * ```
 */
export class AsyncAgi implements AsyncDisposable {
  readonly #client: AmiClient;
  readonly #handler: AgiHandler;
  readonly #options: Required<AsyncAgiOptions>;
  /** Hard to guess, as the events of other programs' commands come here, too. */
  readonly #prefix = `dami-agi-${crypto.randomUUID().slice(0, 13)}-`;
  #commandCount = 0;
  /** The calls by the unique id of their channel. */
  readonly #sessions = new Map<string, AsyncSession>();
  readonly #calls = new Map<AsyncSession, AgiCall>();
  readonly #running = new Set<Promise<unknown>>();
  /** The channels that were led when the connection was lost. */
  readonly #orphans = new Set<string>();
  readonly #controller = new AbortController();
  readonly #removers: (() => void)[];

  private constructor(
    client: AmiClient,
    handler: AgiHandler,
    options: AsyncAgiOptions,
  ) {
    const { accept = () => true, onError = "continue" } = options;
    if (!Object.hasOwn(ORPHAN_COMMANDS, onError)) {
      throw new TypeError(
        `Cannot use option 'onError' as it must be "continue" or "hangup"`,
      );
    }
    this.#client = client;
    this.#handler = handler;
    this.#options = { accept, onError, break: options.break ?? true };
    this.#removers = [
      // The client reports what it rejects with.
      client.on("AsyncAGIStart", (event) => this.#onStart(event)),
      client.on("AsyncAGIExec", (event) => this.#onExec(event)),
      client.on("AsyncAGIEnd", (event) => this.#onEnd(event, "left AGI")),
      client.on("HangupRequest", (event) => this.#sessionOf(event)?.hangUp()),
      client.on(
        "SoftHangupRequest",
        (event) => this.#sessionOf(event)?.hangUp(),
      ),
      client.on("Hangup", (event) => this.#onHangup(event)),
      client.on("Pickup", (event) => this.#onPickup(event)),
      client.on("AttendedTransfer", (event) => this.#onTransfer(event)),
      client.on("BridgeEnter", (event) => this.#onBridge(event)),
      client.on(
        "Rename",
        (event) => this.#sessionOf(event)?.rename(`${event["Newname"]}`),
      ),
    ];
    const { signal } = this.#controller;
    client.addEventListener(
      "disconnect",
      ({ detail }) => this.#onDisconnect(detail),
      { signal },
    );
    client.addEventListener("login", () => this.#releaseOrphans(), { signal });
    client.addEventListener("close", () => this.#orphans.clear(), { signal });
  }

  /**
   * Takes calls from now on.
   *
   * @param client The client. It has to be logged in and to listen, now or later.
   * @param handler Leads a call.
   * @param options The calls to take, and their fate. @returns
   * The service, to be closed with {@linkcode AsyncAgi.close} or `await using`.
   * @throws {TypeError} If an option has a wrong value.
   */
  static serve(
    client: AmiClient,
    handler: AgiHandler,
    options: AsyncAgiOptions = {},
  ): AsyncAgi {
    return new AsyncAgi(client, handler, options);
  }

  /** The calls that are led now, the oldest first. */
  get calls(): readonly AgiCall[] {
    return [...this.#calls.values()];
  }

  /**
   * Takes no more calls, and ends those that are led: their commands reject
   * with an {@linkcode AgiHangupError}, and they go on in the dialplan or are
   * hung up as {@linkcode AsyncAgiOptions.onError} says. The client stays
   * connected.
   *
   * @returns Resolves when all handlers have returned.
   */
  async close(): Promise<void> {
    for (const remove of this.#removers.splice(0)) remove();
    this.#controller.abort();
    const releases: Promise<unknown>[] = [];
    for (const session of [...this.#sessions.values()]) {
      const isLed = this.#calls.has(session);
      this.#end(session, (command, outcome) =>
        new AgiHangupError(
          `AGI command ${command} has no answer as the program no longer serves calls`,
          command,
          outcome,
        ));
      if (isLed) releases.push(this.#release(session.channel));
    }
    await Promise.allSettled([...releases, ...this.#running]);
  }

  /**
   * Does the same as {@linkcode AsyncAgi.close}.
   *
   * @returns Resolves when all handlers have returned.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #sessionOf(event: DAMIData): AsyncSession | undefined {
    return this.#sessions.get(`${event["Uniqueid"]}`);
  }

  #onStart(event: DAMIData): Promise<void> | undefined {
    // The end of its first stay may have been missed.
    this.#onEnd(event, "came to AGI again");
    const session: AsyncSession = new AsyncSession({
      // Without a timeout: a command that is not known to have failed may still be run.
      act: (data) => this.#client.to("AGI", data, { timeout: Infinity }),
      start: event,
      encoding: this.#client.encoding,
      onGone: () => this.#end(session, isNoLonger("left AGI")),
      nextId: () => `${this.#prefix}${++this.#commandCount}`,
    });
    const { env } = session;
    if (!this.#options.accept({ env, event })) return undefined;
    this.#orphans.delete(session.channel);
    this.#sessions.set(session.uniqueid, session);
    const running = this.#lead(session);
    const settled = running.catch(() => {}).finally(() =>
      this.#running.delete(settled)
    );
    this.#running.add(settled);
    return running;
  }

  async #lead(session: AsyncSession): Promise<void> {
    const call = new AgiCall(session);
    this.#calls.set(session, call);
    const failure = await leadCall(this.#handler, call);
    this.#calls.delete(session);
    if (!session.isEnded) {
      const { onError } = this.#options;
      if (failure !== undefined) {
        await ended(session.send(ORPHAN_COMMANDS[onError]));
      } else if (this.#options.break) {
        await ended(session.send("ASYNCAGI BREAK"));
      } else {
        this.#end(session, leftAlone);
      }
    }
    if (failure !== undefined) throw failure.error;
  }

  #onExec(event: DAMIData): void {
    const session = this.#sessionOf(event) ??
      this.#movedSession(`${event["CommandId"]}`);
    if (session === undefined) return;
    this.#move(session, event["Channel"], event["Uniqueid"]);
    session.executed(event);
  }

  /** Finds the session of a command that was run on a channel of another name. */
  #movedSession(id: string): AsyncSession | undefined {
    if (!id.startsWith(this.#prefix)) return undefined;
    return this.#sessions.values().find((session) => session.hasSent(id));
  }

  /**
   * Follows a channel that somebody picks up. In a masquerade, Asterisk lets
   * the channel that runs AGI take over the name and the unique id of another
   * one (`channel_do_masquerade()`, main/channel.c), and sends no `Rename`.
   */
  #onPickup({ TargetUniqueid, Channel: channel, Uniqueid }: DAMIData): void {
    const session = this.#sessions.get(`${TargetUniqueid}`);
    if (session !== undefined) this.#move(session, channel, Uniqueid);
  }

  /**
   * Follows a caller whom somebody brings here by an attended transfer, with a
   * masquerade of the same kind. Where it is not one caller but a bridge, the
   * event names none, and the next result says which channel it is.
   */
  #onTransfer(event: DAMIData): void {
    const session = this.#sessions.get(`${event["SecondTransfererUniqueid"]}`);
    const { TransfereeChannel: channel, TransfereeUniqueid: uniqueid } = event;
    const isMoved = event["Result"] === "Success" &&
      event["DestType"] === "App" && uniqueid !== undefined;
    if (session !== undefined && isMoved) {
      this.#move(session, channel, uniqueid);
    }
  }

  #move(
    session: AsyncSession,
    channel: DAMIData[string] | undefined,
    id: DAMIData[string] | undefined,
  ): void {
    const uniqueid = `${id}`;
    if (uniqueid === session.uniqueid) return;
    this.#sessions.delete(session.uniqueid);
    session.moveTo(`${channel}`, uniqueid);
    this.#sessions.set(uniqueid, session);
  }

  /**
   * The end of a channel comes after the end of its stay in AGI. Without that,
   * what ended is what a masquerade left behind, and the result of the command
   * that runs will come from the channel that took its place.
   */
  #onHangup(event: DAMIData): void {
    const session = this.#sessionOf(event);
    if (session === undefined) return;
    session.hangUp();
    if (!session.isBusy) this.#onEnd(event, "was hung up");
  }

  #onEnd(event: DAMIData, how: string): void {
    const session = this.#sessionOf(event);
    if (session === undefined) return;
    this.#end(session, isNoLonger(how));
  }

  /**
   * Notices a channel that another program took out of its dialplan into a
   * bridge. Asterisk sends no end then, and takes commands without running
   * them.
   */
  #onBridge(event: DAMIData): void {
    if (this.#sessionOf(event)?.mayBridge === false) {
      this.#onEnd(event, "was taken into a bridge");
    }
  }

  #end(session: AsyncSession, makeError: SessionEnd): void {
    this.#sessions.delete(session.uniqueid);
    session.end(makeError);
  }

  #onDisconnect({ error: cause }: DisconnectDetail): void {
    for (const session of [...this.#sessions.values()]) {
      if (cause !== undefined) this.#orphans.add(session.channel);
      this.#end(session, (command, outcome) => {
        const message =
          `AGI command ${command} has no answer as the connection`;
        return cause === undefined
          ? new AmiClosedError(`${message} was closed by this program`, outcome)
          : new AmiConnectionError(`${message} was lost`, {
            failure: "lost",
            outcome,
            cause,
          });
      });
    }
  }

  /** Releases the calls that nobody has led since the connection was lost. */
  #releaseOrphans(): void {
    const channels = [...this.#orphans];
    this.#orphans.clear();
    for (const channel of channels) void this.#release(channel);
  }

  async #release(channel: string): Promise<void> {
    const Command = ORPHAN_COMMANDS[this.#options.onError];
    // It may have ended in the meantime.
    await ended(this.#client.to("AGI", { Channel: channel, Command }));
  }
}

/** Waits for a command whose outcome no longer matters. */
async function ended(promise: Promise<unknown>): Promise<void> {
  await Promise.allSettled([promise]);
}

/** Notes that the channel is no longer led. */
function isNoLonger(how: string): SessionEnd {
  return (command, outcome) =>
    new AgiHangupError(
      `AGI command ${command} has no answer as the channel ${how}`,
      command,
      outcome,
    );
}

function leftAlone(command: string, outcome: "not-sent" | "unknown"): Error {
  return new AgiHangupError(
    `AGI command ${command} was not sent as the handler of the call has returned`,
    command,
    outcome,
  );
}

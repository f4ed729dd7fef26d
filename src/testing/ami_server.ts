/**
 * An embedded PBX for tests and demos: it speaks the Asterisk Manager
 * Interface on a port of this machine, without Asterisk.
 *
 * It answers the usual actions as Asterisk does, plays simulated calls, and any
 * answer can be scripted.
 *
 * - `Originate` calls an endpoint (`PJSIP/6001`), a SIP peer, or an extension
 *   (`Local/1000@default`), and runs the option `extensions`: `Answer`, `Dial`,
 *   `Wait`, `Set`, `AGI` and more. An endpoint answers, or is busy, declines or
 *   does not answer, as its `onCall` says. `Hangup`, `Redirect`, `BlindTransfer`
 *   and `Bridge` work on these calls.
 * - {@linkcode AmiServer.queueCall} plays a caller of a queue, with its members
 *   rung by its strategy; `QueuePause`, `QueueAdd` and the like work on it.
 * - `Setvar`, `Getvar` and the database keep what they are given, and the
 *   functions `CALLERID` and `CHANNEL` know the channel. `GetConfig` shows the
 *   queues and the dialplan, `UpdateConfig` changes them, and `Reload` has the
 *   changes read.
 * - It plays no attended transfers, conferences, parking or holds: send their
 *   events with {@linkcode AmiServer.emit}, or replay a recording.
 *
 * @example A test of code that uses DAMI
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { AmiServer } from "@dami/dami/testing";
 * import { assertEquals } from "@std/assert";
 *
 * Deno.test("the queue is shown", async () => {
 *   await using server = AmiServer.start();
 *   await using dami = new DAMI({ port: server.port });
 *   await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 *   const [, params] = await dami.to("QueueStatus", { Queue: "support" });
 *   assertEquals(params?.["Strategy"], "ringall");
 *   assertEquals(server.received.at(-1)?.get("Queue"), "support");
 * });
 * ```
 *
 * ## Scripted answers
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DAMI } from "@dami/dami";
 * import { AmiServer } from "@dami/dami/testing";
 *
 * Deno.test("the agent is paused", async () => {
 *   await using server = AmiServer.start();
 *   server.on("QueuePause", () => ({
 *     Response: "Success",
 *     Message: "Interface paused successfully",
 *   }));
 *
 *   const { hostname, port } = server;
 *   await using dami = new DAMI({ hostname, port });
 *   await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 *   await dami.to("QueuePause", { Interface: "PJSIP/6001", Paused: true });
 *
 *   assertEquals(server.received.at(-1)?.get("Interface"), "PJSIP/6001");
 * });
 * ```
 *
 * `server.emit()` sends an event, `server.cut()` drops the connections,
 * `server.received` holds every action.
 *
 * ## A bug report that is a test
 *
 * `dami record` writes a session with a PBX to a file, byte for byte with its
 * times, and `dami replay` plays it as a PBX: every client that logs in gets
 * the same events, and the recorded answer to each action.
 *
 * ```sh
 * dami record queue.dami --for 1m --do "QueueStatus Queue=support"
 * dami replay queue.dami --speed 10
 * ```
 *
 * A test does the same, without a PBX and without waiting:
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DAMI } from "@dami/dami";
 * import { AmiServer } from "@dami/dami/testing";
 *
 * Deno.test("the talk time is known", async () => {
 *   const file = new URL("./queue.dami", import.meta.url);
 *   await using server = await AmiServer.replay(file, { speed: Infinity });
 *   await using dami = new DAMI({ port: server.port });
 *   await dami.connectAndLogin({ username: "any", secret: "any" });
 *   await dami.listen();
 *   for await (const event of dami.events("AgentComplete")) {
 *     assertEquals(event.TalkTime, 31);
 *     break;
 *   }
 * });
 * ```
 *
 * The file is text with a line for each frame, so that it can be read before it
 * is shared. Masked values become others of the same shape, consistently within
 * a file, so that calls can still be followed:
 *
 * | masked                                                                                   | unless             | kept                                                                                                                 |
 * | ---------------------------------------------------------------------------------------- | ------------------ | -------------------------------------------------------------------------------------------------------------------- |
 * | secrets: of the login, of lists, configuration files, variables, SIP and security events | never              | that there was one                                                                                                   |
 * | numbers: three and more digits, also extensions; what was pressed on a telephone         | `--keep-numbers`   | times, durations and counts, `Uniqueid` and `Linkedid`, the counter in the name of a channel, ports                  |
 * | names: every word that is not one of Asterisk's own, in values of any kind                  | `--keep-names`     | words of Asterisk, such as `default`, `Queue` or `support`; names of headers and variables; ActionIDs of the session |
 * | public IP addresses                                                                      | `--keep-addresses` | private ones                                                                                                         |
 *
 * `--keep WORD` keeps one word or number. A name that is also a word of
 * Asterisk, such as Park, can stay if it is alone in free text; so do numbers
 * of two digits, and the time of a call.
 *
 * @module
 */

import { AgiScripts, type AmiAgiHandler } from "./agi/agi_scripts.ts";
import { type AmiHandler, Scripts } from "./answers/scripts.ts";
import { Clients } from "./server/clients.ts";
import { type AmiFrame, checkLines, isFrames } from "./server/frame_writer.ts";
import { Listening } from "./server/listening.ts";
import { Pbx } from "./calls/pbx.ts";
import { PbxAnswers } from "./answers/pbx_answers.ts";
import type { ReceivedAction } from "./server/received_action.ts";
import { type NextOptions, ReceivedLog } from "./server/received_log.ts";
import { parseRecording } from "./recording/recording.ts";
import {
  type RecordedSession,
  takeApart,
} from "./recording/recorded_session.ts";
import { Replay } from "./recording/replay.ts";
import {
  type AmiReplayOptions,
  type AmiReplayProgress,
  type ResolvedReplayOptions,
  resolveReplayOptions,
} from "./recording/replay_options.ts";
import type {
  AmiQueueCall,
  AmiQueueCallOptions,
} from "./queues/queue_call_options.ts";
import { restart, type RestartOptions } from "./restart.ts";
import type { AmiServerClient } from "./server/server_client.ts";
import {
  type AmiServerOptions,
  checkedPieceBytes,
  type ResolvedServerOptions,
  resolveServerOptions,
} from "./server_options.ts";

export type { AmiAgiCommand, AmiAgiHandler } from "./agi/agi_scripts.ts";
export type { AmiHandler } from "./answers/scripts.ts";
export type { AmiFrame, AmiHeaderValue } from "./server/frame_writer.ts";
export {
  ReceivedAction,
  type ReceivedHeader,
} from "./server/received_action.ts";
export type { NextOptions } from "./server/received_log.ts";
export { RecordingError } from "./recording/recording.ts";
export type {
  AmiReplayOptions,
  AmiReplayProgress,
} from "./recording/replay_options.ts";
export type {
  AmiMemberReaction,
  AmiQueueCall,
  AmiQueueCallOptions,
  AmiQueueOutcome,
  AmiRingingMember,
} from "./queues/queue_call_options.ts";
export type { RestartOptions } from "./restart.ts";
export type { AmiAnswer, AmiServerClient } from "./server/server_client.ts";
export type {
  AmiConfiguration,
  AmiEndpoint,
  AmiPeer,
  AmiQueue,
  AmiQueueMember,
  AmiServerOptions,
} from "./server_options.ts";

/** A recording that an {@linkcode AmiServer} plays. */
interface ReplayPlan {
  session: RecordedSession;
  options: ResolvedReplayOptions;
}

/**
 * An embedded PBX on a port of this machine.
 *
 * @example Scripts an answer, sends an event, and asserts on what arrived
 * ```ts
 * import { AmiServer } from "@dami/dami/testing";
 *
 * await using server = AmiServer.start({ secret: "another" });
 * server.on("DBGet", (action) => [
 *   { Response: "Success", EventList: "start", Message: "Result will follow" },
 *   { Event: "DBGetResponse", Key: action.get("Key") ?? "", Val: "on" },
 *   { Event: "DBGetComplete", EventList: "Complete", ListItems: 1 },
 * ]);
 * server.emit({ Event: "Hangup", Privilege: "call,all", Cause: 16 });
 * console.log(server.hostname, server.port, server.received.length);
 * ```
 */
export class AmiServer implements AsyncDisposable {
  readonly #listening: Listening;
  readonly #clients: Clients;
  readonly #pbx: Pbx;
  readonly #scripts: Scripts;
  readonly #replay: Replay | undefined;
  readonly #agiScripts = new AgiScripts();
  readonly #received = new ReceivedLog();
  readonly #controller = new AbortController();
  readonly #closed = Promise.withResolvers<void>();
  #closing: Promise<void> | undefined;

  private constructor(options: ResolvedServerOptions, plan?: ReplayPlan) {
    this.#clients = new Clients(
      options,
      (client, request) => this.#scripts.run(client, request),
    );
    this.#listening = new Listening(
      options,
      (conn) => this.#clients.add(conn),
    );
    this.#pbx = new Pbx({
      options,
      signal: this.#controller.signal,
      actionNames: () => this.#scripts.actionNames,
      emit: (event) => this.#clients.emit(event),
      agiScripts: this.#agiScripts,
    });
    const { signal } = this.#controller;
    const standard = new PbxAnswers(this.#pbx);
    this.#replay = plan &&
      new Replay(plan.session, plan.options, standard, signal);
    const answerer = this.#replay ?? standard;
    this.#scripts = new Scripts(answerer, this.#received, signal);
  }

  /**
   * Starts a PBX, which is already listening when this returns.
   *
   * @param options The options of the PBX.
   * @returns The running PBX; close it with {@linkcode AmiServer.close} or
   * `await using`.
   * @throws {Deno.errors.AddrInUse} If the port is taken.
   * @throws {Deno.errors.NotCapable} If Deno has no permission to listen.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start({
   *   endpoints: [{ name: "7001", contact: "sip:7001@127.0.0.1:5060" }],
   * });
   * console.log(`Listening on ${server.hostname}:${server.port}`);
   * ```
   */
  static start(options: AmiServerOptions = {}): AmiServer {
    return new AmiServer(resolveServerOptions(options));
  }

  /**
   * Starts a PBX that plays a session which `dami record` has written. Each
   * client that logs in, by any name and secret, gets the events from their
   * beginning on, in the recorded time. An action is answered as it was when it
   * was recorded; where there are several of its name, the same headers decide,
   * and the order otherwise. `Challenge`, `Events`, `Logoff` and `Ping` are
   * always answered, all others with an error if the recording has no answer.
   * Scripts take precedence over the recording, as always.
   *
   * @param file The path of the recording.
   * @param options The way to play it, and the address.
   * @returns The running PBX; close it with {@linkcode AmiServer.close} or
   * `await using`.
   * @throws {RecordingError} If the file is not a recording.
   * @throws {RangeError} If an option is out of its range.
   * @throws {Deno.errors.NotFound} If there is no such file.
   * @throws {Deno.errors.AddrInUse} If the port is taken.
   * @throws {Deno.errors.NotCapable} If Deno has no permission to read the file or to listen.
   *
   * @example A bug report as a test
   * ```ts
   * import { DAMI } from "@dami/dami";
   * import { AmiServer } from "@dami/dami/testing";
   * import { assertEquals } from "@std/assert";
   *
   * Deno.test("a caller who gives up is reported", async () => {
   *   const file = new URL("./abandoned.dami", import.meta.url);
   *   await using server = await AmiServer.replay(file, { speed: Infinity });
   *   await using dami = new DAMI({ port: server.port });
   *   await dami.connectAndLogin({ username: "admin", secret: "any" });
   *   await dami.listen();
   *   for await (const event of dami.events("QueueCallerAbandon")) {
   *     assertEquals(event.HoldTime, 12);
   *     break;
   *   }
   * });
   * ```
   */
  static async replay(
    file: string | URL,
    options: AmiReplayOptions = {},
  ): Promise<AmiServer> {
    const replayOptions = resolveReplayOptions(options);
    const session = takeApart(parseRecording(await Deno.readTextFile(file)));
    const { greeting } = session;
    return new AmiServer(resolveServerOptions({ ...options, greeting }), {
      session,
      options: replayOptions,
    });
  }

  /**
   * Resolves when the recording of {@linkcode AmiServer.replay} has been played
   * to its end to at least one client and to all that have logged in, or when
   * the PBX is closed. All of it has been handed to the network then.
   *
   * @returns The promise, which never rejects.
   */
  get finished(): Promise<void> {
    return this.#replay?.finished() ?? this.#closed.promise;
  }

  /**
   * The progress of the recording for the client that logged in last.
   *
   * @returns The progress; `undefined` without a recording.
   */
  get progress(): AmiReplayProgress | undefined {
    return this.#replay?.progress;
  }

  /**
   * The address that it listens on.
   *
   * @returns The address.
   */
  get hostname(): string {
    return this.#listening.addr.hostname;
  }

  /**
   * The port that it listens on.
   *
   * @returns The port.
   */
  get port(): number {
    return this.#listening.addr.port;
  }

  /**
   * The actions received so far, in order of arrival over all connections,
   * until {@linkcode AmiServer.forget}. A frame without `Action` is included
   * with an empty name; one that exceeds the limits of Asterisk is not.
   *
   * @returns The actions.
   */
  get received(): readonly ReceivedAction[] {
    return this.#received.actions;
  }

  /**
   * The number of bytes received so far, over all connections.
   *
   * @returns The number of bytes.
   */
  get bytesReceived(): number {
    return this.#clients.bytesReceived;
  }

  /**
   * The live connections, the oldest first.
   *
   * @returns The connections.
   */
  get clients(): readonly AmiServerClient[] {
    return this.#clients.live;
  }

  /**
   * Scripts the answer to an action. The newest script of an action is used; it
   * also runs before the login.
   *
   * If a script throws, the client gets `Response: Error`, and
   * {@linkcode AmiServer.close} throws the error.
   *
   * @param action The name of the action, in any letter case.
   * @param handler Returns the answer.
   * @returns A function that removes the script.
   *
   * @example Answers after a while, and drops the connection on the next one
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * const remove = server.on("Ping", (_action, client) => {
   *   client.cut();
   * });
   * remove();
   * ```
   */
  on(action: string, handler: AmiHandler): () => void {
    return this.#scripts.on(action, handler);
  }

  /**
   * Scripts the answer to a command of AGI, for calls that come to
   * `AGI(agi:async)` or `AGI(agi://…)` in the dialplan. The newest script of a
   * command counts. Without one, commands are answered as Asterisk does where
   * every file is there and nobody presses a digit.
   *
   * @param command The name of the command, such as `GET DATA`, in any letter case.
   * @param handler Gives the answer.
   * @returns Removes the script.
   *
   * @example A caller who presses 1, 2, 3, 4
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start({
   *   extensions: { "100": ["AGI(agi:async)", "Hangup()"] },
   * });
   * const remove = server.agi("GET DATA", () => "200 result=1234");
   * remove();
   * ```
   */
  agi(command: string, handler: AmiAgiHandler): () => void {
    return this.#agiScripts.on(command, handler);
  }

  /**
   * Sends events to every client that is logged in and whose event mask lets
   * them pass: all classes in `Privilege` must be in the mask. An event without
   * `Privilege` passes every mask but `off`. A client whose action is running
   * gets them after its answer.
   *
   * @param event The event, or several to be written at once.
   * @throws {TypeError} If a carriage return in a name or value, or a line feed
   * in a name, would end the line. A bare line feed in a value is written, as
   * Asterisk writes it. {@linkcode AmiServerClient.write} sends anything.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * server.emit({
   *   Event: "PeerStatus",
   *   Privilege: "system,all",
   *   Peer: "PJSIP/6001",
   *   PeerStatus: "Reachable",
   * });
   * ```
   */
  emit(event: AmiFrame | readonly AmiFrame[]): void {
    for (const frame of isFrames(event) ? event : [event]) checkLines(frame);
    this.#clients.emit(event);
  }

  /**
   * Waits for an action. Each action is returned once: the first call gets the
   * first action of that name, also if it came before the call, the second call
   * the second one.
   *
   * @param action The name of the action, in any letter case.
   * @param options Ends the wait.
   * @returns The action.
   * @throws {Error} If the PBX is closed before such an action comes.
   * @throws The signal's reason, if the signal ends the wait.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * const signal = AbortSignal.timeout(5_000);
   * const action = await server.next("Originate", { signal });
   * console.log(action.get("Channel"));
   * ```
   */
  next(action: string, options: NextOptions = {}): Promise<ReceivedAction> {
    return this.#received.next(action, options);
  }

  /**
   * Calls a queue: a caller joins it and is answered, hangs up or leaves, with
   * the events of Asterisk. `QueueStatus`, `QueueSummary`, `CoreShowChannels`
   * and `DeviceStateList` list it meanwhile, and `QueueAdd`, `QueueRemove`,
   * `QueuePause`, `QueuePenalty`, `QueueMemberRingInUse`, `QueueReset` and
   * `Hangup` act on it.
   *
   * Members are rung by the `strategy` of their queue. Pauses, device states,
   * `wrapUpTime` and calls in other queues decide who is free.
   *
   * @param queue The name of the queue, one of {@linkcode AmiServerOptions.queues}.
   * @param options The caller, and how the call goes on.
   * @returns The call.
   * @throws {RangeError} If the server has no such queue.
   *
   * @example A caller that is answered by the second member
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start({
   *   queues: [{
   *     name: "sales",
   *     strategy: "rrmemory",
   *     members: [{ interface: "PJSIP/6001" }, { interface: "PJSIP/6002" }],
   *   }],
   * });
   * const call = server.queueCall("sales", {
   *   callerIdNum: "02079460123",
   *   onRing: ({ interface: phone }) => phone === "PJSIP/6001" ? "busy" : 20,
   * });
   * console.log(await call.outcome); // { result: "answered", member: "PJSIP/6002" }
   * await call.ended;
   * ```
   */
  queueCall(queue: string, options: AmiQueueCallOptions = {}): AmiQueueCall {
    return this.#pbx.queues.call(queue, options);
  }

  /** Forgets the received actions, to save memory in long load tests. */
  forget(): void {
    this.#received.forget();
  }

  /**
   * The size (bytes) of the pieces in which data is written to all clients,
   * later ones included; `Infinity` writes everything at once. A piece takes 1
   * to 2 ms.
   *
   * @returns The size.
   */
  get pieceBytes(): number {
    return this.#clients.pieceBytes;
  }

  /**
   * Sets the size of the pieces.
   *
   * @param pieceBytes The size (bytes).
   * @throws {RangeError} If it is not a positive integer or `Infinity`.
   */
  set pieceBytes(pieceBytes: number) {
    this.#clients.pieceBytes = checkedPieceBytes(pieceBytes);
  }

  /**
   * Drops all connections at once, without a goodbye. The PBX goes on
   * listening, so that clients can connect again.
   */
  cut(): void {
    this.#clients.cut();
  }

  /**
   * Refuses new connections until {@linkcode AmiServer.accept}. Existing ones
   * stay open.
   *
   * @returns Resolves when the port refuses.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * await server.refuse();
   * server.cut(); // Clients that connect now get ECONNREFUSED,
   * await server.accept(); // and can connect again from here on.
   * ```
   */
  refuse(): Promise<void> {
    return this.#listening.stop();
  }

  /**
   * Accepts connections again, on the same port.
   *
   * @returns Resolves when the port accepts.
   * @throws {Deno.errors.AddrInUse} If another program has taken the port.
   * @throws {Error} If the PBX is closed.
   */
  async accept(): Promise<void> {
    if (this.#controller.signal.aborted) {
      throw new Error("Cannot accept connections as the server is closed");
    }
    await this.#listening.start();
  }

  /**
   * Stops reading and writing on all connections, also on those that come
   * later, which get no greeting. All of them stay open: this is how a
   * half-open link, or a hung PBX, looks.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * server.stall();
   * server.emit({ Event: "Hangup", Privilege: "call,all" });
   * server.resume(); // The event is written now.
   * ```
   */
  stall(): void {
    this.#clients.stall();
  }

  /** Resumes reading and writing, starting with what was waiting. */
  resume(): void {
    this.#clients.resume();
  }

  /**
   * Restarts the PBX: it announces its shutdown, closes the connections,
   * refuses new ones for a while, and comes back on the same port, with a new
   * uptime and no calls. It no longer stalls, and scripts stay.
   *
   * @param options The way it goes down, and the time until it is back.
   * @returns Resolves when it is back, or has been closed meanwhile.
   * @throws {Deno.errors.AddrInUse} If another program has taken the port.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * await server.restart({ downFor: 100, shutdown: "Uncleanly" });
   * ```
   */
  restart(options: RestartOptions = {}): Promise<void> {
    return restart(
      { listening: this.#listening, clients: this.#clients, pbx: this.#pbx },
      options,
    );
  }

  /**
   * Closes the listener, the connections, the calls and the pending waits.
   * Calling it again does nothing more.
   *
   * @returns Resolves when everything has ended.
   * @throws The error that a script has thrown, or one `AggregateError` if several have.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Does the same as {@linkcode AmiServer.close}.
   *
   * @returns Resolves when everything has ended.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    const refusing = this.refuse();
    this.#controller.abort();
    this.cut();
    this.#received.close();
    await refusing;
    // One may have arrived in between.
    this.cut();
    await this.#clients.ended();
    await this.#replay?.ended();
    await this.#pbx.stop();
    this.#closed.resolve();
    this.#scripts.throwFailures();
  }
}

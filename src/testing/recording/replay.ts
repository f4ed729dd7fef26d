import { delay } from "@std/async/delay";
import { type Answerer, BEFORE_LOGIN } from "../answers/scripts.ts";
import type { ClientConnection } from "../server/client_connection.ts";
import { errorFrame } from "../server/frame_writer.ts";
import { pieceTaken } from "../server/pieces.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import { RecordedAnswers, withActionId } from "./recorded_answers.ts";
import type {
  RecordedEvent,
  RecordedExchange,
  RecordedSession,
} from "./recorded_session.ts";
import { fromBinary, toBinary } from "./recording.ts";
import type {
  AmiReplayProgress,
  ResolvedReplayOptions,
} from "./replay_options.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/** The actions that the embedded PBX answers if the recording has no answer. */
const ANSWERED_ANYWAY: ReadonlySet<string> = new Set([
  "challenge",
  "events",
  "logoff",
  "ping",
]);

/** The amount that the client has to read before more is written (bytes). */
const BURST = 262_144;

/** The longest time that a timer is set for (milliseconds): 24 days are too long. */
const LONGEST_WAIT = 86_400_000;

const encoder = new TextEncoder();

/** The progress of one client. */
interface Playing {
  /** Gives the client the recorded answers. */
  readonly answers: RecordedAnswers;
  /** The action → its ActionIDs. */
  readonly asked: Map<RecordedExchange, string[]>;
  /** The events that it got in this round. */
  readonly played: Set<RecordedEvent>;
}

/** Plays a recorded session to every client that logs in, from its beginning. */
export class Replay implements Answerer {
  readonly #session: RecordedSession;
  readonly #options: ResolvedReplayOptions;
  readonly #standard: Answerer;
  readonly #signal: AbortSignal;
  readonly #playing = new WeakMap<ClientConnection, Playing>();
  readonly #running = new Set<Promise<void>>();
  readonly #finished = Promise.withResolvers<void>();
  #progress: AmiReplayProgress;

  /**
   * Makes it ready; a client has to log in.
   *
   * @param session What to play.
   * @param options How.
   * @param standard Answers where the recording does not.
   * @param signal Ends it.
   */
  constructor(
    session: RecordedSession,
    options: ResolvedReplayOptions,
    standard: Answerer,
    signal: AbortSignal,
  ) {
    this.#session = session;
    this.#options = options;
    this.#standard = standard;
    this.#signal = signal;
    this.#progress = this.#progressAt(0, 0);
    signal.addEventListener("abort", () => this.#finished.resolve());
  }

  get actionNames(): Iterable<string> {
    const recorded = this.#session.exchanges.map(({ action }) => action.name);
    return new Set([
      "Challenge",
      "Events",
      "Login",
      "Logoff",
      "Ping",
      ...recorded,
    ]);
  }

  /** The progress of the client that logged in last. */
  get progress(): AmiReplayProgress {
    return this.#progress;
  }

  /** Resolves when it was played to its end to all clients that have logged in, at least one, or was stopped. */
  async finished(): Promise<void> {
    await this.#finished.promise;
    await this.ended();
  }

  /** Resolves when it is no longer played to any client. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }

  answer(
    action: ReceivedAction,
    client: ClientConnection,
  ): AmiAnswer | Promise<AmiAnswer> {
    const key = action.name.toLowerCase();
    if (key === "login") return this.#logIn(action, client);
    if (!client.loggedIn && !BEFORE_LOGIN.has(key)) {
      return errorFrame("Permission denied");
    }
    const exchange = this.#playingTo(client).answers.next(action);
    if (exchange !== undefined) return this.#give(exchange, action, client);
    if (key === "" || ANSWERED_ANYWAY.has(key)) {
      return this.#standard.answer(action, client);
    }
    return errorFrame("The recording holds no answer to this action");
  }

  #logIn(action: ReceivedAction, client: ClientConnection): AmiAnswer {
    if (client.loggedIn) {
      return { Response: "Success", Message: "Already authenticated" };
    }
    const exchange = this.#playingTo(client).answers.next(action);
    const isRefused = exchange !== undefined &&
      !/^Response: ?Success\r?$/im.test(exchange.frames[0]?.text ?? "");
    if (!isRefused) {
      client.logIn(action.get("Username") ?? "", action.get("Events"));
      this.#start(client);
    }
    if (exchange === undefined) {
      return { Response: "Success", Message: "Authentication accepted" };
    }
    this.#write(exchange, action, client);
    // A connection has a single attempt.
    if (isRefused) client.close();
  }

  /** Sends a recorded answer, and does whatever else the PBX did. */
  #give(
    exchange: RecordedExchange,
    action: ReceivedAction,
    client: ClientConnection,
  ): void {
    const key = action.name.toLowerCase();
    if (key === "events") client.setEventMask(action.get("EventMask") ?? "");
    this.#write(exchange, action, client);
    if (key === "logoff") client.close();
    else this.#followUp(exchange, action, client);
  }

  #write(
    exchange: RecordedExchange,
    action: ReceivedAction,
    client: ClientConnection,
  ): void {
    const wanted = toBinary(encoder.encode(action.actionId));
    const frames = exchange.frames.map(({ text }) =>
      withActionId(text, exchange.action.actionId, wanted)
    );
    client.write(toBytes(frames.join("")));
  }

  /** The events that an action leads to, such as the outcome of a call, again if they were played. */
  #followUp(
    exchange: RecordedExchange,
    action: ReceivedAction,
    client: ClientConnection,
  ): void {
    const { asked, played } = this.#playingTo(client);
    asked.set(exchange, [...asked.get(exchange) ?? [], action.actionId]);
    const missed = exchange.followUps.filter((event) => played.has(event));
    if (missed.length === 0) return;
    const began = performance.now();
    const answeredAt = exchange.frames[0]?.at ?? 0;
    this.#run(client, async (signal) => {
      for (const event of missed) {
        await this.#until(began, event.at - answeredAt, signal);
        this.#deliver(event, action.actionId, client);
      }
    });
  }

  #playingTo(client: ClientConnection): Playing {
    let playing = this.#playing.get(client);
    if (playing === undefined) {
      playing = {
        answers: new RecordedAnswers(this.#session.exchanges),
        asked: new Map(),
        played: new Set(),
      };
      this.#playing.set(client, playing);
    }
    return playing;
  }

  #start(client: ClientConnection): void {
    this.#run(client, async (signal) => {
      await this.#play(client, signal);
      while (this.#options.loop) {
        // Nothing else may delay it if it is played at once.
        await pieceTaken();
        await this.#play(client, signal);
      }
      await client.flushed();
      this.#finished.resolve();
      const { atEnd } = this.#options;
      if (atEnd === "as-recorded" && this.#session.endedByPbx) {
        await client.close();
      }
    });
  }

  /** Runs something that ends when the client is gone. */
  #run(
    client: ClientConnection,
    task: (signal: AbortSignal) => Promise<void>,
  ): void {
    const signal = AbortSignal.any([this.#signal, client.gone]);
    const running = task(signal).catch((error) => {
      if (!signal.aborted) throw error;
    }).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #play(client: ClientConnection, signal: AbortSignal): Promise<void> {
    const { events, duration, rest } = this.#session;
    const { asked, played } = this.#playingTo(client);
    played.clear();
    this.#progress = this.#progressAt(0, 0);
    const began = performance.now();
    let burst = 0;
    for (const [index, event] of events.entries()) {
      await this.#until(began, event.at, signal);
      const { causedBy } = event;
      const ids = causedBy === undefined ? undefined : asked.get(causedBy);
      for (const id of ids ?? [undefined]) this.#deliver(event, id, client);
      played.add(event);
      this.#progress = this.#progressAt(index + 1, event.at);
      burst += event.text.length;
      if (burst < BURST) continue;
      burst = 0;
      await client.flushed();
      signal.throwIfAborted();
    }
    await this.#until(began, duration, signal);
    client.deliver(toBytes(rest), undefined);
    this.#progress = this.#progressAt(events.length, duration);
    await client.flushed();
    signal.throwIfAborted();
  }

  /** Waits until a time of the recording has come; not at all if it is over. */
  async #until(
    began: number,
    at: number,
    signal: AbortSignal,
  ): Promise<void> {
    while (true) {
      const left = at / this.#options.speed - (performance.now() - began);
      if (left <= 0) return;
      await delay(Math.min(left, LONGEST_WAIT), { signal });
    }
  }

  #deliver(
    { text, bits, causedBy }: RecordedEvent,
    actionId: string | undefined,
    client: ClientConnection,
  ): void {
    const wanted = actionId === undefined
      ? undefined
      : toBinary(encoder.encode(actionId));
    const frame = wanted === undefined || causedBy === undefined
      ? text
      : withActionId(text, causedBy.action.actionId, wanted);
    client.deliver(toBytes(frame), bits);
  }

  #progressAt(events: number, at: number): AmiReplayProgress {
    const { events: { length: totalEvents }, duration, cutLine } = this
      .#session;
    const progress = { events, totalEvents, at, duration };
    return cutLine === undefined ? progress : { ...progress, cutLine };
  }
}

/** The bytes of a recorded text. */
function toBytes(text: string): Uint8Array {
  return fromBinary(text) ?? encoder.encode(text);
}

import { headers, type Msg, type NatsConnection } from "@nats-io/nats-core";
import type { ActionData } from "../actions/action.ts";
import { describeAction } from "../actions/describe_action.ts";
import type { AmiClient } from "../client.ts";
import { AmiConnectionError, AmiTimeoutError } from "../errors.ts";
import {
  type ActionRequest,
  AFTER_HEADER,
  DEADLINE_HEADER,
  describeError,
  MAX_PART,
  parseRequest,
  PARTS_HEADER,
} from "./action_protocol.ts";
import type { ActionRules } from "./action_rules.ts";
import type { Once } from "./once.ts";
import { SharedQuestions } from "./shared_questions.ts";

/** The outcome of an action that came over the bus. */
export interface BusActionDetail {
  /** The name of the PBX. */
  readonly pbx: string;
  /** The name of the action. */
  readonly action: string;
  /** The action in one line, without its secrets. */
  readonly description: string;
  /** The name of the caller, as the permissions of NATS prove it; `undefined` if it gives none. */
  readonly caller: string | undefined;
  /** The subject that the answer was sent to. */
  readonly reply: string;
  /** The error, if there is one. */
  readonly error?: Error;
}

/** Options of {@linkcode ActionServer}. */
export interface ActionServerOptions {
  readonly nats: NatsConnection;
  /** The name of the PBX. */
  readonly pbx: string;
  /** The client of the PBX. */
  readonly client: AmiClient;
  /** The rules that say which actions are allowed. */
  readonly rules: ActionRules;
  /** Does what has a key. */
  readonly once: Once;
  /** Reports whether this bridge may perform actions. */
  readonly holds: () => boolean;
  /** Waits until everything that was received is stored, and returns its place in the stream. */
  readonly stored: () => Promise<number>;
  /** Takes what was done, or refused. */
  readonly audit: (detail: BusActionDetail) => void;
}

/** The PBX is being handed over to another bridge, and nothing was sent. */
class MovingError extends AmiConnectionError {
  constructor(message: string) {
    super(message, { failure: "lost", outcome: "not-sent" });
  }
}

/** Performs the actions of the bus on one PBX, while its bridge has the lease. */
export class ActionServer {
  readonly #options: ActionServerOptions;
  readonly #shared = new SharedQuestions<string>();
  readonly #unsubscribe: () => void;
  #pending = 0;
  #isMoving = false;

  /** @param options The PBX, and what is allowed. */
  constructor(options: ActionServerOptions) {
    this.#options = options;
    const { nats, pbx } = options;
    const subscriptions = [`dami.do.${pbx}.*`, `dami.do.${pbx}.*.*`]
      .map((subject) =>
        nats.subscribe(subject, {
          callback: (error, message) => {
            if (error === null) void this.#serve(message);
          },
        })
      );
    this.#unsubscribe = () => {
      // What has come already is refused, and not left without an answer.
      for (const each of subscriptions) each.drain().catch(() => {});
    };
  }

  /**
   * Takes no more actions. The server has heard of that before the lease is given
   * back: so what is refused from now on has gone to no other bridge.
   *
   * @param isGiven `true` if the lease will be given back.
   */
  close(isGiven: boolean): void {
    this.#isMoving = isGiven;
    try {
      this.#unsubscribe();
    } catch {
      // The connection is closed.
    }
  }

  /** Reports whether an action is under way. */
  get isBusy(): boolean {
    return this.#pending > 0;
  }

  /** Performs an action, and answers. Never rejects. */
  async #serve(message: Msg): Promise<void> {
    this.#pending++;
    await this.#do(message);
    this.#pending--;
  }

  async #do(message: Msg): Promise<void> {
    const tokens = message.subject.split(".");
    const action = tokens.at(-1) ?? "";
    const caller = tokens.length > 4 ? tokens[3] : undefined;
    const request = parseRequest(message.string());
    let answer: string;
    let after: number | undefined;
    let error: unknown;
    try {
      if (request === undefined) {
        throw new TypeError("Cannot read the request");
      }
      this.#check(action, Number(message.headers?.get(DEADLINE_HEADER)));
      answer = await this.#answer(action, request);
      after = await this.#after();
    } catch (thrown) {
      error = thrown;
      const isMoving = thrown instanceof MovingError;
      answer = JSON.stringify({ error: describeError(thrown), isMoving });
    }
    this.#reply(message, answer, after);
    this.#options.audit({
      pbx: this.#options.pbx,
      action,
      description: describeAction(action, request?.data ?? {}),
      caller,
      reply: message.reply ?? "",
      ...(error instanceof Error && { error }),
    });
  }

  #check(action: string, deadline: number): void {
    const { rules, pbx, client } = this.#options;
    if (!rules.allows(action)) {
      throw new AmiConnectionError(
        `The bridge does not allow the action "${action}": add it to the option 'actions' of the bridge`,
        { failure: "not-permitted", outcome: "not-sent" },
      );
    }
    const what = `Cannot send action "${action}" to PBX "${pbx}"`;
    if (this.#isMoving) throw new MovingError(`${what}: it is handed over`);
    const holds = this.#options.holds();
    if (!holds || client.state !== "ready") {
      const why = holds ? `it is ${client.state}` : "the bridge has lost it";
      throw new AmiConnectionError(
        `${what}: ${why}`,
        { failure: "lost", outcome: "not-sent" },
      );
    }
    if (Date.now() > deadline) {
      throw new AmiTimeoutError(
        `Action "${action}" arrived too late to be started`,
        { action, timeout: 0, outcome: "not-sent" },
      );
    }
  }

  async #answer(action: string, request: ActionRequest): Promise<string> {
    const { once, data } = request;
    const run = () => this.#run(action, request);
    if (once !== undefined) return await this.#options.once.run(once, run);
    if (!this.#options.rules.isReading(action)) return await run();
    const key = `${action} ${JSON.stringify(data)}`;
    return await this.#shared.ask(key, run);
  }

  async #run(
    action: string,
    { data, timeout, originate }: ActionRequest,
  ): Promise<string> {
    const { client } = this.#options;
    const wait = timeout === undefined ? {} : { timeout };
    if (originate !== undefined && action === "Originate") {
      const call = await client.originate(originateData(data), {
        ...wait,
        ...originate,
      });
      return JSON.stringify({ call });
    }
    return JSON.stringify({ frames: await client.to(action, data, wait) });
  }

  /** Waits until the events before an answer are stored: the caller reads them first. */
  async #after(): Promise<number> {
    try {
      return await this.#options.stored();
    } catch (error) {
      throw new AmiConnectionError(
        "The bridge sent the action, but lost its PBX before it could answer",
        { failure: "lost", outcome: "unknown", cause: error },
      );
    }
  }

  #reply(message: Msg, answer: string, after: number | undefined): void {
    const bytes = new TextEncoder().encode(answer);
    const count = Math.max(1, Math.ceil(bytes.length / MAX_PART));
    try {
      for (let part = 0; part < count; part++) {
        const head = headers();
        head.set(PARTS_HEADER, String(count));
        if (after !== undefined) head.set(AFTER_HEADER, String(after));
        message.respond(
          bytes.subarray(part * MAX_PART, (part + 1) * MAX_PART),
          {
            headers: head,
          },
        );
      }
    } catch {
      // The connection is closed: there is nobody to answer.
    }
  }
}

/** The headers of `Originate`; the PBX says if one is missing. */
function originateData(data: ActionData): ActionData & { Channel: string } {
  return { ...data, Channel: String(data.Channel ?? "") };
}

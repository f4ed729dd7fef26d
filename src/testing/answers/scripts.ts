import type { ActionRequest } from "../server/action_reader.ts";
import type { ClientConnection } from "../server/client_connection.ts";
import { errorFrame, isFrames } from "../server/frame_writer.ts";
import { ReceivedAction } from "../server/received_action.ts";
import type { ReceivedLog } from "../server/received_log.ts";
import type { AmiAnswer, AmiServerClient } from "../server/server_client.ts";

/**
 * Answers an action in place of the embedded PBX.
 *
 * While a promise that it returns is pending, the client gets no other answer
 * and no event, and its next action is not run, as with an action that blocks
 * Asterisk. To answer later without that, return nothing and use
 * {@linkcode AmiServerClient.answer}.
 *
 * @param action The action.
 * @param client The connection it came on.
 * @param standard Returns the answer of the embedded PBX itself.
 * @returns The answer: the `ActionID` of the action is put in as the second
 * header of each frame that has none. Nothing is sent for `undefined`.
 *
 * @example Answers late, never, twice, with garbage, or not even the login
 * ```ts
 * import { AmiServer } from "@dami/dami/testing";
 *
 * await using server = AmiServer.start();
 * server.on("Ping", (action, client) => {
 *   setTimeout(() => client.answer(action, { Response: "Success" }), 100);
 * });
 * server.on("CoreStatus", () => {});
 * server.on("Reload", () => [{ Response: "Success" }, { Response: "Success" }]);
 * server.on("DBGet", (action, client) => {
 *   client.write("no header at all\r\n\r\n");
 *   client.answer(action, { Response: "Success" });
 * });
 * const letIn = server.on("Login", (action, client) => {
 *   client.answer(action, { Response: "Error", Message: "Login Already In Use" });
 *   client.close();
 * });
 * letIn(); // The login works again from here on.
 * ```
 */
export type AmiHandler = (
  action: ReceivedAction,
  client: AmiServerClient,
  standard: () => Promise<AmiAnswer>,
) => AmiAnswer | Promise<AmiAnswer>;

/** The actions that run before the login (`process_message()`, main/manager.c). */
export const BEFORE_LOGIN: ReadonlySet<string> = new Set([
  "login",
  "challenge",
  "logoff",
]);

/** The answers of an {@linkcode AmiServer} to actions without a script. */
export interface Answerer {
  /** The names of the actions that it answers, as Asterisk writes them. */
  readonly actionNames: Iterable<string>;

  /**
   * Answers an action.
   *
   * @param action The action.
   * @param client The connection it came on.
   */
  answer(
    action: ReceivedAction,
    client: ClientConnection,
  ): AmiAnswer | Promise<AmiAnswer>;
}

/** A handler, and the name of its action as it was written. */
interface Script {
  name: string;
  handler: AmiHandler;
}

/** The scripted answers to actions; an action without a script gets the standard one. */
export class Scripts {
  readonly #answerer: Answerer;
  readonly #received: ReceivedLog;
  readonly #signal: AbortSignal;
  readonly #scripts = new Map<string, Script[]>();
  readonly #failures: unknown[] = [];

  /**
   * Starts without scripts.
   *
   * @param answerer Answers actions without a script.
   * @param received Keeps every action that arrives.
   * @param signal Aborted when the server is being closed.
   */
  constructor(answerer: Answerer, received: ReceivedLog, signal: AbortSignal) {
    this.#answerer = answerer;
    this.#received = received;
    this.#signal = signal;
  }

  /** The names of all actions that are answered, in alphabetical order. */
  get actionNames(): string[] {
    const names = new Map<string, string>();
    for (const name of this.#answerer.actionNames) {
      names.set(name.toLowerCase(), name);
    }
    for (const [key, [script]] of this.#scripts) {
      if (script !== undefined && !names.has(key)) names.set(key, script.name);
    }
    return [...names].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, name]) =>
      name
    );
  }

  /** Scripts the answer to an action; returns a function that removes the script. */
  on(action: string, handler: AmiHandler): () => void {
    const key = action.toLowerCase();
    const scripts = this.#scripts.get(key) ?? [];
    const script = { name: action, handler };
    scripts.push(script);
    this.#scripts.set(key, scripts);
    return () => {
      const index = scripts.indexOf(script);
      if (index !== -1) scripts.splice(index, 1);
    };
  }

  /** Answers an action of a client; returns a promise if that takes a while. */
  run(
    client: ClientConnection,
    { lines, refusal }: ActionRequest,
  ): void | Promise<void> {
    const action = new ReceivedAction(lines);
    if (refusal !== undefined) {
      return client.answer(action, errorFrame(refusal));
    }
    this.#received.push(action);
    return this.#answer(client, action);
  }

  #answer(
    client: ClientConnection,
    action: ReceivedAction,
  ): void | Promise<void> {
    const handler = this.#scripts.get(action.name.toLowerCase())?.at(-1)
      ?.handler;
    try {
      const answer = handler === undefined
        ? this.#answerer.answer(action, client)
        : handler(
          action,
          client,
          () => Promise.resolve(this.#answerer.answer(action, client)),
        );
      if (!(answer instanceof Promise)) {
        return this.#send(client, action, answer);
      }
      return answer
        .then((frames) => this.#send(client, action, frames))
        .catch((error) => this.#fail(client, action, error));
    } catch (error) {
      this.#fail(client, action, error);
    }
  }

  /** Throws the errors that scripts have thrown, if any. */
  throwFailures(): void {
    // A script may throw `undefined`, so their number decides.
    if (this.#failures.length > 1) {
      throw new AggregateError(
        this.#failures,
        "Several scripts threw an error",
      );
    }
    if (this.#failures.length === 1) throw this.#failures[0];
  }

  #send(
    client: ClientConnection,
    action: ReceivedAction,
    answer: AmiAnswer,
  ): void {
    if (answer === null || typeof answer === "number") {
      throw new TypeError(
        `Cannot answer action "${action.name}" with ${answer}: return a frame, frames, a string or nothing`,
      );
    }
    // A script may answer a login itself. The standard answer to a login has
    // logged the client in before (login_answers.ts), because what it answers
    // depends on the client's event mask; a scripted one is judged by what it
    // sends, so that the client gets events as after a login on Asterisk.
    const isLogin = action.name.toLowerCase() === "login" && !client.loggedIn;
    if (isLogin && isSuccess(answer)) {
      client.logIn(action.get("Username") ?? "", action.get("Events"));
    }
    client.answer(action, answer);
  }

  #fail(
    client: ClientConnection,
    action: ReceivedAction,
    error: unknown,
  ): void {
    // Closing the PBX makes pending scripts fail, which is not their fault.
    if (this.#signal.aborted) return;
    this.#failures.push(error);
    const text = error instanceof Error ? error.message : Deno.inspect(error);
    client.answer(
      action,
      errorFrame(
        `The script of the test threw: ${text.replaceAll(/\s+/g, " ")}`,
      ),
    );
  }
}

function isSuccess(answer: AmiAnswer): boolean {
  if (answer === undefined || typeof answer === "string") return false;
  const [first] = isFrames(answer) ? answer : [answer];
  return first?.["Response"] === "Success";
}

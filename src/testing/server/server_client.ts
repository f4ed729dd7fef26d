import type { AmiFrame } from "./frame_writer.ts";
import type { ReceivedAction } from "./received_action.ts";

/**
 * The answer of a script: a frame, several frames, raw text that is written as
 * it is, or nothing at all.
 */
export type AmiAnswer = AmiFrame | readonly AmiFrame[] | string | void;

/**
 * The connection of one client to {@linkcode AmiServer}, as scripts see it.
 *
 * @example Answers two actions in the other order
 * ```ts
 * import { AmiServer, type ReceivedAction } from "@dami/dami/testing";
 *
 * await using server = AmiServer.start();
 * const waiting: ReceivedAction[] = [];
 * server.on("Ping", (action, client) => {
 *   waiting.unshift(action);
 *   if (waiting.length < 2) return;
 *   for (const each of waiting) {
 *     client.answer(each, { Response: "Success", Ping: "Pong" });
 *   }
 * });
 * ```
 */
export interface AmiServerClient {
  /** The address and port that the client connected from. */
  readonly remoteAddr: Deno.NetAddr;

  /** The name it logged in with; `undefined` before the login. */
  readonly username: string | undefined;

  /** Reports whether it is logged in: only such clients get events. */
  readonly loggedIn: boolean;

  /** Reports whether the connection is closed or closing. */
  readonly closed: boolean;

  /** The number of bytes that the client has sent. */
  readonly bytesReceived: number;

  /**
   * The size (bytes) of the pieces in which data is written; `Infinity` writes
   * everything at once. A piece takes 1 to 2 ms.
   */
  pieceBytes: number;

  /**
   * Makes the client logged in, for scripts that answer `Login` all by
   * themselves with raw text. A script that returns a `Response: Success`
   * frame for `Login` has this done for it.
   *
   * @param username The name.
   * @param events The event mask, as in the `Events` header of `Login`.
   */
  logIn(username: string, events?: string): void;

  /**
   * Writes a frame as it is, at once.
   *
   * @param frame The headers.
   */
  send(frame: AmiFrame): void;

  /**
   * Answers an action, now or later: as {@linkcode AmiServerClient.send}, with
   * the `ActionID` of the action put in as the second header of each frame
   * that has none.
   *
   * @param action The action.
   * @param answer The answer.
   */
  answer(action: ReceivedAction, answer: AmiAnswer): void;

  /**
   * Writes raw text (as UTF-8) or bytes, at once.
   *
   * @param data The text or bytes.
   */
  write(data: string | Uint8Array): void;

  /**
   * Waits until everything that was written has been handed to the network.
   *
   * @returns Resolves then, and also when the connection is gone.
   */
  flushed(): Promise<void>;

  /**
   * Ends the connection after what was written: the client reads all of it,
   * then the end of the stream.
   *
   * @returns Resolves when the connection is closed.
   */
  close(): Promise<void>;

  /**
   * Stops reading and writing but keeps the connection: this is how a half-open
   * link, or a hung PBX, looks.
   */
  stall(): void;

  /** Resumes reading and writing, starting with what was waiting. */
  resume(): void;

  /** Drops the connection at once; what is not yet written is lost. */
  cut(): void;
}

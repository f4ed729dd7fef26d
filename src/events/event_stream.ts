/**
 * The treatment of an event for which the queue of an {@linkcode EventStream}
 * has no room.
 *
 * - `"error"`: the stream ends with an `AmiLimitError`, after what is queued.
 * - `"drop-oldest"`: the oldest event is dropped, and counted.
 */
export type Overflow = "error" | "drop-oldest";

/**
 * Events, to be read with `for await`. A slow reader holds nothing up: the
 * events wait in a queue with a bound.
 *
 * It begins with the call that made it, outlives the connection, and ends with
 * `close()` and `disconnect()`, with `break`, or when its signal is aborted. If
 * the connection is lost for good, it ends with the error.
 *
 * @typeParam Event The type of an event.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 * for await (const event of dami.events("Hangup")) {
 *   console.log(event.Channel, event.Cause);
 * }
 * ```
 */
export interface EventStream<Event>
  extends AsyncIterableIterator<Event, undefined>, AsyncDisposable {
  /** The number of events that were dropped because the queue was full. */
  readonly dropped: number;
  /** The number of events that wait to be read. */
  readonly queued: number;
  /**
   * Reads the next event.
   *
   * @returns The event, or the end.
   * @throws {AmiLimitError} If the queue was full.
   * @throws The signal's reason, if it was aborted.
   */
  next(): Promise<IteratorResult<Event, undefined>>;
  /**
   * Ends the stream and drops what is queued, as `break` does.
   *
   * @returns The end.
   */
  return(): Promise<IteratorResult<Event, undefined>>;
  /**
   * Returns the stream itself.
   *
   * @returns The stream.
   */
  [Symbol.asyncIterator](): EventStream<Event>;
  /** Ends the stream, at the end of a block that says `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

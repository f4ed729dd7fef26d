import { Deadline } from "../deadline.ts";
import { AmiConnectionError } from "../errors.ts";
import { Connection } from "../wire/connection.ts";
import type { SessionContext } from "./session_context.ts";

/**
 * Connects within the time of the option `connectTimeout`.
 *
 * @param context The options, and the receivers of bytes and lines.
 * @param signal Gives the attempt up.
 * @returns The connection.
 * @throws {AmiConnectionError} If no connection can be made in time.
 * @throws The signal's reason, if it is aborted.
 */
export async function openConnection(
  { options, parser, statistics, handlers }: SessionContext,
  signal: AbortSignal,
): Promise<Connection> {
  const { hostname, port, connectTimeout, limits } = options;
  using deadline = new Deadline(
    connectTimeout,
    () =>
      new AmiConnectionError(
        `Cannot connect to ${hostname}:${port}: no answer within ${connectTimeout} ms`,
        { failure: "unreachable" },
      ),
    signal,
  );
  return await Connection.open(
    {
      ...options,
      ...limits,
      parser,
      readsLines: handlers.line !== undefined,
    },
    (bytes, direction) => {
      statistics.countBytes(bytes.length, direction);
      handlers.bytes?.(bytes, direction);
    },
    deadline.signal,
  );
}

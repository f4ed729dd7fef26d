import {
  AmiAuthenticationError,
  AmiConnectionError,
  AmiError,
  AmiResponseError,
  AmiTimeoutError,
} from "../../mod.ts";
import {
  CommandError,
  FAILED,
  Interruption,
  MISUSED,
} from "./failures/command_error.ts";
import { refusalOf } from "./failures/refusal.ts";
import type { Target } from "./target.ts";

/** How a command that failed ends. */
export interface Failure {
  /** The exit status. */
  status: number;
  /** One sentence without its full stop; none if there is nothing to say. */
  sentence?: string;
}

/** What to do about a connection that cannot be made. */
function connectionSentence(
  { failure, message }: AmiConnectionError,
  { hostname, port, tls }: Target,
): string {
  const place = `${hostname}:${port}`;
  switch (failure) {
    case "refused":
      return `Nothing listens at ${place}: start Asterisk with 'enabled = yes' in manager.conf, or name another place by --hostname and --port`;
    case "unreachable":
      return `There is no way to ${place}: check --hostname, --port and the network`;
    case "not-permitted":
      return `Deno may not connect to ${place}: run it with --allow-net=${place}`;
    case "tls":
      return `There is no encrypted connection to ${place} that can be trusted: give the certificate by --ca and the name in it by --server-name (${message})`;
    case "no-greeting":
    case "not-ami":
      return `Whoever listens at ${place} is not the manager interface of Asterisk: check --port${
        tls ? "" : ", or give --tls if it is encrypted"
      }`;
    case "lost":
    case "no-answer":
    case "shutdown":
      return `The connection to ${place} was lost, so try again: ${message}`;
  }
}

/**
 * Says in one sentence what went wrong and what to do.
 *
 * @param error What was thrown.
 * @param target Where the command connects, if that is known.
 * @returns The exit status and the sentence.
 */
export function explain(error: unknown, target?: Target): Failure {
  if (error instanceof Interruption) return { status: error.status };
  if (error instanceof CommandError) {
    return { status: error.status, sentence: error.message };
  }
  if (error instanceof AmiConnectionError && target !== undefined) {
    return { status: FAILED, sentence: connectionSentence(error, target) };
  }
  if (error instanceof AmiAuthenticationError) {
    const sentence = error.alreadyInUse
      ? `The user '${error.username}' is logged in already: set 'allowmultiplelogin = yes' in manager.conf, or log in as another`
      : `The PBX refused the login of '${error.username}': check --username and the secret, and what manager.conf permits`;
    return { status: FAILED, sentence };
  }
  if (error instanceof AmiTimeoutError) {
    return {
      status: FAILED,
      sentence: `${error.message}: try again, or wait longer`,
    };
  }
  if (error instanceof AmiResponseError) {
    return explain(refusalOf(error, target?.username));
  }
  if (error instanceof AmiError) {
    return { status: FAILED, sentence: error.message };
  }
  if (error instanceof Deno.errors.NotCapable) {
    return {
      status: FAILED,
      sentence: `Deno lacks a permission: ${error.message}`,
    };
  }
  // What DAMI refuses to send was on the command line.
  if (error instanceof TypeError || error instanceof RangeError) {
    return { status: MISUSED, sentence: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: FAILED, sentence: message };
}

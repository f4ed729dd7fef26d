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
import { tlsFailureOf } from "./failures/tls_failure.ts";
import type { Target } from "./target.ts";

/** The end of a command that failed. */
export interface Failure {
  /** The exit status. */
  status: number;
  /** One sentence without its full stop; missing if there is nothing to say. */
  sentence?: string;
}

/** Returns what is wrong with an attempt to encrypt, and what to do. */
function tlsSentence(
  { message, cause }: AmiConnectionError,
  { hostname, port, serverName = hostname }: Target,
): string {
  const place = `${hostname}:${port}`;
  const detail = cause instanceof Error ? cause.message : message;
  switch (tlsFailureOf(detail)) {
    case "not-tls":
      return `The port ${place} is not encrypted: leave out --tls and --ca, or give the port of encrypted connections with --port (5039 by default)`;
    case "unknown-authority":
      return `Cannot trust the certificate of ${place}: give it, or that of its authority, with --ca`;
    case "wrong-name":
      return `The certificate of ${place} is not for '${serverName}': give the name in it with --server-name (${detail})`;
    default:
      return `Cannot encrypt the connection to ${place} (${detail}): run dami doctor to find out why`;
  }
}

/** Returns what is wrong with a connection, and what to do. */
function connectionSentence(
  error: AmiConnectionError,
  target: Target,
): string {
  const { hostname, port, tls } = target;
  const place = `${hostname}:${port}`;
  const orTls = tls ? "" : ", or give --tls if it is encrypted";
  switch (error.failure) {
    case "refused":
      return `Nothing listens at ${place}: start Asterisk with 'enabled = yes' in manager.conf, give another place with --hostname and --port, or run dami doctor to find out why`;
    case "unreachable":
      return `Cannot reach ${place}: check --hostname, --port and the network`;
    case "not-permitted":
      return `Deno may not connect to ${place}: run it with --allow-net=${place}`;
    case "tls":
      return tlsSentence(error, target);
    case "no-greeting":
      return `No greeting came from ${place}: the PBX hangs or has too many connections that wait for a login, or the port is wrong${orTls}; run dami doctor to find out which`;
    case "not-ami":
      return `What listens at ${place} is not the manager interface of Asterisk: check --port`;
    case "lost":
    case "no-answer":
    case "shutdown":
      return `The connection to ${place} was lost: ${error.message}`;
  }
}

/**
 * Says in one sentence what went wrong and what to do.
 *
 * @param error The error, of any kind.
 * @param target The place that the command connects to, if it is known.
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
      : `The PBX refused the login of '${error.username}': check --username and the secret, or run dami doctor to find out what manager.conf permits`;
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

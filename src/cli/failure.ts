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
import { errorText } from "../error_text.ts";

/** The end of a command that failed. */
export interface Failure {
  /** The exit status. */
  status: number;
  /** One sentence without its full stop; missing if there is nothing to say. */
  sentence?: string;
}

/** The names of the settings of the address, as the user wrote them. */
interface Settings {
  readonly place: string;
  readonly port: string;
  readonly tls: string;
  readonly ca: string;
  readonly serverName: string;
  readonly username: string;
  readonly doctor: string;
}

function settingsOf(target: Target | undefined): Settings {
  if (target?.fleet === undefined) {
    return {
      place: "--hostname and --port",
      port: "--port",
      tls: "--tls",
      ca: "--ca",
      serverName: "--server-name",
      username: "--username",
      doctor: "dami doctor",
    };
  }
  const { file, pbx } = target.fleet;
  return {
    place: `'hostname' and 'port' in ${file}`,
    port: `'port' in ${file}`,
    tls: `'tls' in ${file}`,
    ca: `'caFile' in ${file}`,
    serverName: `'serverName' in ${file}`,
    username: `'username' in ${file}`,
    doctor: `dami doctor --fleet ${file} --pbx ${pbx}`,
  };
}

/** Explains a failure to encrypt, and what to do. */
function tlsSentence(
  { message, cause }: AmiConnectionError,
  target: Target,
): string {
  const { hostname, port, serverName = hostname } = target;
  const settings = settingsOf(target);
  const place = `${hostname}:${port}`;
  const detail = cause instanceof Error ? cause.message : message;
  switch (tlsFailureOf(detail)) {
    case "not-tls":
      return `The port ${place} is not encrypted: leave out ${settings.tls}${
        target.fleet === undefined ? ` and ${settings.ca}` : ""
      }, or use the port of encrypted connections with ${settings.port} (5039 by default)`;
    case "unknown-authority":
      return `Cannot trust the certificate of ${place}: pass it, or that of its authority, with ${settings.ca}`;
    case "wrong-name":
      return `The certificate of ${place} is not for '${serverName}': pass the name in it with ${settings.serverName} (${detail})`;
    default:
      return `Cannot encrypt the connection to ${place} (${detail}): run ${settings.doctor} to find out why`;
  }
}

/** Explains a failure of a connection, and what to do. */
function connectionSentence(
  error: AmiConnectionError,
  target: Target,
): string {
  const { hostname, port, tls, fleet, bus } = target;
  // The message names what refuses on the way.
  if (bus !== undefined) return error.message;
  // The message names the failure of each of several hosts.
  if (fleet !== undefined && fleet.others.length > 0) return error.message;
  const place = `${hostname}:${port}`;
  const settings = settingsOf(target);
  const orTls = tls ? "" : `, or add ${settings.tls} if it is encrypted`;
  switch (error.failure) {
    case "refused":
      return `Nothing listens at ${place}: start Asterisk with 'enabled = yes' in manager.conf, correct ${settings.place}, or run ${settings.doctor} to find out why`;
    case "unreachable":
      return `Cannot reach ${place}: check ${
        fleet === undefined ? "--hostname, --port" : settings.place
      } and the network`;
    case "not-permitted":
      return `Deno may not connect to ${place}: run it with --allow-net=${place}`;
    case "tls":
      return tlsSentence(error, target);
    case "no-greeting":
      return `No greeting came from ${place}: the PBX hangs or has too many connections that wait for a login, or the port is wrong${orTls}; run ${settings.doctor} to find out which`;
    case "not-ami":
      return `What listens at ${place} is not the manager interface of Asterisk: check ${settings.port}`;
    case "lost":
    case "no-answer":
    case "shutdown":
      return `The connection to ${place} was lost: ${error.message}`;
  }
}

/**
 * Explains in one sentence what went wrong and what to do.
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
    const settings = settingsOf(target);
    const sentence = error.alreadyInUse
      ? `The user '${error.username}' is logged in already: set 'allowmultiplelogin = yes' in manager.conf, or log in as another user`
      : `The PBX refused the login of '${error.username}': check ${settings.username} and the secret, or run ${settings.doctor} to find out what manager.conf permits`;
    return { status: FAILED, sentence };
  }
  if (error instanceof AmiTimeoutError) {
    return {
      status: FAILED,
      sentence: `${error.message}: try again, or wait longer`,
    };
  }
  if (error instanceof AmiResponseError) {
    return explain(refusalOf(error, target));
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
  // The headers that DAMI refuses to send were on the command line.
  if (error instanceof TypeError || error instanceof RangeError) {
    return { status: MISUSED, sentence: error.message };
  }
  const message = errorText(error);
  return { status: FAILED, sentence: message };
}

import type { Place } from "./known.ts";
import type { Trust } from "./patient.ts";
import { type TlsFailure, tlsFailureOf } from "../failures/tls_failure.ts";
import { errorText } from "../../error_text.ts";

/** The limits of a step. */
export interface Limits {
  /** The longest time it may take (milliseconds). */
  readonly timeout: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The result of an attempt to connect. */
export type Reach =
  /** Something listens. */
  | "open"
  /** Nothing listens. */
  | "refused"
  /** Nobody answers, as with a firewall. */
  | "silent"
  /** There is no route to it. */
  | "unreachable"
  /** Deno may not connect. */
  | "not-permitted";

/** The facts about one place. */
export interface Attempt {
  /** The place. */
  readonly place: Place;
  /** The result. */
  readonly reach: Reach;
  /** The time it took (milliseconds). */
  readonly time: number;
  /** The address of this machine on the way, if there is one. */
  readonly ownAddress?: string;
  /** The message of the system. */
  readonly detail?: string;
}

/** The greeting of an open port. */
export type Greeting =
  | { readonly kind: "ami"; readonly line: string; readonly version: string }
  | { readonly kind: "other"; readonly line: string }
  | { readonly kind: "silent" }
  | { readonly kind: "closed"; readonly detail: string };

/** The result of an attempt to encrypt. */
export type TlsOutcome =
  | { readonly outcome: "trusted"; readonly conn: Deno.TlsConn }
  | {
    readonly outcome: "failed";
    readonly failure: TlsFailure;
    readonly detail: string;
  };

/** A greeting: `Asterisk Call Manager/11.0.0`, or one of its relatives. */
const GREETING = /^[\w ]*Call Manager(?: Proxy)?\/(\S+)/i;

/** More than any greeting has (bytes). */
const MAX_GREETING = 512;

function deadline({ timeout, signal }: Limits): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
}

/** Closes something that may be closed already. */
export function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // It is.
  }
}

/** Uses a connection, which is closed when the time is up: pending reads end then. */
async function inTime<T>(
  conn: Deno.Conn,
  limits: Limits,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const end = deadline(limits);
  const onEnd = () => close(conn);
  end.addEventListener("abort", onEnd, { once: true });
  try {
    const result = await work();
    return end.aborted ? undefined : result;
  } catch (error) {
    limits.signal.throwIfAborted();
    if (!end.aborted) throw error;
    return undefined;
  } finally {
    end.removeEventListener("abort", onEnd);
  }
}

/**
 * Connects.
 *
 * @param place The place.
 * @param limits The limits.
 * @returns The connection.
 * @throws The error of Deno, or the timeout.
 */
async function dial(place: Place, limits: Limits): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ ...place, signal: deadline(limits) });
  conn.setNoDelay(true);
  return conn;
}

/**
 * Tries to connect.
 *
 * @param place The place.
 * @param limits The limits.
 * @returns The result.
 */
export async function attempt(place: Place, limits: Limits): Promise<Attempt> {
  const begin = performance.now();
  const took = () => performance.now() - begin;
  try {
    const conn = await dial(place, limits);
    const time = took();
    const { localAddr } = conn;
    conn.close();
    return { place, reach: "open", time, ownAddress: localAddr.hostname };
  } catch (error) {
    limits.signal.throwIfAborted();
    const reach = reachOf(error);
    return { place, reach, time: took(), detail: errorText(error) };
  }
}

function reachOf(error: unknown): Reach {
  if (error instanceof Deno.errors.ConnectionRefused) return "refused";
  if (error instanceof Deno.errors.NotCapable) return "not-permitted";
  const isLate = error instanceof Deno.errors.TimedOut ||
    error instanceof DOMException && error.name === "TimeoutError";
  return isLate ? "silent" : "unreachable";
}

/**
 * Reads the greeting of an open port.
 *
 * @param conn The connection, which is closed after it.
 * @param limits The limits.
 * @returns The result.
 */
export async function readGreeting(
  conn: Deno.Conn,
  limits: Limits,
): Promise<Greeting> {
  try {
    let detail = "";
    const read = await inTime(conn, limits, async () => {
      try {
        return await readFirstLine(conn);
      } catch (error) {
        detail = errorText(error);
        return "";
      }
    });
    if (read === undefined) return { kind: "silent" };
    const line = read.split(/\r?\n/, 1)[0] ?? "";
    const version = GREETING.exec(line)?.[1];
    if (version !== undefined) return { kind: "ami", line, version };
    return read === "" ? { kind: "closed", detail } : { kind: "other", line };
  } finally {
    close(conn);
  }
}

async function readFirstLine(conn: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(MAX_GREETING);
  let text = "";
  while (!text.includes("\n") && text.length < MAX_GREETING) {
    const count = await conn.read(buffer);
    if (count === null) return text;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return text;
}

/**
 * Connects and reads the greeting.
 *
 * @param place The place.
 * @param limits The limits of each of both.
 * @returns The result.
 */
export async function greetingAt(
  place: Place,
  limits: Limits,
): Promise<Greeting> {
  try {
    return await readGreeting(await dial(place, limits), limits);
  } catch (error) {
    limits.signal.throwIfAborted();
    return { kind: "closed", detail: errorText(error) };
  }
}

/**
 * Connects and encrypts.
 *
 * @param place The place.
 * @param trust The settings of trust.
 * @param limits The limits of each of both.
 * @returns The connection, or the reason why it failed.
 */
export async function encrypt(
  place: Place,
  { caCerts, serverName }: Trust,
  limits: Limits,
): Promise<TlsOutcome> {
  const failed = (failure: TlsFailure, detail: string): TlsOutcome => ({
    outcome: "failed",
    failure,
    detail,
  });
  let conn: Deno.TcpConn;
  try {
    conn = await dial(place, limits);
  } catch (error) {
    limits.signal.throwIfAborted();
    return failed("closed", errorText(error));
  }
  let encrypted: Deno.TlsConn | undefined;
  try {
    // In the same way as DAMI, so that the result holds for DAMI.
    encrypted = await Deno.startTls(conn, {
      hostname: serverName,
      caCerts: [...caCerts],
    });
    const done = encrypted;
    const isDone = await inTime(done, limits, async () => {
      await done.handshake();
      return true;
    });
    if (isDone !== undefined) return { outcome: "trusted", conn: done };
    return failed("silent", `no answer within ${limits.timeout} ms`);
  } catch (error) {
    close(encrypted ?? conn);
    limits.signal.throwIfAborted();
    const detail = errorText(error);
    return failed(tlsFailureOf(detail), detail);
  }
}

/** Reports whether a peer that speaks TLS answered, whatever the result. */
export function speaksTls(outcome: TlsOutcome): boolean {
  if (outcome.outcome === "trusted") return true;
  const { failure } = outcome;
  return failure !== "not-tls" && failure !== "closed" && failure !== "silent";
}

/**
 * Asks whether a web server answers.
 *
 * @param place The place.
 * @param limits The limits.
 * @returns Its first line, or `undefined` if none does.
 */
export async function askForWeb(
  place: Place,
  limits: Limits,
): Promise<string | undefined> {
  let conn: Deno.TcpConn;
  try {
    conn = await dial(place, limits);
    await conn.write(new TextEncoder().encode("HEAD / HTTP/1.0\r\n\r\n"));
  } catch {
    limits.signal.throwIfAborted();
    return undefined;
  }
  const greeting = await readGreeting(conn, limits);
  return greeting.kind === "other" && greeting.line.startsWith("HTTP/")
    ? greeting.line
    : undefined;
}

import {
  AmiAuthenticationError,
  AmiConnectionError,
  AmiError,
  AmiTimeoutError,
  type Credentials,
  DAMI,
} from "../../../mod.ts";
import { CommandError } from "../failures/command_error.ts";
import type { Check } from "./check.ts";
import { EventWatch } from "./event_watch.ts";
import { type Finding, inManagerConf, milliseconds } from "./finding.ts";
import { type Known, noInterface } from "./known.ts";
import type { Patient } from "./patient.ts";

/** The result of the login. */
export type LoginFacts =
  | { readonly outcome: "in"; readonly time: number }
  | { readonly outcome: "no-secret"; readonly detail: string }
  | { readonly outcome: "refused"; readonly ownAddress: string }
  | { readonly outcome: "in-use" }
  | { readonly outcome: "shutdown" }
  | { readonly outcome: "late"; readonly timeout: number }
  | { readonly outcome: "lost"; readonly detail: string };

/**
 * Judges the result of the login.
 *
 * @param username The user that logged in.
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeLogin(username: string, facts: LoginFacts): Finding[] {
  const problem = (what: string, ...advice: string[]): Finding[] => [
    { level: "problem", what, advice },
  ];
  switch (facts.outcome) {
    case "in":
      return [{
        level: "ok",
        what: `${username} is logged in (${milliseconds(facts.time)})`,
      }];
    case "no-secret":
      return [{
        level: "warning",
        what: `The secret is missing (${facts.detail})`,
      }];
    case "refused":
      return problem(
        `The PBX refuses the login of ${username}`,
        ...refusedAdvice(username, facts.ownAddress),
      );
    case "in-use":
      return problem(
        `${username} is logged in already, and may log in only once`,
        `${
          inManagerConf(username, "allowmultiplelogin = yes")
        }, or better, a separate user for each program`,
        'asterisk -rx "manager show connected" shows who is logged in, and from where',
      );
    case "shutdown":
      return problem(
        "Asterisk is shutting down and accepts no login",
        'Wait until it is back, or cancel the shutdown on the PBX: asterisk -rx "core abort shutdown"',
      );
    case "late":
      return problem(
        `The PBX does not answer the login within ${
          milliseconds(facts.timeout)
        }`,
        'Check whether it is overloaded or hangs: asterisk -rx "core show uptime"',
      );
    case "lost":
      return problem(
        `The connection was closed instead of an answer to the login (${facts.detail})`,
        `${
          inManagerConf("general", "authtimeout = 30")
        } closes connections that have not logged in by then (seconds)`,
      );
  }
}

/** Asterisk gives the same answer in each case, and writes the reason only to its log (`main/manager.c`, `authenticate`; measured with 16 and 22). */
function refusedAdvice(username: string, ownAddress: string): string[] {
  const permit = ownAddress === ""
    ? "permit = …"
    : `permit = ${ownAddress}/${ownAddress.includes(":") ? "128" : "32"}`;
  return [
    "It gives the same answer for an unknown user, a wrong secret and a forbidden address; its log says which: grep manager.c /var/log/asterisk/messages*",
    `"tried to authenticate with nonexistent user": the section [${username}] is missing or not loaded: asterisk -rx "manager show user ${username}"`,
    `"failed to pass IP ACL": ${inManagerConf(username, permit)}`,
    `Only "failed to authenticate": ${
      inManagerConf(username, "secret = …")
    }, where a semicolon starts a comment unless it is written \\;`,
  ];
}

async function logIn(
  known: Known,
  patient: Patient,
  credentials: Credentials,
  stack: AsyncDisposableStack,
): Promise<LoginFacts> {
  const { options, timeout, signal, username } = patient;
  const dami = stack.adopt(
    new DAMI({
      ...options,
      events: true,
      connectTimeout: timeout,
      timeout,
    }),
    (client) => client.disconnect({ timeout }),
  );
  // Nothing waits for an answer in that case.
  const onAbort = () => dami.close();
  signal.addEventListener("abort", onAbort, { once: true });
  stack.defer(() => signal.removeEventListener("abort", onAbort));
  const watch = new EventWatch(username);
  dami.on("*", (event) => watch.take(event));
  const begin = performance.now();
  try {
    await dami.connectAndLogin(credentials, { signal, timeout });
  } catch (error) {
    signal.throwIfAborted();
    return failure(error, known, patient);
  }
  await dami.listen();
  known.loggedIn = { dami, watch };
  return { outcome: "in", time: performance.now() - begin };
}

function failure(
  error: unknown,
  { ownAddress = "" }: Known,
  { timeout }: Patient,
): LoginFacts {
  if (error instanceof AmiAuthenticationError) {
    return error.alreadyInUse
      ? { outcome: "in-use" }
      : { outcome: "refused", ownAddress };
  }
  if (error instanceof AmiTimeoutError) return { outcome: "late", timeout };
  if (error instanceof AmiConnectionError && error.failure === "shutdown") {
    return { outcome: "shutdown" };
  }
  if (error instanceof AmiError) {
    return { outcome: "lost", detail: error.message };
  }
  throw error;
}

/**
 * Makes the check of the login.
 *
 * @param stack Closes the connection at the end of the examination.
 * @returns The check.
 */
export function login(stack: AsyncDisposableStack): Check {
  return {
    title: "Login",
    obstacle: noInterface,
    async make(known, patient) {
      const facts = await credentialsOf(patient);
      return judgeLogin(
        patient.username,
        "outcome" in facts ? facts : await logIn(known, patient, facts, stack),
      );
    },
  };
}

async function credentialsOf(
  patient: Patient,
): Promise<Credentials | LoginFacts> {
  try {
    return await patient.credentials();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { outcome: "no-secret", detail: error.message };
  }
}

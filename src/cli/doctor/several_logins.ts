import { AmiAuthenticationError, AmiError, DAMI } from "../../../mod.ts";
import type { Check } from "./check.ts";
import { type Finding, inManagerConf } from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import type { Patient } from "./patient.ts";

/** The result of a second login beside the first. */
export type SecondLogin =
  | { readonly outcome: "in" }
  | { readonly outcome: "in-use" }
  | { readonly outcome: "failed"; readonly detail: string };

/**
 * Judges a second login.
 *
 * @param username The user that logged in twice.
 * @param second The result.
 * @returns The findings.
 */
export function judgeSecondLogin(
  username: string,
  second: SecondLogin,
): Finding[] {
  switch (second.outcome) {
    case "in":
      return [{
        level: "ok",
        what: `${username} may log in several times at once`,
      }];
    case "in-use":
      return [{
        level: "warning",
        what:
          `${username} may log in only once, so a program that lost its connection may be refused until Asterisk notices`,
        advice: [
          `${
            inManagerConf(username, "allowmultiplelogin = yes")
          }, or a separate user for each program`,
        ],
      }];
    case "failed":
      return [{
        level: "warning",
        what:
          `A second login failed while the first was open (${second.detail})`,
        advice: [
          `Look for limits in ${
            inManagerConf("general", "authlimit = 50")
          }, and in firewalls and proxies on the way`,
        ],
      }];
  }
}

async function logInAgain(patient: Patient): Promise<SecondLogin> {
  const { options, timeout, signal } = patient;
  await using stack = new AsyncDisposableStack();
  const dami = stack.adopt(
    new DAMI({ ...options, events: false, connectTimeout: timeout, timeout }),
    (client) => client.disconnect({ timeout }),
  );
  const credentials = await patient.credentials();
  try {
    await dami.connectAndLogin(credentials, { signal, timeout });
    return { outcome: "in" };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AmiAuthenticationError && error.alreadyInUse) {
      return { outcome: "in-use" };
    }
    if (!(error instanceof AmiError)) throw error;
    return { outcome: "failed", detail: error.message };
  }
}

/** The check that a second program can log in beside the first (`allowmultiplelogin`). */
export const severalLogins: Check = {
  title: "Several logins",
  obstacle: notLoggedIn,
  async make(_known, patient) {
    return judgeSecondLogin(patient.username, await logInAgain(patient));
  },
};

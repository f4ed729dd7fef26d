import { AmiError } from "../../../mod.ts";
import { actions } from "./actions.ts";
import type { Check, CheckResult } from "./check.ts";
import { clock } from "./clock.ts";
import { configuration } from "./configuration.ts";
import { encryption } from "./encryption.ts";
import { events } from "./events.ts";
import { greeting } from "./greeting.ts";
import type { Known } from "./known.ts";
import { login } from "./login.ts";
import { name } from "./name.ts";
import type { Patient } from "./patient.ts";
import { port } from "./port.ts";
import { reading } from "./reading.ts";
import { roundTrips } from "./round_trips.ts";
import { severalLogins } from "./several_logins.ts";

/**
 * Makes all checks, one after the other. One that depends on a failed check is
 * reported with that reason.
 *
 * @param patient The patient.
 * @param onResult Takes each result as soon as it is available.
 * @returns All results.
 * @throws The signal's reason, if it is aborted.
 */
export async function examine(
  patient: Patient,
  onResult: (result: CheckResult) => void = () => {},
): Promise<CheckResult[]> {
  await using stack = new AsyncDisposableStack();
  const checks: Check[] = [
    name,
    port,
    encryption,
    greeting,
    login(stack),
    configuration,
    actions,
    events,
    severalLogins,
    reading,
    roundTrips,
    clock,
  ];
  const known: Known = {};
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await run(check, known, patient);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function run(
  check: Check,
  known: Known,
  patient: Patient,
): Promise<CheckResult> {
  const obstacle = check.obstacle(known, patient);
  if (obstacle !== undefined) {
    return { check: check.title, notChecked: obstacle };
  }
  try {
    const findings = await check.make(known, patient);
    patient.signal.throwIfAborted();
    return { check: check.title, findings };
  } catch (error) {
    patient.signal.throwIfAborted();
    if (!(error instanceof AmiError)) throw error;
    // The PBX went away, or did not answer in time.
    return {
      check: check.title,
      findings: [{
        level: "problem",
        what: `The check failed: ${error.message}`,
        advice: ["Try again, and check Asterisk's log"],
      }],
    };
  }
}

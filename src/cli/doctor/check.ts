import type { Finding } from "./finding.ts";
import type { Known } from "./known.ts";
import type { Patient } from "./patient.ts";

/** One check of the doctor. */
export interface Check {
  /** The subject of the check, in a word or two. */
  readonly title: string;

  /**
   * Returns the obstacle that prevents the check.
   *
   * @param known The facts so far.
   * @param patient The patient.
   * @returns The obstacle; `undefined` if there is none.
   */
  obstacle(known: Known, patient: Patient): string | undefined;

  /**
   * Looks.
   *
   * @param known The facts so far, to which new ones are added.
   * @param patient The patient.
   * @returns The findings.
   * @throws The signal's reason, if it is aborted.
   */
  make(known: Known, patient: Patient): Promise<Finding[]>;
}

/** The result of a check. */
export type CheckResult =
  | { readonly check: string; readonly findings: readonly Finding[] }
  | { readonly check: string; readonly notChecked: string };

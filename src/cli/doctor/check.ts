import type { Finding } from "./finding.ts";
import type { Known } from "./known.ts";
import type { Patient } from "./patient.ts";

/** One thing that the doctor looks at. */
export interface Check {
  /** The subject of the check, in a word or two. */
  readonly title: string;

  /**
   * Reports what keeps it from being made.
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

import type { Finding } from "./finding.ts";
import type { Known } from "./known.ts";
import type { Patient } from "./patient.ts";

/** One thing that the doctor looks at. */
export interface Check {
  /** What it looks at, in a word or two. */
  readonly title: string;

  /**
   * Whether it can be made.
   *
   * @param known What was found out before.
   * @param patient Who is examined.
   * @returns What keeps it from being made; `undefined` if nothing does.
   */
  obstacle(known: Known, patient: Patient): string | undefined;

  /**
   * Looks.
   *
   * @param known What was found out before; what is found out now is added.
   * @param patient Who is examined.
   * @returns What was found.
   * @throws The signal's reason, if it is aborted.
   */
  make(known: Known, patient: Patient): Promise<Finding[]>;
}

/** What became of a check. */
export type CheckResult =
  | { readonly check: string; readonly findings: readonly Finding[] }
  | { readonly check: string; readonly notChecked: string };

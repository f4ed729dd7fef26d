/** A generated file. */
export interface GeneratedFile {
  /** Where it is in `src/`. */
  path: string;
  /** What it says, not formatted yet. */
  text: string;
}

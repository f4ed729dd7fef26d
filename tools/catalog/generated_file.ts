/** A generated file. */
export interface GeneratedFile {
  /** Its path in `src/`. */
  path: string;
  /** Its text, not formatted yet. */
  text: string;
}

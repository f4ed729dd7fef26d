/**
 * Writes which events belong to which classes, for the option
 * `events: "listened"`.
 *
 * @module
 */

import { CLASSES } from "../../src/options/classes.ts";
import type { Catalog } from "./catalog.ts";
import type { GeneratedFile } from "./generated_file.ts";

const FLAG = "EVENT_FLAG_";

/** Returns the class of a flag; `undefined` for one that is a slip of the documentation. */
function classOf(flag: string): string | undefined {
  const name = flag.slice(FLAG.length).toLowerCase();
  return CLASSES.includes(name) ? name : undefined;
}

/**
 * Writes the table.
 *
 * @param catalog What is known.
 * @returns The file, not formatted yet.
 */
export function writeClasses({ events }: Catalog): GeneratedFile {
  const names = new Map<string, string[]>();
  for (const { name, flags } of events) {
    const classes = flags.map(classOf);
    // Where one is not known, all have to be asked for.
    if (classes.includes(undefined)) continue;
    for (const each of classes) {
      if (each === undefined) continue;
      names.set(each, [...names.get(each) ?? [], name]);
    }
  }
  const rows = CLASSES.filter((each) => names.has(each)).map((each) =>
    `${each}: \`\n${names.get(each)?.join("\n")}\`.slice(1),`
  );
  return {
    path: "events/event_classes_table.ts",
    text: `// Written by tools/generate_catalog.ts: change that, and not this.

/** The events of each class, which is what a user may read. An event that several versions put into several classes is in each. */
export const EVENTS_OF_CLASSES: Readonly<Record<string, string>> = {
  ${rows.join("\n  ")}
};
`,
  };
}

import type { Command } from "./command.ts";

/** A command in the list of all. */
export interface CommandEntry {
  /** Its name. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Loads it: the others need not be loaded for it. */
  readonly load: () => Promise<Command>;
}

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "do",
    summary: "Send an action and show the answer",
    load: async () => (await import("./do.ts")).doAction,
  },
];

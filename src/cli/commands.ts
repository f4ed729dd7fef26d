import type { CommandEntry } from "./command.ts";

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "tail",
    summary: "Show events as they come",
    load: async () => (await import("./commands/tail.ts")).tail,
  },
  {
    name: "do",
    summary: "Send an action and show the answer",
    load: async () => (await import("./commands/do.ts")).doAction,
  },
  {
    name: "calls",
    summary: "Show the calls that there are",
    load: async () => (await import("./commands/calls.ts")).calls,
  },
  {
    name: "queues",
    summary: "Show the queues, their members and who waits",
    load: async () => (await import("./commands/queues.ts")).queues,
  },
  {
    name: "peers",
    summary: "Show the phones and trunks",
    load: async () => (await import("./commands/peers.ts")).peers,
  },
  {
    name: "doctor",
    summary: "Find out why nothing comes, and what to change",
    load: async () => (await import("./doctor/command.ts")).doctor,
  },
  {
    name: "record",
    summary: "Write a session to a file, with numbers and names masked",
    load: async () => (await import("./recording/record.ts")).record,
  },
  {
    name: "replay",
    summary: "Play a recorded session as a PBX",
    load: async () => (await import("./commands/replay.ts")).replay,
  },
  {
    name: "completions",
    summary: "Write what a shell needs to complete command lines",
    load: async () => (await import("./commands/completions.ts")).completions,
  },
];

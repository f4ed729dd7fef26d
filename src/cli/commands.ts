import type { CommandEntry } from "./command.ts";

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "tail",
    summary: "Show events as they arrive",
    load: async () => (await import("./commands/tail.ts")).tail,
  },
  {
    name: "do",
    summary: "Send an action and show its answer",
    load: async () => (await import("./commands/do.ts")).doAction,
  },
  {
    name: "calls",
    summary: "Show current calls",
    load: async () => (await import("./commands/calls.ts")).calls,
  },
  {
    name: "queues",
    summary: "Show queues, their members and callers",
    load: async () => (await import("./commands/queues.ts")).queues,
  },
  {
    name: "peers",
    summary: "Show phones and trunks",
    load: async () => (await import("./commands/peers.ts")).peers,
  },
  {
    name: "doctor",
    summary: "Find out why events or answers are missing, and what to change",
    load: async () => (await import("./doctor/command.ts")).doctor,
  },
  {
    name: "record",
    summary: "Record a session in a file, with numbers and names masked",
    load: async () => (await import("./recording/record.ts")).record,
  },
  {
    name: "replay",
    summary: "Play a recorded session as a PBX",
    load: async () => (await import("./commands/replay.ts")).replay,
  },
  {
    name: "exporter",
    summary: "Serve metrics of calls and queues to Prometheus",
    load: async () => (await import("./commands/exporter.ts")).exporter,
  },
  {
    name: "bridge",
    summary: "Publish the events of PBXs on NATS",
    load: async () => (await import("./commands/bridge.ts")).bridge,
  },
  {
    name: "completions",
    summary: "Print a completion script for your shell",
    load: async () => (await import("./commands/completions.ts")).completions,
  },
];

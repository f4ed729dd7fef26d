/**
 * The classes of events and actions in `read` and `write` of `manager.conf`, in
 * Asterisk's order (`main/manager.c`, `perms`).
 */
export const CLASSES: readonly string[] = [
  "system",
  "call",
  "log",
  "verbose",
  "command",
  "agent",
  "user",
  "config",
  "dtmf",
  "reporting",
  "cdr",
  "dialplan",
  "originate",
  "agi",
  "cc",
  "aoc",
  "test",
  "security",
  "message",
];

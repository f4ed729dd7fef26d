/**
 * The explanations of missed targets, by their ids: found by
 * profiling.
 */
export const BOUNDS: ReadonlyMap<string, string> = new Map([
  [
    "d",
    '"bare write and read", which does nothing else, does not reach it either: the time goes to the system calls and event loops of both processes.',
  ],
  [
    "e",
    "a quarter of the time is waiting for the PBX and for the system to write; of the rest, most is what the fastest client does not do: to check each header, to keep a deadline, and to settle each answer by its ActionID.",
  ],
  [
    "e, growth",
    "the map does not become slower, but the garbage collector has the 10,000 that wait to look after.",
  ],
  [
    "f, growth",
    "a short list is over before V8 moves anything to the old generation; a long one outlives that. From there on it is linear.",
  ],
  [
    "g, growth",
    "a short answer is over before V8 moves anything to the old generation; a long one outlives that. From there on it is linear.",
  ],
  [
    "i",
    "of the difference, Deno's timers take 4 ms to load (no client that gives up waiting does without), DAMI's own modules 5 ms, connecting and logging in 6 ms.",
  ],
]);

/**
 * The reasons why a client has no figures for a workload, by its letter and the client's
 * name: found by reading their sources.
 */
export const NOTES: ReadonlyMap<string, string> = new Map([
  ["g asterisk-ami", "Of a header that repeats, it keeps the last one."],
  [
    "g asterisk-ami-client",
    "Of a header that repeats, it keeps the last one, and with each piece that arrives it reads the whole answer anew.",
  ],
  ["g yana", "It drops the spaces at the beginning of each line."],
  [
    "g asterisk-manager",
    "With each piece that arrives it reads the whole answer anew.",
  ],
  ["g ami-io", "It waits for a list that never comes."],
  ["g nami", "It waits for a list that never comes."],
  ...["asterisk-ami", "asterisk-manager", "asterisk-ami-client", "yana"].map(
    (name): [string, string] => [`f ${name}`, "It does not collect lists."],
  ),
]);

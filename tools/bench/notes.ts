/**
 * The explanations of missed targets, by their ids: found by
 * profiling.
 */
export const BOUNDS: ReadonlyMap<string, string> = new Map([
  [
    "a",
    "60 MB are those of a process that reads and decodes alone, 32 MB the young generation of V8, which a flood fills.",
  ],
  [
    "d",
    "most of the time goes to the system calls and event loops of both processes, which share a core; the rest is to check and encode each header, to find the answer by its ActionID, and to make its object. No stream is left on the way.",
  ],
  [
    "e",
    "a fifth of the time is writing and waiting for the PBX, an eighth the garbage collector, another the map of ActionIDs, whose texts have to be hashed and compared, and a tenth checking and encoding: what a client that matches no answers does without.",
  ],
  [
    "f",
    "a sixth of the time is the garbage collector, which copies the 20,000 items that are kept until the answer is whole.",
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
    "h500",
    "each connection hears 800 events in this run, and has its buffer to grow and its first lines to learn: with five times as many events it comes closer. The garbage collector takes a sixth of the time with 500 connections, and a ninth with 100.",
  ],
  [
    "j",
    "events wait until the whole read is parsed, which is what makes reading fast, and each takes a promise of its own.",
  ],
  [
    "i",
    "each module takes 0.1 to 0.2 ms to find, read and compile, and DAMI has 74 for a connection without TLS where version 0.1.0 had 34; Deno's timers take another 4 ms to load (every client with timeouts needs them).",
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

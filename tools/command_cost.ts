/**
 * Measures what the command `dami` costs: how long it takes to start against an
 * empty script that imports `mod.ts`, and how fast `dami tail --json` is
 * against a listener that reads three headers of each event, in turns, on real
 * events from another process.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/command_cost.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it is for what it prints
import { DAMI } from "../mod.ts";
import { ScriptedServer } from "../tests/_scripted_server.ts";
import { reachableRegistry, withRegistry } from "./deno.ts";

const START_ROUNDS = 25;
const TAIL_ROUNDS = 9;
const EVENTS = 500_000;
const PIECE = 65_536;
const HOSTNAME = "127.0.0.1";
const CAPTURE = new URL("../tests/captures/calls-22.txt", import.meta.url);
const ROOT = new URL("../", import.meta.url);
const COMMAND = "src/cli/main.ts";

const encoder = new TextEncoder();

/** The events of a real session, again and again, in pieces as a busy PBX sends them. */
async function pieces(): Promise<Uint8Array[]> {
  const frames = new TextDecoder().decode(await Deno.readFile(CAPTURE))
    .split("\r\n\r\n")
    .filter((frame) =>
      frame.startsWith("Event: ") && !frame.includes("\r\nActionID:")
    );
  const made: Uint8Array[] = [];
  let piece = "";
  for (let count = 1; count <= EVENTS; count++) {
    piece += `${frames[count % frames.length]}\r\n\r\n`;
    if (piece.length < PIECE && count < EVENTS) continue;
    made.push(encoder.encode(piece));
    piece = "";
  }
  return made;
}

/** Sends all events to each client, and prints how long it took to take them. */
async function serve(): Promise<void> {
  const events = await pieces();
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    // A program that has just started is not measured.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begin = performance.now();
    for (const piece of events) {
      for (let at = 0; at < piece.length;) {
        at += await peer.conn.write(piece.subarray(at));
      }
    }
    // It says goodbye when it has taken the last one.
    const logoff = await peer.next();
    console.log(performance.now() - begin);
    await peer.frame("Response: Goodbye", `ActionID: ${logoff?.id}`);
  });
  console.log(server.port);
  await new Promise(() => {});
}

/** Takes all events as a program does. */
async function listen(port: number): Promise<void> {
  await using dami = new DAMI({ hostname: HOSTNAME, port });
  const over = Promise.withResolvers<void>();
  let events = 0;
  let length = 0;
  dami.on("*", (event) => {
    const { Event: name, Channel: channel, Uniqueid: id } = event;
    length += `${name}`.length + `${channel}`.length + `${id}`.length;
    if (++events === EVENTS) over.resolve();
  });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.listen();
  await over.promise;
  if (length === 0) throw new Error("Nothing was read");
}

const registry = await reachableRegistry();

function child(
  args: readonly string[],
  stdout: "null" | "piped" = "null",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: withRegistry(["run", "--quiet", "-A", ...args], registry),
    cwd: ROOT,
    env: { DAMI_SECRET: "mysecret", NO_COLOR: "1" },
    stdin: "null",
    stdout,
  }).spawn();
}

async function succeed(args: readonly string[]): Promise<number> {
  const begin = performance.now();
  const { success } = await child(args).status;
  if (!success) throw new Error(`It failed: ${args.join(" ")}`);
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}

/** The medians of what is done in turns. */
async function inTurns(
  rounds: number,
  tasks: readonly (() => Promise<number>)[],
): Promise<number[]> {
  const times = tasks.map((): number[] => []);
  // The first round fills caches.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const time = await task();
      if (round > 0) times[index]?.push(time);
    }
  }
  return times.map(median);
}

async function measureStart(): Promise<void> {
  const empty = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const module = new URL("mod.ts", ROOT);
    await Deno.writeTextFile(empty, `import ${JSON.stringify(module)};\n`);
    const [bare = 0, help = 0, version = 0] = await inTurns(START_ROUNDS, [
      () => succeed([empty]),
      () => succeed([COMMAND, "--help"]),
      () => succeed([COMMAND, "tail", "--help"]),
    ]);
    console.log(`An empty script that imports mod.ts: ${bare.toFixed(1)} ms`);
    console.log(`dami --help: ${(help / bare).toFixed(2)} × as long`);
    console.log(`dami tail --help: ${(version / bare).toFixed(2)} × as long`);
  } finally {
    await Deno.remove(empty);
  }
}

async function measureTail(): Promise<void> {
  await using server = child([import.meta.filename ?? "", "serve"], "piped");
  const lines = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => Number((await lines.read()).value);
  const port = `${await next()}`;
  const taken = async (args: readonly string[]) => {
    await succeed(args);
    return await next();
  };
  const tail = ["tail", "--json", "--count", `${EVENTS}`, "--port", port];
  const [bare = 0, json = 0] = await inTurns(TAIL_ROUNDS, [
    () => taken([import.meta.filename ?? "", "listen", port]),
    () => taken([COMMAND, ...tail]),
  ]);
  const rate = (time: number) => Math.round(EVENTS / time * 1_000);
  console.log(`A listener: ${rate(bare)} events a second`);
  console.log(`dami tail --json: ${rate(json)} events a second`);
  console.log(`That is ${(bare / json).toFixed(2)} × as many`);
  server.kill();
}

if (import.meta.main) {
  const [task, port] = Deno.args;
  if (task === "serve") await serve();
  else if (task === "listen") await listen(Number(port));
  else {
    await measureStart();
    await measureTail();
  }
}

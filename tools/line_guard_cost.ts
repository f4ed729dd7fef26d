/**
 * Measures what the line guard costs: real events from another process, cut
 * into lines as a connection does it, and by the bare `TextDecoderStream` →
 * `TextLineStream`, in turns.
 *
 * ```sh
 * deno run -A tools/deno.ts run --allow-read --allow-run --allow-net=127.0.0.1 tools/line_guard_cost.ts
 * ```
 *
 * @module
 */

import { TextLineStream } from "@std/streams/text-line-stream";
import { cutLines } from "../src/connection.ts";
import { LineGuard } from "../src/line_guard.ts";
import { DEFAULT_LIMITS } from "../src/options.ts";
import { reachableRegistry, withRegistry } from "./deno.ts";

const ROUNDS = 41;
const MEGABYTES = 16;
const HOSTNAME = "127.0.0.1";
const CAPTURE = new URL("../tests/captures/calls-22.txt", import.meta.url);

/** Sends the events of a capture, again and again, to each client. */
async function serve(): Promise<void> {
  const capture = await Deno.readFile(CAPTURE);
  const bytes = new Uint8Array(MEGABYTES * 1_024 * 1_024);
  for (let at = 0; at < bytes.length; at += capture.length) {
    bytes.set(capture.subarray(0, bytes.length - at), at);
  }
  const listener = Deno.listen({ hostname: HOSTNAME, port: 0 });
  // deno-lint-ignore no-console -- the port is for the process that started this one
  console.log(listener.addr.port);
  for await (const conn of listener) {
    for (let at = 0; at < bytes.length;) {
      at += await conn.write(bytes.subarray(at, at + 65_536));
    }
    conn.close();
  }
}

async function time(port: number, guarded: boolean): Promise<number> {
  const conn = await Deno.connect({ hostname: HOSTNAME, port });
  const begin = performance.now();
  const stream = guarded
    ? cutLines(conn, {
      encoding: "utf-8",
      guard: new LineGuard(DEFAULT_LIMITS),
      onFailure: fail,
    })
    : conn.readable
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
  const reader = stream.getReader();
  let lines = 0;
  while (!(await reader.read()).done) lines++;
  const duration = performance.now() - begin;
  // The bare stream has closed its connection itself.
  if (guarded) conn.close();
  if (lines === 0) throw new Error("Nothing was read");
  return duration;
}

function fail(error: unknown): never {
  throw error;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

async function compare(port: number): Promise<string> {
  await time(port, true);
  await time(port, false);
  const ratios: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // The order changes, so that neither side always comes behind the other.
    const guardFirst = round % 2 === 0;
    const first = await time(port, guardFirst);
    const second = await time(port, !guardFirst);
    const [withGuard, without] = guardFirst ? [first, second] : [second, first];
    ratios.push(withGuard / without);
    bare.push(without);
  }
  const rate = MEGABYTES / (median(bare) / 1_000);
  return `With the line guard: ${
    median(ratios).toFixed(3)
  } times the time of the bare stream (median of ${ROUNDS} rounds; bare: ${
    rate.toFixed(1)
  } MB/s)`;
}

async function main(): Promise<void> {
  const command = [
    "run",
    "--allow-read",
    "--allow-net=127.0.0.1",
    new URL(import.meta.url).pathname,
    "serve",
  ];
  const server = new Deno.Command(Deno.execPath(), {
    args: withRegistry(command, await reachableRegistry()),
    stdout: "piped",
  }).spawn();
  const output = server.stdout.getReader();
  const { value } = await output.read();
  const port = Number(new TextDecoder().decode(value));
  try {
    // deno-lint-ignore no-console -- its result is for the terminal
    console.log(await compare(port));
  } finally {
    server.kill();
    await output.cancel();
    await server.status;
  }
}

if (import.meta.main) {
  if (Deno.args[0] === "serve") await serve();
  else await main();
}

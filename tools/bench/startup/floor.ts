/**
 * Imports what DAMI imports and connects, says so, and ends. Its only argument
 * is the port of the PBX.
 *
 * @module
 */

import "@std/async/abortable";
import "@std/async/retry";
import "@std/log/console-handler";
import "@std/log/logger";
import "@std/streams/text-line-stream";

using _conn = await Deno.connect({
  hostname: "127.0.0.1",
  port: Number(Deno.args[0]),
});
// deno-lint-ignore no-console -- what the process that started this one waits for
console.log("connected");

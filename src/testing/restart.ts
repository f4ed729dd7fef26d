import { delay } from "@std/async/delay";
import type { Clients } from "./server/clients.ts";
import type { AmiFrame } from "./server/frame_writer.ts";
import type { Listening } from "./server/listening.ts";
import type { Pbx } from "./calls/pbx.ts";

/** Options of {@linkcode AmiServer.restart}. */
export interface RestartOptions {
  /**
   * The time without a listener on the port (milliseconds).
   *
   * @default {0}
   */
  downFor?: number;
  /**
   * The value of `Event: Shutdown` before the end; with `"crash"`
   * they get no such event, and are dropped at once.
   *
   * @default {"Cleanly"}
   */
  shutdown?: "Cleanly" | "Uncleanly" | "crash";
}

/** The time clients have to read what is still queued (milliseconds). */
const LAST_WORDS_TIME = 300;

/** The parts that are stopped and started. */
export interface RestartedServer {
  readonly listening: Listening;
  readonly clients: Clients;
  readonly pbx: Pbx;
}

/** Does the same as {@linkcode AmiServer.restart}. */
export async function restart(
  { listening, clients, pbx }: RestartedServer,
  { downFor = 0, shutdown = "Cleanly" }: RestartOptions,
): Promise<void> {
  await listening.stop();
  if (shutdown === "crash") clients.cut();
  else await sayGoodbye(clients, shutdown);
  clients.resume();
  await pbx.stop();
  const { signal } = pbx;
  if (downFor > 0) await delay(downFor, { signal }).catch(() => {});
  if (signal.aborted) return;
  pbx.boot();
  await listening.start();
}

async function sayGoodbye(
  clients: Clients,
  shutdown: "Cleanly" | "Uncleanly",
): Promise<void> {
  clients.emit(shutdownEvent(shutdown));
  // Clients that do not read are not waited for.
  const timer = setTimeout(() => clients.cut(), LAST_WORDS_TIME);
  await clients.close();
  clearTimeout(timer);
}

/** The event by which Asterisk says goodbye (main/asterisk.c). */
function shutdownEvent(shutdown: "Cleanly" | "Uncleanly"): AmiFrame {
  return {
    Event: "Shutdown",
    Privilege: "system,all",
    Shutdown: shutdown,
    Restart: "True",
  };
}

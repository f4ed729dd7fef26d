import {
  AmiError,
  type Credentials,
  DAMI,
  type DAMIOptions,
  type ReconnectOptions,
} from "../mod.ts";
import type { AmiServer } from "../src/testing/ami_server.ts";

/** The user of the embedded PBX. */
export const CREDENTIALS: Credentials = {
  username: "admin",
  secret: "mysecret",
};

/** Reconnects without keeping a test waiting. */
export const AT_ONCE: ReconnectOptions = { minDelay: 1, maxDelay: 10 };

/** A DAMI for the embedded PBX. */
export function damiFor(
  { hostname, port }: Pick<AmiServer, "hostname" | "port">,
  options: DAMIOptions = {},
): DAMI {
  return new DAMI({ hostname, port, timeout: 5_000, ...options });
}

/** A DAMI that is logged in and listens. */
export async function listening(
  server: Pick<AmiServer, "hostname" | "port">,
  options: DAMIOptions = {},
): Promise<DAMI> {
  const dami = damiFor(server, options);
  await dami.connectAndLogin(CREDENTIALS);
  await dami.listen();
  // Held events are delivered by a timer, and timers run in their order.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return dami;
}

/** The names of DAMI's own events as they come, with what matters of them. */
export function lifecycleOf(dami: DAMI): string[] {
  const log: string[] = [];
  dami.addEventListener("connect", () => log.push("connect"));
  dami.addEventListener("login", () => log.push("login"));
  dami.addEventListener("disconnect", ({ detail }) => {
    const { reason, error } = detail;
    log.push(`disconnect ${error?.failure ?? reason}`);
  });
  dami.addEventListener("reconnecting", ({ detail }) => {
    log.push(`reconnecting ${detail.attempt}`);
  });
  dami.addEventListener("gap", () => log.push("gap"));
  dami.addEventListener("close", () => log.push("close"));
  dami.addEventListener(
    "error",
    ({ error }) => log.push(`error ${code(error)}`),
  );
  return log;
}

/** Returns the kind of an error, in a word. */
export function code(error: unknown): string {
  if (error instanceof AmiError) return error.code;
  return error instanceof Error ? error.name : String(error);
}

/** Returns the way in which a promise has settled: "resolved", or the error. */
export function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => "resolved", (error: unknown) => error);
}

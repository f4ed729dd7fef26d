/**
 * The PBX of the examples: yours, if the environment names it, else the
 * embedded one, on which calls come and go.
 *
 * ```sh
 * export DAMI_HOSTNAME=192.0.2.1 DAMI_USERNAME=admin DAMI_SECRET=mysecret
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { AmiServer } from "@dami/dami/testing";

/** The address of a PBX, and the user that logs in. */
export interface Pbx extends AsyncDisposable {
  /** The address, as options of `DAMI`. */
  readonly address: { readonly hostname: string; readonly port: number };
  /** The credentials, as `connectAndLogin()` takes them. */
  readonly user: { readonly username: string; readonly secret: string };
  /** The embedded PBX, unless it is yours. */
  readonly server?: AmiServer;
}

/**
 * Finds the PBX that `DAMI_HOSTNAME`, `DAMI_PORT`, `DAMI_USERNAME` and
 * `DAMI_SECRET` name; starts the embedded one if none of them is set.
 */
export function findPbx(): Pbx {
  const hostname = Deno.env.get("DAMI_HOSTNAME");
  const port = Deno.env.get("DAMI_PORT");
  const username = Deno.env.get("DAMI_USERNAME");
  const secret = Deno.env.get("DAMI_SECRET");
  if (!hostname && !port && !username && !secret) return startPbx();
  return {
    address: { hostname: hostname || "127.0.0.1", port: Number(port || 5038) },
    user: { username: username || "admin", secret: secret || "mysecret" },
    // A PBX of yours is not ours to end.
    async [Symbol.asyncDispose]() {},
  };
}

/** Starts an embedded PBX, on which calls come and go. */
export function startPbx(): Pbx {
  console.log("Using the embedded PBX; set DAMI_HOSTNAME to use yours");
  const server = AmiServer.start({
    ringTime: 1_000,
    talkTime: 3_000,
    queues: [{
      name: "support",
      members: [
        { interface: "PJSIP/6001", name: "Alice" },
        { interface: "PJSIP/6002", name: "Bob" },
      ],
    }],
    extensions: { "100": ["AGI(agi:async)", "Hangup()"] },
  });
  const closing = new AbortController();
  const playing = playCalls(server, closing.signal);
  return {
    address: { hostname: server.hostname, port: server.port },
    user: { username: "admin", secret: "mysecret" },
    server,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await server.close();
      await playing;
    },
  };
}

/** Plays one call to the queue after another, until the PBX is closed. */
async function playCalls(
  server: AmiServer,
  closing: AbortSignal,
): Promise<void> {
  while (!closing.aborted) {
    const call = server.queueCall("support", { callerIdNum: "02079460123" });
    await call.ended;
  }
}

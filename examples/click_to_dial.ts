/**
 * An HTTP endpoint that rings a telephone and connects it to a number. It
 * answers with the outcome of the call; a client that goes away meanwhile hangs
 * up.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/click_to_dial.ts 8000
 * curl -X POST 'http://127.0.0.1:8000/?from=6001&to=6002'
 * ```
 *
 * The user of `manager.conf` needs `write = originate,call` and `read = call`.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI, type OriginateOutcome } from "@dami/dami";
import { findPbx } from "./pbx.ts";

const STATUS: Partial<Record<OriginateOutcome, number>> = {
  answered: 200,
  busy: 409,
  rejected: 409,
  "no-answer": 504,
  unreachable: 404,
};

const pbx = findPbx();
const dami = new DAMI({ ...pbx.address, reconnect: true });
await dami.connectAndLogin(pbx.user);
await dami.listen();

async function dial({ method, url, signal }: Request): Promise<Response> {
  const { searchParams } = new URL(url);
  const [from, to] = ["from", "to"].map((name) => searchParams.get(name) ?? "");
  // What comes from outside goes into a dial string only if it is a number.
  if (method !== "POST" || !/^\d+$/.test(`${from}`) || !/^\d+$/.test(`${to}`)) {
    return new Response("POST /?from=NUMBER&to=NUMBER\n", { status: 400 });
  }
  const { outcome, causeText } = await dami.originate({
    Channel: `PJSIP/${from}`,
    Context: "default",
    Exten: to,
    Priority: 1,
    Timeout: 20_000,
  }, { signal, hangUp: true });
  return Response.json({ outcome, causeText }, {
    status: STATUS[outcome] ?? 502,
  });
}

// The first argument is the port; by default a free one is taken.
const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.args[0] ?? 0),
  onListen() {},
}, (request) =>
  dial(request).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return new Response("The call could not be made\n", { status: 502 });
  }));

Deno.addSignalListener("SIGINT", async () => {
  await server.shutdown();
  await dami.disconnect();
  Deno.exit();
});
const { hostname, port } = server.addr;
console.log(`Listening on http://${hostname}:${port}; press Ctrl-C to stop`);

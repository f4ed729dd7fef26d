/**
 * An HTTP endpoint that rings a telephone and connects it to a number. It
 * answers once it is known what became of the call; a client that goes away
 * meanwhile hangs up.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/click_to_dial.ts
 * curl -X POST 'http://127.0.0.1:8000/?from=6001&to=6002'
 * ```
 *
 * The user of `manager.conf` needs `write = originate,call` and `read = call`.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI, type OriginateOutcome } from "@dami/dami";

const STATUS: Partial<Record<OriginateOutcome, number>> = {
  answered: 200,
  busy: 409,
  rejected: 409,
  "no-answer": 504,
  unreachable: 404,
};

const dami = new DAMI({
  hostname: Deno.env.get("DAMI_HOSTNAME") ?? "127.0.0.1",
  port: Number(Deno.env.get("DAMI_PORT") ?? 5038),
  reconnect: true,
});
await dami.connectAndLogin({
  username: Deno.env.get("DAMI_USERNAME") ?? "admin",
  secret: Deno.env.get("DAMI_SECRET") ?? "mysecret",
});
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

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("PORT") ?? 8000),
  onListen: ({ hostname, port }) =>
    console.log(
      `Listening on http://${hostname}:${port}; press Ctrl-C to stop`,
    ),
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

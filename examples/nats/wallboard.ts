/**
 * The wallboard of all PBXs on the bus: it needs a bridge (`dami bridge`), and
 * no connection to a PBX, so that it runs on any machine, as often as wanted.
 *
 * ```sh
 * deno task example --allow-read --allow-sys examples/nats/wallboard.ts
 * ```
 *
 * | environment variable | what it sets |
 * | --- | --- |
 * | `DAMI_NATS` | the server of NATS (`127.0.0.1:4222`) |
 * | `DAMI_NATS_USER` | the user of NATS, who is also the name under which actions are asked for |
 * | `DAMI_NATS_PASSWORD` | the password |
 * | `WALLBOARD_TOKEN` | lets those who open the page with `#token=TOKEN` behind its address pause agents, if the bridge allows `QueuePause` |
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it says where the page is
import { NatsBus } from "@dami/dami/nats";
import { connect } from "@nats-io/transport-node";
import { Wallboard } from "../wallboard/wallboard.ts";

const [port = "8080"] = Deno.args;
const user = Deno.env.get("DAMI_NATS_USER");

const nats = await connect({
  servers: Deno.env.get("DAMI_NATS") ?? "127.0.0.1:4222",
  maxReconnectAttempts: -1,
  ...user !== undefined &&
    { user, pass: Deno.env.get("DAMI_NATS_PASSWORD") ?? "" },
});
using bus = await NatsBus.open(
  nats,
  user === undefined ? {} : { caller: user },
);
const { names } = bus;
if (names.length === 0) {
  console.error("No bridge holds a PBX on this bus: start dami bridge");
  Deno.exit(1);
}
// Those that a bridge holds later join it.
using fleet = bus.fleet(() => true);
await using wallboard = await Wallboard.start({
  pbxs: fleet,
  listen: { hostname: "127.0.0.1", port: Number(port) },
  // An empty token would let everybody in.
  token: Deno.env.get("WALLBOARD_TOKEN") || undefined,
});
console.log(`The wallboard of ${names.join(", ")} is at ${wallboard.url}`);
await wallboard.connect();
const stopped = Promise.withResolvers<void>();
Deno.addSignalListener("SIGINT", stopped.resolve);
if (Deno.build.os !== "windows") {
  Deno.addSignalListener("SIGTERM", stopped.resolve);
}
await stopped.promise;
Deno.exit(0);

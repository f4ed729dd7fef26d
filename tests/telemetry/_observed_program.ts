/**
 * A program that is observed: it asks an embedded PBX for things, has calls in
 * it, and goes on until it is killed. Its first argument is a JSON object of options.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints its progress
import { trace } from "@opentelemetry/api";
import { DAMI } from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { observe } from "../../src/telemetry/telemetry.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { SECRETS } from "../cli/recording/masking/_secrets.ts";
import { settled } from "../_faults.ts";
import { until } from "../_waiting.ts";

const SECRET = "x1y2-very-secret";

const credentials = { username: "metrics-user", secret: SECRET };

const { identities = false, fleet: isFleet = false } = JSON.parse(
  Deno.args[0] ?? "{}",
);

await using server = AmiServer.start({
  ...credentials,
  ringTime: 20,
  talkTime: 200,
  queues: [{
    name: "sales",
    members: [{ interface: "PJSIP/6001", name: "Alice Quillfeather" }],
  }],
});
server.on("Broken", () => ({ Response: "Error", Message: SECRET }));
server.on("WaitEvent", () => {});
server.on("ConfbridgeListRooms", () => ({
  Response: "Error",
  Message: "No active conferences.",
}));

async function oneClient() {
  const dami = new DAMI({ port: server.port, reconnect: { minDelay: 1 } });
  await dami.connectAndLogin(credentials);
  const live = await LivePbx.start(dami);
  const observation = observe(dami, { live, identities });
  return { dami, live, state: () => live.state, observation };
}

async function wholeFleet() {
  const fleet = new Fleet({ berlin: { port: server.port } }, credentials);
  await fleet.start();
  const live = await fleet.live();
  const observation = observe(fleet, { live, identities });
  const state = () => live.state("berlin");
  return { dami: fleet.get("berlin"), live, state, observation };
}

const { dami, live, state, observation } =
  await (isFleet ? wholeFleet() : oneClient());
dami.on("QueueCallerJoin", () => {});

const tracer = trace.getTracer("program");
await tracer.startActiveSpan("job", async (span) => {
  await dami.to("queuestatus", { Queue: "sales" });
  span.end();
});
/** The headers of a frame. */
function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(": ")),
      line.slice(line.indexOf(": ") + 2),
    ]),
  );
}

for (const [direction, lines, secrets] of SECRETS) {
  const { Action = "", ...headers } = headersOf([...lines, ...secrets]);
  if (direction === "received") server.emit(headers);
  // A second login ends nothing here, and is a login of nobody.
  else if (Action !== "Login") await settled(dami.to<string>(Action, headers));
}
await settled(dami.to("Broken", { Key: SECRET }));
await settled(dami.to("ConfbridgeListRooms"));
await settled(dami.to("WaitEvent", { Timeout: 60 }, { timeout: 5 }));
let hasEnded = false;
dami.on("Hangup", () => hasEnded = live.calls.size === 0);
const call = server.queueCall("sales", {
  callerIdNum: "02079460123",
  callerIdName: "Zoe Ravenscroft",
});
await call.ended;
// Its last events are still on their way.
await until(() => hasEnded);
server.cut();
await until(() => dami.stats().reconnects === 1);
await dami.to("Ping");
await until(() => state() === "live");
console.log("done");
for await (const _ of Deno.stdin.readable);
observation[Symbol.dispose]();

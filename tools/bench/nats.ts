/**
 * Measures the bus: how fast events of a PBX are stored by way of a bridge,
 * against a bare publisher of the same bytes, and how fast they are read,
 * against a bare consumer; all on one server, in turns.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/bench/nats.ts
 * ```
 *
 * What matters is the ratio of each round, best by CPU time where others use the
 * machine. The soak is `nats_soak.ts`.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints what it measured
import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { headers, type NatsConnection } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";
import process from "node:process";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, NatsBus } from "../../src/nats/nats.ts";
import { findNats } from "../nats_installation.ts";
import { NatsServer } from "../nats_instance.ts";
import { Pbxs } from "./nats_pbx_process.ts";

const EVENTS = 100_000;
const ROUNDS = 3;
const WINDOW = 256;
const IN_FLIGHT = 3;

const PAYLOAD = JSON.stringify({
  Event: "Newchannel",
  Privilege: "call,all",
  N: 100_000,
  Channel: "PJSIP/6001-000186a0",
  ChannelState: 0,
  ChannelStateDesc: "Down",
  CallerIDNum: "6001",
  CallerIDName: "Alice",
  ConnectedLineNum: "<unknown>",
  ConnectedLineName: "<unknown>",
  Language: "en",
  AccountCode: "",
  Context: "default",
  Exten: "1000",
  Priority: 1,
  Uniqueid: "1795364878.100000",
  Linkedid: "1795364878.100000",
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The cost of an event. */
interface Cost {
  /** Events in a second. */
  readonly rate: number;
  /** CPU time of this process for each (microseconds). */
  readonly cpuTime: number;
}

/** Runs something with a number of events, and shows what it took. */
async function measure(
  name: string,
  count: number,
  run: () => Promise<void>,
): Promise<Cost> {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await run();
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const rate = Math.round(count / seconds);
  const cpuTime = (user + system) / count;
  console.log(
    `${name.padEnd(34)} ${rate} events/s, ${cpuTime.toFixed(1)} µs of CPU each`,
  );
  return { rate, cpuTime };
}

/** Says how near one comes to the other. */
function ratio(one: Cost, bare: Cost): string {
  const byTime = (one.rate / bare.rate).toFixed(2);
  return `${byTime} of bare (${
    (bare.cpuTime / one.cpuTime).toFixed(2)
  } by CPU)`;
}

/** Publishes as fast as can be, with an acknowledgement for each window. */
async function publishBare(nats: NatsConnection): Promise<void> {
  const windows: Promise<unknown>[] = [];
  for (let number = 1; number <= EVENTS; number++) {
    const head = headers();
    head.set("Nats-Msg-Id", `bare:${Date.now()}:${number}`);
    head.set("Dami-At", String(Date.now()));
    const isLast = number % WINDOW === 0 || number === EVENTS;
    if (!isLast) {
      nats.publish("bare.event", PAYLOAD, { headers: head });
      continue;
    }
    windows.push(
      nats.request("bare.event", PAYLOAD, { headers: head, timeout: 20_000 }),
    );
    if (windows.length >= IN_FLIGHT) await windows.shift();
  }
  await Promise.all(windows);
}

async function readBare(nats: NatsConnection, stream: string): Promise<void> {
  // Without a name it is an ordered one, which sees that nothing is missing.
  const consumer = await jetstream(nats).consumers.get(stream, {
    deliver_policy: DeliverPolicy.All,
    filter_subjects: ["dami.event.berlin.>"],
  });
  const messages = await consumer.consume({ max_messages: 5_000 });
  let count = 0;
  for await (const message of messages) {
    JSON.parse(message.string());
    if (++count === EVENTS) break;
  }
}

async function compare(server: NatsServer): Promise<void> {
  await using pbxs = await Pbxs.start(1);
  const nats = await connect({ servers: server.address });
  const jsm = await jetstreamManager(nats);
  await jsm.streams.add({ name: "BARE", subjects: ["bare.>"] });
  const fleet = new Fleet({ berlin: { port: pbxs.ports[0] ?? 0 } }, {
    username: "admin",
    secret: "mysecret",
  });
  await fleet.start();
  await using bridge = new NatsBridge({
    nats,
    fleet,
    spool: { maxEvents: 10 * EVENTS, maxBytes: 2 ** 30 },
  });
  await bridge.start();
  while (!bridge.holds("berlin")) await pause(5);
  const published = () => bridge.stats().pbxs.get("berlin")?.published ?? 0;
  for (let round = 1; round <= ROUNDS; round++) {
    console.log(`Round ${round}`);
    const bare = await measure(
      "A bare publisher",
      EVENTS,
      () => publishBare(nats),
    );
    const before = published();
    const stored = await measure(
      "PBX, bridge, stored",
      EVENTS,
      async () => {
        await pbxs.tell(`go ${EVENTS}`);
        while (published() < before + EVENTS) await pause(2);
      },
    );
    const reader = await connect({ servers: server.address });
    const plain = await measure(
      "A bare consumer",
      EVENTS,
      () => readBare(reader, "DAMI"),
    );
    const bus = await NatsBus.open(reader);
    const read = await measure("events()", EVENTS, async () => {
      let count = 0;
      for await (const { event } of bus.events({ since: "all" })) {
        if (event?.Event === "Newchannel" && ++count === EVENTS) break;
      }
    });
    bus.close();
    await reader.close();
    console.log(
      `stored: ${ratio(stored, bare)}; read: ${ratio(read, plain)}`,
    );
  }
  fleet.close();
  await nats.close();
}

const installation = await findNats();
if (installation === undefined) {
  console.error("There is no nats-server: run deno task nats --install.");
  Deno.exit(1);
}
await using server = await NatsServer.start({ installation });
await compare(server);

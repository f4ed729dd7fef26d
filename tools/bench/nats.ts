/**
 * Measures the bus: how fast events of a PBX are stored by way of a bridge,
 * against a bare publisher of the same bytes, and how fast they are read,
 * against a bare consumer; all on one server, in turns.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/bench/nats.ts
 * deno run -A tools/deno.ts run -A tools/bench/nats.ts --soak 10 --pbxs 200 --rate 250
 * ```
 *
 * `--soak` sends so many events of each PBX in a second, for so many minutes,
 * and kills nats-server once a minute. It sees that none is missing, and shows
 * the memory.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it tells what it measured
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  jetstreamManager,
} from "@nats-io/jetstream";
import { headers, type NatsConnection } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";
import process from "node:process";
import { parseArgs } from "node:util";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, NatsBus } from "../../src/nats/nats.ts";
import { reachableRegistry, withRegistry } from "../deno.ts";
import { findNats } from "../nats_installation.ts";
import { NatsServer } from "../nats_instance.ts";
import { fileURLToPath } from "node:url";

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

/** The PBXs, in a process of their own. */
class Pbxs implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly ports: readonly number[];

  private constructor(child: Deno.ChildProcess, ports: readonly number[]) {
    this.#child = child;
    this.#input = child.stdin.getWriter();
    this.ports = ports;
  }

  static async start(count: number): Promise<Pbxs> {
    const file = fileURLToPath(new URL("./nats_pbxs.ts", import.meta.url));
    const child = new Deno.Command(Deno.execPath(), {
      args: withRegistry(
        ["run", "-A", file, String(count)],
        await reachableRegistry(),
      ),
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    let text = "";
    while (!text.endsWith("]\n")) text += (await reader.read()).value ?? "";
    reader.releaseLock();
    return new Pbxs(child, JSON.parse(text));
  }

  async tell(line: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${line}\n`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#child.status;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Runs something with a number of events, and shows what it took. */
async function measure(
  name: string,
  count: number,
  run: () => Promise<void>,
): Promise<number> {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await run();
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const rate = Math.round(count / seconds);
  const each = ((user + system) / count).toFixed(1);
  console.log(`${name.padEnd(34)} ${rate} events/s, ${each} µs of CPU each`);
  return rate;
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
  const jsm = await jetstreamManager(nats);
  const { name } = await jsm.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    filter_subject: "dami.event.berlin.>",
  });
  const consumer = await jetstream(nats).consumers.get(stream, name);
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
      `stored: ${(stored / bare).toFixed(2)} of bare; read: ${
        (read / plain).toFixed(2)
      } of bare`,
    );
  }
  fleet.close();
  await nats.close();
}

/** Reads until every PBX has sent as many as the others, and sees that none is missing. */
async function soak(
  server: NatsServer,
  minutes: number,
  count: number,
  rate: number,
): Promise<void> {
  await using pbxs = await Pbxs.start(count);
  const nats = await connect({
    servers: server.address,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  const fleet = new Fleet(
    Object.fromEntries(
      pbxs.ports.map((port, index) => [`p${index}`, { port }]),
    ),
    { username: "admin", secret: "mysecret" },
  );
  await fleet.start();
  await using bridge = new NatsBridge({
    nats,
    fleet,
    stream: { maxBytes: 8 * 2 ** 30 },
  });
  await bridge.start();
  while (fleet.names.some((name) => !bridge.holds(name))) await pause(50);
  const bus = await NatsBus.open(nats);
  const last = new Map<string, number>();
  let read = 0;
  let missing = 0;
  let gaps = 0;
  const items = bus.events();
  await items.opened;
  const reading = (async () => {
    for await (const { pbx, event, gap } of items) {
      if (gap !== undefined) gaps++;
      if (event?.Event !== "Newchannel") continue;
      const number = Number(event.N);
      if (number !== (last.get(pbx) ?? 0) + 1) missing++;
      last.set(pbx, number);
      read++;
    }
  })();
  await pbxs.tell(`rate ${rate}`);
  for (let minute = 1; minute <= minutes; minute++) {
    await pause(30_000);
    await server.kill();
    await pause(2_000);
    await server.restart();
    await pause(28_000);
    const { rss, heapUsed } = process.memoryUsage();
    const { spoolBytes, pbxs: figures } = bridge.stats();
    let spooled = 0;
    for (const { spooled: waiting } of figures.values()) spooled += waiting;
    console.log(
      `${minute} min: ${read} read, ${missing} jumps, ${gaps} gaps, ${spooled} wait, heap ${
        Math.round(heapUsed / 2 ** 20)
      } MB, RSS ${Math.round(rss / 2 ** 20)} MB, spool ${
        Math.round(spoolBytes / 2 ** 20)
      } MB, AMI lost ${fleet.stats().total.reconnects} times`,
    );
  }
  await pbxs.tell("rate 0");
  await pause(10_000);
  const sent = Math.max(...last.values());
  const behind = [...last.values()].filter((number) => number < sent).length;
  console.log(`${read} read; ${behind} PBXs have fewer than the others`);
  await items.return();
  await reading;
  bus.close();
  fleet.close();
  await bridge.stop();
  await nats.close();
}

const { values } = parseArgs({
  args: Deno.args,
  options: {
    soak: { type: "string" },
    pbxs: { type: "string", default: "200" },
    rate: { type: "string", default: "250" },
  },
});
const installation = await findNats();
if (installation === undefined) {
  console.error("There is no nats-server: run deno task nats --install.");
  Deno.exit(1);
}
await using server = await NatsServer.start({ installation });
if (values.soak === undefined) await compare(server);
else {
  await soak(
    server,
    Number(values.soak),
    Number(values.pbxs),
    Number(values.rate),
  );
}

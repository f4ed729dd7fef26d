/**
 * A NATS server for each test, and what is on the bus.
 *
 * @module
 */

import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";
import { assertEquals } from "@std/assert";
import { type GapRecord, parseGap } from "../../src/nats/records.ts";
import { findNats } from "../../tools/nats_installation.ts";
import {
  NatsServer,
  type NatsServerOptions,
} from "../../tools/nats_instance.ts";

const installation = await findNats();

/** `true` if there is a NATS server to start. */
export const hasNats: boolean = installation !== undefined;

if (installation === undefined) {
  // deno-lint-ignore no-console -- nobody would know otherwise
  console.error(
    "The tests with NATS are skipped: there is no nats-server of version 2.12 or later (deno run -A tools/nats.ts --install)",
  );
}

/** Adds a test that needs NATS. */
export function natsTest(
  name: string,
  run: (bus: TestBus, t: Deno.TestContext) => Promise<void>,
  options: Partial<NatsServerOptions> = {},
): void {
  Deno.test({
    name,
    ignore: installation === undefined,
    async fn(t) {
      await using bus = await TestBus.start(options);
      await run(bus, t);
    },
  });
}

/** Starts a NATS server. */
export async function startNats(
  options: Partial<NatsServerOptions> = {},
): Promise<NatsServer> {
  if (installation === undefined) throw new Error("There is no nats-server");
  return await NatsServer.start({ installation, ...options });
}

/** A message of the stream. */
export interface Kept {
  /** Its place in the stream. */
  readonly sequence: number;
  readonly subject: string;
  readonly id: string;
  readonly payload: string;
}

/** A NATS server, and connections to it. */
export class TestBus implements AsyncDisposable {
  readonly server: NatsServer;
  readonly #connections: NatsConnection[] = [];

  constructor(server: NatsServer) {
    this.server = server;
  }

  static async start(
    options: Partial<NatsServerOptions> = {},
  ): Promise<TestBus> {
    return new TestBus(await startNats(options));
  }

  /** Opens a connection, which is closed at the end. */
  async connect(
    address = this.server.address,
    user?: string,
  ): Promise<NatsConnection> {
    const connection = await connect({
      servers: address,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
      reconnectJitter: 10,
      ...(user !== undefined && { user, pass: user }),
    });
    this.#connections.push(connection);
    return connection;
  }

  /** Reads everything that the stream keeps. */
  async read(filter = "dami.>", stream = "DAMI"): Promise<Kept[]> {
    const nats = await this.connect();
    const jsm = await jetstreamManager(nats, { checkAPI: false });
    const { state } = await jsm.streams.info(stream, {
      subjects_filter: filter,
    });
    const count = Object.values(state.subjects ?? {})
      .reduce((sum, each) => sum + each, 0);
    const kept: Kept[] = [];
    if (count === 0) return kept;
    const consumer = await jetstream(nats).consumers.get(stream, {
      filter_subjects: [filter],
      deliver_policy: DeliverPolicy.All,
    });
    const messages = await consumer.consume({ max_messages: 5_000 });
    for await (const message of messages) {
      kept.push({
        sequence: message.seq,
        subject: message.subject,
        id: message.headers?.get("Nats-Msg-Id") ?? "",
        payload: message.string(),
      });
      if (kept.length === count) break;
    }
    return kept;
  }

  /** Waits until an event is kept, by its number. */
  async stored(number: number, pbx = "berlin", time = 20_000): Promise<void> {
    const nats = await this.connect();
    const jsm = await jetstreamManager(nats, { checkAPI: false });
    const deadline = performance.now() + time;
    let last = 0;
    while (last < number) {
      try {
        const message = await jsm.streams.getMessage("DAMI", {
          last_by_subj: `dami.event.${pbx}.UserEvent`,
        });
        last = Number(message?.json<{ N: string }>().N ?? 0);
      } catch {
        // The server may be away.
      }
      if (performance.now() > deadline) {
        throw new Error(`The last event is ${last} instead of ${number}`);
      }
      if (last < number) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  /** Closes the connections, but not the server. */
  async closeConnections(): Promise<void> {
    await Promise.all(this.#connections.map((each) => each.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeConnections();
    await this.server[Symbol.asyncDispose]();
  }
}

/** The messages that a stream keeps of a PBX that sent numbered events. */
export interface Account {
  /** The numbers of the events, in their order. */
  readonly numbers: readonly number[];
  /** The gaps, each with the number of the event before it. */
  readonly gaps: readonly (GapRecord & { readonly behind: number })[];
  /** The number of times that a bridge began to publish. */
  readonly epochs: number;
}

/**
 * Reads what is kept of one PBX, and asserts that nothing is there twice, that
 * the order is kept, and that ids have no hole.
 */
export function accountOf(kept: readonly Kept[], pbx = "berlin"): Account {
  const numbers: number[] = [];
  const gaps: (GapRecord & { behind: number })[] = [];
  let epochs = 0;
  let last = { epoch: 0, sequence: 0 };
  let before: string | null = null;
  for (const { subject, id, payload } of kept) {
    const [, kind, of] = subject.split(".");
    if (of !== pbx) continue;
    const [, epoch = 0, sequence = 0] = id.split(":").map(Number);
    if (kind === "epoch") {
      assertEquals(JSON.parse(payload).after, before, `${id} follows`);
      assertEquals(epoch > last.epoch, true, `${id} behind ${before}`);
      assertEquals(sequence, 1, id);
      epochs++;
    } else {
      assertEquals({ epoch, sequence }, {
        epoch: last.epoch,
        sequence: last.sequence + 1,
      }, `behind ${before}`);
    }
    last = { epoch, sequence };
    before = id;
    const gap = kind === "gap" ? parseGap(payload) : undefined;
    if (gap !== undefined) gaps.push({ ...gap, behind: numbers.at(-1) ?? 0 });
    // The PBX itself sends others.
    if (subject.endsWith(".UserEvent")) {
      numbers.push(Number(JSON.parse(payload).N));
    }
  }
  for (const [index, number] of numbers.entries()) {
    const previous = numbers[index - 1] ?? 0;
    if (number <= previous) {
      throw new Error(`Event ${number} came behind ${previous}`);
    }
  }
  return { numbers, gaps, epochs };
}

/** Asserts that every number is there, or in a gap at its place. */
export function assertComplete(account: Account, count: number): void {
  const { numbers, gaps } = account;
  let previous = 0;
  for (const number of [...numbers, count + 1]) {
    const isCovered = number === previous + 1 ||
      gaps.some(({ behind }) => behind === previous);
    if (!isCovered) {
      throw new Error(
        `Nothing says that ${previous + 1} to ${number - 1} are missing`,
      );
    }
    previous = number;
  }
}

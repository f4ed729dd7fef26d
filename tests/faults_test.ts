import { assert, assertEquals } from "@std/assert";
import {
  AmiConnectionError,
  AmiError,
  AmiLimitError,
  type DAMI,
  type DAMIOptions,
} from "../mod.ts";
import { AmiServer, type ReceivedAction } from "../src/testing/ami_server.ts";
import {
  AT_ONCE,
  CREDENTIALS,
  damiFor,
  lifecycleOf,
  listening,
  settled,
} from "./_faults.ts";
import { canCollectGarbage, heapInUse } from "./_memory.ts";
import { Relay } from "./_relay.ts";
import { until, within } from "./_waiting.ts";

/** The target of a fault. */
interface Scene {
  server: AmiServer;
  relay: Relay;
  /** The outcomes of the program's requests. */
  asked: Promise<unknown>[];
  dami: DAMI;
}

/** Something that goes wrong, until it is healed. */
interface Fault {
  name: string;
  strike(scene: Scene): void | Promise<void>;
  heal?(scene: Scene): void | Promise<void>;
  /** `true` if no error of the system reports it. */
  isSilent?: boolean;
  /** Takes effect only where somebody is logged in, or logs in. */
  needsLogin?: boolean;
}

/** The progress of the session when the fault strikes. */
interface Stage {
  name: string;
  reach(scene: Scene): void | Promise<void>;
}

function refuseLogin(server: AmiServer, message: string): () => void {
  return server.on("Login", (action, client) => {
    client.answer(action, { Response: "Error", Message: message });
    client.close();
  });
}

/** The script that a fault or a stage puts in, until it is taken back. */
const lifts = new WeakMap<AmiServer, () => void>();

function lift({ server }: Scene): void {
  lifts.get(server)?.();
}

const FAULTS: Fault[] = [
  { name: "is closed", strike: ({ server }) => server.cut() },
  { name: "is reset", strike: ({ relay }) => relay.reset() },
  { name: "is closed by a restart", strike: ({ server }) => server.restart() },
  {
    name: "is closed by a crash",
    strike: ({ server }) => server.restart({ shutdown: "crash", downFor: 20 }),
  },
  {
    name: "is closed, and refused for a while",
    strike: async ({ server }) => {
      await server.refuse();
      server.cut();
    },
    heal: ({ server }) => server.accept(),
  },
  {
    name: "is closed, and the login is in use for a while",
    strike: ({ server }) => {
      lifts.set(server, refuseLogin(server, "Login Already In Use"));
      server.cut();
    },
    heal: lift,
  },
  {
    name: "is closed, and closed on each login for a while",
    strike: ({ server }) => {
      lifts.set(server, server.on("Login", (_action, client) => client.cut()));
      server.cut();
    },
    heal: lift,
  },
  {
    name: "is closed after garbage",
    strike: async ({ server }) => {
      for (const client of server.clients) {
        client.write(new Uint8Array([0xff, 0, 13, 13, 10, 58, 10, 13, 10]));
        client.write("Event: Numbered\r\nNumber: -1");
        await client.flushed();
        client.cut();
      }
    },
  },
  {
    name: "hangs",
    isSilent: true,
    strike: ({ server }) => server.stall(),
    heal: ({ server }) => server.resume(),
  },
];

const LIVE_STAGES: Stage[] = [
  { name: "when idle", reach: () => {} },
  {
    name: "with an action in flight",
    reach: async ({ server, dami, asked }) => {
      server.on("Reload", () => {});
      asked.push(settled(dami.to("Reload", {}, { timeout: 200 })));
      await server.next("Reload");
    },
  },
  {
    name: "in the middle of a frame",
    reach: async ({ server }) => {
      for (const client of server.clients) {
        client.write("Event: Numbered\r\nNumber: -1");
        await client.flushed();
      }
    },
  },
  {
    name: "in the middle of a list",
    reach: async ({ server, dami, asked }) => {
      server.on("QueueStatus", () => [
        { Response: "Success", EventList: "start" },
        { Event: "QueueParams", Queue: "support" },
      ]);
      asked.push(settled(dami.to("QueueStatus", {}, { timeout: 200 })));
      await server.next("QueueStatus");
    },
  },
];

const CONNECTING_STAGES: Stage[] = [
  {
    name: "before the greeting",
    reach: async ({ server }) => {
      await until(() => server.clients.length > 0);
    },
  },
  {
    name: "at the login",
    reach: async ({ server }) => {
      await server.next("Login");
    },
  },
];

/** Sends numbered events all the time, and knows with which one a session began. */
class Numbers implements Disposable {
  readonly #server: AmiServer;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #begins: number[] = [];
  #next = 0;
  isPaused = false;

  constructor(server: AmiServer) {
    this.#server = server;
    server.on("Login", (_action, _client, standard) => {
      const answer = standard();
      // The client is logged in from here on.
      this.#begins.push(this.#next);
      return answer;
    });
    this.#timer = setInterval(() => {
      if (!this.isPaused) this.emit();
    }, 1);
  }

  emit(): void {
    this.#server.emit({ Event: "Numbered", Number: this.#next++ });
  }

  /** Ends, and returns what the newest session has to have received. */
  end(): number[] {
    clearInterval(this.#timer);
    this.emit();
    const begin = this.#begins.at(-1) ?? 0;
    return Array.from(
      { length: this.#next - begin },
      (_, index) => begin + index,
    );
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** The items of an iterator, and its end. */
interface Iterated {
  numbers: number[];
  error?: unknown;
}

/** Collects the numbers that a DAMI receives. */
function collect(dami: DAMI): { heard: number[]; iterated: Promise<Iterated> } {
  const heard: number[] = [];
  dami.on("Numbered", (event) => heard.push(Number(event.Number)));
  const stream = dami.events("Numbered");
  const iterate = async () => {
    const numbers: number[] = [];
    try {
      for await (const event of stream) numbers.push(Number(event.Number));
      return { numbers };
    } catch (error) {
      return { numbers, error };
    }
  };
  return { heard, iterated: iterate() };
}

/** That everything from a session's login on has come, in order, and nothing twice. */
function assertComplete(numbers: number[], expected: number[]): void {
  const own = numbers.filter((number) => number >= 0);
  assertEquals(own.slice(-expected.length), expected);
  assertEquals(own, [...new Set(own)].toSorted((a, b) => a - b));
}

/** That everything the program has asked for has ended with an error of ours. */
async function assertSettled(asked: Promise<unknown>[]): Promise<void> {
  for (const result of await within(Promise.all(asked))) {
    assert(result instanceof AmiError, String(result));
  }
}

const OPTIONS: DAMIOptions = { connectTimeout: 200, timeout: 200 };

/** A silent fault needs a look at the link, which a busy machine must not take for dead. */
function optionsFor({ isSilent = false }: Fault, isReconnecting: boolean) {
  return {
    ...OPTIONS,
    reconnect: isReconnecting && AT_ONCE,
    keepAlive: isSilent && { interval: 30, timeout: 150 },
  };
}

for (const fault of FAULTS) {
  for (const stage of LIVE_STAGES) {
    // An action of ours that may take long may be what keeps the PBX silent: that is no dead link.
    const isBlocked = fault.isSilent === true && /action/.test(stage.name);
    for (const isReconnecting of [true, false]) {
      const how = isReconnecting ? "with" : "without";
      Deno.test(`a link that ${fault.name} ${stage.name}, ${how} reconnect`, async () => {
        await using server = AmiServer.start();
        await using relay = await Relay.start(server.port);
        await using dami = damiFor(relay, optionsFor(fault, isReconnecting));
        const log = lifecycleOf(dami);
        using numbers = new Numbers(server);
        const { heard, iterated } = collect(dami);
        await dami.connectAndLogin(CREDENTIALS);
        await dami.listen();
        const scene: Scene = { server, relay, dami, asked: [] };
        await until(() => heard.length > 3);
        // What follows half a frame would only be the rest of it.
        numbers.isPaused = true;
        await stage.reach(scene);
        await fault.strike(scene);
        if (isBlocked) {
          await assertSettled(scene.asked);
          assertEquals(log, ["connect", "login"]);
          await fault.heal?.(scene);
          numbers.isPaused = false;
        } else if (isReconnecting) {
          await until(() => log.some((each) => each.startsWith("disconnect")));
          numbers.isPaused = false;
          await assertSettled(scene.asked);
          if (fault.heal !== undefined) {
            await until(() => log.includes("reconnecting 2"));
            assertEquals(dami.state, "reconnecting");
          }
          await fault.heal?.(scene);
          await until(() => log.includes("gap"));
        } else {
          await until(() => log.includes("close"));
          await assertSettled(scene.asked);
          assertEquals(dami.state, "closed");
          const disconnects = log.filter((each) => each.startsWith("disc"));
          assertEquals(disconnects.length, 1);
          await fault.heal?.(scene);
          const { numbers, error } = await within(iterated);
          assertEquals(numbers, heard);
          assert(error instanceof AmiConnectionError, String(error));
          return;
        }
        const count = heard.length;
        await until(() => heard.length > count + 3);
        const expected = numbers.end();
        await until(() => heard.at(-1) === expected.at(-1));
        assertEquals(dami.state, "ready");
        assertComplete(heard, expected);
        assertEquals(await dami.ping(), true);
        dami.close();
        assertEquals(await within(iterated), { numbers: heard });
      });
    }
  }
}

/** Those that can strike before somebody is logged in. */
const EARLY_FAULTS = FAULTS.filter(({ name }) => !/login|garbage/.test(name));

/** Lets a new connection come as far as the stage. */
function holdAt(stage: Stage, server: AmiServer): () => void {
  if (stage.name === "before the greeting") {
    server.stall();
    return () => server.resume();
  }
  return server.on("Login", () => {});
}

for (const fault of EARLY_FAULTS) {
  for (const stage of CONNECTING_STAGES) {
    Deno.test(`a first link that ${fault.name} ${stage.name} rejects connectAndLogin()`, async () => {
      await using server = AmiServer.start();
      await using relay = await Relay.start(server.port);
      await using dami = damiFor(relay, OPTIONS);
      const log = lifecycleOf(dami);
      const release = holdAt(stage, server);
      const asked = [settled(dami.connectAndLogin(CREDENTIALS))];
      const scene: Scene = { server, relay, dami, asked };
      await stage.reach(scene);
      assertEquals(dami.state, "connecting");
      await fault.strike(scene);
      await assertSettled(asked);
      assertEquals(dami.state, "closed");
      assert(!log.includes("login"));
      assert(!log.some((each) => /disconnect|reconnecting|gap/.test(each)));
      release();
      await fault.heal?.(scene);
      await until(() => server.clients.length === 0);
      await within(dami.connectAndLogin(CREDENTIALS));
      assertEquals(dami.state, "ready");
    });

    Deno.test(`a link that ${fault.name} ${stage.name} while reconnecting is restored`, async () => {
      await using server = AmiServer.start();
      await using relay = await Relay.start(server.port);
      await using dami = damiFor(relay, { ...OPTIONS, reconnect: AT_ONCE });
      const log = lifecycleOf(dami);
      using numbers = new Numbers(server);
      const { heard, iterated } = collect(dami);
      await dami.connectAndLogin(CREDENTIALS);
      await dami.listen();
      const asked: Promise<unknown>[] = [];
      const scene: Scene = { server, relay, dami, asked };
      await until(() => heard.length > 3);
      await server.next("Login");
      server.cut();
      const release = holdAt(stage, server);
      await until(() => dami.state === "reconnecting");
      await stage.reach(scene);
      const waiting = settled(dami.to("Ping", {}, { timeout: 5_000 }));
      await fault.strike(scene);
      await until(() => log.includes("reconnecting 2"));
      assertEquals(dami.state, "reconnecting");
      assertEquals(log.filter((each) => each === "login").length, 1);
      release();
      await fault.heal?.(scene);
      await until(() => log.includes("gap"));
      assertEquals(await within(waiting), "resolved");
      const count = heard.length;
      await until(() => heard.length > count + 3);
      const expected = numbers.end();
      await until(() => heard.at(-1) === expected.at(-1));
      assertComplete(heard, expected);
      assertEquals(dami.state, "ready");
      dami.close();
      assertEquals(await within(iterated), { numbers: heard });
    });

    Deno.test(`close() ends all while a link that ${fault.name} ${stage.name} is restored`, async () => {
      await using server = AmiServer.start();
      await using relay = await Relay.start(server.port);
      await using dami = damiFor(relay, { ...OPTIONS, reconnect: AT_ONCE });
      const log = lifecycleOf(dami);
      const { iterated } = collect(dami);
      await dami.connectAndLogin(CREDENTIALS);
      await server.next("Login");
      server.cut();
      const release = holdAt(stage, server);
      await until(() => log.includes("disconnect lost"));
      const asked = [
        settled(dami.to("Ping")),
        settled(dami.originate({ Channel: "PJSIP/6001" })),
      ];
      const scene: Scene = { server, relay, dami, asked };
      await stage.reach(scene);
      await fault.strike(scene);
      dami.close();
      await assertSettled(asked);
      assertEquals(await within(iterated), { numbers: [] });
      assertEquals(dami.state, "closed");
      assertEquals(log.at(-1), "close");
      release();
      await fault.heal?.(scene);
    });
  }
}

// What no program asked for.

Deno.test(
  "answers to ActionIDs that nobody asked for are dropped, and cost no memory",
  {
    ignore: !canCollectGarbage,
  },
  async () => {
    await using server = AmiServer.start();
    await using dami = await listening(server, { events: "user" });
    const [client] = server.clients;
    const ROUNDS = 10;
    const PER_ROUND = 5_000;
    const sizes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      let text = "";
      for (let index = 0; index < PER_ROUND; index++) {
        const id = `nobody-${round}-${index}`;
        text +=
          `Response: Success\r\nActionID: ${id}\r\nEventList: start\r\n\r\n`;
      }
      client?.write(text);
      await dami.to("Ping");
      sizes.push(heapInUse());
    }
    assertEquals(dami.stats().framesDropped, ROUNDS * PER_ROUND);
    assertEquals(dami.stats().actionsPending, 0);
    // Were they kept, each round would add a megabyte and more. The first rounds
    // also fill what stays as it is from then on.
    const [, , first = 0] = sizes;
    const growth = (sizes.at(-1) ?? 0) - first;
    assert(growth < 2_000_000, `grew by ${growth} bytes: ${sizes.join()}`);
  },
);

Deno.test("actions that were given up are forgotten, however many there are", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, {
    limits: { maxPendingActions: 10 },
  });
  const remove = server.on("Ping", () => {});
  for (let round = 0; round < 20; round++) {
    await Promise.all(
      Array.from(
        { length: 10 },
        () => settled(dami.to("Ping", {}, { timeout: 1 })),
      ),
    );
  }
  remove();
  assertEquals(dami.stats().actionsPending, 0);
  assertEquals(await dami.ping(), true);
});

Deno.test("actions that wait while reconnecting are bounded", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, {
    reconnect: AT_ONCE,
    limits: { maxPendingActions: 5 },
  });
  await server.refuse();
  server.cut();
  await until(() => dami.state === "reconnecting");
  const answers = Array.from({ length: 7 }, () => settled(dami.to("Ping")));
  for (const result of await within(Promise.all(answers.slice(5)))) {
    assert(result instanceof AmiLimitError, String(result));
    assertEquals(result.limit, "maxPendingActions");
  }
  await server.accept();
  assertEquals(
    await within(Promise.all(answers.slice(0, 5))),
    Array(5).fill("resolved"),
  );
});

// What a PBX may do without breaking the link.

Deno.test("a PBX that writes in pieces of any size is understood", async () => {
  for (const pieceBytes of [3, 7, 64]) {
    await using server = AmiServer.start({ pieceBytes });
    await using dami = await listening(server, { events: "user" });
    const stream = dami.events("Pieces");
    server.emit({ Event: "Pieces", Name: "Zoë: 1" });
    const [response] = await dami.to("Ping");
    assertEquals(response.Ping, "Pong");
    assertEquals((await within(stream.next())).value?.Name, "Zoë: 1");
  }
});

Deno.test("answers out of order, twice, and between garbage reach their callers alone", async () => {
  await using server = AmiServer.start();
  const waiting: ReceivedAction[] = [];
  server.on("Reload", (action, client) => {
    waiting.unshift(action);
    if (waiting.length < 3) return;
    for (const each of waiting) {
      client.write("neither a response nor an event\r\n\r\n");
      client.answer(each, {
        Response: "Success",
        Module: each.get("Module") ?? "",
      });
      client.answer(each, { Response: "Error", Message: "A second time" });
    }
  });
  await using dami = await listening(server);
  const log = lifecycleOf(dami);
  const answers = await within(Promise.all(
    ["a", "b", "c"].map((Module) => dami.to("Reload", { Module })),
  ));
  assertEquals(answers.map(([response]) => response.Module), ["a", "b", "c"]);
  await dami.to("Ping");
  assertEquals(log, Array(3).fill("error AMI_PROTOCOL"));
  assertEquals(dami.stats().framesDropped, 6);
  assertEquals(dami.state, "ready");
});

Deno.test("a PBX that closes on the login says so by the error of connectAndLogin()", async () => {
  await using server = AmiServer.start();
  const letIn = server.on("Login", (_action, client) => client.cut());
  await using dami = damiFor(server, { reconnect: AT_ONCE });
  const error = await settled(within(dami.connectAndLogin(CREDENTIALS)));
  assert(error instanceof AmiConnectionError, String(error));
  assertEquals(error.failure, "lost");
  assertEquals(dami.state, "closed");
  letIn();
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(dami.state, "ready");
});

import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { AmiAuthenticationError, AmiError } from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { reachableRegistry, withRegistry } from "../../tools/deno.ts";
import { settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import { COMMON } from "./_fleet.ts";
import { fileURLToPath } from "node:url";

/** The number of PBXs that nothing happens to. */
const STEADY = 19;

/** The longest delay of an event or an answer of theirs (milliseconds). */
const LATEST = 50;

/** The time for which they are watched (milliseconds). */
const WINDOW = 300;

/** The most times that they are watched, as a machine that is busy with something else is late itself. */
const WINDOWS = 40;

const FAULTY = "faulty";

/** The PBXs that run in a process of their own. */
interface Pbxs extends AsyncDisposable {
  steady: number[];
  wild: number;
}

async function startPbxs(): Promise<Pbxs> {
  const file = fileURLToPath(new URL("./_pbxs.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(
      ["run", "-A", file, String(STEADY)],
      await reachableRegistry(),
    ),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await within(reader.read(), 20_000);
  const { steady, wild } = JSON.parse(value);
  return {
    steady,
    wild,
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await reader.cancel();
      await child.status;
    },
  };
}

/** Watches the PBXs that nothing happens to. */
class Punctuality {
  readonly #fleet: Fleet;
  #latest = new Map<string, number>();
  /** The delay of the timers of the PBXs, which the machine causes. */
  #machine = 0;
  /** The PBXs that had a gap. */
  readonly gaps: string[] = [];

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    fleet.on("Tick", ({ At, Late }, pbx) => {
      if (pbx === FAULTY) return;
      this.#machine = Math.max(this.#machine, Number(Late));
      const late = Date.now() - Number(At);
      this.#latest.set(pbx, Math.max(late, this.#latest.get(pbx) ?? 0));
    });
    fleet.addEventListener("gap", ({ detail }) => this.gaps.push(detail.pbx));
  }

  /** Asserts that no event and no answer is late. */
  async check(): Promise<void> {
    const seen: number[] = [];
    for (let count = 0; count < WINDOWS; count++) {
      const latest = Math.max(await this.#events(), await this.#answers());
      if (latest <= LATEST + 2 * this.#machine) return;
      seen.push(Math.round(latest));
    }
    throw new Error(`Never in time: ${seen.join(", ")} ms late`);
  }

  async #events(): Promise<number> {
    this.#latest = new Map();
    this.#machine = 0;
    await new Promise((resolve) => setTimeout(resolve, WINDOW));
    if (this.#latest.size < STEADY) return Infinity;
    return Math.max(...this.#latest.values());
  }

  async #answers(): Promise<number> {
    const begin = performance.now();
    const answers = this.#fleet.names.filter((name) => name !== FAULTY)
      .map((name) => this.#fleet.get(name).to("Ping"));
    await within(Promise.all(answers));
    return performance.now() - begin;
  }
}

/** Something that happens to one PBX. */
interface Fault {
  name: string;
  /** Lets it happen, asserts that nobody else is late, and ends it. */
  run(fleet: Fleet, check: () => Promise<void>): Promise<void>;
}

async function gapOf(fleet: Fleet, heal: () => unknown): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  fleet.addEventListener("gap", ({ detail: { pbx } }) => {
    if (pbx === FAULTY) resolve();
  });
  await heal();
  await within(promise, 20_000);
}

/** Two questions: one that waits for an answer, and one that comes when the fault is there. */
function ask(fleet: Fleet): Promise<unknown> {
  return settled(fleet.get(FAULTY).to("Ping", {}, { timeout: 10_000 }));
}

const FAULTS: Fault[] = [
  {
    name: "is killed",
    async run(fleet, check) {
      const server = AmiServer.start();
      const { port } = server;
      await fleet.add(FAULTY, { port });
      server.on("Ping", () => {});
      const asked = ask(fleet);
      await server.next("Ping");
      await server.close();
      assert(await within(asked) instanceof AmiError);
      await check();
      let again: AmiServer | undefined;
      await gapOf(fleet, () => {
        again = AmiServer.start({ port });
      });
      await again?.close();
    },
  },
  {
    name: "hangs",
    async run(fleet, check) {
      await using server = AmiServer.start();
      await fleet.add(FAULTY, {
        port: server.port,
        connectTimeout: 200,
        keepAlive: { interval: 200, timeout: 200 },
      });
      server.stall();
      const asked = ask(fleet);
      await check();
      assert(await within(asked, 15_000) instanceof AmiError);
      await gapOf(fleet, () => server.resume());
    },
  },
  {
    name: "refuses the login after a restart",
    async run(fleet, check) {
      await using server = AmiServer.start();
      await fleet.add(FAULTY, { port: server.port });
      server.on("Login", () => ({
        Response: "Error",
        Message: "Authentication failed",
      }));
      server.cut();
      await until(() => fleet.get(FAULTY).state === "closed");
      assertInstanceOf(fleet.failure(FAULTY), AmiAuthenticationError);
      await check();
      assert(await within(ask(fleet)) instanceof AmiError);
    },
  },
  {
    name: "comes back under another address",
    async run(fleet, check) {
      const server = AmiServer.start();
      const { port } = server;
      await fleet.add(FAULTY, { hostname: ["127.0.0.1", "127.0.0.2"], port });
      const hosts: string[] = [];
      fleet.addEventListener("connect", ({ detail: { pbx, hostname } }) => {
        if (pbx === FAULTY) hosts.push(hostname);
      });
      await server.close();
      await check();
      let again: AmiServer | undefined;
      await gapOf(fleet, () => {
        again = AmiServer.start({ hostname: "127.0.0.2", port });
      });
      assertEquals(hosts.at(-1), "127.0.0.2");
      assertEquals(await fleet.get(FAULTY).ping(), true);
      await again?.close();
    },
  },
];

/** The behaviours of the wild PBX. */
const WILD = { Flood: "floods at full speed", Garbage: "answers garbage" };

Deno.test("nothing that happens to one of 20 PBXs makes another one late", async (t) => {
  await using pbxs = await startPbxs();
  await using fleet = new Fleet(
    Object.fromEntries(
      pbxs.steady.map((port, index) => [`pbx-${index}`, { port }]),
    ),
    COMMON,
  );
  await fleet.start();
  const punctuality = new Punctuality(fleet);
  const check = () => punctuality.check();
  await t.step("and they are in time by themselves", check);
  for (const { name, run } of FAULTS) {
    await t.step(`one that ${name}`, async () => {
      try {
        await run(fleet, check);
      } finally {
        await fleet.remove(FAULTY, { timeout: 1_000 });
      }
    });
  }
  for (const [action, does] of Object.entries(WILD)) {
    await t.step(`one that ${does}`, async () => {
      await fleet.add(FAULTY, { port: pbxs.wild });
      const asked: Promise<unknown>[] = [];
      let errors = 0;
      const count = () => errors++;
      fleet.addEventListener("error", count);
      try {
        await fleet.get(FAULTY).to(action);
        await until(() => fleet.get(FAULTY).stats().bytesReceived > 1_000_000);
        asked.push(ask(fleet));
        await check();
      } finally {
        fleet.removeEventListener("error", count);
        await fleet.remove(FAULTY, { timeout: 100 });
      }
      await within(Promise.all(asked));
      assertEquals(errors > 0, action === "Garbage");
    });
  }
  assert(punctuality.gaps.every((pbx) => pbx === FAULTY));
  assert(punctuality.gaps.length >= 3);
});

/**
 * Helpers that the tests of `LivePbx` with real Asterisk share: phones, and
 * the comparison with what Asterisk itself shows.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { DAMI } from "../../mod.ts";
import {
  type Change,
  type ChangeType,
  LivePbx,
} from "../../src/live/live_pbx.ts";
import { Arrivals, DEADLINE } from "./_arrivals.ts";
import type { AsteriskContext } from "./_asterisk.ts";

/** The pause between two looks (milliseconds). */
const POLL_INTERVAL = 50;

/** Records the changes, from when it is made. */
export class ChangeLog extends Arrivals<Change> {
  readonly #read: Promise<void>;

  constructor(pbx: LivePbx) {
    super();
    this.#read = this.#follow(pbx);
  }

  /** All of one type. */
  of<Type extends ChangeType>(type: Type): Change<Type>[] {
    return this.items.filter((change): change is Change<Type> =>
      change.type === type
    );
  }

  /** Waits for a change of a type. */
  async change<Type extends ChangeType>(
    type: Type,
    matches: (change: Change<Type>) => boolean = () => true,
  ): Promise<Change<Type>> {
    await this.find(
      () => this.of(type).some(matches),
      `change '${type}'`,
    );
    const found = this.of(type).find(matches);
    assert(found !== undefined);
    return found;
  }

  /** Resolves when the iterator has ended. */
  async ended(): Promise<void> {
    await this.#read;
  }

  async #follow(pbx: LivePbx): Promise<void> {
    for await (const change of pbx.changes()) this.add(change);
    this.end();
  }
}

/** Waits until something holds. */
export async function eventually(
  holds: () => boolean,
  what: string | (() => string),
): Promise<void> {
  const deadline = Date.now() + DEADLINE;
  while (!holds()) {
    if (Date.now() > deadline) {
      const wanted = typeof what === "string" ? what : what();
      throw new Error(`Waited in vain for ${wanted}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
  }
}

/** Returns the part of the live state that a snapshot holds, too, in an order of its own. */
export function told(pbx: LivePbx): unknown {
  return {
    channels: sorted(pbx.channels, (channel) => ({
      ...channel,
      // No event reports that an application is over.
      application: "",
      applicationData: "",
      // No snapshot has these, or only to a second.
      createdAt: 0,
      answeredAt: 0,
      heldSince: 0,
      parking: channel.parking && { ...channel.parking, since: 0 },
    })),
    bridges: sorted(pbx.bridges, (bridge) => ({
      ...bridge,
      createdAt: 0,
      channels: bridge.channels.toSorted(),
    })),
    calls: sorted(pbx.calls, (call) => ({
      id: call.id,
      state: call.state === "held" ? "talking" : call.state,
      parties: call.parties.map(({ uniqueid }) => uniqueid).toSorted(),
      talks: call.talks.map(({ parties }) => parties.toSorted()),
      isAnswered: call.answeredAt !== undefined,
    })),
    queues: sorted(pbx.queues, (queue) => ({
      ...queue,
      members: sorted(queue.members, (member) => member),
      callers: queue.callers.map((caller) => ({ ...caller, joinedAt: 0 })),
    })),
    devices: sorted(pbx.devices, (device) => device),
    extensions: sorted(pbx.extensions, (extension) => extension),
    endpoints: sorted(pbx.endpoints, ({ name, contacts }) => ({
      name,
      contacts: contacts.toSorted(),
    })),
  };
}

function sorted<T>(
  records: ReadonlyMap<string, T>,
  told: (record: T) => unknown,
): [string, unknown][] {
  return [...records].sort(([one], [two]) => one < two ? -1 : 1)
    .map(([key, record]) => [key, told(record)]);
}

/** Returns every value in an object, each as a line with its place. */
function lines(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) {
    return [`${path}: ${value}`];
  }
  return Object.entries(value).flatMap(([key, part]) => {
    const isPair = Array.isArray(part) && part.length === 2 &&
      typeof part[0] === "string" && typeof part[1] === "object";
    return isPair
      ? lines(part[1], `${path}/${part[0]}`)
      : lines(part, `${path}/${key}`);
  });
}

/** Returns the lines of the first that the second lacks. */
function difference(one: unknown, two: unknown): string[] {
  const others = new Set(lines(two));
  return lines(one).filter((line) => !others.has(line));
}

/** Fails with nothing but the difference. */
function assertSame(one: unknown, two: unknown, what: string): void {
  assertEquals(difference(one, two), difference(two, one), what);
}

function isEqual(one: unknown, two: unknown): boolean {
  return difference(one, two).length === 0 && difference(two, one).length === 0;
}

/**
 * Asserts that the live state is what another client reads afresh, and what the
 * console of Asterisk prints. The PBX may still be busy for a while.
 */
export async function assertTrue(
  asterisk: AsteriskContext,
  pbx: LivePbx,
  what: string,
): Promise<void> {
  await using other = await asterisk.connect();
  const deadline = Date.now() + 5_000;
  for (;;) {
    // The barrier: everything that happened before its answer was reported before.
    const before = told(pbx);
    using fresh = await LivePbx.start(other, { dialplan: true });
    assertEquals([...fresh.problems], [], what);
    const console = await consoleOf(asterisk);
    const theirs = told(fresh);
    const isTrue = isEqual(told(pbx), theirs) && isEqual(before, theirs) &&
      isEqual(consoleView(pbx), console);
    if (isTrue) return;
    if (Date.now() > deadline) {
      assertSame(told(pbx), theirs, what);
      assertSame(consoleView(pbx), console, what);
      throw new Error(`${what}: the PBX does not come to rest`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
  }
}

/** The channels and queues that the console prints. */
interface ConsoleView {
  channels: string[];
  queues: Record<
    string,
    { counts: string; members: string[]; callers: number }
  >;
}

/** Returns the channels and queues that the console prints. */
async function consoleOf(asterisk: AsteriskContext): Promise<ConsoleView> {
  const channels = (await asterisk.console("core show channels concise"))
    .split("\n").filter((line) =>
      // Those that announce in a conference are shown only here.
      line.includes("!") && !line.startsWith("CBAnn/")
    )
    .map((line) => {
      const fields = line.split("!");
      const [name, context, exten, priority, state] = fields;
      return [
        name,
        context,
        exten,
        priority,
        state,
        fields[7],
        fields[12],
        fields[13],
      ].join("!");
    }).toSorted();
  const queues: ConsoleView["queues"] = {};
  let queue: ConsoleView["queues"][string] | undefined;
  for (const line of (await asterisk.console("queue show")).split("\n")) {
    // sales has 0 calls (max unlimited) in 'rrmemory' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 5s
    const head =
      /^(\S+) has (\d+) calls .* \((\d+)s holdtime, (\d+)s talktime\), W:\d+, C:(\d+), A:(\d+), SL:([\d.]+)%/
        .exec(line);
    if (head !== null) {
      queue = { counts: head.slice(2).join(" "), members: [], callers: 0 };
      queues[head[1] ?? ""] = queue;
    } else if (/^\s+\d+\. /.test(line) && queue !== undefined) {
      queue.callers++;
    } else if (/has taken /.test(line) && queue !== undefined) {
      const paused = line.includes("(paused");
      const taken = /has taken (no|\d+) calls/.exec(line)?.[1] ?? "";
      queue.members.push(
        `${line.trim().split(" (")[0]} ${paused} ${taken}`,
      );
      queue.members.sort();
    }
  }
  return { channels, queues };
}

/** Returns the same for the live state. */
function consoleView(pbx: LivePbx): ConsoleView {
  const channels = [...pbx.channels.values()].map((channel) =>
    [
      channel.name,
      channel.context,
      channel.exten,
      channel.priority,
      channel.state,
      channel.callerIdNum,
      channel.bridgeId,
      channel.uniqueid,
    ].join("!")
  ).toSorted();
  const queues: ConsoleView["queues"] = {};
  const names = [...pbx.queues.keys()];
  for (const name of names) {
    const queue = pbx.queues.get(name);
    if (queue === undefined) continue;
    queues[name] = {
      counts: [
        queue.callers.length,
        queue.holdTime,
        queue.talkTime,
        queue.completed,
        queue.abandoned,
        queue.serviceLevelPerf.toFixed(1),
      ].join(" "),
      members: [...queue.members.values()].map((member) =>
        `${member.name} ${member.isPaused} ${member.callsTaken || "no"}`
      ).toSorted(),
      callers: queue.callers.length,
    };
  }
  return { channels, queues };
}

/**
 * Lets a phone be called, and connects it with an extension when it is picked
 * up.
 *
 * @returns The `Uniqueid` of the phone's channel.
 */
export async function dial(
  dami: DAMI,
  exten: string,
  { phone = "phone", variables = {} }: {
    phone?: string;
    variables?: Record<string, string>;
  } = {},
): Promise<string> {
  const [{ Value }] = await dami.to("Getvar", { Variable: "PHONES" });
  const id = `live-${crypto.randomUUID()}`;
  await dami.to("Originate", {
    Channel: `${Value}/${phone}@live`,
    Context: "live",
    Exten: exten,
    Priority: 1,
    Async: true,
    ChannelId: id,
    CallerID: `"Caller of ${exten}" <100>`,
    Variable: variables,
  });
  return id;
}

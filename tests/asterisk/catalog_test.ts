/**
 * Sends every action of the catalog to real Asterisk, once.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  type ActionData,
  AmiResponseError,
  type DAMI,
  type DAMIData,
} from "../../mod.ts";
import { LISTS, LISTS_OF_ANY_EVENT } from "../../tools/catalog/supplement.ts";
import { type Catalog, joinCatalog } from "../../tools/catalog/catalog.ts";
import { alwaysIn } from "../../tools/catalog/compare.ts";
import { Contradictions } from "../../tools/catalog/contradictions.ts";
import { readDocumentations } from "../../tools/generate_catalog.ts";
import { asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

/** A name that nothing has, so that nothing is done to anybody. */
const NOBODY = "catalog-nobody";

const NO_CHANNEL = `Local/${NOBODY}@${NOBODY}-00000000;1`;

/** The actions that would end the session, or harm the tests that run beside this one. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ["Logoff", "ends the session"],
  ["DAHDIRestart", "ends all calls over DAHDI"],
]);

/** Actions that are given a channel that waits; the others get one that nobody has. */
const ON_A_CHANNEL: ReadonlySet<string> = new Set([
  "AbsoluteTimeout",
  "AOCMessage",
  "ControlPlayback",
  "CoreShowChannelMap",
  "LocalOptimizeAway",
  "MixMonitor",
  "MixMonitorMute",
  "Monitor",
  "MuteAudio",
  "PauseMonitor",
  "PlayDTMF",
  "PlayMF",
  "SendFlash",
  "SendText",
  "StopMixMonitor",
  "StopMonitor",
  "UnpauseMonitor",
]);

/** Parameters beyond those that are needed, or other than the name of nobody. */
const PARAMETERS: Readonly<Record<string, ActionData>> = {
  AbsoluteTimeout: { Timeout: 60 },
  AOCMessage: { MsgType: "D", ChargeType: "FREE" },
  Challenge: { AuthType: "MD5" },
  Command: { Command: "core show uptime" },
  ConfbridgeList: { Conference: NOBODY },
  CreateConfig: { Filename: `${NOBODY}.conf` },
  DAHDIShowChannels: {},
  DBGet: { Family: `${NOBODY}-kept`, Key: "key" },
  Events: { EventMask: "on" },
  ExtensionState: { Exten: 2000, Context: "default" },
  FAXSession: { SessionNumber: 0 },
  Filter: { Operation: "Add", Filter: `!${NOBODY}` },
  GetConfig: { Filename: "queues.conf" },
  GetConfigJSON: { Filename: "queues.conf" },
  Getvar: { Variable: "EPOCH" },
  Hangup: { Channel: `/^${NOBODY}$/` },
  ListCategories: { Filename: "queues.conf" },
  MailboxCount: { Mailbox: "1@default" },
  MailboxStatus: { Mailbox: "1@default" },
  MessageSend: { To: `pjsip:${NOBODY}`, Destination: `pjsip:${NOBODY}` },
  MixMonitor: { File: `${NOBODY}-mixed.wav` },
  MixMonitorMute: { State: 1, Direction: "both" },
  Monitor: { File: `${NOBODY}-monitored` },
  MuteAudio: { State: "on", Direction: "all" },
  PlayDTMF: { Digit: 1 },
  PlayMF: { Digit: 1 },
  PresenceState: { Provider: `CustomPresence:${NOBODY}` },
  ModuleCheck: { Module: "app_queue" },
  ModuleLoad: { Module: NOBODY, LoadType: "load" },
  MWIGet: { Mailbox: "/." },
  Originate: {
    Channel: "Local/answer@tests",
    Application: "Hangup",
    Async: true,
  },
  PJSIPHangup: { Channel: `/^${NOBODY}$/` },
  PJSIPShowEndpoint: { Endpoint: 6001 },
  QueueReload: { Queue: NOBODY, Parameters: "yes" },
  QueueReset: { Queue: NOBODY },
  Reload: { Module: NOBODY },
  Setvar: { Variable: "CATALOG_TEST", Value: 1 },
  SIPnotify: { Channel: "127.0.0.1:9", Variable: "Event=none" },
  UpdateConfig: {
    SrcFilename: `${NOBODY}.conf`,
    DstFilename: `${NOBODY}.conf`,
  },
  WaitEvent: { Timeout: 1 },
};

/** The names of the actions, and what each needs, as the catalog says. */
async function catalogued(): Promise<Map<string, string[]>> {
  const text = await Deno.readTextFile(
    new URL("../../src/catalog/actions.ts", import.meta.url),
  );
  const actions = new Map<string, string[]>();
  let required: string[] = [];
  for (const line of text.split("\n")) {
    const [, action] = /^ {2}(\w+): \{$/.exec(line) ?? [];
    const [, parameter] = /^ {4}"?([\w-]+)"?:/.exec(line) ?? [];
    if (action !== undefined) actions.set(action, required = []);
    else if (parameter !== undefined) required.push(parameter);
  }
  return actions;
}

function parametersOf(
  action: string,
  required: readonly string[],
  channel: string,
): ActionData {
  const given = ON_A_CHANNEL.has(action) ? channel : NO_CHANNEL;
  const filled = required.map((name) => [
    name,
    name.startsWith("Channel") ? given : NOBODY,
  ]);
  return { ...Object.fromEntries(filled), ...PARAMETERS[action] };
}

/** Takes the answers to actions. */
type OnAnswer = (
  action: string,
  response: DAMIData,
  events: readonly DAMIData[],
) => void;

/** Sends an action, and says what came of it. */
async function outcomeOf(
  dami: DAMI,
  action: string,
  data: ActionData,
  onAnswer: OnAnswer = () => {},
): Promise<string> {
  try {
    const [response, ...events] = await dami.to<string>(action, data);
    onAnswer(action, response, events);
    if (events.length === 0) return String(response.Response ?? "text");
    const completion = events.at(-1)?.Event;
    assertEquals(
      completion,
      LISTS.get(action)?.completion ?? LISTS_OF_ANY_EVENT.get(action),
      action,
    );
    const items = LISTS.get(action)?.items;
    for (const { Event } of items === undefined ? [] : events.slice(0, -1)) {
      assert(items?.includes(String(Event)), `${action} has items ${Event}`);
    }
    return `list of ${events.length - 1}`;
  } catch (error) {
    if (!(error instanceof AmiResponseError)) throw error;
    return /unknown command|Permission denied/i.test(error.message)
      ? "not there"
      : "error";
  }
}

/** Calls somebody who waits, and gives the name of the channel. */
async function call(dami: DAMI, log: EventLog): Promise<string> {
  const id = crypto.randomUUID();
  await dami.to("Originate", {
    Channel: "Local/hold@tests",
    Application: "Wait",
    Data: 60,
    Async: true,
    ChannelId: id,
    OtherChannelId: `${id}-other`,
  });
  // It is up, and stays so.
  await log.find(
    (event) =>
      event.Event === "Newexten" && event.Uniqueid === `${id}-other` &&
      event.Application === "Wait",
    "the call",
  );
  return String((await log.named("Newchannel", "Uniqueid", id)).Channel);
}

/** The outcome of each action, by version. */
const outcomes = new Map<number, Map<string, string>>();

asteriskTest(
  "Every action of the catalog settles, and every list ends by itself",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    await dami.listen();
    const channel = await call(dami, new EventLog(dami));
    const kept = { Family: `${NOBODY}-kept`, Key: "key", Val: 1 };
    await dami.to("DBPut", kept);
    const found = new Map<string, string>();
    outcomes.set(asterisk.major, found);
    for (const [action, required] of await catalogued()) {
      if (LEFT_OUT.has(action)) continue;
      found.set(
        action,
        await outcomeOf(
          dami,
          action,
          parametersOf(action, required, channel),
        ),
      );
    }
    await dami.to("Hangup", { Channel: channel });
    await dami.to("DBDelTree", { Family: kept.Family });
    await dami.to("DBDelTree", { Family: NOBODY });
    assertEquals(dami.state, "ready");
    assertEquals(found.size + LEFT_OUT.size, (await catalogued()).size);
    // Nearly all of its own are there; others need hardware, or are of another version.
    const answered = [...found.values()].filter((what) => what !== "not there");
    assert(answered.length > 100, String(answered.length));
  },
);

/** Returns the documented names, where the documentation of both versions is installed. */
async function knownCatalog(): Promise<Catalog | undefined> {
  try {
    return joinCatalog(await readDocumentations());
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The extensions whose calls have the most headers, and the event that each is known by. */
const SCENES: readonly (readonly [extension: string, event: string])[] = [
  ["roomcatalog", "ConfbridgeJoin"],
  ["park", "ParkedCall"],
  ["queue", "AgentConnect"],
  ["async-agi", "AsyncAGIStart"],
  ["busy", "Hangup"],
  ["unreachable", "Hangup"],
  ["iax", "DialEnd"],
];

asteriskTest("No value contradicts its type", async (asterisk) => {
  const catalog = await knownCatalog();
  if (catalog === undefined) return;
  const contradictions = new Contradictions(catalog);
  const always = new Map(
    catalog.events.map((event) => [event.name, alwaysIn(event)]),
  );
  const responses = new Map(
    catalog.actions.map(({ name, response }) => [name, response]),
  );
  await using dami = await asterisk.connect();
  await dami.listen();
  const log = new EventLog(dami);
  const found = new Set<string>();
  const channels: string[] = [];
  for (const [extension, event] of SCENES) {
    const ChannelId = `catalog-${crypto.randomUUID()}`;
    channels.push(ChannelId);
    await dami.to("Originate", {
      Channel: `Local/${extension}@tests`,
      Application: "Wait",
      Data: 60,
      CallerID: '"Nobody" <5550100>',
      Account: 4711,
      Async: true,
      ChannelId,
      OtherChannelId: `${ChannelId}-other`,
    });
    await log.find(
      ({ Event, Linkedid, ParkeeLinkedid }) =>
        Event === event && [Linkedid, ParkeeLinkedid].includes(ChannelId),
      `${event} of ${extension}`,
    );
  }
  const checkEvent = (event: DAMIData) => {
    for (const line of contradictions.inEvent(event)) found.add(line);
    for (const header of always.get(String(event.Event)) ?? []) {
      if (event[header] === undefined) {
        found.add(`${event.Event} came without ${header}`);
      }
    }
  };
  let answers = 0;
  const check: OnAnswer = (action, response, events) => {
    answers++;
    for (const line of contradictions.inResponse(response, action)) {
      found.add(line);
    }
    for (const { name: header, isAlways } of responses.get(action) ?? []) {
      // What is counted, such as Category-000000, is there or not.
      if (header.endsWith("-000000")) continue;
      if (isAlways && response[header] === undefined) {
        found.add(`the answer to ${action} came without ${header}`);
      }
    }
    for (const event of events) checkEvent(event);
  };
  const required = await catalogued();
  const asked = new Set([
    ...LISTS.keys(),
    ...catalog.actions.filter(({ response }) => response.length > 0)
      .map(({ name }) => name),
  ]);
  for (const action of asked) {
    const data = parametersOf(action, required.get(action) ?? [], NO_CHANNEL);
    await outcomeOf(dami, action, data, check);
  }
  for (const peer of ["6001", "6002", "6101", "trunk"]) {
    await outcomeOf(dami, "SIPshowpeer", { Peer: peer }, check);
    await outcomeOf(dami, "PJSIPShowEndpoint", { Endpoint: peer }, check);
  }
  // Only its own: other tests have calls on the same Asterisk.
  for (const Channel of channels) {
    await dami.to("Hangup", { Channel }).catch(() => {});
  }
  for (const event of log.items) checkEvent(event);
  assertEquals([...found], []);
  assert(answers > 30, String(answers));
  assert(log.items.length > 200, String(log.items.length));
});

Deno.test.afterAll(async () => {
  if (outcomes.size === 0) return;
  const versions = [...outcomes.keys()].toSorted((a, b) => a - b);
  const row = (cells: readonly string[]) =>
    cells.map((cell) => cell.padEnd(20)).join("").trimEnd();
  const lines = [row(["action".padEnd(44), ...versions.map(String)])];
  for (const action of (await catalogued()).keys()) {
    const cells = versions.map((version) =>
      outcomes.get(version)?.get(action) ?? "left out"
    );
    lines.push(row([action.padEnd(44), ...cells]));
  }
  // deno-lint-ignore no-console -- the table that this test is for
  console.log(lines.join("\n"));
});

import { assert, assertEquals } from "@std/assert";
import { DAMI, type DAMIData } from "../../mod.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { DamiRun } from "../cli/_run.ts";
import { DEADLINE } from "./_arrivals.ts";
import { type AsteriskContext, asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

/** The lists that are asked for while a session is recorded. */
const ASKED: readonly [action: string, data: Record<string, string>][] = [
  ["QueueStatus", { Queue: "support" }],
  ["QueueStatus", { Queue: "sales" }],
  ["PJSIPShowEndpoints", {}],
  ["PJSIPShowEndpoint", { Endpoint: "6001" }],
  ["GetConfig", { Filename: "queues.conf" }],
  ["GetConfigJSON", { Filename: "queues.conf" }],
  ["CoreSettings", {}],
  ["IAXpeers", {}],
  ["ListCommands", {}],
  ["Command", { Command: "dialplan show default" }],
];

/** The recording, and what another client has received meanwhile. */
interface Recorded extends AsyncDisposable {
  path: string;
  events: readonly DAMIData[];
  answers: DAMIData[][];
}

/** Waits until a file holds a text. */
async function untilFileHolds(path: string, text: string): Promise<void> {
  const late = Date.now() + DEADLINE;
  while (Date.now() < late) {
    const found = await Deno.readTextFile(path).catch(() => "");
    if (found.includes(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${text} was not recorded in time`);
}

/** Marks a time for all clients; masking names leaves UUIDs as they are. */
async function mark(dami: DAMI, log: EventLog): Promise<string> {
  const id = crypto.randomUUID();
  await dami.to("UserEvent", { UserEvent: "Mark", Mark: id });
  await log.named("UserEvent", "Mark", id);
  return id;
}

/** The events from one mark to another. */
function between(
  events: readonly DAMIData[],
  begin: string,
  end: string,
): DAMIData[] {
  return events.slice(
    events.findIndex((event) => event["Mark"] === begin),
    events.findIndex((event) => event["Mark"] === end) + 1,
  );
}

/** A call whose caller somebody could recognize, up to its end. */
async function call(dami: DAMI, log: EventLog): Promise<void> {
  const id = crypto.randomUUID();
  await dami.to("Originate", {
    Channel: "Local/values@tests",
    Application: "Wait",
    Data: 60,
    Async: true,
    CallerID: '"Zoë Müller" <4930123456>',
    ChannelId: id,
    OtherChannelId: `${id}-other`,
  });
  for (const leg of [id, `${id}-other`]) {
    await log.named("Hangup", "Uniqueid", leg);
  }
}

/** Records a call and lists, while another client listens beside. */
async function record(
  asterisk: AsteriskContext,
  options: readonly string[],
): Promise<Recorded> {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/session.dami`;
  const { hostname, port } = asterisk.options;
  const { username, secret } = asterisk.credentials;
  const asked = ASKED.flatMap(([action, data]) => [
    "--do",
    [
      action,
      ...Object.entries(data).map(([name, value]) => `${name}="${value}"`),
    ].join(" "),
  ]);
  await using dami = await asterisk.connect({ integers: false });
  await dami.listen();
  const log = new EventLog(dami);
  await using run = new DamiRun([
    "record",
    path,
    "--hostname",
    hostname,
    "--port",
    `${port}`,
    "--username",
    username,
    ...asked,
    ...options,
  ], { env: { DAMI_SECRET: secret } });
  // The last list was asked for.
  await untilFileHolds(path, "Action: Command");
  const begin = await mark(dami, log);
  await call(dami, log);
  const end = await mark(dami, log);
  await untilFileHolds(path, end);
  run.kill("SIGINT");
  const { code, errors } = await run.finished();
  assertEquals(code, 130, errors);
  const answers: DAMIData[][] = [];
  for (const [action, data] of ASKED) {
    answers.push(await dami.to<string>(action, data));
  }
  return {
    path,
    events: between(log.items, begin, end),
    answers,
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

/** Returns what the recording gives to a client. */
async function replay(
  { path, events }: Recorded,
): Promise<{ events: DAMIData[]; answers: DAMIData[][] }> {
  await using server = await AmiServer.replay(path, { speed: Infinity });
  await using dami = new DAMI({ port: server.port, integers: false });
  const log = new EventLog(dami);
  await dami.connectAndLogin({ username: "any", secret: "any" });
  await dami.listen();
  const marks = [events.at(0), events.at(-1)].map((event) =>
    String(event?.["Mark"])
  );
  for (const id of marks) await log.named("UserEvent", "Mark", id);
  const answers: DAMIData[][] = [];
  for (const [action, data] of ASKED) {
    answers.push(await dami.to<string>(action, data));
  }
  const [begin = "", end = ""] = marks;
  return { events: between(log.items, begin, end), answers };
}

/** Answers without what another asking changes. */
function comparable(answers: readonly DAMIData[][]): unknown[] {
  return answers.map((frames) =>
    frames.map(({ ActionID: _id, ...frame }) => frame)
  );
}

asteriskTest(
  "a session that was recorded gives the same events and lists when it is replayed",
  async (asterisk) => {
    await using recorded = await record(asterisk, [
      "--keep-numbers",
      "--keep-names",
      "--keep-addresses",
    ]);
    const replayed = await replay(recorded);
    assertEquals(replayed.events, [...recorded.events]);
    const expected = recorded.answers.map((frames) =>
      frames.map((frame) => ({
        ...frame,
        ...(frame["Password"] === undefined ? {} : { Password: "********" }),
      }))
    );
    assertEquals(comparable(replayed.answers), comparable(expected));
  },
);

asteriskTest(
  "a masked session identifies nobody, and can still be followed",
  async (asterisk) => {
    await using recorded = await record(asterisk, []);
    const text = await Deno.readTextFile(recorded.path);
    const { secret } = asterisk.credentials;
    const personal = [
      secret,
      "unsafe",
      "4930123456",
      "Zoë",
      "Müller",
      "Alice",
      "Jones",
      "Bob",
      "Smith",
      "Söhne",
    ];
    for (const each of personal) assert(!text.includes(each), each);

    const { events, answers } = await replay(recorded);
    // A header such as ChanVariable(PJSIP/6001-00000001) has a channel in its name.
    const shape = (events: readonly DAMIData[]) =>
      events.map((event) =>
        Object.entries(event).map(([name, value]) => [
          name.replace(/\(.*/, ""),
          Array.isArray(value) ? value.length : 1,
        ])
      );
    assertEquals(shape(events), shape(recorded.events));
    const followed = [
      "Event",
      "Uniqueid",
      "Linkedid",
      "DestUniqueid",
      "BridgeUniqueid",
      "ChannelStateDesc",
      "Cause-txt",
      "Timestamp",
    ];
    for (const name of followed) {
      assertEquals(
        events.map((event) => event[name]),
        recorded.events.map((event) => event[name]),
      );
    }
    // The same channel, number or name is masked in the same way everywhere.
    const masks = new Map<unknown, unknown>();
    for (const [index, event] of recorded.events.entries()) {
      for (const name of ["Channel", "CallerIDNum", "CallerIDName", "Exten"]) {
        const value = event[name];
        const masked = events[index]?.[name];
        assertEquals(masks.get(value) ?? masked, masked, `${name} ${value}`);
        masks.set(value, masked);
      }
    }
    assertEquals(new Set(masks.values()).size, masks.size);
    assertEquals(
      answers.map((frames) => frames.map((frame) => frame["Event"])),
      recorded.answers.map((frames) => frames.map((frame) => frame["Event"])),
    );
  },
);

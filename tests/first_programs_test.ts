/**
 * The programs that most people write first, each as short as it can be, with
 * nothing but the public entry points, without a cast: they have to compile,
 * and to run on the embedded PBX as they do on Asterisk.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { AmiConnectionError, AmiResponseError, DAMI } from "@dami/dami";
import { LivePbx, type QueueMember } from "@dami/dami/live";
import { AmiServer, type AmiServerOptions } from "@dami/dami/testing";
import { until, within } from "./_waiting.ts";

const USER = { username: "admin", secret: "mysecret" };

/** An office: phones of every kind, and extensions that dial them. */
const OFFICE: AmiServerOptions = {
  ringTime: 1,
  talkTime: 600_000,
  endpoints: [
    { name: "6001", contact: "sip:6001@127.0.0.1" },
    { name: "6002", contact: "sip:6002@127.0.0.1", onCall: "busy" },
    { name: "6003", contact: "sip:6003@127.0.0.1", onCall: "no-answer" },
    { name: "6004", contact: "sip:6004@127.0.0.1", onCall: "rejected" },
    { name: "6005" },
    { name: "6006", contact: "sip:6006@127.0.0.1" },
  ],
  extensions: {
    "100": ["Answer()", "Wait(600)", "Hangup()"],
    "5002": ["Dial(PJSIP/6002,1)", "Hangup()"],
    "5003": ["Dial(PJSIP/6003,0.02)", "Hangup()"],
    "5006": ["Dial(PJSIP/6006,10)", "Hangup()"],
  },
};

/** Registers a program: it gets a PBX, a client of it, and what it prints is compared. */
function program(
  what: string,
  run: (
    dami: DAMI,
    print: (...texts: unknown[]) => void,
    server: AmiServer,
  ) => Promise<void>,
  printed: readonly string[],
): void {
  Deno.test(`the first program that ${what}`, async () => {
    await using server = AmiServer.start(OFFICE);
    const { port } = server;
    await using dami = new DAMI({ port, reconnect: { minDelay: 1 } });
    await dami.connectAndLogin(USER);
    const lines: string[] = [];
    await run(dami, (...texts) => void lines.push(texts.join(" ")), server);
    assertEquals(lines, [...printed]);
  });
}

/** A call from a phone to an extension. */
function call(dami: DAMI, Exten: string, Channel = "PJSIP/6001") {
  return dami.originate({
    Channel,
    Context: "default",
    Exten,
    Priority: 1,
    CallerID: "Eve <0301234>",
    Timeout: 30,
  });
}

program(
  "dials at a click",
  async (dami, print) => {
    for (const phone of ["6001", "6002", "6003", "6004", "6005"]) {
      const { outcome, causeText } = await call(dami, "100", `PJSIP/${phone}`);
      print(phone, outcome, causeText);
    }
    try {
      await call(dami, "9999");
    } catch (error) {
      if (!(error instanceof AmiResponseError)) throw error;
      print(error.response.Message);
    }
  },
  [
    "6001 answered ",
    "6002 busy User busy",
    "6003 no-answer User alerting, no answer",
    "6004 rejected Call Rejected",
    "6005 unreachable ",
    "Extension does not exist.",
  ],
);

program(
  "reports missed calls",
  async (dami, print, server) => {
    using pbx = await LivePbx.start(dami);
    print(pbx.state, pbx.problems.size);
    let ended = 0;
    pbx.addEventListener("call-ended", ({ detail: { record } }) => {
      ended++;
      const { caller, dialed, disposition } = record;
      if (disposition === "connected") return;
      print(caller?.number, "called", dialed, disposition);
    });
    await call(dami, "5002");
    await until(() => ended === 1);
    await call(dami, "5003");
    await until(() => ended === 2);
    await call(dami, "100", "PJSIP/6003");
    await until(() => ended === 3);
    const { uniqueid } = await call(dami, "5006");
    await until(() => pbx.bridges.size === 1);
    await dami.to("Hangup", { Channel: uniqueid });
    await until(() => ended === 4);
    server.queueCall("sales", { callerIdNum: "0307777", patience: 1 });
    await until(() => ended === 5);
  },
  [
    "live 0",
    "0301234 called 5002 busy",
    "0301234 called 5003 no-answer",
    "0301234 called 100 no-answer",
    "0307777 called sales abandoned",
  ],
);

program(
  "warns of the longest wait",
  async (dami, print, server) => {
    using pbx = await LivePbx.start(dami);
    const longest = () =>
      [...pbx.queues.values()].flatMap(({ callers }) => callers)
        .toSorted((one, two) => one.joinedAt - two.joinedAt).at(0);
    const first = server.queueCall("sales", { callerIdNum: "0301" });
    await until(() => longest() !== undefined);
    server.queueCall("support", { callerIdNum: "0302", onRing: () => "busy" });
    await until(() => pbx.queues.get("support")?.callers.length === 1);
    print(longest()?.queue, longest()?.callerIdNum);
    first.hangUp();
    await until(() => longest()?.callerIdNum === "0302");
    print(longest()?.queue);
  },
  ["sales 0301", "support"],
);

program(
  "shows and moves agents",
  async (dami, print, server) => {
    using pbx = await LivePbx.start(dami);
    const status = (
      { isPaused, pausedReason, isInCall, state }: QueueMember,
    ): string => {
      if (isPaused) return `paused for ${pausedReason}`;
      if (isInCall) return "in a call";
      return state === "NOT_INUSE" ? "ready" : state;
    };
    const agent = { Queue: "sales", Interface: "PJSIP/6006" };
    const carol = () => pbx.queues.get("sales")?.members.get("PJSIP/6006");
    const show = () => {
      const member = carol();
      print(member === undefined ? "gone" : status(member));
    };
    await dami.to("QueueAdd", { ...agent, MemberName: "Carol" });
    await until(() => carol() !== undefined);
    show();
    await dami.to("QueuePause", { ...agent, Paused: true, Reason: "lunch" });
    await until(() => carol()?.isPaused === true);
    show();
    await dami.to("QueuePause", { ...agent, Paused: false });
    const { hangUp } = server.queueCall("sales");
    await until(() => carol()?.isInCall === true);
    show();
    hangUp();
    await until(() => carol()?.isInCall === false);
    await dami.to("QueueRemove", agent);
    await until(() => carol() === undefined);
    show();
  },
  ["ready", "paused for lunch", "in a call", "gone"],
);

program(
  "keeps a log of calls",
  async (dami, print) => {
    using pbx = await LivePbx.start(dami);
    const ended = Promise.withResolvers<void>();
    pbx.addEventListener("call-ended", ({ detail: { record } }) => {
      const { caller, dialed, disposition, talks, legs, talkTime } = record;
      print(caller?.name, caller?.number, dialed, disposition, talkTime > 0);
      for (const { parties } of talks) {
        const devices = parties.map((id) =>
          legs.find(({ uniqueid }) => uniqueid === id)?.device
        );
        print(devices.join(" with "));
      }
      ended.resolve();
    });
    const { uniqueid } = await call(dami, "5006");
    await until(() => pbx.bridges.size === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await dami.to("Hangup", { Channel: uniqueid });
    await within(ended.promise);
  },
  [
    "Eve 0301234 5006 connected true",
    "PJSIP/6001 with PJSIP/6006",
  ],
);

program(
  "works with variables",
  async (dami, print) => {
    await dami.listen();
    const set = Promise.withResolvers<void>();
    dami.on("VarSet", ({ Variable, Value }) => {
      if (Variable !== "NOTE") return;
      print("VarSet", Value);
      set.resolve();
    });
    const { uniqueid: Channel } = await dami.originate({
      Channel: "PJSIP/6001",
      Context: "default",
      Exten: "100",
      Priority: 1,
      Variable: { ORDER: "0066", GREETING: 'Hello, "all"' },
    });
    const get = async (Variable: string): Promise<string> =>
      (await dami.to("Getvar", { Channel, Variable }))[0].Value;
    print(await get("ORDER"), await get("GREETING"), await get("MISSING"));
    print(await get("CHANNEL(state)"), await get("CALLERID(num)"));
    await dami.to("Setvar", { Channel, Variable: "NOTE", Value: `O'Brien` });
    await within(set.promise);
    print(await get("NOTE"));
  },
  [
    '0066 Hello, "all" ',
    "Up 6001",
    "VarSet O\\'Brien",
    "O'Brien",
  ],
);

program(
  "changes the configuration",
  async (dami, print) => {
    const lines = async (Filename: string, Category: string) => {
      const [file] = await dami.to("GetConfig", { Filename, Category });
      return Object.entries(file).flatMap(([name, line]) =>
        name.startsWith("Line-") ? [line] : []
      ).join(" ");
    };
    print(await lines("queues.conf", "sales"));
    await dami.to("UpdateConfig", {
      SrcFilename: "queues.conf",
      DstFilename: "queues.conf",
      Reload: "app_queue",
      "Action-000000": "Append",
      "Cat-000000": "sales",
      "Var-000000": "member",
      "Value-000000": ">PJSIP/6006,0,Nina",
    });
    print(await lines("queues.conf", "sales"));
    const [, ...items] = await dami.to("QueueStatus", { Queue: "sales" });
    for (const item of items) {
      if (item.Event === "QueueMember") print(item.Name, item.Location);
    }
  },
  [
    "strategy=rrmemory",
    "strategy=rrmemory member=PJSIP/6006,0,Nina",
    "Nina PJSIP/6006",
  ],
);

program(
  "keeps things in the database",
  async (dami, print) => {
    const get = async (Family: string, Key: string) => {
      try {
        const [, ...entries] = await dami.to("DBGet", { Family, Key });
        for (const entry of entries) {
          if (entry.Event === "DBGetResponse") return entry.Val;
        }
      } catch (error) {
        if (!(error instanceof AmiResponseError)) throw error;
      }
      return undefined;
    };
    await dami.to("DBPut", { Family: "ivr", Key: "open", Val: "0066" });
    await dami.to("DBPut", { Family: "ivr", Key: "shop/open", Val: "yes: no" });
    print(await get("ivr", "open"), await get("ivr", "missing"));
    const [, ...tree] = await dami.to("DBGetTree", { Family: "ivr" });
    for (const entry of tree) {
      if (entry.Event === "DBGetTreeResponse") print(entry.Key, entry.Val);
    }
    await dami.to("DBDel", { Family: "ivr", Key: "open" });
    print(await get("ivr", "open"));
  },
  ["0066 ", "/ivr/open 0066", "/ivr/shop/open yes: no", ""],
);

program(
  "survives a restart, and says what it has missed",
  async (dami, print, server) => {
    using pbx = await LivePbx.start(dami);
    const gap = Promise.withResolvers<void>();
    dami.addEventListener("gap", ({ detail: { from, to } }) => {
      print("gap", from < to);
      gap.resolve();
    });
    pbx.addEventListener("call-ended", ({ detail: { lost, record } }) => {
      print("lost", lost, record.disposition);
    });
    await call(dami, "5006");
    await until(() => pbx.bridges.size === 1);
    server.on("CoreStatus", () => {});
    const unanswered = dami.to("CoreStatus").catch((error) => {
      if (!(error instanceof AmiConnectionError)) throw error;
      print(error.outcome);
    });
    await server.next("CoreStatus");
    await server.restart({ downFor: 20, shutdown: "crash" });
    await unanswered;
    // What is sent meanwhile waits for the new session.
    print((await dami.to("Ping"))[0].Ping);
    await within(gap.promise);
    await until(() => pbx.state === "live" && pbx.calls.size === 0);
  },
  ["unknown", "gap true", "Pong", "lost true connected"],
);

program(
  "transfers and bridges calls",
  async (dami, print) => {
    using pbx = await LivePbx.start(dami);
    pbx.addEventListener("call-transferred", ({ detail: { transfer } }) => {
      print(transfer.kind, transfer.to);
    });
    const talking = () =>
      [...pbx.calls.values()].flatMap(({ talks }) =>
        talks.map(({ parties }) =>
          parties.map((id) => pbx.channels.get(id)?.device).join(" with ")
        )
      );
    const { uniqueid: first } = await call(dami, "5006");
    await until(() => talking().length === 1);
    print(talking());
    await dami.to("BlindTransfer", {
      Channel: first,
      Context: "default",
      Exten: "100",
    });
    await until(() => pbx.channels.size === 1);
    print([...pbx.channels.values()].map(({ device }) => device));
    const { uniqueid: second } = await call(dami, "5006");
    await until(() => talking().length === 1);
    const [waiting] = [...pbx.channels.values()].filter(({ linkedid }) =>
      linkedid === first
    );
    await dami.to("Bridge", {
      Channel1: waiting?.name ?? "",
      Channel2: second,
    });
    await until(() => pbx.channels.size === 2 && talking().length === 1);
    print(talking());
    await dami.to("Redirect", {
      Channel: second,
      Context: "default",
      Exten: "100",
      Priority: 1,
    });
    await until(() => talking().length === 0);
    print(pbx.channels.get(second)?.device);
  },
  [
    "PJSIP/6001 with PJSIP/6006",
    "blind 100@default",
    "PJSIP/6006",
    "PJSIP/6006 with PJSIP/6001",
    "PJSIP/6001",
  ],
);

import { assertEquals, assertRejects } from "@std/assert";
import { AmiResponseError, DAMI } from "../../../mod.ts";
import { LivePbx } from "../../../src/live/live_pbx.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { until } from "../../_waiting.ts";

/** The dialplan of these tests: 5001 and 5002 dial a phone, 100 is an announcement. */
const EXTENSIONS = {
  "100": ["Answer()", "Wait(600)", "Hangup()"],
  "5001": ["Dial(PJSIP/6002,10)", "Wait(600)", "Hangup()"],
};

/** A PBX on which calls last, a client of it, and what is so. */
class Lab implements AsyncDisposable {
  readonly server = AmiServer.start({
    ringTime: 1,
    talkTime: 600_000,
    endpoints: ["6001", "6002", "6003"].map((name) => (
      { name, contact: `sip:${name}@127.0.0.1` }
    )),
    extensions: EXTENSIONS,
  });
  readonly dami = new DAMI({ port: this.server.port });
  readonly log: string[] = [];

  static async open(): Promise<{ lab: Lab; pbx: LivePbx }> {
    const lab = new Lab();
    const { dami, log } = lab;
    await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
    dami.on("*", ({ Event, Channel, Exten, Cause }) => {
      const name = `${Channel}`.replace(/-0+(?=.)/, "-");
      if (Event === "BridgeLeave") log.push(`leave ${name}`);
      if (Event === "BridgeEnter") log.push(`enter ${name}`);
      if (Event === "BridgeDestroy") log.push("destroy");
      if (Event === "Newexten") log.push(`${name} in ${Exten}`);
      if (Event === "Hangup") log.push(`hangup ${name} ${Cause}`);
    });
    return { lab, pbx: await LivePbx.start(dami) };
  }

  /** Calls a phone, which dials another; returns the names of both channels. */
  async talk(pbx: LivePbx): Promise<[caller: string, called: string]> {
    const { response } = await this.dami.originate({
      Channel: "PJSIP/6001",
      Context: "default",
      Exten: "5001",
      Priority: 1,
    });
    const talking = () =>
      [...pbx.bridges.values()].flatMap(({ channels }) =>
        channels.map((id) => pbx.channels.get(id)?.name ?? "")
      );
    const caller = response.Channel ?? "";
    await until(() => talking().includes(caller));
    const own = [...pbx.bridges.values()].find(({ channels }) =>
      channels.some((id) => pbx.channels.get(id)?.name === caller)
    );
    const called = own?.channels.map((id) => pbx.channels.get(id)?.name ?? "")
      .find((name) => name !== caller);
    this.log.length = 0;
    return [caller, called ?? ""];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dami.close();
    await this.server.close();
  }
}

Deno.test("Redirect takes a caller out of a talk, and the phone that was dialled is hung up", async () => {
  const { lab, pbx } = await Lab.open();
  await using _ = lab;
  const [Channel] = await lab.talk(pbx);
  const place = { Context: "default", Exten: "100", Priority: 1 };
  const [{ Message }] = await lab.dami.to("Redirect", { Channel, ...place });
  assertEquals(Message, "Redirect successful");
  await until(() => lab.log.length >= 6);
  // In the order of Asterisk 22, where the first of these is behind the leaving.
  assertEquals(lab.log, [
    "leave PJSIP/6001-0",
    "leave PJSIP/6002-1",
    "destroy",
    "hangup PJSIP/6002-1 16",
    "PJSIP/6001-0 in 100",
    "PJSIP/6001-0 in 100",
  ]);
  assertEquals(pbx.calls.size, 1);
  await lab.dami.to("Hangup", { Channel });
  await until(() => pbx.calls.size === 0);
});

Deno.test("Redirect takes away the phone that was dialled, and the caller is hung up", async () => {
  const { lab, pbx } = await Lab.open();
  await using _ = lab;
  const [, Channel] = await lab.talk(pbx);
  await lab.dami.to("Redirect", {
    Channel,
    Context: "default",
    Exten: "100",
    Priority: 1,
  });
  await until(() => lab.log.includes("hangup PJSIP/6001-0 16"));
  await until(() => lab.log.includes("PJSIP/6002-1 in 100"));
  assertEquals([...pbx.channels.values()].map(({ name }) => name), [Channel]);
});

Deno.test("Redirect sends both to places of their own, where each is hung up alone", async () => {
  const { lab, pbx } = await Lab.open();
  await using _ = lab;
  const [Channel, ExtraChannel] = await lab.talk(pbx);
  const [{ Message }] = await lab.dami.to("Redirect", {
    Channel,
    ExtraChannel,
    Context: "default",
    Exten: "100",
    Priority: 2,
    ExtraExten: "5001",
    ExtraPriority: 2,
  });
  assertEquals(Message, "Dual Redirect successful");
  await until(() => lab.log.length >= 5);
  assertEquals(lab.log.toSorted(), [
    "PJSIP/6001-0 in 100",
    "PJSIP/6002-1 in 5001",
    "destroy",
    "leave PJSIP/6001-0",
    "leave PJSIP/6002-1",
  ]);
  await lab.dami.to("Hangup", { Channel });
  await until(() => pbx.channels.size === 1);
  assertEquals(
    [...pbx.channels.values()].map(({ name }) => name),
    [ExtraChannel],
  );
  await lab.dami.to("Hangup", { Channel: ExtraChannel });
  await until(() => pbx.calls.size === 0);
});

Deno.test("Redirect to no extension hangs up, as on Asterisk", async () => {
  const { lab, pbx } = await Lab.open();
  await using _ = lab;
  const [Channel] = await lab.talk(pbx);
  await lab.dami.to("Redirect", {
    Channel,
    Context: "default",
    Exten: "nowhere",
    Priority: 1,
  });
  await until(() => pbx.calls.size === 0);
});

for (const side of ["the caller", "the phone that was dialled"] as const) {
  Deno.test(`BlindTransfer by ${side} sends the other one away`, async () => {
    const { lab, pbx } = await Lab.open();
    await using _ = lab;
    const transfers: string[] = [];
    pbx.addEventListener("call-transferred", ({ detail: { transfer } }) => {
      transfers.push(`${transfer.kind} ${transfer.by} ${transfer.to}`);
    });
    const [caller, called] = await lab.talk(pbx);
    const [by, other] = side === "the caller"
      ? [caller, called]
      : [called, caller];
    const [{ Message }] = await lab.dami.to("BlindTransfer", {
      Channel: by,
      Context: "default",
      Exten: "100",
    });
    assertEquals(Message, "Transfer succeeded");
    await until(() => pbx.channels.size === 1);
    assertEquals([...pbx.channels.values()].map(({ name }) => name), [other]);
    assertEquals(transfers, [`blind ${by} 100@default`]);
  });
}

Deno.test("BlindTransfer of a channel that talks to nobody is invalid", async () => {
  const { lab, pbx } = await Lab.open();
  await using _ = lab;
  const results: unknown[] = [];
  lab.dami.on("BlindTransfer", ({ Result }) => results.push(Result));
  const { uniqueid } = await lab.dami.originate({
    Channel: "PJSIP/6003",
    Context: "default",
    Exten: "100",
    Priority: 1,
  });
  await assertRejects(
    () => lab.dami.to("BlindTransfer", { Channel: uniqueid, Exten: "100" }),
    AmiResponseError,
    "Transfer invalid",
  );
  await until(() => results.length > 0);
  assertEquals(results, ["Invalid"]);
  assertEquals(pbx.channels.size, 1);
});

Deno.test("Bridge lets callers of two calls talk, who then go on in the dialplan", async () => {
  const { lab, pbx } = await Lab.open();
  await using _ = lab;
  const [Channel1] = await lab.talk(pbx);
  const [Channel2] = await lab.talk(pbx);
  const [{ Message }] = await lab.dami.to("Bridge", { Channel1, Channel2 });
  assertEquals(Message, "Channels have been bridged");
  await until(() => pbx.channels.size === 2);
  // The two calls are one.
  await until(() => pbx.calls.size === 1);
  const [bridge] = pbx.bridges.values();
  assertEquals(
    bridge?.channels.map((id) => pbx.channels.get(id)?.name),
    [Channel1, Channel2],
  );
  await lab.dami.to("Hangup", { Channel: Channel1 });
  await until(() => pbx.channels.size === 1);
  // Behind its Dial.
  await until(() => lab.log.includes("PJSIP/6001-2 in 5001"));
  assertEquals(pbx.bridges.size, 0);
  await lab.dami.to("Hangup", { Channel: Channel2 });
  await until(() => pbx.calls.size === 0);
});

Deno.test("transfers are refused in the words of Asterisk", async () => {
  const { lab } = await Lab.open();
  await using _ = lab;
  const place = { Context: "default", Exten: "100", Priority: 1 };
  const cases = [
    ["Redirect", {}, "Channel not specified"],
    ["Redirect", { Channel: "x" }, "Context not specified"],
    ["Redirect", { Channel: "x", ...place }, "Channel does not exist: x"],
    [
      "Redirect",
      { Channel: "x", ...place, Priority: "x" },
      "Priority is invalid",
    ],
    ["BlindTransfer", {}, "No channel specified"],
    ["BlindTransfer", { Channel: "x" }, "No extension specified"],
    [
      "BlindTransfer",
      { Channel: "x", ...place },
      "Channel specified does not exist",
    ],
    ["Bridge", {}, "Missing channel parameter in request"],
    [
      "Bridge",
      { Channel1: "x", Channel2: "x" },
      "Channel1 does not exist: x",
    ],
  ] as const;
  for (const [action, data, message] of cases) {
    await assertRejects(
      () => lab.dami.to<string>(action, data),
      AmiResponseError,
      message,
    );
  }
});

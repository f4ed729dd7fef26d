import { assert, assertEquals } from "@std/assert";
import type { DAMI } from "../../mod.ts";
import { type EndedCallRecord, LivePbx } from "../../src/live/live_pbx.ts";
import { ownAsteriskTest } from "./_asterisk.ts";
import { ChangeLog, dial, eventually } from "./_live.ts";
import { assertFigures } from "./_records.ts";
import { IMPATIENT } from "./_survival.ts";

/** Everything that a scene works with. */
interface Stage {
  readonly dami: DAMI;
  readonly pbx: LivePbx;
  readonly log: ChangeLog;
}

/** Waits for the record of the call that a channel began. */
async function recordOf(
  { log }: Stage,
  uniqueid: string,
): Promise<EndedCallRecord> {
  const { record } = await log.change(
    "call-ended",
    ({ call }) => call.id === uniqueid,
  );
  return record;
}

/** Waits for the name of a channel that rings for another. */
async function ringingFor({ pbx }: Stage, uniqueid: string): Promise<string> {
  const ringing = () => {
    const { parties = [] } = pbx.calls.get(uniqueid) ?? {};
    return parties.find((party) =>
      party.state === "Ringing" && party.uniqueid !== uniqueid
    )?.name;
  };
  await eventually(() => ringing() !== undefined, "a phone that rings");
  return ringing() ?? "";
}

async function hangUp({ dami, pbx }: Stage, uniqueid: string) {
  const { name = "" } = pbx.channels.get(uniqueid) ?? {};
  await dami.to("Hangup", { Channel: name });
}

function outcomes({ legs }: EndedCallRecord): (string | undefined)[] {
  return legs.map(({ outcome }) => outcome);
}

async function unregistered(stage: Stage): Promise<void> {
  const id = await dial(stage.dami, "unreachable");
  const { disposition, unreached } = await recordOf(stage, id);
  assertEquals(
    [disposition, unreached.map(({ by, to }) => [by, to])],
    ["failed", [[id, "PJSIP/6001"]]],
  );
}

async function timedOut(stage: Stage): Promise<void> {
  const id = await dial(stage.dami, "sales-over");
  const { disposition, queues, endedBy } = await recordOf(stage, id);
  assertEquals(
    [disposition, queues.map(({ outcome }) => outcome), endedBy],
    ["no-answer", ["timeout"], "pbx"],
  );
}

async function group(stage: Stage): Promise<void> {
  const id = await dial(stage.dami, "group");
  await stage.log.change("call-connected", ({ call }) => call.id === id);
  await hangUp(stage, id);
  const record = await recordOf(stage, id);
  assertEquals(outcomes(record), ["answered", "elsewhere", "answered"]);
  assertEquals(record.answeredBy, record.legs[2]);
}

async function hunt(stage: Stage): Promise<void> {
  const id = await dial(stage.dami, "hunt");
  const record = await recordOf(stage, id);
  assertEquals(outcomes(record), ["answered", "rejected", "no-answer"]);
  assertEquals([record.disposition, record.endedBy], ["no-answer", "pbx"]);
}

async function pickup(stage: Stage): Promise<void> {
  const id = await dial(stage.dami, "to-ringing");
  const TARGET = await ringingFor(stage, id);
  const picker = await dial(stage.dami, "pick-up", { variables: { TARGET } });
  await stage.log.change("call-connected", ({ call }) => call.id === id);
  await eventually(
    () => stage.pbx.channels.get(picker)?.linkedid === id,
    "one call of two",
  );
  await hangUp(stage, id);
  const record = await recordOf(stage, id);
  const rang = record.legs.find(({ channel }) => channel === TARGET);
  assertEquals([rang?.outcome, record.answeredBy?.uniqueid], [
    "elsewhere",
    picker,
  ]);
  assertEquals(record.merged.map((merged) => merged.id), [picker]);
  assertEquals(record.talks.length, 1);
}

async function clickToDial(stage: Stage): Promise<void> {
  const id = `live-${crypto.randomUUID()}`;
  await stage.dami.to("Originate", {
    Channel: "Local/to-phone@live",
    Context: "live",
    Exten: "menu",
    Priority: 1,
    Async: true,
    ChannelId: id,
    OtherChannelId: `${id}-2`,
  });
  await eventually(
    () => stage.pbx.calls.get(id)?.record.dialed === "menu",
    () => `the menu: ${Deno.inspect(stage.pbx.calls.get(id)?.record)}`,
  );
  const { caller } = stage.pbx.calls.get(id)?.record ?? {};
  assert(caller !== undefined && !caller.channel.startsWith("Local/"));
  await hangUp(stage, caller.uniqueid);
  const { disposition } = await recordOf(stage, id);
  assertEquals(disposition, "answered-by-pbx");
}

/** The call ends with the PBX, and nobody sees how. */
async function killed(stage: Stage, kill: () => Promise<void>): Promise<void> {
  const id = await dial(stage.dami, "to-phone");
  await stage.log.change("call-connected", ({ call }) => call.id === id);
  await kill();
  const { lost, talks, legs, endedAt } = await recordOf(stage, id);
  assertEquals([lost, talks.map(({ to }) => to)], [true, [endedAt]]);
  assertEquals(legs.map((leg) => [leg.lost, leg.endedAt]), [
    [true, endedAt],
    [true, endedAt],
  ]);
}

ownAsteriskTest(
  "records tell what SIP phones were found to do",
  async (asterisk, process) => {
    await using dami = await asterisk.connect(IMPATIENT);
    await using actions = await asterisk.connect(IMPATIENT);
    using pbx = await LivePbx.start(dami, { dialplan: true });
    const log = new ChangeLog(pbx);
    const stage: Stage = { dami: actions, pbx, log };
    for (
      const scene of [unregistered, timedOut, group, hunt, pickup, clickToDial]
    ) {
      await scene(stage);
    }
    assertFigures(pbx.figures.report(), await process.queueLog());
    await killed(stage, async () => {
      await process.kill();
      await process.start();
    });
    pbx.stop();
    await log.ended();
  },
  { lean: false },
);

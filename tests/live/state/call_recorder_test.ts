import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  AT,
  DOWN,
  enter,
  event,
  type Headers,
  leave,
  leg,
  listed,
  prefixed,
  room,
} from "../_frames.ts";
import {
  answers,
  calls,
  dialEnd,
  hangup,
  joins,
  parts,
  party,
  quits,
  rings,
  Story,
} from "../_story.ts";

const ANNA = party("anna");
const BOB = party("bob");
const CAROL = party("carol");

/** Anna calls Bob, who rings for two seconds and answers. */
function talking(trunks?: readonly string[]): Story {
  return new Story(trunks).at(0, ...calls(ANNA)).at(1, ...rings(BOB, ANNA))
    .at(3, ...answers(BOB, ANNA), ...joins("b1", BOB, ANNA));
}

/** Returns the end of both; the named one hangs up. */
function over(who: Headers): Headers[] {
  return [quits(who), ...parts("b1", ANNA, BOB), hangup(BOB), hangup(ANNA)];
}

Deno.test("the record of a call has who called whom, who answered and who hung up", () => {
  const { record } = talking().at(10, ...over(BOB));
  assertEquals(record.disposition, "connected");
  assertEquals(record.dialed, "100");
  const { caller, answeredBy, hungUpBy } = record;
  assertEquals([caller?.device, caller?.number, caller?.name], [
    "PJSIP/anna",
    "601",
    "anna",
  ]);
  assertEquals([answeredBy?.device, answeredBy?.calledBy], [
    "PJSIP/bob",
    "1.1",
  ]);
  assertEquals([record.endedBy, hungUpBy?.device], ["called", "PJSIP/bob"]);
  assertEquals(
    record.legs.map((each) => [
      each.device,
      each.isCalled,
      each.outcome,
      each.startedAt - AT,
      each.ringingAt && each.ringingAt - AT,
      each.answeredAt && each.answeredAt - AT,
      each.endedAt && each.endedAt - AT,
      each.cause,
    ]),
    [
      ["PJSIP/anna", false, undefined, 0, undefined, 3_000, 10_000, 16],
      ["PJSIP/bob", true, "answered", 1_000, 1_000, 3_000, 10_000, 16],
    ],
  );
  assertEquals(record.talks, [{
    parties: ["1.1", "1.2"],
    conference: undefined,
    from: AT + 3_000,
    to: AT + 10_000,
  }]);
  const { ringTime, talkTime, holdTime, waitTime, totalTime } = record;
  assertEquals(
    { ringTime, talkTime, holdTime, waitTime, totalTime },
    {
      ringTime: 2_000,
      talkTime: 7_000,
      holdTime: 0,
      waitTime: 0,
      totalTime: 10_000,
    },
  );
});

Deno.test("the record grows with the call, and is complete when the call has ended", () => {
  const story = new Story().at(0, ...calls(ANNA));
  const record = story.state.switchboard.calls.get("1.1")?.record;
  assertEquals(record?.legs.length, 1);
  story.at(1, ...rings(BOB, ANNA)).at(3, ...answers(BOB, ANNA));
  assertEquals(record?.legs.length, 2);
  assertEquals(record?.answeredBy?.device, "PJSIP/bob");
  assertStrictEquals(story.state.switchboard.calls.get("1.1")?.record, record);
  story.at(5, quits(ANNA), hangup(BOB), hangup(ANNA));
  assertEquals(story.record.id, "1.1");
  assertEquals(story.record.legs.every(({ endedAt }) => endedAt), true);
});

Deno.test("the direction follows from the trunks, and is not known without them", () => {
  const direction = (trunks?: string[]) =>
    talking(trunks).at(10, ...over(ANNA)).record.direction;
  assertEquals(direction(), undefined);
  assertEquals(direction([]), "internal");
  assertEquals(direction(["PJSIP/anna"]), "inbound");
  assertEquals(direction(["PJSIP/bob"]), "outbound");
});

Deno.test("a call that nobody took has the reason", () => {
  const story = () =>
    new Story().at(0, ...calls(ANNA)).at(1, ...rings(BOB, ANNA));
  const failed = (status: string, cause = 16) =>
    story().at(5, dialEnd(BOB, status, ANNA), hangup(BOB, cause))
      .then(hangup(ANNA, cause)).record;
  assertEquals(failed("NOANSWER").disposition, "no-answer");
  assertEquals(failed("BUSY", 17).disposition, "busy");
  assertEquals(failed("CONGESTION", 34).disposition, "congested");
  assertEquals(failed("CHANUNAVAIL", 20).disposition, "failed");
  assertEquals(failed("NOANSWER").endedBy, "pbx");
  // Asterisk reports a phone that declines as one that does not answer.
  const declined = story()
    .at(3, quits(BOB, 21), dialEnd(BOB, "NOANSWER", ANNA), hangup(BOB, 21))
    .then(hangup(ANNA, 21)).record;
  assertEquals(declined.disposition, "rejected");
  assertEquals(declined.legs[1]?.outcome, "rejected");
  const cancelled = story()
    .at(4, quits(ANNA, 127), dialEnd(BOB, "CANCEL", ANNA), hangup(BOB))
    .then(hangup(ANNA, 127)).record;
  assertEquals(cancelled.disposition, "cancelled");
  assertEquals([cancelled.endedBy, cancelled.cause], ["caller", 16]);
  assertEquals(cancelled.ringTime, 3_000);
});

Deno.test("a caller who hangs up at a busy tone has called a busy phone", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA))
    .at(2, quits(BOB, 17), dialEnd(BOB, "BUSY", ANNA), hangup(BOB, 17))
    .at(6, quits(ANNA), hangup(ANNA, 17));
  assertEquals([record.disposition, record.endedBy], ["busy", "caller"]);
});

Deno.test("of a group, those who did not answer rang until another did", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA), ...rings(CAROL, ANNA))
    .at(
      3,
      ...answers(CAROL, ANNA),
      dialEnd(BOB, "CANCEL", ANNA),
      hangup(BOB, 26),
      ...joins("b1", CAROL, ANNA),
    )
    .at(9, quits(ANNA), ...parts("b1", ANNA, CAROL))
    .at(9, hangup(CAROL), hangup(ANNA));
  assertEquals(
    record.legs.map(({ device, outcome }) => [device, outcome]),
    [
      ["PJSIP/anna", undefined],
      ["PJSIP/bob", "elsewhere"],
      ["PJSIP/carol", "answered"],
    ],
  );
  assertEquals(record.answeredBy?.device, "PJSIP/carol");
});

Deno.test("of a group that Dial() has rung, the others may be gone before one is reported to have answered", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA), ...rings(CAROL, ANNA))
    .at(3, event("Newstate", CAROL), dialEnd(BOB, "CANCEL", ANNA))
    .at(3, hangup(BOB, 26), dialEnd(CAROL, "ANSWER", ANNA))
    .at(9, quits(ANNA), hangup(CAROL), hangup(ANNA));
  assertEquals(record.legs[1]?.outcome, "elsewhere");
});

Deno.test("of a group that Dial() has rung, the others are cancelled before one answers", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA), ...rings(CAROL, ANNA))
    .at(
      3,
      event("Newstate", CAROL),
      dialEnd(BOB, "CANCEL", ANNA),
      dialEnd(CAROL, "ANSWER", ANNA),
      hangup(BOB, 26),
    )
    .at(9, quits(ANNA), hangup(CAROL), hangup(ANNA));
  assertEquals(record.legs.map(({ outcome }) => outcome), [
    undefined,
    "elsewhere",
    "answered",
  ]);
});

Deno.test("a member behind a Local channel has not answered if the queue gave up", () => {
  const half = (end: 1 | 2) =>
    leg(`3.${end}`, { Channel: `Local/6@x-01;${end}`, Linkedid: "1.1" });
  const ring = () =>
    new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
      .at(1, ...rings(half(1), ANNA), event("Newchannel", half(2), DOWN))
      .at(1, ...rings(CAROL, half(2)));
  const gaveUp = ring().at(
    9,
    dialEnd(half(1), "NOANSWER", ANNA),
    dialEnd(half(1), "CANCEL", ANNA),
    hangup(half(1)),
    dialEnd(CAROL, "CANCEL", half(2)),
    hangup(CAROL),
    hangup(half(2)),
    hangup(ANNA),
  ).record;
  assertEquals(gaveUp.legs[1]?.outcome, "no-answer");
  const cancelled = ring().at(
    9,
    quits(ANNA),
    dialEnd(half(1), "CANCEL", ANNA),
    dialEnd(half(1), "CANCEL", ANNA),
    hangup(half(1)),
    dialEnd(CAROL, "CANCEL", half(2)),
    hangup(CAROL),
    hangup(half(2)),
    hangup(ANNA),
  ).record;
  assertEquals(cancelled.legs[1]?.outcome, "cancelled");
});

Deno.test("who picks up the call of a phone that rings has answered it", () => {
  const carol = party("carol", "1.3");
  const joined = { ...carol, Linkedid: "1.1" };
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA)).at(2, ...calls(carol))
    .at(
      3,
      event("Newstate", carol),
      event("Pickup", carol, prefixed("Target", BOB)),
      hangup(BOB),
      dialEnd(carol, "ANSWER", ANNA),
      event("Newstate", ANNA),
      ...joins("b1", carol, ANNA),
      event("NewConnectedLine", joined),
    )
    .at(8, quits(joined), ...parts("b1", joined, ANNA))
    .at(8, hangup(joined), hangup(ANNA));
  assertEquals(record.answeredBy?.device, "PJSIP/carol");
  assertEquals(record.legs[1]?.outcome, "elsewhere");
  assertEquals(record.merged.map(({ id }) => id), ["1.3"]);
  assertEquals(record.talks.length, 1);
  assertEquals(record.talkTime, 5_000);
});

Deno.test("voicemail that answers after a phone that does not is an answer of the PBX", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA))
    .at(9, dialEnd(BOB, "NOANSWER", ANNA), hangup(BOB))
    .then({
      ...event("Newexten", ANNA),
      Application: "VoiceMail",
      AppData: "602@default,su",
    }, event("Newstate", ANNA))
    .at(20, quits(ANNA), hangup(ANNA));
  assertEquals(record.disposition, "answered-by-pbx");
  assertEquals(record.voicemails, [{
    mailbox: "602@default",
    at: AT + 10_000,
  }]);
});

Deno.test("a menu that answers and no more is an answer of the PBX", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(1, event("Newstate", ANNA)).at(8, hangup(ANNA));
  assertEquals(record.disposition, "answered-by-pbx");
  assertEquals([record.answeredAt, record.endedBy], [AT + 1_000, "pbx"]);
});

Deno.test("a phone that does not answer an action has not been connected", () => {
  const ring = () => new Story().at(0, ...rings(ANNA));
  const busy = ring().at(2, quits(ANNA, 17), dialEnd(ANNA, "BUSY"))
    .at(2, hangup(ANNA, 17)).record;
  assertEquals([busy.disposition, busy.caller?.isCalled], ["busy", true]);
  const late = ring().at(9, dialEnd(ANNA, "NOANSWER"), hangup(ANNA)).record;
  assertEquals([late.disposition, late.answeredBy], ["no-answer", undefined]);
});

Deno.test("holds, parkings and conferences are stays with a beginning and an end", () => {
  const held = talking().at(5, event("Hold", BOB)).at(7, event("Unhold", BOB))
    .at(8, event("Hold", ANNA)).at(10, ...over(ANNA)).record;
  assertEquals(held.holds, [
    { leg: "1.2", from: AT + 5_000, to: AT + 7_000 },
    { leg: "1.1", from: AT + 8_000, to: AT + 10_000 },
  ]);
  assertEquals(held.holdTime, 4_000);
  const place = {
    ...prefixed("Parkee", ANNA),
    Parkinglot: "default",
    ParkingSpace: "701",
    ParkingDuration: 0,
  };
  const parked = new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
    .at(1, event("ParkedCall", place)).at(5, event("UnParkedCall", place))
    .at(6, hangup(ANNA)).record;
  assertEquals(parked.parkings, [{
    leg: "1.1",
    lot: "default",
    space: "701",
    from: AT + 1_000,
    to: AT + 5_000,
  }]);
  const meeting = { BridgeType: "base", BridgeName: "weekly" };
  const eve = leg("9.1");
  const story = new Story()
    .at(0, ...calls(ANNA), ...calls(eve))
    .at(0, event("Newstate", ANNA), event("Newstate", eve))
    .at(1, event("BridgeCreate", room("c", meeting)))
    .at(1, { ...enter("c", ANNA), ...meeting })
    .at(4, { ...enter("c", eve), ...meeting })
    .at(9, { ...leave("c", eve), ...meeting }, hangup(eve))
    .at(12, { ...leave("c", ANNA), ...meeting }, hangup(ANNA));
  const [eves, annas] = story.ended;
  assertEquals([eves?.disposition, annas?.disposition], [
    "connected",
    "connected",
  ]);
  assertEquals(annas?.conferences, [
    { leg: "1.1", name: "weekly", from: AT + 1_000, to: AT + 12_000 },
  ]);
  assertEquals(annas?.talks, [{
    parties: ["1.1", "9.1"],
    conference: "weekly",
    from: AT + 4_000,
    to: AT + 9_000,
  }]);
});

Deno.test("a phone that hangs up on the way into a conference talks to nobody in it", () => {
  const meeting = { BridgeType: "base", BridgeName: "weekly" };
  const eve = leg("9.1");
  const story = new Story()
    .at(0, ...calls(ANNA), ...calls(eve))
    .at(0, event("Newstate", ANNA), event("Newstate", eve))
    .at(1, event("BridgeCreate", room("c", meeting)))
    .at(1, { ...enter("c", eve), ...meeting })
    .at(3, quits(ANNA), { ...enter("c", ANNA), ...meeting })
    .at(3, { ...leave("c", ANNA), ...meeting }, hangup(ANNA))
    .at(4, { ...leave("c", eve), ...meeting }, hangup(eve));
  assertEquals(
    story.ended.map(({ disposition, talks }) => [disposition, talks.length]),
    [["answered-by-pbx", 0], ["answered-by-pbx", 0]],
  );
});

Deno.test("a consultation becomes part of the call that was transferred", () => {
  const second = leg("2.1", { Channel: "PJSIP/bob-00000009" });
  const carol = leg("2.2", {
    Channel: "PJSIP/carol-0000000a",
    Linkedid: "2.1",
  });
  const joined = { ...carol, Linkedid: "1.1" };
  const story = talking().at(5, event("Hold", BOB), ...calls(second))
    .at(6, ...rings(carol, second))
    .at(8, ...answers(carol, second), ...joins("b2", carol, second))
    .at(
      10,
      event("AttendedTransfer", {
        Result: "Success",
        ...prefixed("OrigTransferer", BOB),
        ...prefixed("SecondTransferer", second),
        DestType: "Bridge",
        ...prefixed("Transferee", ANNA),
        ...prefixed("TransferTarget", carol),
      }),
      leave("b2", carol),
      enter("b1", joined),
      leave("b1", BOB),
      leave("b2", second),
      hangup(BOB),
      hangup(second),
    )
    .at(15, quits(joined), ...parts("b1", ANNA, joined))
    .at(15, hangup(joined), hangup(ANNA));
  const { record } = story;
  assertEquals(record.merged, [{ id: "2.1", dialed: "100", at: AT + 10_000 }]);
  assertEquals(record.legs.map(({ uniqueid }) => uniqueid), [
    "1.1",
    "1.2",
    "2.1",
    "2.2",
  ]);
  assertEquals(record.transfers.map(({ kind, to }) => [kind, to]), [
    ["attended", "PJSIP/carol-0000000a"],
  ]);
  assertEquals(record.hungUpBy?.device, "PJSIP/carol");
  assertEquals(record.talkTime, 12_000);
});

Deno.test("an attended transfer by digits names the party behind the Local channel", () => {
  const half = (end: 1 | 2) =>
    leg(`3.${end}`, {
      Channel: `Local/603@office-00000000;${end}`,
      Linkedid: "1.1",
    });
  const transfer = event("AttendedTransfer", {
    Result: "Success",
    ...prefixed("OrigTransferer", BOB),
    ...prefixed("TransferTarget", half(1)),
  });
  const consulting = () =>
    talking().at(5, event("Newchannel", half(1), DOWN))
      .at(5, event("Newchannel", half(2), DOWN), ...rings(CAROL, half(2)));
  const targetOf = ({ state }: Story) =>
    state.switchboard.calls.get("1.1")?.record.transfers[0]?.to;
  assertEquals(targetOf(consulting().then(transfer)), CAROL.Channel);
  const answered = consulting().then(
    ...answers(CAROL, half(2)),
    ...joins("b2", CAROL, half(2)),
    transfer,
  );
  assertEquals(targetOf(answered), CAROL.Channel);
});

Deno.test("an attended transfer that names no target names the party left with the transferee", () => {
  const half = (end: 1 | 2) =>
    leg(`3.${end}`, {
      Channel: `Local/603@office-00000000;${end}`,
      Linkedid: "1.1",
    });
  const merged = () =>
    talking().at(5, event("Newchannel", half(1), DOWN))
      .at(5, event("Newchannel", half(2), DOWN), ...rings(CAROL, half(2)))
      .then(...answers(CAROL, half(2)), ...joins("b2", CAROL, half(2)))
      .then(leave("b1", BOB), enter("b1", half(1)));
  const transfer = event("AttendedTransfer", {
    Result: "Success",
    ...prefixed("OrigTransferer", BOB),
    ...prefixed("SecondTransferer", BOB),
    ...prefixed("Transferee", ANNA),
    DestType: "Bridge",
    DestBridgeUniqueid: "b1",
  });
  const targetOf = ({ state }: Story) =>
    state.switchboard.calls.get("1.1")?.record.transfers[0]?.to;
  assertEquals(targetOf(merged().then(transfer)), CAROL.Channel);
  const dave = party("dave");
  const three = merged().then(...calls(dave), enter("b1", dave));
  assertEquals(targetOf(three.then(transfer)), "");
});

Deno.test("halves of Local channels are legs only where nothing else is", () => {
  const half = (end: 1 | 2) =>
    leg(`1.${end}`, { Channel: `Local/5@x-01;${end}`, Linkedid: "1.1" });
  const alone = new Story()
    .at(0, ...rings(half(1)), event("Newchannel", half(2)))
    .at(1, event("Newstate", half(1)), dialEnd(half(1), "ANSWER"))
    .at(3, hangup(half(1)), hangup(half(2))).record;
  assertEquals(alone.legs.map(({ device }) => device), [
    "Local/5@x",
    "Local/5@x",
  ]);
  assertEquals(alone.disposition, "answered-by-pbx");
  const phone = { ...CAROL, Uniqueid: "1.3" };
  const led = new Story()
    .at(0, ...rings(half(1)), event("Newchannel", half(2)))
    .at(1, ...rings(phone, half(2)))
    .at(2, ...answers(phone, half(2)))
    .at(3, hangup(phone), hangup(half(1)), hangup(half(2))).record;
  assertEquals(led.legs.map(({ device }) => device), ["PJSIP/carol"]);
  assertEquals(led.caller?.device, "PJSIP/carol");
});

Deno.test("a call that was not seen to end was last known when the gap began", () => {
  const story = talking();
  story.state.miss(AT + 6_000);
  story.sync({});
  const { record } = story;
  assertEquals([record.lost, record.endedAt, record.endedBy], [
    true,
    AT + 6_000,
    undefined,
  ]);
  assertEquals([record.disposition, record.talkTime], ["connected", 3_000]);
  assertEquals(record.gaps.map(({ from }) => from), [AT + 6_000]);
  const early = new Story().at(0, ...calls(ANNA)).at(1, ...rings(BOB, ANNA));
  early.state.miss(AT + 2_000);
  early.sync({});
  assertEquals(early.record.disposition, "unknown");
});

Deno.test("a call is last known no earlier than its last event, where the clock of the PBX is ahead", () => {
  const story = talking();
  story.state.miss(AT + 2_999);
  story.sync({});
  const { endedAt, talks, legs, gaps } = story.record;
  assertEquals(endedAt, AT + 3_000);
  assertEquals(talks.map(({ from, to }) => [from, to]), [[endedAt, endedAt]]);
  assertEquals(legs.map((each) => each.endedAt), [endedAt, endedAt]);
  assertEquals(gaps.map(({ from }) => from), [endedAt]);
});

Deno.test("a call that goes on through a gap is not known better than it can be", () => {
  const story = new Story().at(0, ...calls(ANNA)).at(1, ...rings(BOB, ANNA));
  story.state.miss(AT + 2_000);
  story.sync({ channels: [listed(ANNA)] });
  story.at(1_000_000_000, quits(ANNA), hangup(ANNA));
  const { record } = story;
  assertEquals(record.disposition, "unknown");
  const [, bob] = record.legs;
  assertEquals([bob?.lost, bob?.endedAt, bob?.outcome], [
    true,
    AT + 2_000,
    undefined,
  ]);
  assertEquals(record.gaps.length, 1);
});

Deno.test("a call that is older than the first snapshot has a gap before it", () => {
  const story = new Story();
  story.sync({ channels: [listed(ANNA)] });
  story.at(1_000_000_000, hangup(ANNA));
  const { gaps, disposition, answeredAt } = story.record;
  assertEquals([gaps.length, disposition, answeredAt], [
    1,
    "unknown",
    undefined,
  ]);
});

Deno.test("a call that rings hundreds of phones stays small, and keeps who answered", () => {
  const story = new Story().at(0, ...calls(ANNA));
  const phone = (index: number) =>
    leg(`8.${index}`, { Channel: `PJSIP/p-${index}`, Linkedid: "1.1" });
  for (let index = 0; index < 300; index++) {
    story.at(index, ...rings(phone(index), ANNA));
    if (index === 20) {
      story.at(index, ...answers(phone(20), ANNA));
      continue;
    }
    story.at(index, dialEnd(phone(index), "NOANSWER", ANNA));
    story.at(index, hangup(phone(index)));
  }
  story.at(400, quits(ANNA), hangup(phone(20)), hangup(ANNA));
  const { legs, omittedLegs, answeredBy, caller } = story.record;
  assertEquals([legs.length, omittedLegs], [100, 201]);
  assertEquals(answeredBy?.uniqueid, "8.20");
  assert(caller !== undefined && legs.includes(caller));
});

Deno.test("recordings by MixMonitor are stretches of the channel", () => {
  const { record } = talking().at(4, event("MixMonitorStart", ANNA))
    .at(6, event("MixMonitorStop", ANNA))
    .at(7, event("MixMonitorStart", ANNA)).at(10, ...over(ANNA));
  assertEquals(record.recordings, [
    { leg: "1.1", from: AT + 4_000, to: AT + 6_000 },
    { leg: "1.1", from: AT + 7_000, to: AT + 10_000 },
  ]);
});

Deno.test("a phone that an action rings and nobody answers has not answered, though no DialEnd reports it", () => {
  const { record } = new Story()
    .at(0, ...rings(ANNA))
    .at(3, hangup(ANNA, 19));
  assertEquals(record.disposition, "no-answer");
  assertEquals(record.legs.map(({ outcome }) => outcome), ["no-answer"]);
});

/** The state of a channel that calls and is not up. */
const RING = { ChannelState: 4, ChannelStateDesc: "Ring" };

/** Returns a step of the dialplan with a channel. */
function runs(headers: Headers, Application: string, AppData = ""): Headers {
  return event("Newexten", headers, { Application, AppData });
}

Deno.test("a phone that is not registered has not been reached, though the PBX had answered before", () => {
  const up = () =>
    new Story().at(0, ...calls(ANNA))
      .at(1, runs(ANNA, "Answer"), event("Newstate", ANNA))
      .at(2, runs(ANNA, "Dial", "PJSIP/602,12,tT"));
  const { record } = up().at(3, runs(ANNA, "Playback", "nobody-there"))
    .at(6, hangup(ANNA, 3));
  assertEquals(record.disposition, "failed");
  assertEquals(record.unreached, [
    { by: "1.1", to: "PJSIP/602", at: AT + 3_000, wasAnswered: true },
  ]);
  // It is the last thing that the dialplan does.
  assertEquals(up().at(3, hangup(ANNA, 3)).record.disposition, "failed");
  const rung = up().at(2, ...rings(BOB, ANNA))
    .at(9, dialEnd(BOB, "NOANSWER", ANNA), hangup(BOB), hangup(ANNA)).record;
  assertEquals([rung.disposition, rung.unreached], ["no-answer", []]);
});

Deno.test("a subroutine that Dial() runs before it rings anybody leaves nobody unreached", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(0, runs(ANNA, "Dial", "PJSIP/600")).at(0, runs(ANNA, "NoOp", "next"))
    .at(0, runs(ANNA, "Dial", "PJSIP/602&PJSIP/603,12,B(prepare^s^1)"))
    .at(0, runs(ANNA, "Set", "X=1"), runs(ANNA, "Return"))
    .at(0, ...rings(BOB, ANNA), ...rings(CAROL, ANNA))
    .at(9, dialEnd(BOB, "NOANSWER", ANNA), dialEnd(CAROL, "NOANSWER", ANNA))
    .at(9, hangup(BOB), hangup(CAROL), hangup(ANNA));
  assertEquals(record.unreached.map(({ to }) => to), ["PJSIP/600"]);
});

Deno.test("voicemail that answers for a phone that is not registered is an answer of the PBX", () => {
  const { record } = new Story().at(0, ...calls(ANNA))
    .at(0, runs(ANNA, "Dial", "PJSIP/602,12,tT"))
    .at(0, runs(ANNA, "VoiceMail", "602@default,su"), event("Newstate", ANNA))
    .at(9, quits(ANNA), hangup(ANNA, 20));
  assertEquals([record.disposition, record.unreached.length], [
    "answered-by-pbx",
    1,
  ]);
});

Deno.test("a caller who gives up while a phone is sought is told nothing about it", () => {
  const anna = { ...ANNA, ...RING };
  const { record } = new Story().at(0, ...calls(anna))
    .at(0, runs(anna, "Dial", "PJSIP/602,12,tT"))
    .at(1, quits(anna, 127), hangup(anna, 127));
  assertEquals([record.disposition, record.unreached], ["cancelled", []]);
});

Deno.test("what became of a caller whom the dialplan had sent on is not known after a gap", () => {
  for (const [application, data] of [["Dial", "PJSIP/602"], ["Queue", "q"]]) {
    const story = new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
      .at(1, runs(ANNA, application ?? "", data));
    story.state.miss(AT + 2_000);
    story.sync({ channels: [listed(ANNA)] });
    story.at(1_000_000_000, runs(ANNA, "Playback", "bye"))
      .then(quits(ANNA), hangup(ANNA));
    const { unreached, queues } = story.record;
    assertEquals([unreached, queues], [[], []]);
  }
});

Deno.test("a caller whom the PBX refuses has not hung up", () => {
  const anna = { ...ANNA, ...RING };
  const refused = new Story().at(0, ...calls(anna))
    .at(0, runs(anna, "Congestion", "2"), quits(anna, 34))
    .at(0, event("SoftHangupRequest", anna, { Cause: 16 }), hangup(anna, 34))
    .record;
  assertEquals([refused.disposition, refused.endedBy], ["congested", "pbx"]);
  assertEquals(refused.legs[0]?.hungUp, false);
  // Asterisk 16 has no cause for it.
  const state = { ChannelState: 7, ChannelStateDesc: "Busy" };
  const busy = new Story().at(0, ...calls(anna))
    .at(0, runs(anna, "Busy"), event("HangupRequest", anna, state))
    .at(0, hangup({ ...anna, ...state }, 17)).record;
  assertEquals([busy.disposition, busy.endedBy], ["busy", "pbx"]);
});

Deno.test("a phone that hangs up at a menu has cleared normally, whatever was before, and one at a busy tone has called a busy phone", () => {
  const quit = event("HangupRequest", ANNA);
  const menu = new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
    .at(4, quit, hangup(ANNA, 0)).record;
  assertEquals([menu.cause, menu.endedBy], [16, "caller"]);
  const anna = { ...ANNA, ...RING };
  const busy = () =>
    new Story().at(0, ...calls(anna)).at(1, ...rings(BOB, anna))
      .at(2, quits(BOB, 17), dialEnd(BOB, "BUSY", anna), hangup(BOB, 17));
  // Asterisk 22 has a cause in the request, too.
  for (const request of [quit, quits(ANNA, 17)]) {
    const { disposition, cause } = busy().at(3, event("Newstate", ANNA))
      .at(9, request, hangup(ANNA, 17)).record;
    assertEquals([disposition, cause], ["answered-by-pbx", 16]);
  }
  const tone = busy().at(9, event("HangupRequest", anna), hangup(anna, 17));
  assertEquals([tone.record.disposition, tone.record.cause], ["busy", 17]);
});

Deno.test("a phone has declined that is reported to be busy before it is reported to be called", () => {
  const anna = { ...ANNA, ...RING };
  const down = { ...BOB, ...DOWN };
  const record = new Story().at(0, ...calls(anna))
    .at(0, event("Newchannel", down), quits(down, 17))
    .at(0, event("DialBegin", anna, prefixed("Dest", down)))
    .at(0, dialEnd(down, "BUSY", anna), hangup(down, 17))
    .at(0, hangup(anna, 17)).record;
  assertEquals(
    [record.disposition, record.endedBy, record.legs[1]?.hungUp],
    ["busy", "called", true],
  );
});

Deno.test("a phone that declined has not ended a call that went on", () => {
  const declined = () =>
    new Story().at(0, ...calls(ANNA))
      .at(1, ...rings(BOB, ANNA), ...rings(CAROL, ANNA))
      .at(2, quits(BOB, 21), dialEnd(BOB, "NOANSWER", ANNA), hangup(BOB, 21));
  const rang = declined()
    .at(9, dialEnd(CAROL, "NOANSWER", ANNA), hangup(CAROL))
    .at(9, hangup(ANNA)).record;
  assertEquals([rang.endedBy, rang.hungUpBy], ["pbx", undefined]);
  const answered = new Story().at(0, ...calls(ANNA))
    .at(1, ...rings(BOB, ANNA))
    .at(2, quits(BOB, 17), dialEnd(BOB, "BUSY", ANNA), hangup(BOB, 17))
    .at(3, event("Newstate", ANNA)).at(9, hangup(ANNA)).record;
  assertEquals([answered.disposition, answered.endedBy], [
    "answered-by-pbx",
    "pbx",
  ]);
});

Deno.test("a transferer who hangs up while the target rings holds nobody any more", () => {
  const { record } = talking().at(5, event("Hold", BOB))
    .at(7, ...rings(CAROL, ANNA), leave("b1", BOB))
    .at(9, quits(BOB))
    // Asterisk waits for the target with the channel of the transferer.
    .at(12, ...answers(CAROL, ANNA), hangup(BOB))
    .at(15, quits(ANNA), hangup(CAROL), hangup(ANNA));
  assertEquals(record.holds, [
    { leg: "1.2", from: AT + 5_000, to: AT + 9_000 },
  ]);
});

Deno.test("what was dialled for a phone that an action rings through a Local channel is what it is connected with", () => {
  const half = (end: 1 | 2, Exten = "601") =>
    leg(`9.${end}`, {
      Channel: `Local/601@office-00000000;${end}`,
      Linkedid: "9.1",
      Exten,
    });
  const anna = { ...party("anna", "9.1"), Exten: "601" };
  const bob = { ...party("bob", "9.1"), Exten: "602" };
  const answered = () =>
    new Story()
      .at(0, event("Newchannel", half(1), DOWN), event("Newchannel", half(2)))
      .at(0, event("DialBegin", prefixed("Dest", half(1))))
      .at(1, ...rings(anna, half(2)))
      .at(3, event("Newstate", anna), dialEnd(anna, "ANSWER", half(2)))
      .at(3, event("Newstate", half(2)), event("Newstate", half(1)))
      .at(3, dialEnd(half(1), "ANSWER"));
  const { record } = answered()
    .at(3, runs(half(1, "602"), "Dial", "PJSIP/602"))
    .at(4, ...rings(bob, half(1, "602")))
    .at(9, dialEnd(bob, "NOANSWER", half(1)), hangup(bob))
    .at(9, hangup(half(1)), hangup(half(2)), hangup(anna));
  assertEquals([record.caller?.device, record.dialed], ["PJSIP/anna", "602"]);
});

Deno.test("nothing lasts in the record of a call of which the end was missed", () => {
  const story = talking().at(4, event("Hold", BOB));
  const eve = leg("7.1");
  story.at(5, ...calls(eve), event("Newstate", eve)).at(
    5,
    event("QueueCallerJoin", eve, { Queue: "sales", Position: 1, Count: 1 }),
  );
  story.state.miss(AT + 6_000);
  story.sync({});
  const [first, second] = story.ended;
  const end = AT + 6_000;
  assertEquals(first?.talks.map(({ to }) => to), [end]);
  assertEquals(first?.holds.map(({ to }) => to), [end]);
  assertEquals(first?.legs.map(({ endedAt, lost }) => [endedAt, lost]), [
    [end, true],
    [end, true],
  ]);
  assert(first?.caller !== undefined && first.legs.includes(first.caller));
  assertEquals(second?.queues.map(({ leftAt, outcome }) => [leftAt, outcome]), [
    [end, undefined],
  ]);
});

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import type { DAMIData } from "../../../src/data.ts";
import type { Change, ChangeType } from "../../../src/live/change.ts";
import { text } from "../../../src/live/records/fields.ts";
import { Switchboard } from "../../../src/live/state/switchboard.ts";
import {
  AT,
  captured,
  context,
  DOWN,
  enter,
  event,
  hangup,
  type Headers,
  item,
  leave,
  leg,
  listed,
  prefixed,
  RINGING,
  room,
  talk,
} from "../_frames.ts";

/** A switchboard, and the changes that it reported. */
class Tape {
  readonly changes: Change[] = [];
  readonly board = new Switchboard();
  readonly #handlers = this.board.handlers(true);

  apply(...events: DAMIData[]): this {
    for (const each of events) {
      const handle = this.#handlers.get(text(each.Event));
      this.changes.push(...handle?.(each, context()) ?? []);
    }
    return this;
  }

  sync(
    channels: readonly DAMIData[],
    { bridges = [], parking = [], recorded = [], at = AT }: {
      bridges?: readonly DAMIData[];
      parking?: readonly DAMIData[];
      recorded?: readonly DAMIData[];
      at?: number;
    } = {},
  ): this {
    const snapshot = { channels, bridges, parking };
    const events = recorded.map((event) => ({ event, at: AT }));
    this.changes.push(...this.board.sync(snapshot, events, context(at)));
    return this;
  }

  /** The names of the changes since the last call. */
  take(prefix = ""): string[] {
    return this.changes.splice(0).map(({ type }) => type)
      .filter((type) => type.startsWith(prefix));
  }

  last<Type extends ChangeType>(type: Type): Change<Type> {
    const found = this.changes.findLast((change): change is Change<Type> =>
      change.type === type
    );
    assert(found !== undefined, `'${type}' was not reported`);
    return found;
  }
}

const CALLER = leg("1.1");
const PHONE = leg("1.2", { Linkedid: "1.1" });

/** Two that talk in the bridge `b1`. */
const TALKING: readonly Headers[] = talk(CALLER, PHONE, "b1");

function talking(): Tape {
  const tape = new Tape().apply(...TALKING);
  assertEquals(tape.board.calls.get("1.1")?.state, "talking");
  return tape;
}

Deno.test("Switchboard reports each step of a call from its beginning to its end", () => {
  const tape = talking();
  assertEquals(tape.take("call-").filter((type) => type !== "call-changed"), [
    "call-started",
    "call-answered",
    "call-connected",
  ]);
  tape.apply(leave("b1", CALLER), leave("b1", PHONE), hangup(PHONE, 16));
  assertEquals(tape.board.calls.size, 1, "one of them is still there");
  tape.apply(event("BridgeDestroy", room("b1")), hangup(CALLER, 19));
  const { cause, causeText, answered, lost } = tape.last("call-ended");
  assertEquals([cause, causeText, answered, lost], [
    19,
    "Cause 19",
    true,
    false,
  ]);
  const { channels, bridges, calls } = tape.board;
  assertEquals([channels.size, bridges.size, calls.size], [0, 0, 0]);
});

Deno.test("Switchboard knows who is in which bridge", () => {
  const { board } = talking();
  assertEquals(board.bridges.get("b1")?.channels, ["1.2", "1.1"]);
  assertEquals(board.channels.get("1.1")?.bridgeId, "b1");
});

Deno.test("Switchboard brings no channel back by what comes after its Hangup", () => {
  const tape = talking().apply(hangup(PHONE), hangup(CALLER));
  tape.take();
  tape.apply(
    event("Newstate", PHONE),
    event("NewCallerid", CALLER),
    hangup(CALLER),
    event("Hold", PHONE),
  );
  assertEquals(tape.take(), []);
  assertEquals([tape.board.channels.size, tape.board.calls.size], [0, 0]);
});

Deno.test("Switchboard reports two calls that become one as merged, and ends none", () => {
  const other = leg("2.1");
  const tape = talking().apply(event("Newchannel", other));
  tape.take();
  const joined = { ...other, Linkedid: "1.1" };
  tape.apply(enter("b1", joined));
  const { call, into } = tape.last("call-merged");
  assertEquals([call.id, into.id], ["2.1", "1.1"]);
  assertEquals(tape.changes.some(({ type }) => type === "call-ended"), false);
  assertEquals([...tape.board.calls.keys()], ["1.1"]);
  assertEquals(tape.board.calls.get("1.1")?.talks.map((talk) => talk.parties), [
    ["1.1", "1.2", "2.1"],
  ]);
});

Deno.test("Switchboard lets the rest of a call go on when one of its channels changes to another call", () => {
  const other = leg("2.1");
  const tape = talking().apply(event("Newchannel", other));
  tape.take();
  tape.apply(event("Newstate", { ...PHONE, Linkedid: "2.1" }));
  assertEquals(tape.board.calls.get("1.1")?.channels, ["1.1"]);
  assertEquals(tape.board.calls.get("2.1")?.channels, ["2.1", "1.2"]);
  assertEquals(tape.take("call-merged"), []);
});

Deno.test("Switchboard gives a call no cause before its end", () => {
  const agent = leg("1.3", { Linkedid: "1.1" });
  const other = leg("1.4", { Linkedid: "1.1" });
  const tape = new Tape().apply(
    event("Newchannel", CALLER),
    event("Newchannel", agent, DOWN),
    hangup(agent, 26),
  );
  const { cause, causeText } = tape.board.calls.get("1.1") ?? {};
  assertEquals([cause, causeText], [0, ""]);
  tape.apply(
    event("Newchannel", other, RINGING),
    event("HangupRequest", CALLER),
    hangup(other, 0),
    // Of the agent who was busy, in the channel of the caller who hung up.
    hangup(CALLER, 17),
  );
  const ended = tape.last("call-ended");
  assertEquals([ended.cause, ended.causeText], [16, "Normal Clearing"]);
  assertEquals(ended.call.cause, 16);
});

Deno.test("Switchboard takes the cause of the party that was called for a caller who hung up at a busy tone", () => {
  const agent = leg("1.3", { Linkedid: "1.1" });
  const tape = new Tape().apply(
    event("Newchannel", CALLER),
    event("Newchannel", agent, DOWN),
    hangup(agent, 17),
    event("HangupRequest", CALLER, { Cause: 16 }),
    hangup(CALLER, 17),
  );
  assertEquals(tape.last("call-ended").cause, 17);
});

Deno.test("Switchboard takes the cause of the last party where the first one left before", () => {
  const third = leg("1.3", { Linkedid: "1.1" });
  const tape = talking().apply(
    leave("b1", CALLER),
    hangup(CALLER, 16),
    event("Newchannel", third, DOWN),
    hangup(third, 17),
    hangup(PHONE, 17),
  );
  assertEquals(tape.last("call-ended").cause, 17);
});

Deno.test("Switchboard keeps the cause of a channel through a snapshot", () => {
  const tape = talking().apply(
    leave("b1", CALLER),
    event("HangupRequest", CALLER, { Cause: 16 }),
    hangup(CALLER, 16),
  );
  tape.sync([listed(PHONE)]);
  tape.apply(hangup(PHONE, 127));
  assertEquals(tape.last("call-ended").cause, 16);
});

Deno.test("Switchboard reports hold and resume, once each", () => {
  const tape = talking();
  tape.take();
  tape.apply(event("Hold", PHONE), event("Unhold", PHONE));
  assertEquals(tape.take("call-"), ["call-held", "call-resumed"]);
});

Deno.test("Switchboard parks, and reports who takes the call back", () => {
  const tape = talking();
  const place = { Parkinglot: "default", ParkingSpace: 701 };
  tape.take();
  tape.apply(
    leave("b1", CALLER),
    event("ParkedCall", prefixed("Parkee", CALLER), place),
    hangup(PHONE),
  );
  assertEquals(tape.board.calls.get("1.1")?.state, "parked");
  assertEquals(tape.last("call-parked").call.id, "1.1");
  tape.apply(event("UnParkedCall", prefixed("Parkee", CALLER), place));
  assertEquals(tape.last("call-unparked").call.state, "up");
  assertEquals(tape.board.channels.get("1.1")?.parking, undefined);
});

Deno.test("Switchboard gives a transfer to the call of the transferer, once", () => {
  const tape = talking();
  const transfer = event("BlindTransfer", {
    Result: "Success",
    ...prefixed("Transferer", PHONE),
    ...prefixed("Transferee", CALLER),
    Context: "default",
    Extension: 4000,
  });
  tape.apply(transfer, transfer);
  const { call, transfer: report } = tape.last("call-transferred");
  assertEquals([call.id, report.by, report.to], [
    "1.1",
    text(PHONE.Channel),
    "4000@default",
  ]);
  assertEquals(tape.board.calls.get("1.1")?.transfers.length, 1);
});

Deno.test("Switchboard counts no half of a Local channel as a party", () => {
  const half = (uniqueid: string, end: string) =>
    leg(uniqueid, { Linkedid: "1.1", Channel: `Local/9@x-00000001;${end}` });
  const far = leg("1.5", { Linkedid: "1.1" });
  const tape = new Tape().apply(
    event("Newchannel", CALLER),
    event("Newchannel", half("1.3", "1")),
    event("Newchannel", half("1.4", "2")),
    event("Newchannel", far),
    enter("b1", CALLER),
    enter("b1", half("1.3", "1")),
    enter("b2", half("1.4", "2")),
    enter("b2", far),
  );
  const call = tape.board.calls.get("1.1");
  assertEquals(call?.parties.map(({ uniqueid }) => uniqueid), ["1.1", "1.5"]);
  assertEquals(call?.talks.map(({ parties }) => parties), [["1.1", "1.5"]]);
  assertEquals(call?.channels.length, 4);
  // Asterisk takes the wire out, and lets them talk in one bridge.
  tape.take();
  tape.apply(
    leave("b2", half("1.4", "2")),
    enter("b1", far),
    leave("b1", half("1.3", "1")),
    leave("b2", far),
    hangup(half("1.3", "1")),
    hangup(half("1.4", "2")),
  );
  assertEquals(tape.board.calls.get("1.1")?.state, "talking");
  assertEquals(tape.board.calls.get("1.1")?.channels, ["1.1", "1.5"]);
});

Deno.test("Switchboard takes snapshots, in the order in which the channels began", () => {
  const tape = new Tape().sync(
    [
      listed(leg("1.10", { Linkedid: "1.9" }), "b1"),
      listed(leg("1.2", { Linkedid: "1.9" }), "b1", { Duration: "00:10:00" }),
      listed(leg("1.9"), "b1"),
    ],
    { bridges: [item("BridgeListItem", room("b1"))] },
  );
  const call = tape.board.calls.get("1.9");
  assertEquals(call?.channels, ["1.2", "1.9", "1.10"]);
  assertEquals(tape.board.bridges.get("b1")?.channels, [
    "1.2",
    "1.9",
    "1.10",
  ]);
  assertEquals(call?.startedAt, AT - 600_000);
  assertEquals(tape.take("call-"), [
    "call-started",
    "call-answered",
    "call-connected",
  ]);
});

Deno.test("Switchboard ends what a snapshot does not have any more, as lost", () => {
  const tape = talking();
  tape.take();
  tape.sync([listed(leg("5.1"))]);
  const ended = tape.last("call-ended");
  assertEquals([ended.call.id, ended.lost, ended.cause], ["1.1", true, 0]);
  assertEquals(tape.take(), [
    "channel-ended",
    "channel-ended",
    "call-ended",
    "bridge-ended",
    "channel-started",
    "call-started",
    "call-answered",
  ]);
});

Deno.test("Switchboard reports calls that became one meanwhile as merged", () => {
  const tape = talking().apply(event("Newchannel", leg("2.1")));
  tape.take();
  tape.sync([
    listed(CALLER, "b1"),
    listed(PHONE, "b1"),
    listed(leg("2.1", { Linkedid: "1.1" })),
  ], { bridges: [item("BridgeListItem", room("b1"))] });
  const { call, into } = tape.last("call-merged");
  assertEquals([call.id, into.id], ["2.1", "1.1"]);
  assertEquals(tape.take("call-ended"), []);
});

/** A snapshot of the call of {@linkcode TALKING}. */
const LISTED = [
  listed(CALLER, "b1"),
  listed(PHONE, "b1"),
];
const BRIDGES = [item("BridgeListItem", room("b1", { BridgeNumChannels: 2 }))];

Deno.test("Switchboard reports nothing about a snapshot that says nothing new", () => {
  const tape = talking().sync(LISTED, { bridges: BRIDGES });
  tape.take();
  const { board } = tape;
  const call = board.calls.get("1.1");
  tape.sync(LISTED.toReversed(), { bridges: BRIDGES, at: AT + 3_000 });
  assertEquals(tape.changes, []);
  assertEquals(board.calls.get("1.1"), call);
});

Deno.test("Switchboard reports nothing new about a parked call when a snapshot is taken later", () => {
  const parked = item("ParkedCall", prefixed("Parkee", CALLER), {
    Parkinglot: "default",
    ParkingSpace: 701,
    ParkingDuration: 3,
  });
  const tape = new Tape().sync([listed(CALLER)], { parking: [parked] });
  const { parking } = tape.board.channels.get("1.1") ?? {};
  assertEquals(parking, { lot: "default", space: "701", since: AT - 3_000 });
  tape.take();
  tape.sync([listed(CALLER)], {
    parking: [{ ...parked, ParkingDuration: 4 }],
    at: AT + 1_400,
  });
  assertEquals(tape.take(), []);
  assertEquals(tape.board.channels.get("1.1")?.parking, parking);
  tape.sync([listed(CALLER)], {
    parking: [{ ...parked, ParkingSpace: 702 }],
  });
  assertEquals(tape.board.channels.get("1.1")?.parking?.space, "702");
  assertEquals(tape.take(), ["channel-changed", "call-changed"]);
});

Deno.test("Switchboard reports nothing new about calls that became one when a snapshot is taken later", () => {
  const other = leg("1.15", { Linkedid: "1.15" });
  const third = leg("1.20", { Linkedid: "1.1" });
  const joined = { ...other, Linkedid: "1.1" };
  const tape = talking().apply(
    event("Newchannel", other),
    event("Newchannel", third),
    enter("b1", third),
    enter("b1", joined),
  );
  const before = tape.board.calls.get("1.1");
  assertEquals(before?.state, "talking");
  const channels = [CALLER, PHONE, joined, third].map((each) =>
    listed(each, "b1", { Application: "", ApplicationData: "" })
  );
  tape.take();
  tape.sync(channels, { bridges: BRIDGES });
  assertEquals(tape.take(), []);
  tape.sync(channels, { bridges: BRIDGES, at: AT + 9_000 });
  assertEquals(tape.take(), []);
  assertEquals(tape.board.calls.get("1.1")?.talks, before?.talks);
});

Deno.test("Switchboard reports events before an older snapshot once, and loses none", () => {
  for (let known = 0; known <= TALKING.length; known++) {
    // The snapshot is of when only some of the events had come.
    const old = new Tape().apply(...TALKING.slice(0, known)).board;
    const tape = new Tape().apply(...TALKING);
    const { channels, bridges, calls } = tape.board;
    const before = Deno.inspect([...channels, ...bridges, ...calls], {
      depth: 9,
    });
    tape.take();
    tape.sync(
      [...old.channels.values()].map(({ uniqueid, state, bridgeId }) =>
        listed(
          { ...uniqueid === "1.1" ? CALLER : PHONE, ChannelStateDesc: state },
          bridgeId,
          // As of its last Newexten, of which none came.
          { Application: "", ApplicationData: "" },
        )
      ),
      {
        bridges: [...old.bridges.keys()].map((id) =>
          item("BridgeListItem", room(id))
        ),
        recorded: TALKING,
      },
    );
    assertEquals(tape.take(), [], `a snapshot after ${known} events`);
    const after = [...tape.board.channels, ...tape.board.bridges];
    assertEquals(
      Deno.inspect([...after, ...tape.board.calls], { depth: 9 }),
      before,
    );
  }
});

Deno.test("Switchboard loses no end that came before an older snapshot", () => {
  const end = [
    leave("b1", PHONE),
    leave("b1", CALLER),
    hangup(PHONE),
    event("BridgeDestroy", room("b1")),
    hangup(CALLER),
  ];
  const tape = talking().apply(...end);
  const { lost, cause } = tape.last("call-ended");
  assertEquals([lost, cause], [false, 16]);
  tape.take();
  tape.sync(LISTED, { bridges: BRIDGES, recorded: end });
  assertEquals(tape.take(), []);
  const { channels, bridges, calls } = tape.board;
  assertEquals([channels.size, bridges.size, calls.size], [0, 0, 0]);
});

Deno.test("Switchboard replays a transfer on a snapshot, and reports it once", () => {
  const transfer = event("AttendedTransfer", {
    Result: "Success",
    ...prefixed("OrigTransferer", PHONE),
    ...prefixed("SecondTransferer", leg("3.1", { ConnectedLineNum: 4000 })),
    DestType: "Bridge",
  });
  const tape = talking().sync(LISTED, { bridges: BRIDGES }).apply(transfer);
  assertEquals(tape.take("call-transferred").length, 1);
  tape.sync(LISTED, { bridges: BRIDGES, recorded: [transfer] });
  assertEquals(tape.take(), []);
  assertEquals(tape.board.calls.get("1.1")?.transfers.length, 1);
});

Deno.test("Switchboard shows in a real session what Asterisk lists", async () => {
  const frames = await captured("calls-22");
  const tape = new Tape();
  const items: DAMIData[] = [];
  for (const frame of frames) {
    if (frame.Event === "CoreShowChannel") items.push(frame);
    else if (frame.Event === "CoreShowChannelsComplete") break;
    else tape.apply(frame);
  }
  const fresh = new Tape().sync(items, {
    bridges: [...tape.board.bridges.values()].map(({ id, type, technology }) =>
      item("BridgeListItem", {
        BridgeUniqueid: id,
        BridgeType: type,
        BridgeTechnology: technology,
      })
    ),
  });
  assertEquals(items.length, 10);
  const view = ({ board }: Tape) => ({
    channels: [...board.channels.values()].map((channel) => ({
      ...channel,
      createdAt: 0,
      answeredAt: 0,
      // No event reports the end of an application.
      application: "",
      applicationData: "",
    })).sort((one, two) => one.uniqueid < two.uniqueid ? -1 : 1),
    calls: [...board.calls.values()].map((call) => ({
      id: call.id,
      state: call.state,
      channels: call.channels.toSorted(),
      parties: call.parties.length,
    })).sort((one, two) => one.id < two.id ? -1 : 1),
  });
  assertEquals(view(tape), view(fresh));
});

Deno.test("Switchboard has nothing left when all channels of a real session are hung up", async () => {
  const tape = new Tape().apply(...await captured("calls-22"));
  const hungUp = new Set(
    tape.changes.flatMap((change) =>
      change.type === "channel-ended" ? [change.channel.uniqueid] : []
    ),
  );
  assert(hungUp.size > 0);
  for (const uniqueid of hungUp) {
    assertEquals(tape.board.channels.has(uniqueid), false);
  }
  for (const call of tape.board.calls.values()) {
    assert(call.channels.every((id) => tape.board.channels.has(id)));
  }
  const started = tape.changes.filter(({ type }) => type === "call-started");
  const over = tape.changes.filter(({ type }) =>
    type === "call-ended" || type === "call-merged"
  );
  assertEquals(started.length - over.length, tape.board.calls.size);
});

Deno.test("Switchboard gives the records themselves, which stay as they were", () => {
  const tape = talking();
  const before = tape.board.channels.get("1.2");
  tape.apply(event("Hold", PHONE));
  const { channel } = tape.last("channel-changed");
  assertStrictEquals(tape.board.channels.get("1.2"), channel);
  assertEquals(before?.heldSince, undefined);
});

import { assertEquals, assertRejects } from "@std/assert";
import {
  type ActionParameters,
  AmiResponseError,
  type OriginateOutcome,
  OriginateReason,
} from "../../mod.ts";
import { asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

/** The ends of calls, as both versions report them. */
const ENDS: readonly [
  what: string,
  data: ActionParameters<"Originate">,
  outcome: OriginateOutcome,
  reason: number,
][] = [
  [
    "is answered",
    { Channel: "Local/answer@tests" },
    "answered",
    OriginateReason.Answered,
  ],
  ["is busy", { Channel: "Local/busy@tests" }, "busy", OriginateReason.Busy],
  [
    "finds no line",
    { Channel: "Local/congested@tests" },
    "congested",
    OriginateReason.Congested,
  ],
  [
    "goes to no extension",
    { Channel: "Local/nobody@tests" },
    "failed",
    OriginateReason.Failed,
  ],
  [
    "goes to no context",
    { Channel: "Local/answer@nowhere" },
    "failed",
    OriginateReason.Failed,
  ],
  [
    "rings in vain",
    { Channel: "Local/ring@tests", Timeout: 500 },
    "no-answer",
    OriginateReason.NoAnswer,
  ],
  [
    "is called and does not ring",
    { Channel: "Local/silent@tests", Timeout: 500 },
    "no-answer",
    OriginateReason.NoAnswer,
  ],
  [
    "is hung up at once",
    { Channel: "Local/hangup@tests" },
    "rejected",
    OriginateReason.Failed,
  ],
  [
    "goes to an endpoint that is offline",
    { Channel: "PJSIP/6001" },
    "unreachable",
    OriginateReason.Failed,
  ],
  [
    "goes to an endpoint that does not exist",
    { Channel: "PJSIP/9999" },
    "unreachable",
    OriginateReason.Failed,
  ],
  [
    "goes to a technology that does not exist",
    { Channel: "Nothing/1" },
    "unreachable",
    OriginateReason.Failed,
  ],
];

for (const [what, data, outcome, reason] of ENDS) {
  asteriskTest(`originate() of a call that ${what}`, async (asterisk) => {
    await using dami = await asterisk.connect();
    const { response: event, ...result } = await dami.originate({
      Application: "Wait",
      Data: 60,
      ...data,
    });
    assertEquals(event.Event, "OriginateResponse");
    assertEquals([result.outcome, event.Reason], [outcome, reason]);
    assertEquals(
      event.Response,
      outcome === "answered" ? "Success" : "Failure",
    );
  });
}

asteriskTest(
  "originate() before listen() does not need it",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const { outcome } = await dami.originate({
      Channel: "Local/busy@tests",
      Application: "Wait",
      Data: 60,
    });
    assertEquals(outcome, "busy");
    // Listeners get it all the same.
    const log = new EventLog(dami);
    await dami.listen();
    await log.find(({ Event }) => Event === "OriginateResponse", "the event");
  },
);

asteriskTest("originate() at once finds each its own", async (asterisk) => {
  await using dami = await asterisk.connect();
  await dami.listen();
  const events = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      dami.originate({
        Channel: `Local/${index % 2 === 0 ? "answer" : "busy"}@tests`,
        Application: "Wait",
        Data: 60,
        ActionID: `call-${index}`,
      })),
  );
  assertEquals(
    events.map(({ response: { ActionID, Response } }) => [ActionID, Response]),
    events.map((_, index) => [
      `call-${index}`,
      index % 2 === 0 ? "Success" : "Failure",
    ]),
  );
});

asteriskTest("originate() that Asterisk refuses", async (asterisk) => {
  await using dami = await asterisk.connect();
  const error = await assertRejects(
    () => dami.originate({ Channel: "no technology" }),
    AmiResponseError,
  );
  assertEquals(error.action, "Originate");
});

asteriskTest(
  "originate() with hangUp ends the call when its signal is aborted",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const log = new EventLog(dami);
    await dami.listen();
    const controller = new AbortController();
    const { signal } = controller;
    const channelId = `dami-${crypto.randomUUID()}`;
    const call = dami.originate({
      Channel: "Local/ring@tests",
      Application: "Wait",
      Data: 60,
      ChannelId: channelId,
    }, { signal, hangUp: true });
    await log.find(
      ({ Event, Uniqueid }) => Event === "Newchannel" && Uniqueid === channelId,
      "the channel",
    );
    controller.abort(new RangeError("Enough"));
    await assertRejects(() => call, RangeError, "Enough");
    await log.find(
      ({ Event, Uniqueid }) => Event === "Hangup" && Uniqueid === channelId,
      "its end",
    );
  },
);

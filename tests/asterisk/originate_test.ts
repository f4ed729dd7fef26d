import { assertEquals, assertRejects } from "@std/assert";
import {
  type ActionParameters,
  AmiResponseError,
  OriginateReason,
} from "../../mod.ts";
import { asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

/** How calls end, as both versions tell it. */
const ENDS: readonly [
  what: string,
  data: ActionParameters<"Originate">,
  response: string,
  reason: number,
][] = [
  [
    "is answered",
    { Channel: "Local/answer@tests" },
    "Success",
    OriginateReason.Answered,
  ],
  ["is busy", { Channel: "Local/busy@tests" }, "Failure", OriginateReason.Busy],
  [
    "finds no line",
    { Channel: "Local/congested@tests" },
    "Failure",
    OriginateReason.Congested,
  ],
  [
    "goes to no extension",
    { Channel: "Local/nobody@tests" },
    "Failure",
    OriginateReason.Failed,
  ],
  [
    "goes to no context",
    { Channel: "Local/answer@nowhere" },
    "Failure",
    OriginateReason.Failed,
  ],
  [
    "rings in vain",
    { Channel: "Local/ring@tests", Timeout: 500 },
    "Failure",
    OriginateReason.NoAnswer,
  ],
  [
    "is called and does not ring",
    { Channel: "Local/silent@tests", Timeout: 500 },
    "Failure",
    OriginateReason.NoAnswer,
  ],
  [
    "is hung up at once",
    { Channel: "Local/hangup@tests" },
    "Failure",
    OriginateReason.Failed,
  ],
  [
    "goes to an endpoint that is offline",
    { Channel: "PJSIP/6001" },
    "Failure",
    OriginateReason.Failed,
  ],
  [
    "goes to an endpoint that does not exist",
    { Channel: "PJSIP/9999" },
    "Failure",
    OriginateReason.Failed,
  ],
  [
    "goes to a technology that does not exist",
    { Channel: "Nothing/1" },
    "Failure",
    OriginateReason.Failed,
  ],
];

for (const [what, data, response, reason] of ENDS) {
  asteriskTest(`originate() of a call that ${what}`, async (asterisk) => {
    await using dami = await asterisk.connect();
    const event = await dami.originate({
      Application: "Wait",
      Data: 60,
      ...data,
    });
    assertEquals(event.Event, "OriginateResponse");
    assertEquals([event.Response, event.Reason], [response, reason]);
  });
}

asteriskTest(
  "originate() before listen() does not need it",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const event = await dami.originate({
      Channel: "Local/busy@tests",
      Application: "Wait",
      Data: 60,
    });
    assertEquals(event.Reason, OriginateReason.Busy);
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
    events.map(({ ActionID, Response }) => [ActionID, Response]),
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

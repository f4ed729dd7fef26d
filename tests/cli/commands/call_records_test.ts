import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { recordLine } from "../../../src/cli/commands/call_records.ts";
import type { GrowingLeg } from "../../../src/live/records/call_leg.ts";
import {
  type EndedCallRecord,
  endedRecord,
} from "../../../src/live/records/ended_record.ts";
import { newRecord } from "../../../src/live/records/growing_record.ts";
import { until } from "../../_waiting.ts";
import { DamiRun, runDami } from "../_run.ts";

const START = Date.UTC(2026, 10, 26, 9, 30);

function leg(fields: Partial<GrowingLeg>): GrowingLeg {
  return {
    uniqueid: "1.1",
    channel: "",
    device: "",
    number: "",
    name: "",
    isCalled: false,
    calledBy: undefined,
    startedAt: START,
    ringingAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    cause: 0,
    hungUp: false,
    lost: false,
    ...fields,
  };
}

function record(name = "Zoë"): EndedCallRecord {
  const caller = leg({ number: "6001", name, device: "PJSIP/6001" });
  const answeredBy = leg({
    uniqueid: "1.2",
    device: "PJSIP/6002",
    isCalled: true,
    outcome: "answered",
    ringingAt: START + 1_000,
    answeredAt: START + 4_000,
  });
  return endedRecord({
    ...newRecord("1.1"),
    startedAt: START,
    caller,
    dialed: "6002",
    legs: [caller, answeredBy],
    answeredBy,
    hungUpBy: caller,
    talks: [{
      parties: ["1.1", "1.2"],
      conference: undefined,
      from: START + 4_000,
      to: START + 64_000,
    }],
  }, { at: START + 64_000, cause: 16, lost: false });
}

Deno.test("a record is a line for people, of JSON, or of CSV", () => {
  assertMatch(
    recordLine(record(), "line"),
    /^\d\d:30:00\.000 {2}Zoë <?6001>? -> 6002 {2}connected {2}by PJSIP\/6002 {2}rang 0:03 {2}talked 1:00 {2}total 1:04$/,
  );
  const parsed: unknown = JSON.parse(recordLine(record(), "json", "berlin"));
  const { pbx, disposition, talkTime } = Object(parsed);
  assertEquals([pbx, disposition, talkTime], ["berlin", "connected", 60_000]);
  assertEquals(
    recordLine(record('Zoë "Z", Inc'), "csv"),
    '2026-11-26T09:30:00.000Z,1.1,6001,"Zoë ""Z"", Inc",6002,,PJSIP/6002,connected,caller,3.000,0.000,60.000,0.000,64.000',
  );
});

Deno.test("no line holds a control character that a caller has sent", () => {
  for (const format of ["line", "json", "csv"] as const) {
    const line = recordLine(record("a\u001b[2J\nb"), format);
    // deno-lint-ignore no-control-regex -- it is what must not be there
    assertEquals(/[\u0000-\u001f]/.test(line), false, line);
  }
});

Deno.test("dami calls --records prints each call as it ends", async () => {
  await using server = AmiServer.start({
    endpoints: [
      { name: "6001", contact: "sip:6001@127.0.0.1" },
      { name: "busy", contact: "sip:busy@127.0.0.1", onCall: "busy" },
    ],
  });
  const port = ["--port", `${server.port}`];
  await using lines = new DamiRun(["calls", "--records", ...port]);
  await using json = new DamiRun(["calls", "--records", "--json", ...port]);
  await using csv = new DamiRun(["calls", "-r", "--csv", ...port]);
  await csv.untilOutput("started,id,caller,");
  const asked = () =>
    server.received.filter(({ name }) => name === "QueueStatus").length;
  await until(() => asked() >= 3);
  const { code } = await runDami([
    "do",
    "Originate",
    "Channel=PJSIP/6001",
    "Context=default",
    "Exten=busy",
    "Priority=1",
    "Async=true",
    ...port,
  ]);
  assertEquals(code, 0);
  assertMatch(await lines.untilOutput("\n"), /6001 -> busy {2}busy/);
  const parsed: unknown = JSON.parse(await json.untilOutput("\n"));
  assertEquals(Object(parsed).disposition, "busy");
  assert((await csv.untilOutput(",busy,")).includes(",busy,,,busy,"));
});

Deno.test("dami calls refuses options that do not go together", async () => {
  const errors = async (...args: string[]) =>
    (await runDami(["calls", ...args])).errors;
  assertMatch(await errors("--csv"), /--csv needs --records/);
  assertMatch(
    await errors("--records", "--watch"),
    /--records and --watch cannot be combined/,
  );
  assertMatch(
    await errors("--records", "--csv", "--json"),
    /--csv and --json cannot be combined/,
  );
});

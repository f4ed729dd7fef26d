import { assertEquals } from "@std/assert";
import type { Change } from "../../../src/live/change.ts";
import {
  type Device,
  DEVICE_EVENT,
  deviceChange,
  reduceDevice,
} from "../../../src/live/records/device.ts";
import { text } from "../../../src/live/records/fields.ts";
import { RecordStore } from "../../../src/live/state/record_store.ts";
import { AT, event, type Headers } from "../_frames.ts";

function told(Device: string, State: string): Headers {
  return event(DEVICE_EVENT, { Device, State });
}

/** A store of devices, and what it told. */
function store() {
  const changes: Change[] = [];
  const devices = new RecordStore<Device>({
    events: [DEVICE_EVENT],
    keyOf: ({ Device }) => text(Device),
    reduce: reduceDevice,
    change: deviceChange,
  }, (change) => changes.push(change));
  return {
    devices,
    take: () =>
      changes.splice(0).map((change) => {
        if (change.type === "device-changed") {
          return `${change.device.name} ${change.device.state}`;
        }
        return change.type === "device-removed"
          ? `${change.device.name} is gone`
          : change.type;
      }),
  };
}

function snapshot(records: Record<string, Device["state"]>) {
  return new Map(
    Object.entries(records).map(([name, state]) => [name, { name, state }]),
  );
}

const recorded = (...events: Headers[]) =>
  events.map((event) => ({ event, at: AT }));

Deno.test("RecordStore takes events, and tells what is new by them", () => {
  const { devices, take } = store();
  devices.apply(told("PJSIP/1", "INUSE"), AT);
  devices.apply(told("PJSIP/1", "INUSE"), AT);
  devices.apply(told("PJSIP/2", "RINGING"), AT);
  devices.apply(told("PJSIP/1", "INVALID"), AT);
  devices.apply(told("PJSIP/1", "INVALID"), AT);
  assertEquals(take(), ["PJSIP/1 INUSE", "PJSIP/2 RINGING", "PJSIP/1 is gone"]);
  assertEquals([...devices.records.keys()], ["PJSIP/2"]);
});

Deno.test("RecordStore tells the difference between a snapshot and before", () => {
  const { devices, take } = store();
  devices.sync(snapshot({ "PJSIP/1": "INUSE", "PJSIP/2": "BUSY" }), [], AT);
  assertEquals(take(), ["PJSIP/1 INUSE", "PJSIP/2 BUSY"]);
  devices.sync(snapshot({ "PJSIP/2": "INUSE", "PJSIP/3": "BUSY" }), [], AT);
  assertEquals(take(), ["PJSIP/1 is gone", "PJSIP/2 INUSE", "PJSIP/3 BUSY"]);
  assertEquals([...devices.records.keys()], ["PJSIP/2", "PJSIP/3"]);
});

Deno.test("RecordStore lets what came meanwhile win over the snapshot", () => {
  const { devices, take } = store();
  devices.sync(
    snapshot({ "PJSIP/1": "INUSE", "PJSIP/2": "INUSE" }),
    recorded(
      told("PJSIP/1", "RINGING"),
      told("PJSIP/2", "INVALID"),
      told("PJSIP/3", "BUSY"),
      event("Newstate", { Device: "PJSIP/4", State: "BUSY" }),
    ),
    AT,
  );
  assertEquals(take(), ["PJSIP/1 RINGING", "PJSIP/3 BUSY"]);
  assertEquals([...devices.records.keys()], ["PJSIP/1", "PJSIP/3"]);
});

Deno.test("RecordStore tells an event once that came before a snapshot that is older", () => {
  const { devices, take } = store();
  devices.sync(snapshot({ "PJSIP/1": "NOT_INUSE" }), [], AT);
  take();
  const events = [told("PJSIP/1", "INUSE"), told("PJSIP/2", "BUSY")];
  for (const each of events) devices.apply(each, AT);
  assertEquals(take(), ["PJSIP/1 INUSE", "PJSIP/2 BUSY"]);
  devices.sync(snapshot({ "PJSIP/1": "NOT_INUSE" }), recorded(...events), AT);
  assertEquals(take(), []);
});

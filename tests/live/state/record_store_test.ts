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
import { AT, context, event, type Headers, item } from "../_frames.ts";

function changed(Device: string, State: string): Headers {
  return event(DEVICE_EVENT, { Device, State });
}

/** A store of devices, and the changes that it returned. */
function store() {
  const changes: Change[] = [];
  const devices = new RecordStore<Device>({
    events: [DEVICE_EVENT],
    keyOf: ({ Device }) => text(Device),
    reduce: reduceDevice,
    change: deviceChange,
  });
  const handlers = devices.handlers();
  return {
    devices,
    apply: (event: Headers) => {
      const handle = handlers.get(String(event.Event));
      changes.push(...handle?.(event, context()) ?? []);
    },
    sync: (items: Headers[], events: Headers[] = []) => {
      const interval = events.map((event) => ({ event, at: AT }));
      changes.push(...devices.sync(items, interval, context()));
    },
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

function snapshot(records: Record<string, Device["state"]>): Headers[] {
  return Object.entries(records).map(([Device, State]) =>
    item(DEVICE_EVENT, { Device, State })
  );
}

Deno.test("RecordStore applies events, and reports what they change", () => {
  const { devices, apply, take } = store();
  apply(changed("PJSIP/1", "INUSE"));
  apply(changed("PJSIP/1", "INUSE"));
  apply(changed("PJSIP/2", "RINGING"));
  apply(changed("PJSIP/1", "INVALID"));
  apply(changed("PJSIP/1", "INVALID"));
  assertEquals(take(), ["PJSIP/1 INUSE", "PJSIP/2 RINGING", "PJSIP/1 is gone"]);
  assertEquals([...devices.records.keys()], ["PJSIP/2"]);
});

Deno.test("RecordStore reports the differences of a snapshot from before", () => {
  const { devices, sync, take } = store();
  sync(snapshot({ "PJSIP/1": "INUSE", "PJSIP/2": "BUSY" }));
  assertEquals(take(), ["PJSIP/1 INUSE", "PJSIP/2 BUSY"]);
  sync(snapshot({ "PJSIP/2": "INUSE", "PJSIP/3": "BUSY" }));
  assertEquals(take(), ["PJSIP/1 is gone", "PJSIP/2 INUSE", "PJSIP/3 BUSY"]);
  assertEquals([...devices.records.keys()], ["PJSIP/2", "PJSIP/3"]);
});

Deno.test("RecordStore lets the events of the interval win over the snapshot", () => {
  const { devices, sync, take } = store();
  sync(
    snapshot({ "PJSIP/1": "INUSE", "PJSIP/2": "INUSE" }),
    [
      changed("PJSIP/1", "RINGING"),
      changed("PJSIP/2", "INVALID"),
      changed("PJSIP/3", "BUSY"),
      event("Newstate", { Device: "PJSIP/4", State: "BUSY" }),
    ],
  );
  assertEquals(take(), ["PJSIP/1 RINGING", "PJSIP/3 BUSY"]);
  assertEquals([...devices.records.keys()], ["PJSIP/1", "PJSIP/3"]);
});

Deno.test("RecordStore reports an event once that came before an older snapshot", () => {
  const { apply, sync, take } = store();
  sync(snapshot({ "PJSIP/1": "NOT_INUSE" }));
  take();
  const events = [changed("PJSIP/1", "INUSE"), changed("PJSIP/2", "BUSY")];
  for (const each of events) apply(each);
  assertEquals(take(), ["PJSIP/1 INUSE", "PJSIP/2 BUSY"]);
  sync(snapshot({ "PJSIP/1": "NOT_INUSE" }), events);
  assertEquals(take(), []);
});

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Device,
  DEVICE_EVENT,
  deviceChange,
  deviceState,
  reduceDevice,
} from "../../../src/live/records/device.ts";
import { AT, event, item } from "../_frames.ts";

const PHONE: Device = { name: "PJSIP/6001", state: "NOT_INUSE" };

function changed(name: string, state: string) {
  return event(DEVICE_EVENT, { Device: name, State: state });
}

Deno.test("deviceState() knows the numbers that queue members have", () => {
  assertEquals(
    [0, 1, 2, 3, 4, 5, 6, 7, 8].map(deviceState),
    [
      "UNKNOWN",
      "NOT_INUSE",
      "INUSE",
      "BUSY",
      "INVALID",
      "UNAVAILABLE",
      "RINGING",
      "RINGINUSE",
      "ONHOLD",
    ],
  );
  assertEquals([9, -1, NaN].map(deviceState), [
    "UNKNOWN",
    "UNKNOWN",
    "UNKNOWN",
  ]);
});

Deno.test("reduceDevice() makes a device, and follows its state", () => {
  const device = reduceDevice(undefined, changed("PJSIP/6001", "NOT_INUSE"));
  assertEquals(device, PHONE);
  assertEquals(reduceDevice(PHONE, changed("PJSIP/6001", "RINGING")), {
    name: "PJSIP/6001",
    state: "RINGING",
  });
  assertStrictEquals(
    reduceDevice(PHONE, changed("PJSIP/6001", "NOT_INUSE")),
    PHONE,
  );
});

Deno.test("reduceDevice() keeps no device of which nothing is known", () => {
  for (const state of ["UNKNOWN", "INVALID", "", "A_STATE_OF_THE_FUTURE"]) {
    assertEquals(reduceDevice(PHONE, changed("PJSIP/6001", state)), undefined);
    assertEquals(
      reduceDevice(undefined, changed("PJSIP/6001", state)),
      undefined,
    );
  }
});

Deno.test("reduceDevice() makes no device of a Local channel that is on its way, but of one that is listed", () => {
  const name = "Local/2000@default";
  assertEquals(reduceDevice(undefined, changed(name, "INUSE")), undefined);
  const listed = reduceDevice(
    undefined,
    item(DEVICE_EVENT, { Device: name, State: "INUSE" }),
  );
  assertEquals(listed, { name, state: "INUSE" });
  assertEquals(
    reduceDevice(listed, changed(name, "NOT_INUSE"))?.state,
    "NOT_INUSE",
  );
});

Deno.test("deviceChange() reports what is new, and what is gone", () => {
  const ringing: Device = { ...PHONE, state: "RINGING" };
  assertEquals(deviceChange(undefined, PHONE, AT), {
    type: "device-changed",
    at: AT,
    device: PHONE,
    before: undefined,
  });
  assertEquals(deviceChange(PHONE, ringing, AT), {
    type: "device-changed",
    at: AT,
    device: ringing,
    before: PHONE,
  });
  assertEquals(deviceChange(PHONE, undefined, AT), {
    type: "device-removed",
    at: AT,
    device: PHONE,
  });
  assertEquals(deviceChange(undefined, undefined, AT), undefined);
});

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Extension,
  EXTENSION_EVENT,
  extensionChange,
  extensionKey,
  reduceExtension,
} from "../../../src/live/records/extension.ts";
import { AT, context, event, type Headers } from "../_frames.ts";

function changed(headers: Headers = {}): Headers {
  return event(EXTENSION_EVENT, {
    Exten: 6001,
    Context: "default",
    Hint: "PJSIP/6001&SIP/6001",
    Status: 9,
    StatusText: "InUse&Ringing",
    ...headers,
  });
}

const EXTENSION: Extension = {
  exten: "6001",
  context: "default",
  hint: "PJSIP/6001&SIP/6001",
  status: 9,
  statusText: "InUse&Ringing",
};

Deno.test("extensionKey() is the extension with its context", () => {
  assertEquals(extensionKey(changed()), "6001@default");
});

Deno.test("reduceExtension() makes an extension, and follows its state and its hint", () => {
  assertEquals(reduceExtension(undefined, changed(), context()), EXTENSION);
  assertEquals(
    reduceExtension(
      EXTENSION,
      changed({ Status: 0, StatusText: "Idle" }),
      context(),
    ),
    { ...EXTENSION, status: 0, statusText: "Idle" },
  );
  assertEquals(
    reduceExtension(EXTENSION, changed({ Hint: "PJSIP/6002" }), context()),
    { ...EXTENSION, hint: "PJSIP/6002" },
  );
});

Deno.test("reduceExtension() gives the same record if nothing is new", () => {
  assertStrictEquals(
    reduceExtension(EXTENSION, changed(), context()),
    EXTENSION,
  );
});

Deno.test("reduceExtension() ends with the hint", () => {
  for (const Status of [-1, "-2"]) {
    assertEquals(
      reduceExtension(EXTENSION, changed({ Status }), context()),
      undefined,
    );
    assertEquals(
      reduceExtension(undefined, changed({ Status }), context()),
      undefined,
    );
  }
});

Deno.test("extensionChange() reports what is new, and what is gone", () => {
  const idle = { ...EXTENSION, status: 0 };
  assertEquals(extensionChange(undefined, EXTENSION, AT), {
    type: "extension-changed",
    at: AT,
    extension: EXTENSION,
    before: undefined,
  });
  assertEquals(extensionChange(EXTENSION, idle, AT), {
    type: "extension-changed",
    at: AT,
    extension: idle,
    before: EXTENSION,
  });
  assertEquals(extensionChange(idle, undefined, AT), {
    type: "extension-removed",
    at: AT,
    extension: idle,
  });
  assertEquals(extensionChange(undefined, undefined, AT), undefined);
});

import { assertEquals } from "@std/assert";
import { type DAMIData, UNPARSED_LINES } from "@dami/dami";
import {
  keptLines,
  readDisabledEvents,
  readSection,
  readShownUser,
} from "../../../src/cli/doctor/manager_user.ts";

/** As 16 and 22 answer for a section with a template. */
const DERIVED: DAMIData = {
  "Response": "Success",
  "Category-000000": "derived",
  "Templates-000000": "base",
  "Line-000000-000000": "read=system",
  "Line-000000-000001": "writetimeout=300",
  "Line-000000-000002": "secret=top=secret",
  "Line-000000-000003": "read=call",
  "Line-000000-000004": "write=all",
  "Line-000000-000005": "eventfilter=Event: Hangup",
  "Line-000000-000006":
    "eventfilter(action(exclude),name(Newchannel),header(Channel),method(starts_with))=Local/=1",
};

Deno.test("keptLines() keeps nothing that may be a secret", () => {
  const text = JSON.stringify([
    ...keptLines(DERIVED),
    ...keptLines({ "Line-000000-000000": ["Secret = topsecret", "x"] }),
  ]);
  assertEquals(text.includes("secret"), false);
});

Deno.test("readSection() reads the lines of a user", () => {
  assertEquals(readSection(DERIVED), {
    read: ["system", "call"],
    write: ["all"],
    writeTimeout: 300,
    eventFilters: [
      "eventfilter = Event: Hangup",
      "eventfilter(action(exclude),name(Newchannel),header(Channel),method(starts_with)) = Local/=1",
    ],
  });
});

Deno.test("readSection() is undefined where there is no such section", () => {
  assertEquals(
    readSection({
      Response: "Success",
      [UNPARSED_LINES]: ["No categories found"],
    }),
    undefined,
  );
});

Deno.test("readSection() knows a section without lines", () => {
  assertEquals(readSection({ "Category-000000": "empty" }), {
    read: [],
    write: [],
    writeTimeout: undefined,
    eventFilters: [],
  });
});

Deno.test("readShownUser() reads what 16 and 22 print", () => {
  const shown = readShownUser([
    "",
    "          username: cmd",
    "            secret: <Set>",
    "               ACL: no",
    "         read perm: call,agent",
    "        write perm: <none>",
    "   displayconnects: no",
  ]);
  assertEquals(shown, {
    read: new Set(["call", "agent"]),
    write: new Set<string>(),
  });
  assertEquals(readShownUser(["There is no manager called x"]), undefined);
});

Deno.test("readDisabledEvents() reads what 16 and 22 print", () => {
  const line = "  Disabled events:           RTCPSent,RTCPReceived";
  assertEquals(readDisabledEvents([line]), ["RTCPSent", "RTCPReceived"]);
  assertEquals(readDisabledEvents(["  Disabled events:           "]), []);
  assertEquals(
    readDisabledEvents(["  Debug:                     No"]),
    undefined,
  );
});

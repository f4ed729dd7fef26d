import { assertEquals } from "@std/assert";
import { endpointStatus } from "../../src/telemetry/endpoint_status.ts";

const CASES: readonly [status: string, hasContact: boolean, word: string][] = [
  ["Reachable", true, "reachable"],
  ["OK (5 ms)", true, "reachable"],
  ["OK (1234 ms)", true, "reachable"],
  ["Lagged", true, "lagged"],
  ["LAGGED (2100 ms)", true, "lagged"],
  ["Registered", true, "registered"],
  ["NonQualified", true, "registered"],
  ["Unmonitored", true, "registered"],
  ["Created", true, "registered"],
  ["Unregistered", false, "unregistered"],
  ["", false, "unregistered"],
  ["Reachable", false, "unregistered"],
  ["Unreachable", true, "unreachable"],
  ["UNREACHABLE", true, "unreachable"],
  ["UNKNOWN", true, "unknown"],
  ["", true, "unknown"],
  ["Alice 02079460123", true, "unknown"],
];

for (const [status, hasContact, word] of CASES) {
  Deno.test(`an endpoint ${hasContact ? "with" : "without"} a contact of status "${status}" is ${word}`, () => {
    assertEquals(
      endpointStatus({
        name: "PJSIP/6001",
        technology: "PJSIP",
        contacts: hasContact ? ["sip:6001@192.0.2.1"] : [],
        contactStatuses: {},
        status,
      }),
      word,
    );
  });
}

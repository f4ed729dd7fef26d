import { assertEquals } from "@std/assert";
import {
  findExtension,
  findReachable,
} from "../../../src/testing/calls/dialplan.ts";

const CONFIGURED = {
  endpoints: [
    { name: "6001", contact: "sip:6001@127.0.0.1" },
    { name: "6002", contact: "" },
    { name: "6003" },
    { name: "1000", contact: "sip:1000@127.0.0.1" },
  ],
  peers: [{ name: "6101" }, { name: "6102", status: "UNREACHABLE" }],
  extensions: { "1000": ["Answer", "Wait(1)", "NoOp(a(b)\nc)"], "1001": [] },
};

Deno.test("findExtension() reads the applications and their data", () => {
  assertEquals(findExtension(CONFIGURED, "1000"), [
    { application: "Answer", data: "" },
    { application: "Wait", data: "1" },
    { application: "NoOp", data: "a(b)\nc" },
  ]);
  assertEquals(findExtension(CONFIGURED, "1001"), []);
});

Deno.test("findExtension() dials an endpoint by its name", () => {
  for (const name of ["6001", "6003"]) {
    assertEquals(findExtension(CONFIGURED, name), [
      { application: "Dial", data: `PJSIP/${name}` },
      { application: "Hangup", data: "" },
    ]);
  }
  assertEquals(findExtension(CONFIGURED, "9999"), undefined);
});

Deno.test("findReachable() finds SIP peers that can be reached", () => {
  const [peer] = CONFIGURED.peers;
  assertEquals(findReachable(CONFIGURED, "sip", "6101"), peer);
  assertEquals(findReachable(CONFIGURED, "SIP", "6102"), undefined);
  assertEquals(findReachable(CONFIGURED, "SIP", "6001"), undefined);
});

Deno.test("findReachable() finds registered PJSIP endpoints only", () => {
  const [first] = CONFIGURED.endpoints;
  assertEquals(findReachable(CONFIGURED, "PJSIP", "6001"), first);
  assertEquals(findReachable(CONFIGURED, "pjsip", "6001"), first);
  const cases: [string, string][] = [
    ["PJSIP", "6002"],
    ["PJSIP", "6003"],
    ["PJSIP", "nobody"],
    ["DAHDI", "6001"],
  ];
  for (const [technology, resource] of cases) {
    assertEquals(findReachable(CONFIGURED, technology, resource), undefined);
  }
});

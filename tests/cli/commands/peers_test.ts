import { assertEquals } from "@std/assert";
import { shownPeers } from "../../../src/cli/commands/peers.ts";

Deno.test("shownPeers() shows endpoints of every technology with their channels", () => {
  const peers = shownPeers({
    endpoints: new Map([
      ["PJSIP/my-trunk", {
        name: "PJSIP/my-trunk",
        technology: "PJSIP",
        contacts: ["sip:192.0.2.1:5060", "sip:192.0.2.2:5060"],
        contactStatuses: {},
        status: "Reachable",
      }],
      ["PJSIP/6002", {
        name: "PJSIP/6002",
        technology: "PJSIP",
        contacts: [],
        contactStatuses: {},
        status: "",
      }],
      ["IAX2/7101", {
        name: "IAX2/7101",
        technology: "IAX2",
        contacts: ["192.0.2.7:4569"],
        contactStatuses: {},
        status: "OK (3 ms)",
      }],
    ]),
    devices: new Map([["PJSIP/my-trunk", { state: "RINGINUSE" }]]),
    channels: new Map([
      ["1.1", { name: "PJSIP/my-trunk-00000001", device: "PJSIP/my-trunk" }],
      ["1.2", { name: "IAX2/7101-12", device: "IAX2/7101" }],
    ]),
  });
  assertEquals(peers, [
    {
      name: "PJSIP/my-trunk",
      state: "Ring, in use",
      addresses: ["sip:192.0.2.1:5060", "sip:192.0.2.2:5060"],
      channels: ["PJSIP/my-trunk-00000001"],
    },
    {
      name: "PJSIP/6002",
      state: "Unknown",
      addresses: [],
      channels: [],
    },
    {
      name: "IAX2/7101",
      state: "OK (3 ms)",
      addresses: ["192.0.2.7:4569"],
      channels: ["IAX2/7101-12"],
    },
  ]);
});

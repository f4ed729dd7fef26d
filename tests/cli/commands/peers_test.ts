import { assertEquals } from "@std/assert";
import {
  livePeers,
  readEndpoint,
  readPeer,
} from "../../../src/cli/commands/peers.ts";

Deno.test("readEndpoint() takes what Asterisk says of an endpoint apart", () => {
  assertEquals(
    readEndpoint({
      ObjectName: 6001,
      DeviceState: "In use",
      Contacts: "6001/sip:6001@192.0.2.1:5060,6001/sip:6001@192.0.2.2:5060,",
      ActiveChannels: "PJSIP/6001-00000001",
    }),
    {
      name: "PJSIP/6001",
      state: "In use",
      addresses: ["sip:6001@192.0.2.1:5060", "sip:6001@192.0.2.2:5060"],
      channels: ["PJSIP/6001-00000001"],
    },
  );
  assertEquals(
    readEndpoint({
      ObjectName: "trunk",
      DeviceState: "Unavailable",
      Contacts: "",
      ActiveChannels: 0,
    }),
    { name: "PJSIP/trunk", state: "Unavailable", addresses: [], channels: [] },
  );
});

Deno.test("readPeer() reads peers of SIP and IAX, registered or not", () => {
  assertEquals(
    readPeer({
      Channeltype: "SIP",
      ObjectName: 6101,
      IPaddress: "192.0.2.1",
      IPport: 5060,
      Status: "OK (5 ms)",
    }),
    {
      name: "SIP/6101",
      state: "OK (5 ms)",
      addresses: ["192.0.2.1:5060"],
      channels: [],
    },
  );
  for (const IPaddress of ["-none-", "(null)", "(Unspecified)", ""]) {
    const peer = readPeer({
      Channeltype: "IAX2",
      ObjectName: "trunk",
      IPaddress,
      IPport: 0,
      Status: "UNREACHABLE",
    });
    assertEquals(peer.addresses, [], IPaddress);
  }
});

Deno.test("livePeers() gives what readEndpoint() and readPeer() give", () => {
  const peers = livePeers({
    endpoints: new Map([
      ["PJSIP/my-trunk", {
        name: "PJSIP/my-trunk",
        technology: "PJSIP",
        contacts: ["sip:192.0.2.1:5060"],
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
      ["1.1", { name: "PJSIP/my-trunk-00000001" }],
      ["1.2", { name: "IAX2/7101-12" }],
    ]),
  });
  assertEquals(peers, [
    readEndpoint({
      ObjectName: "my-trunk",
      DeviceState: "Ring+Inuse",
      Contacts: "my-trunk/sip:192.0.2.1:5060,",
      ActiveChannels: "PJSIP/my-trunk-00000001",
    }),
    readEndpoint({
      ObjectName: 6002,
      DeviceState: "Unknown",
      Contacts: "",
      ActiveChannels: 0,
    }),
    readPeer({
      Channeltype: "IAX2",
      ObjectName: 7101,
      IPaddress: "192.0.2.7",
      IPport: 4569,
      Status: "OK (3 ms)",
    }),
  ]);
});

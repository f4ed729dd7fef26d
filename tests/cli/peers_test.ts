import { assertEquals } from "@std/assert";
import { readEndpoint, readPeer } from "../../src/cli/peers.ts";

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

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Endpoint,
  endpointChange,
  endpointName,
  endpointOf,
  listedName,
  reduceEndpoint,
} from "../../../src/live/records/endpoint.ts";
import { AT, context, event, type Headers, item } from "../_frames.ts";

const ONE = "sip:6001@192.0.2.1:5060";
const TWO = "sip:6001@192.0.2.2:5060";

const PHONE: Endpoint = {
  name: "PJSIP/6001",
  technology: "PJSIP",
  contacts: [ONE],
  contactStatuses: { [ONE]: "Reachable" },
  status: "Reachable",
};

function listed(headers: Headers = {}): Headers {
  return item("EndpointList", {
    ObjectType: "endpoint",
    ObjectName: 6001,
    Contacts: `6001/${ONE},`,
    DeviceState: "Not in use",
    ...headers,
  });
}

function peer(headers: Headers = {}): Headers {
  return item("PeerEntry", {
    Channeltype: "SIP",
    ObjectName: 7001,
    IPaddress: "192.0.2.7",
    IPport: 5060,
    Status: "OK (12 ms)",
    ...headers,
  });
}

function contact(URI: string, ContactStatus: string): Headers {
  return event("ContactStatus", {
    URI,
    ContactStatus,
    AOR: 6001,
    EndpointName: 6001,
  });
}

Deno.test("endpointName() and listedName() are the name as a device", () => {
  assertEquals(endpointName(contact(ONE, "Reachable")), "PJSIP/6001");
  assertEquals(
    endpointName(event("PeerStatus", { ChannelType: "SIP", Peer: "SIP/7001" })),
    "SIP/7001",
  );
  assertEquals(listedName(listed()), "PJSIP/6001");
  assertEquals(listedName(peer()), "SIP/7001");
  assertEquals(listedName(peer({ Channeltype: "IAX" })), "IAX2/7001");
});

Deno.test("endpointOf() reads the contacts of a PJSIP endpoint, one and several and none", () => {
  assertEquals(endpointOf(listed(), undefined, context()), {
    ...PHONE,
    contactStatuses: {},
    status: "",
  });
  assertEquals(
    endpointOf(
      listed({ Contacts: `6001/${ONE},other/${TWO},` }),
      undefined,
      context(),
    )
      .contacts,
    [ONE, TWO],
  );
  assertEquals(
    endpointOf(
      { ...listed(), Contacts: [`6001/${ONE},`, `other/${TWO},`] },
      undefined,
      context(),
    ).contacts,
    [ONE, TWO],
    "once for each AOR",
  );
  assertEquals(
    endpointOf(listed({ Contacts: "" }), undefined, context()).contacts,
    [],
  );
});

Deno.test("endpointOf() keeps the status of a PJSIP endpoint, which is not listed", () => {
  assertStrictEquals(endpointOf(listed(), PHONE, context()), PHONE);
  assertEquals(endpointOf(listed({ Contacts: "" }), PHONE, context()), {
    ...PHONE,
    contacts: [],
    contactStatuses: {},
    status: "",
  });
});

Deno.test("endpointOf() reads a SIP peer and an IAX2 peer", () => {
  assertEquals(endpointOf(peer(), undefined, context()), {
    name: "SIP/7001",
    technology: "SIP",
    contacts: ["192.0.2.7:5060"],
    contactStatuses: {},
    status: "OK (12 ms)",
  });
  const { IPport: _, ...iax } = peer({ Channeltype: "IAX", Port: 4569 });
  assertEquals(endpointOf(iax, undefined, context()), {
    name: "IAX2/7001",
    technology: "IAX2",
    contacts: ["192.0.2.7:4569"],
    contactStatuses: {},
    status: "OK (12 ms)",
  });
  const known = endpointOf(peer(), undefined, context());
  assertStrictEquals(endpointOf(peer(), known, context()), known);
});

Deno.test("endpointOf() has no contact for a peer without an address", () => {
  for (const IPaddress of ["-none-", "(null)", ""]) {
    assertEquals(
      endpointOf(peer({ IPaddress }), undefined, context()).contacts,
      [],
    );
  }
});

Deno.test("reduceEndpoint() makes no endpoint", () => {
  assertEquals(
    reduceEndpoint(undefined, contact(ONE, "Reachable"), context()),
    undefined,
  );
  const status = event("PeerStatus", {
    Peer: "PJSIP/6001",
    PeerStatus: "Reachable",
  });
  assertEquals(reduceEndpoint(undefined, status, context()), undefined);
});

Deno.test("reduceEndpoint() follows the status of each contact, and an endpoint is reachable if one is", () => {
  const apply = (endpoint: Endpoint, ...events: Headers[]) =>
    events.reduce(
      (each, event) => reduceEndpoint(each, event, context()) ?? each,
      endpoint,
    );
  const two = apply(PHONE, contact(TWO, "NonQualified"));
  assertEquals(two, {
    ...PHONE,
    contacts: [ONE, TWO],
    contactStatuses: { [ONE]: "Reachable", [TWO]: "NonQualified" },
  });
  const worse = apply(two, contact(TWO, "Unreachable"));
  assertEquals(worse.status, "Reachable");
  assertEquals(worse.contactStatuses[TWO], "Unreachable");
  assertEquals(apply(worse, contact(ONE, "Unreachable")).status, "Unreachable");
  const one = apply(worse, contact(ONE, "Removed"));
  assertEquals(one, {
    ...PHONE,
    contacts: [TWO],
    contactStatuses: { [TWO]: "Unreachable" },
    status: "Unreachable",
  });
  assertStrictEquals(
    apply(one, contact(ONE, "Removed")),
    one,
    "it is not there any more",
  );
  const none = apply(one, contact(TWO, "Removed"));
  assertEquals([none.contacts, none.status], [[], ""]);
});

Deno.test("reduceEndpoint() gives the same record if nothing is new", () => {
  assertStrictEquals(
    reduceEndpoint(PHONE, contact(ONE, "Reachable"), context()),
    PHONE,
  );
});

Deno.test("reduceEndpoint() takes the word of contacts for PJSIP, not that of the peer", () => {
  const status = event("PeerStatus", {
    Peer: "PJSIP/6001",
    PeerStatus: "Unreachable",
  });
  assertStrictEquals(reduceEndpoint(PHONE, status, context()), PHONE);
});

Deno.test("reduceEndpoint() follows SIP and IAX2 peers by PeerStatus", () => {
  for (const Channeltype of ["SIP", "IAX"]) {
    const known = endpointOf(peer({ Channeltype }), undefined, context());
    const report = (PeerStatus: string, more: Headers = {}) =>
      event("PeerStatus", { Peer: known.name, PeerStatus, ...more });
    const gone = reduceEndpoint(known, report("Unregistered"), context());
    assertEquals([gone?.contacts, gone?.status], [[], "Unregistered"]);
    const back = reduceEndpoint(
      gone,
      report("Registered", { Address: "192.0.2.8:5060" }),
      context(),
    );
    assertEquals(
      [back?.contacts, back?.status],
      [["192.0.2.8:5060"], "Registered"],
    );
    const late = reduceEndpoint(back, report("Lagged"), context());
    assertEquals([late?.contacts, late?.status], [
      ["192.0.2.8:5060"],
      "Lagged",
    ]);
    const refused = report("Rejected", { Address: "192.0.2.66:5060" });
    assertStrictEquals(reduceEndpoint(late, refused, context()), late);
    assertStrictEquals(reduceEndpoint(late, report("Lagged"), context()), late);
  }
});
Deno.test("endpointChange() reports what is new, and what is gone", () => {
  const gone = { ...PHONE, contacts: [] };
  assertEquals(endpointChange(undefined, PHONE, AT), {
    type: "endpoint-changed",
    at: AT,
    endpoint: PHONE,
    before: undefined,
  });
  assertEquals(endpointChange(PHONE, gone, AT), {
    type: "endpoint-changed",
    at: AT,
    endpoint: gone,
    before: PHONE,
  });
  assertEquals(endpointChange(gone, undefined, AT), {
    type: "endpoint-removed",
    at: AT,
    endpoint: gone,
  });
  assertEquals(endpointChange(undefined, undefined, AT), undefined);
});

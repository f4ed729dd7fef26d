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
  });
});

Deno.test("endpointOf() reads a SIP peer and an IAX2 peer", () => {
  assertEquals(endpointOf(peer(), undefined, context()), {
    name: "SIP/7001",
    technology: "SIP",
    contacts: ["192.0.2.7:5060"],
    status: "OK (12 ms)",
  });
  const { IPport: _, ...iax } = peer({ Channeltype: "IAX", Port: 4569 });
  assertEquals(endpointOf(iax, undefined, context()), {
    name: "IAX2/7001",
    technology: "IAX2",
    contacts: ["192.0.2.7:4569"],
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

Deno.test("reduceEndpoint() follows the contacts", () => {
  const two = reduceEndpoint(PHONE, contact(TWO, "NonQualified"), context());
  assertEquals(two, {
    ...PHONE,
    contacts: [ONE, TWO],
    status: "NonQualified",
  });
  const one = reduceEndpoint(two, contact(ONE, "Removed"), context());
  assertEquals(one?.contacts, [TWO]);
  assertStrictEquals(
    reduceEndpoint(one, contact(ONE, "Removed"), context()),
    one,
    "it is not there any more",
  );
  assertEquals(
    reduceEndpoint(one, contact(TWO, "Removed"), context())?.contacts,
    [],
  );
});

Deno.test("reduceEndpoint() follows the status, and gives the same record if nothing is new", () => {
  assertStrictEquals(
    reduceEndpoint(PHONE, contact(ONE, "Reachable"), context()),
    PHONE,
  );
  assertEquals(reduceEndpoint(PHONE, contact(ONE, "Unreachable"), context()), {
    ...PHONE,
    status: "Unreachable",
  });
  const status = event("PeerStatus", {
    Peer: "PJSIP/6001",
    PeerStatus: "Unreachable",
  });
  const next = reduceEndpoint(PHONE, status, context());
  assertEquals(next?.status, "Unreachable");
  assertStrictEquals(reduceEndpoint(next, status, context()), next);
});

Deno.test("endpointChange() tells what is new, and what is gone", () => {
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

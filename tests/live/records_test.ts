import { assertEquals, assertStrictEquals } from "@std/assert";
import { reduceDevice } from "../../src/live/device.ts";
import {
  endpointName,
  endpointOf,
  reduceEndpoint,
} from "../../src/live/endpoint.ts";
import { reduceExtension } from "../../src/live/extension.ts";
import { isTrue, moment, number, timeOf } from "../../src/live/fields.ts";
import { memberOf, reduceMember } from "../../src/live/queue_member.ts";

Deno.test("a device of which nothing is known is not kept", () => {
  const tell = (Device: string, State: string) =>
    reduceDevice(undefined, { Privilege: "call,all", Device, State });
  assertEquals(tell("PJSIP/1", "INUSE"), { name: "PJSIP/1", state: "INUSE" });
  assertEquals(tell("PJSIP/1", "UNKNOWN"), undefined);
  assertEquals(tell("Local/1@default", "INUSE"), undefined);
});

Deno.test("an extension whose hint is removed is gone", () => {
  const event = { Exten: 100, Context: "c", Hint: "PJSIP/1", Status: 0 };
  const extension = reduceExtension(undefined, event);
  assertEquals(extension?.exten, "100");
  assertStrictEquals(reduceExtension(extension, event), extension);
  assertEquals(reduceExtension(extension, { ...event, Status: -2 }), undefined);
});

Deno.test("an endpoint gains and loses contacts", () => {
  const item = { Event: "EndpointList", ObjectName: 6001 };
  const endpoint = endpointOf({
    ...item,
    Contacts: "6001/sip:a@h:5060,6001/sip:b@h:5060,",
  }, undefined);
  assertEquals(endpoint.contacts, ["sip:a@h:5060", "sip:b@h:5060"]);
  const event = {
    Event: "ContactStatus",
    EndpointName: 6001,
    URI: "sip:a@h:5060",
  };
  assertEquals(endpointName(event), endpoint.name);
  const less = reduceEndpoint(endpoint, { ...event, ContactStatus: "Removed" });
  assertEquals(less?.contacts, ["sip:b@h:5060"]);
  const more = reduceEndpoint(less, { ...event, ContactStatus: "Reachable" });
  assertEquals([more?.contacts.length, more?.status], [2, "Reachable"]);
  assertEquals(reduceEndpoint(undefined, event), undefined);
});

Deno.test("a member is the same in the list and in the events", () => {
  const common = { Queue: "q", Status: 1, Paused: 0, Penalty: 2, LastCall: 0 };
  const item = { Event: "QueueMember", Name: "n", Location: "l", ...common };
  const member = memberOf(item, undefined);
  assertEquals([member.state, member.lastCallAt], ["NOT_INUSE", undefined]);
  const event = {
    Event: "QueueMemberStatus",
    MemberName: "n",
    Interface: "l",
    ...common,
  };
  assertStrictEquals(reduceMember(member, event), member);
  assertEquals(reduceMember(undefined, event), undefined);
});

Deno.test("headers become numbers, times and truth", () => {
  assertEquals([number("1.5"), number(undefined), number("x")], [1.5, 0, 0]);
  assertEquals([moment(2), moment(0)], [2_000, undefined]);
  assertEquals([isTrue(1), isTrue("yes"), isTrue(0)], [true, true, false]);
  assertEquals(timeOf({ Timestamp: "1795364878.024113" }), 1_795_364_878_024);
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { SECRETS } from "../cli/recording/masking/_secrets.ts";
import { type Exported, exportedBy, type ReceivedSpan } from "./_otlp.ts";

/** The secrets of the tests of the mask; a single digit is everywhere. */
const MASKED = SECRETS.flatMap(([, , secrets]) => secrets)
  .map((line) => line.slice(line.indexOf(": ") + 2))
  .filter((secret) => secret.length > 1);

/** Texts that nobody outside may read: secrets, numbers, and names of persons. */
const PRIVATE = [
  ...MASKED,
  "x1y2-very-secret",
  "metrics-user",
  "02079460123",
  "Zoe",
  "Ravenscroft",
  "Alice",
  "Quillfeather",
  "6001",
  "AMPUSER",
];

function checkPrivacy({ raw, texts }: Exported): void {
  for (const word of PRIVATE) {
    assertEquals(texts.filter((text) => text.includes(word)), [], word);
    // Digits may be part of a time or an id, which is hexadecimal.
    if (!/^[\da-f]+$/.test(word)) assertEquals(raw.includes(word), false, word);
  }
}

const NAMES_OF_PARTIES = ["02079460123", "Zoe Ravenscroft"];

function only(spans: readonly ReceivedSpan[]): ReceivedSpan {
  const [span, ...more] = spans;
  assert(span !== undefined && more.length === 0, `${spans.length} spans`);
  return span;
}

function checkMetrics(exported: Exported, pbx: string | undefined): void {
  const of = pbx === undefined ? {} : { "dami.pbx": pbx };
  const kinds = [...exported.metrics.values()].map((
    { name, kind, unit, isMonotonic },
  ) => `${name} ${isMonotonic ? "counter" : kind} ${unit}`.trim());
  assertEquals(kinds.toSorted(), [
    "asterisk.calls gauge {call}",
    "asterisk.channels gauge {channel}",
    "asterisk.endpoints gauge {endpoint}",
    "asterisk.queue.abandoned counter {call}",
    "asterisk.queue.answered counter {call}",
    "asterisk.queue.callers gauge {caller}",
    "asterisk.queue.longest_wait gauge s",
    "asterisk.queue.members gauge {member}",
    "asterisk.queue.service_level gauge 1",
    "dami.actions.answered counter {action}",
    "dami.actions.failed counter {action}",
    "dami.actions.pending gauge {action}",
    "dami.connected gauge",
    "dami.events counter {event}",
    "dami.events.unread counter {event}",
    "dami.frames counter {frame}",
    "dami.frames.dropped counter {frame}",
    "dami.gaps counter {gap}",
    "dami.gaps.duration counter s",
    "dami.io counter By",
    "dami.label_sets.dropped gauge",
    "dami.last_event.timestamp gauge s",
    "dami.last_frame.timestamp gauge s",
    "dami.lines.unparsed counter {line}",
    "dami.listeners.duration counter s",
    "dami.listeners.events counter {event}",
    "dami.live gauge",
    "dami.reader.lag gauge s",
    "dami.reconnects counter {connection}",
    "rpc.client.call.duration histogram s",
  ]);
  for (const { name, description } of exported.metrics.values()) {
    assertMatch(description, /^[A-Z0-9]/, name);
  }
  assertEquals(exported.value("dami.connected", of), 1);
  assertEquals(exported.value("dami.reconnects", of), 1);
  assertEquals(exported.value("dami.gaps", of), 1);
  assertEquals(exported.value("asterisk.calls", of), 0);
  assert(exported.value("dami.events", of) > 5);
  assert(exported.value("dami.listeners.events", of) > 0);
  const queue = { ...of, "asterisk.queue.name": "sales" };
  assertEquals(exported.value("asterisk.queue.answered", queue), 1);
  assertEquals(
    exported.value("asterisk.queue.members", {
      ...queue,
      "asterisk.status": "not_inuse",
    }),
    1,
  );
  for (const direction of ["receive", "transmit"]) {
    const attributes = { ...of, "network.io.direction": direction };
    assert(exported.value("dami.io", attributes) > 100);
  }
}

function checkDurations(exported: Exported, pbx: string | undefined): void {
  const duration = exported.metrics.get("rpc.client.call.duration");
  assert(duration !== undefined);
  for (const { attributes, bounds } of duration.points) {
    assertEquals(attributes["rpc.system.name"], "ami");
    assertEquals(attributes["server.address"], "127.0.0.1");
    assertEquals(typeof attributes["server.port"], "number");
    assertEquals(attributes["dami.pbx"], pbx);
    assertEquals(bounds[0], 0.005);
  }
  const of = (method: string) => ({ "rpc.method": method });
  const name = "rpc.client.call.duration";
  assertEquals(
    exported.value(name, { ...of("_OTHER"), "error.type": "AMI_RESPONSE" }),
    1,
  );
  assertEquals(
    exported.value(name, { ...of("WaitEvent"), "error.type": "AMI_TIMEOUT" }),
    1,
  );
  assertEquals(exported.value(name, of("ConfbridgeListRooms")), 1);
  assertEquals(exported.value(name, of("Ping")), 1);
}

function checkActions(exported: Exported, pbx: string | undefined): void {
  const spans = exported.spans.filter(({ scope, attributes }) =>
    scope === "@dami/dami" && "rpc.method" in attributes
  );
  for (const { kind, attributes, message, begin, end } of spans) {
    assertEquals(kind, 3);
    assertEquals(attributes["dami.pbx"], pbx);
    assertEquals(message, "");
    assert(end >= begin);
    const names = Object.keys(attributes).toSorted();
    assertEquals(
      names.filter((name) => name !== "error.type" && name !== "dami.pbx"),
      ["rpc.method", "rpc.system.name", "server.address", "server.port"],
    );
  }
  const job = only(exported.named("job"));
  // The snapshot of the live state asks the same, without a span around it.
  const asked = only(
    exported.named("QueueStatus")
      .filter(({ parentSpanId }) => parentSpanId === job.spanId),
  );
  assertEquals(asked.traceId, job.traceId);
  assertEquals(asked.attributes["rpc.method"], "QueueStatus");
  assertEquals(asked.status, 0);
  const broken = only(exported.named("ami"));
  assertEquals(broken.attributes["rpc.method"], "_OTHER");
  assertEquals(broken.attributes["error.type"], "AMI_RESPONSE");
  assertEquals(broken.status, 2);
  const late = only(exported.named("WaitEvent"));
  assertEquals(late.attributes["error.type"], "AMI_TIMEOUT");
  const empty = only(exported.named("ConfbridgeListRooms"));
  assertEquals(["error.type" in empty.attributes, empty.status], [false, 0]);
}

function checkCall(exported: Exported, pbx: string | undefined): ReceivedSpan {
  const call = only(exported.named("call"));
  assertEquals([call.parentSpanId, call.kind], ["", 1]);
  assertEquals(call.attributes["dami.pbx"], pbx);
  assertEquals(call.attributes["asterisk.call.answered"], true);
  assertEquals(call.attributes["asterisk.call.lost"], false);
  assertEquals(call.attributes["asterisk.call.disposition"], "connected");
  assertEquals(call.attributes["asterisk.call.ended_by"], "caller");
  assertEquals(call.attributes["asterisk.call.cause"], 16);
  const children = exported.spans.filter(({ parentSpanId }) =>
    parentSpanId === call.spanId
  );
  const [ring, wait, talk] = ["ring", "wait", "talk"].map((name) =>
    only(children.filter((child) => child.name === name))
  );
  assert(ring && wait && talk);
  assertEquals(children.length, 3);
  for (const child of children) {
    assertEquals(child.traceId, call.traceId);
    assert(
      child.begin >= call.begin - 1 && child.end <= call.end + 1,
      child.name,
    );
  }
  assertEquals(wait.attributes["asterisk.queue.name"], "sales");
  assertEquals(wait.attributes["asterisk.queue.outcome"], "connected");
  assertEquals(ring.attributes["asterisk.ring.outcome"], "answered");
  assert(wait.begin <= ring.begin && ring.end <= talk.begin + 1);
  assert(talk.end - talk.begin >= 50, `${talk.end - talk.begin}`);
  return call;
}

Deno.test("observe() exports figures, actions and calls of a client, and nothing private", async () => {
  const exported = await exportedBy();
  checkMetrics(exported, undefined);
  checkDurations(exported, undefined);
  checkActions(exported, undefined);
  checkCall(exported, undefined);
  checkPrivacy(exported);
});

Deno.test("observe() exports those of each PBX of a fleet, with its name", async () => {
  const exported = await exportedBy({ fleet: true });
  checkMetrics(exported, "berlin");
  checkDurations(exported, "berlin");
  checkActions(exported, "berlin");
  checkCall(exported, "berlin");
  checkPrivacy(exported);
});

Deno.test("the spans of calls have numbers and names if the program asks for them", async () => {
  const exported = await exportedBy({ identities: true });
  const { attributes } = checkCall(exported, undefined);
  const [number, name] = NAMES_OF_PARTIES;
  const { [`asterisk.call.numbers`]: numbers } = attributes;
  const { [`asterisk.call.names`]: names } = attributes;
  assert(Array.isArray(numbers) && numbers.includes(number));
  assert(Array.isArray(names) && names.includes(name));
  const channels = attributes["asterisk.call.channels"];
  assert(Array.isArray(channels) && channels.length === numbers.length);
  for (const word of ["x1y2-very-secret", "metrics-user"]) {
    assertEquals(exported.raw.includes(word), false, word);
  }
});

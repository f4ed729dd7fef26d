import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
} from "../../mod.ts";
import { anyOf, type Candidate } from "../../src/fleet/any_of.ts";
import { until } from "../_waiting.ts";
import { started } from "./_fleet.ts";

interface FakeClient {
  readonly state: string;
}

function candidate(name: string, state = "ready"): Candidate<FakeClient> {
  return {
    name,
    client: { state },
    notConnected: () => new AmiClosedError(`${name} is ${state}`),
  };
}

const NOT_SENT = [
  new AmiClosedError("closed", "not-sent"),
  new AmiConnectionError("lost", { failure: "lost" }),
  new AmiTimeoutError("late", {
    action: "Ping",
    timeout: 1,
    outcome: "not-sent",
  }),
];

const PERHAPS_SENT = [
  new AmiClosedError("closed", "unknown"),
  new AmiConnectionError("lost", { failure: "lost", outcome: "unknown" }),
  new AmiTimeoutError("late", {
    action: "Ping",
    timeout: 1,
    outcome: "unknown",
  }),
  new AmiResponseError("refused", {
    action: "Ping",
    frames: [],
    emptyList: false,
  }),
  new TypeError("Cannot send"),
];

Deno.test("anyOf() tries the next one after each error that says not-sent", async () => {
  for (const error of NOT_SENT) {
    const tried: string[] = [];
    const result = await anyOf([candidate("a"), candidate("b")], (_, pbx) => {
      tried.push(pbx);
      return pbx === "a" ? Promise.reject(error) : Promise.resolve(pbx);
    });
    assertEquals([result, tried], ["b", ["a", "b"]]);
  }
});

Deno.test("anyOf() tries nobody else after any other error, and throws it", async () => {
  for (const error of PERHAPS_SENT) {
    const tried: string[] = [];
    const thrown = await assertRejects(() =>
      anyOf([candidate("a"), candidate("b")], (_, pbx) => {
        tried.push(pbx);
        return Promise.reject(error);
      })
    );
    assertStrictEquals(thrown, error);
    assertEquals(tried, ["a"]);
  }
});

Deno.test("anyOf() passes over who is not ready", async () => {
  const states = ["idle", "connecting", "reconnecting", "closed"];
  const candidates = states.map((state) => candidate(state, state));
  const result = await anyOf(
    [...candidates, candidate("ready")],
    (_, pbx) => Promise.resolve(pbx),
  );
  assertEquals(result, "ready");
});

Deno.test("anyOf() throws an error with all others in it if nobody could be sent the action", async () => {
  const [, lost] = NOT_SENT;
  const error = await assertRejects(
    () =>
      anyOf(
        [candidate("a"), candidate("b", "idle")],
        () => Promise.reject(lost),
      ),
    AmiConnectionError,
    "Cannot send the action to any PBX: lost; b is idle",
  );
  assertEquals([error.outcome, error.failure], ["not-sent", "lost"]);
  assertInstanceOf(error.cause, AggregateError);
  assertEquals(error.cause.errors.length, 2);
  await assertRejects(
    () => anyOf([], () => Promise.resolve()),
    AmiConnectionError,
    "no PBX was named",
  );
});

Deno.test("Fleet.anyOf() sends an action to exactly one PBX", async () => {
  await using test = await started(["berlin", "wien", "graz"]);
  const { fleet } = test;
  await test.server("berlin").refuse();
  test.server("berlin").cut();
  await until(() => fleet.get("berlin").state === "reconnecting");
  const { response } = await fleet.anyOf(
    ["berlin", "wien", "graz"],
    (client) =>
      client.originate({
        Channel: "PJSIP/6001",
        Application: "Wait",
        Data: 1,
      }),
  );
  assertEquals(response.Response, "Success");
  const asked = [...test.servers].filter(([, { received }]) =>
    received.some(({ name }) => name === "Originate")
  );
  assertEquals(asked.map(([name]) => name), ["wien"]);
});

Deno.test("Fleet.anyOf() does not send an action again that may have been sent", async () => {
  await using test = await started();
  const { fleet } = test;
  test.server("berlin").on("Originate", (_action, client) => client.cut());
  const error = await assertRejects(
    () =>
      fleet.anyOf(
        fleet.names,
        (client) =>
          client.to("Originate", {
            Channel: "PJSIP/6001",
            Application: "Echo",
          }),
      ),
    AmiConnectionError,
  );
  assertEquals(error.outcome, "unknown");
  assert(
    !test.server("wien").received.some(({ name }) => name === "Originate"),
  );
});

Deno.test("Fleet.anyOf() refuses a name that is not in the fleet, before anything is sent", async () => {
  await using test = await started(["berlin"]);
  await assertRejects(
    () => test.fleet.anyOf(["berlin", "graz"], (client) => client.to("Ping")),
    RangeError,
    '"graz"',
  );
  assertEquals(test.server("berlin").received.at(-1)?.name, "Login");
});

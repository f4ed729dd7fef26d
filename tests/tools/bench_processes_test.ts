import { assert, assertEquals } from "@std/assert";
import { readCaptured } from "../../tools/bench/captured.ts";
import { CLIENTS } from "../../tools/bench/clients.ts";
import { runClient, startPbx } from "../../tools/bench/processes.ts";
import {
  actionsWorkload,
  answersWorkload,
  eventsWorkload,
  type Workload,
} from "../../tools/bench/workload.ts";

const SCALE = { captured: await readCaptured(), quick: true };
const RUNTIME = { name: "Deno", version: "" } as const;

function outline(id: string) {
  return { id, title: "", isFor: () => true };
}

function events(
  workload: "every" | "rare" | "names" | "iterator",
  connections = 1,
): Workload {
  return eventsWorkload(SCALE, {
    ...outline(workload),
    workload,
    count: 4_000,
    connections,
    names: workload === "names" ? SCALE.captured.traffic.eventNames : [],
  });
}

/** The tasks that every kind of client has to master. */
const RUNS: [client: string, workload: Workload][] = [
  ["DAMI", events("every")],
  ["DAMI", events("rare")],
  ["DAMI", events("names")],
  ["DAMI", events("iterator")],
  ["DAMI", events("every", 10)],
  [
    "DAMI",
    actionsWorkload(SCALE, {
      ...outline("actions"),
      count: 500,
      together: 10,
      pending: 10,
    }),
  ],
  [
    "DAMI",
    answersWorkload(SCALE, {
      ...outline("list"),
      workload: "list",
      count: 2_345,
      warmUp: 10,
      warmUps: 1,
      repeats: 1,
    }),
  ],
  [
    "DAMI",
    answersWorkload(SCALE, {
      ...outline("command"),
      workload: "command",
      count: 2_345,
      warmUp: 10,
      warmUps: 1,
      repeats: 1,
    }),
  ],
  ["bare TextLineStream", events("every")],
  ["read and decode alone", events("every")],
  [
    "bare write and read",
    actionsWorkload(SCALE, {
      ...outline("actions"),
      count: 500,
      together: 10,
    }),
  ],
];

Deno.test("The benchmark gets right answers from all that need no npm", async (t) => {
  await using pbx = await startPbx({ oneCore: false });
  for (const [name, workload] of RUNS) {
    await t.step(`${name}: ${workload.id}`, async () => {
      const client = CLIENTS.find((client) => client.name === name);
      assert(client !== undefined);
      const task = workload.task(client.module, pbx.port);
      const outcome = await runClient(client, task, {
        oneCore: false,
        runtime: RUNTIME,
        deadline: 30,
      });
      assert(outcome.kind === "measured", JSON.stringify(outcome));
      assert(workload.isRight(outcome.measurement));
      assert(outcome.measurement.seconds > 0);
      assert(outcome.measurement.peakMemoryBytes > 1_000_000);
    });
  }
});

Deno.test("A client that does not answer is killed", async () => {
  const client = CLIENTS.find(({ name }) => name === "bare write and read");
  assert(client !== undefined);
  // It accepts connections, and says nothing.
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const workload = actionsWorkload(SCALE, {
    ...outline("actions"),
    count: 10,
    together: 1,
  });
  const outcome = await runClient(
    client,
    workload.task(client.module, listener.addr.port),
    { oneCore: true, runtime: RUNTIME, deadline: 0.5 },
  );
  assertEquals(outcome, { kind: "no answer", detail: "within 0.5 s" });
});

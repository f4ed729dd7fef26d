import { assertEquals } from "@std/assert";
import type {
  Fleet,
  FleetAnswer,
  FleetChange,
  FleetLive,
  FleetLiveState,
} from "../../src/fleet/fleet.ts";
import type { AmiClient, DAMIValue, EventData } from "../../mod.ts";

/** `true` if two types are the same. */
type Same<One, Two> = (<T>() => T extends One ? 1 : 2) extends
  (<T>() => T extends Two ? 1 : 2) ? true : false;

function same<One, Two>(_: Same<One, Two>): void {}

/** Is checked and never run. */
async function typed(fleet: Fleet, live: FleetLive): Promise<void> {
  fleet.on("Hangup", (event, pbx) => {
    same<typeof event, EventData<"Hangup">>(true);
    same<typeof pbx, string>(true);
  });
  fleet.once(
    "MyOwnEvent",
    ({ Field }) => same<typeof Field, DAMIValue | undefined>(true),
  );
  for await (const { event, pbx } of fleet.events("QueueCallerJoin")) {
    same<typeof event, EventData<"QueueCallerJoin">>(true);
    same<typeof pbx, string>(true);
  }
  const answers = await fleet.all("QueueStatus", { Queue: "support" });
  same<typeof answers, Map<string, FleetAnswer<"QueueStatus">>>(true);
  // @ts-expect-error -- the action needs its parameters
  await fleet.all("QueuePause");
  const count = await fleet.anyOf(["a"], (client, pbx) => {
    same<typeof client, AmiClient>(true);
    return Promise.resolve(pbx.length);
  });
  same<typeof count, number>(true);
  for (const { frames, error } of answers.values()) {
    if (error === undefined) same<typeof frames, object>(false);
    else same<typeof error, Error>(true);
  }
  same<
    ReturnType<typeof live.queues.get> extends infer Q
      ? Q extends { name: string; pbx: string } | undefined ? true : false
      : false,
    true
  >(true);
  for await (const change of live.changes()) {
    same<typeof change, FleetChange>(true);
    if (change.type === "call-ended") same<typeof change.cause, number>(true);
    if (change.type === "pbx-state-changed") {
      same<typeof change.before, FleetLiveState>(true);
    }
  }
}

Deno.test("a fleet is typed by the catalog, as DAMI is", () => {
  // The compiler has checked it.
  assertEquals(typeof typed, "function");
});

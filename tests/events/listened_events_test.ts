import { assertEquals } from "@std/assert";
import { ListenedEvents } from "../../src/events/listened_events.ts";

/** Lets promises settle that wait for nothing. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

/** The names that are listened to, and the masks that were asked for. */
class Stage {
  readonly names = new Set<string>();
  readonly asked: string[] = [];
  readonly problems: unknown[] = [];
  state = "ready";
  refuses = false;
  readonly listened = new ListenedEvents({
    names: () => this.names,
    sender: () => this,
    report: (error) => this.problems.push(error),
    timeout: 1_000,
  });

  send(action: string, { EventMask }: { EventMask: string }): Promise<void> {
    assertEquals(action, "Events");
    this.asked.push(EventMask);
    return this.refuses ? Promise.reject(new Error("No")) : Promise.resolve();
  }

  /** Loads the classes, and forgets what is asked for then. */
  async load(): Promise<void> {
    await this.listened.load();
    await settled();
    this.asked.length = 0;
  }

  listen(...names: string[]): void {
    for (const name of names) this.names.add(name);
    this.listened.changed();
  }
}

Deno.test("ListenedEvents asks for the classes of what is listened to", async () => {
  const { listened, names } = new Stage();
  assertEquals(listened.mask, "off");
  names.add("hangup");
  assertEquals(listened.mask, "on", "the classes are not known yet");
  await listened.load();
  assertEquals(listened.mask, "call");
  names.add("QueueCallerJoin");
  assertEquals(listened.mask, "agent,call");
});

Deno.test("ListenedEvents asks for everything where a name is not known", async () => {
  for (const name of ["*", "SomeModuleEvent"]) {
    const { listened, names } = new Stage();
    await listened.load();
    names.add("hangup").add(name);
    assertEquals(listened.mask, "on");
  }
});

Deno.test("ListenedEvents asks once for the changes of one turn, and not for what is the same", async () => {
  const stage = new Stage();
  await stage.load();
  stage.listen("hangup");
  stage.listen("varset");
  await settled();
  assertEquals(stage.asked, ["call,dialplan"]);
  stage.listen("newchannel");
  await settled();
  assertEquals(stage.asked, ["call,dialplan"]);
});

Deno.test("ListenedEvents asks before an action that follows in the same turn", async () => {
  const stage = new Stage();
  await stage.load();
  stage.listen("hangup");
  stage.listened.settle();
  assertEquals(stage.asked, ["call"]);
  await settled();
  assertEquals(stage.asked, ["call"]);
});

Deno.test("ListenedEvents begins each session with what is listened to, and asks for what came since", async () => {
  const stage = new Stage();
  await stage.load();
  stage.state = "reconnecting";
  stage.listen("hangup");
  await settled();
  assertEquals(stage.listened.begin(), "call");
  stage.listen("varset");
  await settled();
  assertEquals(stage.asked, [], "without a session");
  stage.state = "ready";
  stage.listened.changed();
  await settled();
  assertEquals(stage.asked, ["call,dialplan"]);
  stage.listened.begin();
  stage.listened.changed();
  await settled();
  assertEquals(stage.asked.length, 1);
});

Deno.test("ListenedEvents reports a refusal, unless the connection is lost", async () => {
  const stage = new Stage();
  await stage.load();
  stage.refuses = true;
  stage.listen("hangup");
  await settled();
  assertEquals(stage.problems.length, 1);
  stage.listen("varset");
  stage.listened.settle();
  stage.state = "reconnecting";
  await settled();
  assertEquals(stage.problems.length, 1);
});

Deno.test("ListenedEvents asks again with the next change, if the PBX refused", async () => {
  const stage = new Stage();
  await stage.load();
  stage.refuses = true;
  stage.listen("hangup");
  await settled();
  stage.refuses = false;
  stage.listen("newchannel");
  await settled();
  assertEquals(stage.asked, ["call", "call"]);
});

import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { ActionMap } from "../../src/actions/action_map.ts";
import type { Answer } from "../../src/actions/pending_action.ts";
import { AmiProtocolError } from "../../src/errors.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { Statistics } from "../../src/statistics.ts";
import { Frame } from "../../src/wire/frame.ts";
import { loggedIn } from "../_dami.ts";
import type { ScriptedPeer } from "../_scripted_server.ts";
import { until, within } from "../_waiting.ts";

/** A map, with what it asked its handlers for. */
class Stage {
  readonly awaited: string[] = [];
  readonly strays: string[] = [];
  readonly #map = new ActionMap(DEFAULT_LIMITS, new Statistics(), {
    awaitEnd: (actionId) => this.awaited.push(actionId),
    stray: ({ lines }) => this.strays.push(lines.join("|")),
  });

  add(actionId: string, action: string, signal?: AbortSignal): Promise<Answer> {
    const options = { actionId, action, timeout: Infinity, signal };
    return this.#map.add(options, () => ({ started: true, cancel() {} }));
  }

  /** Gives a frame of these lines to the map, as a session does. */
  take(...lines: string[]): boolean {
    const frame = new Frame(lines);
    if (frame.kind === "response") return this.#map.takeResponse(frame);
    return frame.kind === "event"
      ? this.#map.takeEvent(frame)
      : this.#map.takeText(frame);
  }

  /** Says that the PBX has gone on to the next action. */
  end(actionId: string): void {
    this.#map.endText(actionId);
  }

  has(actionId: string): boolean {
    return this.#map.has(actionId);
  }
}

async function linesOf(answer: Promise<Answer>): Promise<string[]> {
  return (await within(answer)).frames.map(({ lines }) => lines.join("|"));
}

const START = ["Response: Success", "EventList: start"];

Deno.test("free text answers an action of a module once the PBX has gone on", async () => {
  const stage = new Stage();
  const answer = stage.add("1", "SCCPDeviceUpdate");
  assert(stage.take("Done"));
  assert(stage.take("really"));
  assert(stage.has("1"), "its response may still come");
  assertEquals(stage.awaited, ["1"]);
  stage.end("1");
  assertEquals(await linesOf(answer), ["Done", "really"]);
  assertEquals(stage.strays, []);
});

Deno.test("a response without ActionID answers an action of a module once the PBX has gone on", async () => {
  const stage = new Stage();
  const answer = stage.add("1", "RptStatus");
  assert(stage.take("text in front"));
  assert(stage.take("Response: Success", "Node: 1999"));
  stage.end("1");
  assertEquals(await linesOf(answer), [
    "Response: Success|Node: 1999",
    "text in front",
  ]);
});

Deno.test("a response with its ActionID is the answer, and what came before it is reported", async () => {
  const stage = new Stage();
  const answer = stage.add("1", "SCCPDeviceUpdate");
  assert(stage.take("Done"));
  assert(stage.take("Response: Success"));
  assert(stage.take("Response: Success", "ActionID: 1"));
  assertEquals(await linesOf(answer), ["Response: Success|ActionID: 1"]);
  assertEquals(stage.strays, ["Done", "Response: Success"]);
  stage.end("1");
});

Deno.test("text that carries an ActionID answers that action, and no other", async () => {
  const stage = new Stage();
  const first = stage.add("1", "RptLocalNodes");
  const second = stage.add("2", "RptStatus");
  assert(stage.take("ActionID: 2", "Node: 1999"));
  assertEquals(await linesOf(second), ["ActionID: 2|Node: 1999"]);
  assertFalse(stage.take("ActionID: 3", "Node: 1999"));
  assert(stage.take("Response: Success", "ActionID: 1"));
  await first;
});

Deno.test("nothing without ActionID answers an action of Asterisk's own", () => {
  const stage = new Stage();
  for (const action of ["Login", "Ping", "Status", "command"]) {
    void stage.add(action, action);
    assertFalse(stage.take("Done"));
    assertFalse(stage.take("Response: Success"));
  }
  assertEquals(stage.awaited, []);
});

Deno.test("nothing without ActionID answers an action that is not the next in order", async () => {
  const stage = new Stage();
  void stage.add("1", "Status");
  void stage.add("2", "SCCPDeviceUpdate");
  assertFalse(stage.take("Done"), "Status is to be answered first");
  const third = stage.add("3", "Ping");
  assert(stage.take("Response: Success", "ActionID: 3"));
  await third;
  assertFalse(stage.take("Done"), "the PBX has gone on to the third");
  assertFalse(stage.take("Response: Error"));
  const fourth = stage.add("4", "SCCPDeviceUpdate");
  assert(stage.take("Done"));
  stage.end("4");
  assertEquals(await linesOf(fourth), ["Done"]);
});

Deno.test("the end of a list without ActionID ends the list that is open", async () => {
  const stage = new Stage();
  const answer = stage.add("1", "SCCPListDevices");
  const next = stage.add("2", "Status");
  stage.take(...START, "ActionID: 1");
  assert(stage.take("Event: DeviceEntry", "ActionID: 1"));
  assertFalse(stage.take("Event: AgentComplete", "Queue: support"));
  assertFalse(stage.take("Event: UserEvent", "EventList: Complete"));
  assert(stage.take("some text"));
  assert(stage.take("Event: SCCPListDevicesComplete", "EventList: Complete"));
  assertEquals((await linesOf(answer)).length, 4);
  assertFalse(stage.take("Event: XComplete", "EventList: Complete"));
  stage.take(...START, "ActionID: 2");
  assert(stage.take("Event: StatusComplete", "Items: 0"));
  assertEquals((await linesOf(next)).length, 2);
});

Deno.test("the end of a list without ActionID never ends one that the PBX has left behind", async () => {
  const stage = new Stage();
  void stage.add("1", "SCCPListDevices");
  const second = stage.add("2", "SCCPListLines");
  stage.take(...START, "ActionID: 1");
  stage.take(...START, "ActionID: 2");
  assert(stage.take("Event: SCCPListLinesComplete", "EventList: Complete"));
  assertEquals((await linesOf(second)).length, 2);
  assert(stage.has("1"));
  assertFalse(stage.take("Event: XComplete", "EventList: Complete"));
});

Deno.test("text for an action that was given up answers no later one", async () => {
  const stage = new Stage();
  const controller = new AbortController();
  const first = stage.add("1", "SCCPDeviceUpdate", controller.signal);
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => first, RangeError);
  const second = stage.add("2", "SCCPDeviceUpdate");
  assert(stage.take("Done"), "it is the answer to the first");
  stage.end("1");
  assert(stage.has("2"));
  assert(stage.take("Done, too"));
  stage.end("2");
  assertEquals(await linesOf(second), ["Done, too"]);
});

/** Answers as chan_sccp does: with text, with a list whose end has no ActionID, or with both. */
async function sccp(peer: ScriptedPeer): Promise<void> {
  for (
    let action = await peer.next();
    action !== undefined;
    action = await peer.next()
  ) {
    const id = `ActionID: ${action.get("ActionID")}`;
    if (action.name === "SCCPDeviceUpdate") {
      await peer.frame("Done");
    } else if (action.name === "SCCPListDevices") {
      await peer.frame(...START, id);
      await peer.frame("Event: DeviceEntry", id, "ObjectName: SEP1");
      await peer.frame("Event: SCCPListDevicesComplete", "EventList: Complete");
    } else {
      await peer.write(`Note\nResponse: Success\r\n${id}\r\n\r\n`);
    }
  }
}

Deno.test("to() resolves with the answers of chan_sccp, although nobody listens to events", async () => {
  await using session = await loggedIn(sccp);
  const { dami } = session;
  const problems: unknown[] = [];
  dami.addEventListener("error", ({ error }) => problems.push(error));
  const [text, list, response] = await within(Promise.all([
    dami.to("SCCPDeviceUpdate"),
    dami.to("SCCPListDevices"),
    dami.to("SCCPHoldCall"),
  ]));
  assertEquals(text, [{ $lines: ["Done"] }]);
  assertEquals(list.map(({ Event }) => Event), [
    undefined,
    "DeviceEntry",
    "SCCPListDevicesComplete",
  ]);
  assertEquals(response[0].Response, "Success");
  await until(() => problems.length > 0);
  const [problem] = problems;
  assert(problem instanceof AmiProtocolError);
  assertEquals(problem.lines, ["Note"]);
});

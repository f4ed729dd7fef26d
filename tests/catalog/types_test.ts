/**
 * Promises of the catalog that the checker keeps: it says so when it reads this
 * file, and there is hardly anything to run.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { LivePbx } from "../../src/live/live_pbx.ts";
import type {
  ActionData,
  ActionName,
  ActionParameters,
  ActionResult,
  AmiClient,
  DAMI,
  DAMIData,
  DAMIValue,
  EventData,
  EventName,
  EventStream,
  FieldValue,
  ListItem,
} from "../../mod.ts";

/** `true` if two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

/** Is only accepted where the types are what is said of them. */
function assertType<_IsTrue extends true>(): void {}

/** Is checked, and never called. */
type Checked = (dami: DAMI) => unknown;

function checked(what: string, _promise: Checked): void {
  // The checker has read the promise by now.
  Deno.test(what, () => assertEquals(typeof _promise, "function"));
}

checked("Names of actions and events complete", () => {
  const action: ActionName = "QueueStatus";
  const event: EventName = "Hangup";
  // @ts-expect-error -- it is misspelt
  const wrongAction: ActionName = "QueueStatsu";
  // @ts-expect-error -- on the wire it is Newexten
  const wrongEvent: EventName = "NewExten";
  return [action, event, wrongAction, wrongEvent];
});

checked("An action that needs nothing can be sent by its name", (dami) => [
  dami.to("Ping"),
  dami.to("Ping", {}),
  dami.to("Ping", { ActionID: 1 }),
  dami.to("Ping", { ActionID: "1" }, { timeout: 1 }),
  dami.to("CoreShowChannels"),
  dami.to("QueueStatus", { Queue: undefined }),
]);

checked("An action that needs a header cannot be sent without it", (dami) => {
  // @ts-expect-error -- to whom?
  dami.to("Originate");
  // @ts-expect-error -- to whom?
  dami.to("Originate", { Context: "default", Exten: 1000, Priority: 1 });
  // @ts-expect-error -- who is it?
  dami.to("QueueAdd", { Queue: "support" });
  // @ts-expect-error -- undefined is left out
  dami.to("QueueAdd", { Queue: "support", Interface: undefined });
  dami.to("QueueAdd", { Queue: "support", Interface: "PJSIP/6001" });
});

checked("The values of headers are checked", (dami) => {
  dami.to("Originate", {
    Channel: "PJSIP/6001",
    Exten: 1000,
    Async: true,
    Variable: { GREETING: "hello", ATTEMPT: 1 },
  });
  dami.to("Originate", { Channel: "PJSIP/6001", Variable: ["A=1", "B=2"] });
  // @ts-expect-error -- there is one timeout
  dami.to("Originate", { Channel: "PJSIP/6001", Timeout: [1, 2] });
  // @ts-expect-error -- only a variable is an object
  dami.to("Originate", { Channel: "PJSIP/6001", Exten: { A: 1 } });
  // @ts-expect-error -- nothing is sent of null
  dami.to("Getvar", { Variable: null });
});

checked("Headers that are not in the catalog can be sent besides", (dami) => [
  dami.to("QueueStatus", { SuppressEvents: "yes" }),
  dami.to("UserEvent", { UserEvent: "Mine", Header1: 1, Header2: ["a", "b"] }),
  dami.to("UpdateConfig", {
    SrcFilename: "queues.conf",
    DstFilename: "queues.conf",
    "Action-000000": "NewCat",
    "Cat-000000": "support",
  }),
]);

checked("Actions that are not in the catalog can be sent", (dami) => {
  assertType<Same<ActionParameters<"NoSuchAction">, ActionData>>();
  const answer = dami.to("NoSuchAction", { Anything: [1, "2"] });
  const response: Promise<DAMIData> = answer.then(([response]) => response);
  const name: string = "Originate";
  return [response, dami.to(name), dami.to<string>("Originate", {})];
});

checked(
  "A list is the response, its items and its completion",
  async (dami) => {
    const result = await dami.to("QueueSummary");
    assertType<Same<typeof result, ActionResult<"QueueSummary">>>();
    const [response, ...events] = result;
    const message: string | undefined = response.Message;
    const seen: unknown[] = [];
    for (const event of events) {
      if (event.Event === "QueueSummary") {
        const talkTime: number | undefined = event.TalkTime;
        seen.push(talkTime);
      } else {
        const end: "QueueSummaryComplete" = event.Event;
        const count: number | undefined = event.ListItems;
        seen.push(end, count);
      }
    }
    // @ts-expect-error -- no such event is in this list
    const none = events.filter((event) => event.Event === "QueueMember");
    return [message, none];
  },
);

checked("The items of a list are told apart by their names", () => {
  const describe = (item: ListItem<"QueueStatus">): unknown => {
    switch (item.Event) {
      case "QueueParams":
        return item.Strategy;
      case "QueueMember":
        return item.StateInterface;
      case "QueueEntry":
        return item.Position;
      default: {
        const none: never = item;
        return none;
      }
    }
  };
  assertType<Same<ListItem<"Agents">["Event"], "Agents">>();
  assertType<Same<ListItem<"NoSuchAction">, DAMIData>>();
  return describe;
});

checked("The response has the headers of its action", async (dami) => {
  const [{ CoreCurrentCalls }] = await dami.to("CoreStatus");
  const [{ Output }] = await dami.to("Command", {
    Command: "core show uptime",
  });
  const lines: string[] | undefined = Output;
  const calls: number | undefined = CoreCurrentCalls;
  return [lines, calls];
});

checked("A callback gets what the promise does", (dami) => {
  dami.to("QueueSummary", {}, ([response, ...events]) => {
    const message: string | undefined = response.Message;
    const names: ("QueueSummary" | "QueueSummaryComplete")[] = events
      .map((event) => event.Event);
    return [message, names];
  });
});

checked(
  "Names are strings, quantities numbers, and some are either",
  (dami) => {
    dami.on("Newchannel", (event) => {
      assertType<Same<typeof event.CallerIDNum, string>>();
      assertType<Same<typeof event.Exten, string>>();
      assertType<Same<typeof event.Priority, number>>();
      assertType<Same<typeof event.ActionID, string | undefined>>();
      // @ts-expect-error -- an extension is not typed as a number
      return event.Exten === 802;
    });
    dami.on("QueueMemberStatus", (event) => {
      assertType<Same<typeof event.Status, number>>();
      assertType<Same<typeof event.Wrapuptime, number | undefined>>();
    });
    dami.on("PresenceStatus", (event) => {
      assertType<Same<typeof event.Status, string | undefined>>();
    });
    dami.on("ContactStatus", (event) => {
      assertType<Same<typeof event.RoundtripUsec, FieldValue | undefined>>();
    });
    dami.to("Getvar", { Variable: "EPOCH" }, ([{ Value, Timestamp }]) => {
      assertType<Same<typeof Value, string>>();
      assertType<Same<typeof Timestamp, DAMIData[string]>>();
    });
  },
);

checked("What may be missing is undefined", () => {
  assertType<Same<DAMIData[string], DAMIValue | undefined>>();
  assertType<undefined extends EventData<"Hangup">["Novelty"] ? true : false>();
});

checked("An event has its headers", (dami) => {
  dami.on("Hangup", (event) => {
    const channel: string = event.Channel;
    const cause: string | undefined = event["Cause-txt"];
    const anything: DAMIData[string] | undefined = event.SomethingElse;
    // @ts-expect-error -- it comes once
    const list: string[] = event.Channel;
    // @ts-expect-error -- not every version has it
    const text: number = event.TechCause;
    return [channel, cause, anything, list, text];
  });
  dami.once("DialEnd", (event) => {
    const isBusy: boolean = event.DialStatus === "BUSY";
    const other: boolean = event.DialStatus === "SOMETHING NEW";
    const destination: string | undefined = event.DestChannel;
    return [isBusy, other, destination];
  });
  dami.on("Newchannel", ({ ChanVariable }) => {
    const several: string | string[] | undefined = ChanVariable;
    return several;
  });
});

checked("Events that are not in the catalog are data", (dami) => {
  assertType<Same<EventData<"NoSuchEvent">, DAMIData>>();
  dami.on("NoSuchEvent", (event: DAMIData) => event.Anything);
  dami.on("*", (event: DAMIData) => event.Event);
  const name: string = "Hangup";
  dami.on(name, (event: DAMIData) => event.Channel);
});

checked("What takes any event can listen to one, and be removed", (dami) => {
  const events: DAMIData[] = [];
  const add = (event: DAMIData) => events.push(event);
  dami.on("Hangup", add);
  dami.off("Hangup", add);
  const hungUp = (event: EventData<"Hangup">) => event.Cause;
  dami.on("Hangup", hungUp);
  dami.off("Hangup", hungUp);
  // @ts-expect-error -- that is another event
  dami.on("Newchannel", hungUp);
});

checked("Events that are iterated have their headers", async (dami) => {
  const stream = dami.events("Newchannel");
  assertType<Same<typeof stream, EventStream<EventData<"Newchannel">>>>();
  for await (const event of stream) {
    const exten: string = event.Exten;
    return exten;
  }
  const all: EventStream<DAMIData> = dami.events();
  return all;
});

Deno.test("DAMI is an AmiClient, and is typed as one", () => {
  // Any method of DAMI that the interface promises otherwise makes this fail.
  assertType<DAMI extends AmiClient ? true : false>();
  assertType<Same<AmiClient["to"], DAMI["to"]>>();
  assertType<Same<AmiClient["on"], DAMI["on"]>>();
  assertType<Same<AmiClient["once"], DAMI["once"]>>();
  assertType<Same<AmiClient["off"], DAMI["off"]>>();
  assertType<Same<AmiClient["events"], DAMI["events"]>>();
  assertType<Same<AmiClient["originate"], DAMI["originate"]>>();
  assertType<Same<Parameters<typeof LivePbx.start>[0], AmiClient>>();
});

Deno.test("readers of events cannot push", () => {
  assertType<"push" extends keyof EventStream<DAMIData> ? false : true>();
  assertType<"close" extends keyof EventStream<DAMIData> ? false : true>();
});

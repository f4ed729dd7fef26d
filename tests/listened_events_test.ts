import { assert, assertEquals } from "@std/assert";
import { DAMI } from "../mod.ts";
import { LivePbx } from "../src/live/live_pbx.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { EVENTS_OF_CLASSES } from "../src/events/event_classes_table.ts";
import { until, within } from "./_waiting.ts";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** A PBX, and a DAMI that asks for what it listens to. */
async function stage(): Promise<
  { server: AmiServer; dami: DAMI } & AsyncDisposable
> {
  const server = await AmiServer.start();
  const dami = new DAMI({
    hostname: server.hostname,
    port: server.port,
    events: "listened",
    reconnect: { minDelay: 1 },
  });
  await dami.connectAndLogin(CREDENTIALS);
  await dami.listen();
  return {
    server,
    dami,
    async [Symbol.asyncDispose]() {
      dami.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Returns the masks that the PBX was asked for since the login. */
function masksAskedFor(server: AmiServer): unknown[] {
  return server.received
    .filter(({ name }) => name === "Events")
    .map((action) => action.get("EventMask"));
}

function emit(server: AmiServer): void {
  server.emit({ Event: "Hangup", Privilege: "call,all" });
  server.emit({ Event: "VarSet", Privilege: "dialplan,all" });
}

Deno.test('with events: "listened" the PBX sends nothing else, and sends that after a reconnect', async () => {
  await using stage_ = await stage();
  const { server, dami } = stage_;
  const heard: string[] = [];
  await within(dami.to("Ping"));
  emit(server);
  await within(dami.to("Ping"));
  assertEquals(dami.stats().events, 0);
  const remove = dami.on("Hangup", ({ Event }) => heard.push(String(Event)));
  await within(dami.to("Ping"));
  emit(server);
  await until(() => heard.length === 1);
  const login = Promise.withResolvers<void>();
  dami.addEventListener("login", () => login.resolve());
  server.cut();
  await within(login.promise);
  await within(dami.to("Ping"));
  emit(server);
  await until(() => heard.length === 2);
  remove();
  await within(dami.to("Ping"));
  emit(server);
  await within(dami.to("Ping"));
  assertEquals(heard, ["Hangup", "Hangup"]);
  assertEquals(dami.stats().eventsUnread, 0);
});

Deno.test('with events: "listened" originate() hears what becomes of its call', async () => {
  await using stage_ = await stage();
  const { dami } = stage_;
  const { outcome } = await within(dami.originate({
    Channel: "Local/nowhere@nowhere",
    Application: "Wait",
    Data: 1,
  }));
  assert(outcome !== undefined);
});

Deno.test('with events: "listened" a call that was given up is still hung up once its channel appears', async () => {
  await using stage_ = await stage();
  const { server, dami } = stage_;
  server.on("Originate", () => ({ Response: "Success" }));
  const controller = new AbortController();
  const sent = server.next("Originate");
  const call = dami.originate(
    { Channel: "Local/any@any", Application: "Wait", Data: 1 },
    { hangUp: true, signal: controller.signal },
  );
  const action = await within(sent);
  const hangup = server.next("Hangup");
  controller.abort();
  await within(call.catch(() => {}));
  await within(dami.to("Ping"));
  server.emit({
    Event: "Newchannel",
    Privilege: "call,all",
    Uniqueid: action.get("ChannelId"),
  });
  await within(hangup);
  await until(() => masksAskedFor(server).at(-1) === "off");
});

Deno.test('with events: "listened" iterators and once() count, and what has ended counts no more', async () => {
  await using stage_ = await stage();
  const { server, dami } = stage_;
  server.forget();
  const events = dami.events("QueueMemberStatus");
  dami.once("VarSet", () => {});
  await within(dami.to("Ping"));
  emit(server);
  await until(() => masksAskedFor(server).length === 2);
  await events.return?.();
  await within(dami.to("Ping"));
  assertEquals(masksAskedFor(server), ["agent,dialplan", "agent", "off"]);
});

Deno.test('with events: "listened" LivePbx asks for the classes that it needs', async () => {
  await using stage_ = await stage();
  const { server, dami } = stage_;
  server.forget();
  const live = await within(LivePbx.start(dami));
  const [mask, ...others] = masksAskedFor(server);
  assertEquals(others, []);
  assert(String(mask).split(",").includes("call"), String(mask));
  live.stop();
  await within(dami.to("Ping"));
  assertEquals(masksAskedFor(server).at(-1), "off");
});

Deno.test('an action Events of the program ends events: "listened"', async () => {
  await using stage_ = await stage();
  const { server, dami } = stage_;
  let hangups = 0;
  let variables = 0;
  const answer = dami.to("Events", { EventMask: "dialplan" });
  dami.on("Hangup", () => hangups++);
  await within(answer);
  dami.on("VarSet", () => variables++);
  await within(dami.to("Ping"));
  emit(server);
  await until(() => variables === 1);
  assertEquals(hangups, 0);
});

Deno.test("the classes of events are those that a real Asterisk says", async () => {
  for (const name of ["calls-22", "lists-16"]) {
    const text = await Deno.readTextFile(
      new URL(`captures/${name}.txt`, import.meta.url),
    );
    let seen = 0;
    for (const frame of text.split("\r\n\r\n")) {
      const event = /^Event: (.*)$/m.exec(frame)?.[1]?.trim();
      const privilege = /^Privilege: (.*),all\r?$/m.exec(frame)?.[1];
      if (event === undefined || privilege === undefined) continue;
      const isKnown = Object.values(EVENTS_OF_CLASSES).some((names) =>
        names.split("\n").includes(event)
      );
      if (!isKnown) continue;
      seen++;
      for (const each of privilege.toLowerCase().split(",")) {
        assert(
          EVENTS_OF_CLASSES[each]?.split("\n").includes(event),
          `${event} is of class ${each}`,
        );
      }
    }
    assert(seen > 0 || name === "lists-16");
  }
});

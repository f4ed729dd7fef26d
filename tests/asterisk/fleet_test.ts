import { assert, assertEquals } from "@std/assert";
import type { AmiClient, DAMIData } from "../../mod.ts";
import { Fleet, type FleetLive } from "../../src/fleet/fleet.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { type AsteriskContext, everyAsteriskTest } from "./_asterisk.ts";
import { dial, eventually, told } from "./_live.ts";
import { DEADLINE } from "./_arrivals.ts";

function nameOf({ major }: AsteriskContext): string {
  return `asterisk-${major}`;
}

/** A fleet of all Asterisks. */
function fleetOf(asterisks: AsteriskContext[]): Fleet {
  return new Fleet(
    Object.fromEntries(
      asterisks.map((asterisk) => [
        nameOf(asterisk),
        { ...asterisk.options, ...asterisk.credentials },
      ]),
    ),
    { timeout: DEADLINE },
  );
}

/** Marks a place among the events of a PBX. */
async function mark(client: AmiClient, event: string): Promise<void> {
  await client.to("UserEvent", { UserEvent: event });
}

/** The events between two marks. */
function between(
  events: readonly DAMIData[],
  begin: string,
  end: string,
): DAMIData[] | undefined {
  const indexOf = (mark: string) =>
    events.findIndex(({ UserEvent }) => UserEvent === mark);
  const [from, to] = [indexOf(begin), indexOf(end)];
  return from === -1 || to === -1 ? undefined : events.slice(from, to + 1);
}

everyAsteriskTest(
  "a fleet gets the same events as clients of their own",
  async (asterisks) => {
    await using fleet = fleetOf(asterisks);
    const ofFleet = new Map<string, DAMIData[]>();
    fleet.on("*", (event, pbx) => {
      const events = ofFleet.get(pbx) ?? [];
      ofFleet.set(pbx, events);
      events.push(event);
    });
    await fleet.start();
    const id = crypto.randomUUID();
    const [begin, end] = [`Begin-${id}`, `End-${id}`];
    await Promise.all(asterisks.map(async (asterisk) => {
      const name = nameOf(asterisk);
      await using client = await asterisk.connect();
      const own: DAMIData[] = [];
      client.on("*", (event) => own.push(event));
      await client.listen();
      await mark(client, begin);
      const { response } = await fleet.get(name).originate({
        Channel: "Local/answer@tests",
        Application: "Wait",
        Data: 0.2,
      });
      assertEquals(response.Response, "Success");
      await dial(client, "busy");
      await mark(client, end);
      const ofOwn = () => between(own, begin, end);
      const ofPbx = () => between(ofFleet.get(name) ?? [], begin, end);
      await eventually(
        () => ofOwn() !== undefined && ofPbx() !== undefined,
        "both marks on both connections",
      );
      assert(ofOwn()?.some(({ Event }) => Event === "OriginateResponse"));
      assertEquals(ofPbx(), ofOwn());
    }));
  },
);

/** Inspects without leaving anything out. */
const WHOLE: Deno.InspectOptions = {
  depth: Infinity,
  iterableLimit: Infinity,
  strAbbreviateSize: Infinity,
};

/** Reports whether the live fleet shows of a PBX what its own LivePbx shows. */
function isSame(live: FleetLive, name: string, own: LivePbx): boolean {
  const ofFleet = live.pbx(name);
  return ofFleet !== undefined &&
    Deno.inspect(told(ofFleet), WHOLE) ===
      Deno.inspect(told(own), WHOLE);
}

everyAsteriskTest(
  "a live fleet shows what a LivePbx of each shows",
  async (asterisks) => {
    await using fleet = fleetOf(asterisks);
    await fleet.start();
    using live = await fleet.live({ dialplan: true });
    await Promise.all(asterisks.map(async (asterisk) => {
      const name = nameOf(asterisk);
      await using client = await asterisk.connect();
      using own = await LivePbx.start(client, { dialplan: true });
      const uniqueid = await dial(client, "to-phone");
      const key = `${name}/${uniqueid}`;
      const callOf = () =>
        live.calls.get(`${name}/${live.channels.get(key)?.linkedid}`);
      await eventually(
        () => callOf()?.state === "talking",
        () => `a call in ${name}: ${Deno.inspect([...live.calls.keys()])}`,
      );
      assertEquals(callOf()?.pbx, name);
      await eventually(() => isSame(live, name, own), "the same call");
      const channel = live.channels.get(key)?.name ?? "";
      await client.to("Hangup", { Channel: channel });
      await eventually(() => callOf() === undefined, "the end of the call");
      await eventually(() => isSame(live, name, own), "the same without it");
      assert(
        [...own.endpoints.keys()].every((endpoint) =>
          live.endpoints.has(`${name}/${endpoint}`)
        ),
      );
    }));
  },
);

everyAsteriskTest(
  "an action for all is answered by each of its own version",
  async (asterisks) => {
    await using fleet = fleetOf(asterisks);
    await fleet.start();
    const answers = await fleet.all("CoreSettings");
    for (const asterisk of asterisks) {
      const version = answers.get(nameOf(asterisk))?.frames?.[0]
        .AsteriskVersion;
      assertEquals(parseInt(String(version)), asterisk.major);
    }
  },
);

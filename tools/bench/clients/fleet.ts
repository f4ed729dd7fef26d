import { Fleet } from "@dami/dami/fleet";
import type { Client, Tally } from "./client.ts";

/** The fleet that all connections of this process are in. */
const fleet = new Fleet({}, { username: "u", secret: "secret" });
await fleet.start();

/** The counters of the events of each PBX. */
const tallies = new Map<string, Tally>();

/** Listens to every event of all PBXs, with one listener. */
function listenOnce(): void {
  if (tallies.size > 0) return;
  fleet.on(
    "*",
    (event, pbx) =>
      tallies.get(pbx)?.(event.Event, event.Channel, event.Uniqueid),
  );
}

/**
 * Connects one more PBX of a fleet.
 *
 * @param port The port of the PBX.
 * @returns The client.
 */
export async function connect(port: number): Promise<Client> {
  const name = `pbx-${fleet.names.length}`;
  await fleet.add(name, { port });
  const client = fleet.get(name);
  return {
    onEveryEvent(tally) {
      listenOnce();
      tallies.set(name, tally);
    },
    onEvent(event, tally) {
      client.on<string>(
        event,
        (event) => tally(event.Event, event.Channel, event.Uniqueid),
      );
    },
    act: (action, headers) => client.to<string>(action, headers),
    async getvar(variable) {
      const [response] = await client.to("Getvar", { Variable: variable });
      return response.Value;
    },
  };
}

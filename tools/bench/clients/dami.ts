import { DAMI } from "@dami/dami";
import type { Client, Tally } from "./client.ts";

/** The largest answer of the benchmark has two million lines. */
const MAX_HEADERS = 10_000_000;

/**
 * Connects DAMI, with its defaults.
 *
 * @param port The port of the PBX.
 * @returns The client.
 */
export async function connect(port: number): Promise<Client> {
  const dami = new DAMI({ port, limits: { maxHeaders: MAX_HEADERS } });
  await dami.connectAndLogin({ username: "u", secret: "secret" });
  await dami.listen();
  return {
    onEveryEvent(tally) {
      dami.on(
        "*",
        (event) => tally(event.Event, event.Channel, event.Uniqueid),
      );
    },
    onEvent(name, tally) {
      dami.on<string>(
        name,
        (event) => tally(event.Event, event.Channel, event.Uniqueid),
      );
    },
    iterate(tally) {
      iterate(dami, tally);
    },
    act: (action, headers) => dami.to<string>(action, headers),
    async getvar(variable) {
      const [response] = await dami.to("Getvar", { Variable: variable });
      return response.Value;
    },
    async list(count) {
      const [, ...items] = await dami.to<string>("CoreShowChannels", {
        Count: count,
      });
      items.pop();
      return items.map(({ Channel }) => Channel);
    },
    async command(command) {
      const [response] = await dami.to("Command", { Command: command });
      return response.Output;
    },
  };
}

async function iterate(dami: DAMI, tally: Tally): Promise<void> {
  for await (const event of dami.events("*")) {
    tally(event.Event, event.Channel, event.Uniqueid);
  }
}

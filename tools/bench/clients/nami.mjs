import { load } from "./_load.mjs";

function ignore() {}

/** Gets a silent logger, else it prints every message. Any action is a `Ping` with another name, as it has no class for others. `Command` is left out: its answer never ends. */
export async function connect(port) {
  const { Nami, Actions } = await load("nami");
  const client = new Nami({
    host: "127.0.0.1",
    port,
    username: "u",
    secret: "secret",
    logger: { error: ignore, warn: ignore, info: ignore, debug: ignore },
  });
  const act = (action, headers) =>
    new Promise((resolve) => {
      client.send(
        Object.assign(new Actions.Ping(), { Action: action, ...headers }),
        resolve,
      );
    });
  await new Promise((resolve) => {
    client.on("namiConnected", resolve);
    client.open();
  });
  return {
    onEveryEvent(tally) {
      client.on(
        "namiEvent",
        (event) => tally(event.event, event.channel, event.uniqueid),
      );
    },
    onEvent(name, tally) {
      client.on(
        `namiEvent${name}`,
        (event) => tally(event.event, event.channel, event.uniqueid),
      );
    },
    act,
    async getvar(variable) {
      return (await act("Getvar", { Variable: variable })).value;
    },
    async list(count) {
      const { events } = await act("CoreShowChannels", { Count: count });
      return events.slice(0, -1).map(({ channel }) => channel);
    },
  };
}

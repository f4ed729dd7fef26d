import { load } from "./_load.mjs";

/** Reads UTF-8 and logs nothing. `Command` is left out: its answer never ends. */
export async function connect(port) {
  const ami = await load("ami-io");
  const client = ami.createClient({
    host: "127.0.0.1",
    port,
    login: "u",
    password: "secret",
    encoding: "utf8",
    logger: new ami.SilentLogger(),
  });
  const act = (action, headers) =>
    new Promise((resolve, reject) => {
      client.send(
        Object.assign(new ami.Action.Action(action), headers),
        (error, response) => error ? reject(error) : resolve(response),
      );
    });
  await new Promise((resolve) => {
    client.on("connected", resolve);
    client.connect();
  });
  return {
    onEveryEvent(tally) {
      client.on(
        "event",
        (event) => tally(event.event, event.channel, event.uniqueid),
      );
    },
    onEvent(name, tally) {
      client.on(
        `rawEvent.${name}`,
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

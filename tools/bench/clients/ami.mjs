import { load } from "./_load.mjs";

function ignore() {}

/** Has no listeners by name. Reads lazily: `asObject` is what does the work. */
export async function connect(port) {
  const Socket = await load("ami");
  const client = new Socket({
    connect: { host: "127.0.0.1", port },
    credentials: { username: "u", secret: "secret" },
  });
  client.on("error", ignore);
  const listeners = new Map();
  await client.connect();
  const act = (action, headers) => client.send({ action, ...headers });
  return {
    onEveryEvent(tally) {
      client.on("event", ({ asObject: event }) => {
        tally(event.event, event.channel, event.uniqueid);
      });
    },
    onEvent(name, tally) {
      if (listeners.size === 0) {
        client.on("event", ({ asObject: event }) => {
          listeners.get(event.event)?.(
            event.event,
            event.channel,
            event.uniqueid,
          );
        });
      }
      listeners.set(name, tally);
    },
    act,
    async getvar(variable) {
      return (await act("getvar", { variable })).value;
    },
    async list(count) {
      const [, ...items] = await client.getList({
        action: "CoreShowChannels",
        count,
      });
      return items.slice(0, -1).map(({ channel }) => channel);
    },
    async command(command) {
      return (await act("Command", { Command: command })).output;
    },
  };
}

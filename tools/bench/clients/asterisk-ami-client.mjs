import { load } from "./_load.mjs";

/** Gets unique ActionIDs, as its own are the time in milliseconds. */
export async function connect(port) {
  const AmiClient = await load("asterisk-ami-client");
  const client = new AmiClient({
    emitEventsByTypes: false,
    emitResponsesById: false,
  });
  await client.connect("u", "secret", { host: "127.0.0.1", port });
  let lastId = 0;
  const act = (action, headers) =>
    client.action(
      { Action: action, ...headers, ActionID: `a${++lastId}` },
      true,
    );
  return {
    onEveryEvent(tally) {
      client.on(
        "event",
        (event) => tally(event.Event, event.Channel, event.Uniqueid),
      );
    },
    onEvent(name, tally) {
      client.option("emitEventsByTypes", true);
      client.on(
        name,
        (event) => tally(event.Event, event.Channel, event.Uniqueid),
      );
    },
    act,
    async getvar(variable) {
      return (await act("Getvar", { Variable: variable })).Value;
    },
    async command(command) {
      return (await act("Command", { Command: command })).Output;
    },
  };
}

import { load } from "./_load.mjs";

/** Gets unique ActionIDs, as its own are random numbers. */
export async function connect(port) {
  const Yana = await load("yana");
  const client = new Yana({
    host: "127.0.0.1",
    port,
    login: "u",
    password: "secret",
    events: "on",
  });
  // deno-lint-ignore no-console -- what went wrong is for the terminal
  client.on("error", console.error);
  await new Promise((resolve) => client.connect(resolve));
  let lastId = 0;
  const act = (action, headers) =>
    new Promise((resolve) => {
      client.send(
        { Action: action, ...headers, ActionID: `a${++lastId}` },
        resolve,
      );
    });
  return {
    onEveryEvent(tally) {
      client.on(
        "event",
        (event) => tally(event.Event, event.Channel, event.Uniqueid),
      );
    },
    onEvent(name, tally) {
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

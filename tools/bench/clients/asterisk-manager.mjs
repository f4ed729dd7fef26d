import { load } from "./_load.mjs";

/** Connects and logs in from its constructor. */
export async function connect(port) {
  const manager = await load("asterisk-manager");
  const client = manager(port, "127.0.0.1", "u", "secret", true);
  await new Promise((resolve) => client.once("response", resolve));
  const act = (action, headers) =>
    new Promise((resolve, reject) => {
      client.action(
        { action, ...headers },
        (error, response) => error ? reject(error) : resolve(response),
      );
    });
  return {
    onEveryEvent(tally) {
      client.on(
        "managerevent",
        (event) => tally(event.event, event.channel, event.uniqueid),
      );
    },
    onEvent(name, tally) {
      client.on(
        name.toLowerCase(),
        (event) => tally(event.event, event.channel, event.uniqueid),
      );
    },
    act,
    async getvar(variable) {
      return (await act("Getvar", { Variable: variable })).value;
    },
    async command(command) {
      return (await act("Command", { Command: command })).output;
    },
  };
}

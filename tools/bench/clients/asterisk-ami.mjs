import { load } from "./_load.mjs";

/** Has no listeners by name, and does not tell whose a response is: both are its user's. */
export async function connect(port) {
  const AsteriskAmi = await load("asterisk-ami");
  const client = new AsteriskAmi({
    host: "127.0.0.1",
    port,
    username: "u",
    password: "secret",
    "ami_encoding": "utf8",
  });
  const pending = new Map();
  const listeners = new Map();
  let everyEvent;
  let lastId = 0;
  client.on("ami_data", (message) => {
    if (message.event) {
      const tally = everyEvent ?? listeners.get(message.event);
      if (tally !== undefined) {
        tally(message.event, message.channel, message.uniqueid);
      }
      return;
    }
    const settle = pending.get(message.actionid);
    if (settle !== undefined) {
      pending.delete(message.actionid);
      settle(message);
    }
  });
  const act = (action, headers) =>
    new Promise((resolve) => {
      const id = `a${++lastId}`;
      pending.set(id, resolve);
      client.send({ Action: action, ...headers, ActionID: id });
    });
  await new Promise((resolve) => {
    client.on("ami_login", resolve);
    client.connect();
  });
  return {
    onEveryEvent(tally) {
      everyEvent = tally;
    },
    onEvent(name, tally) {
      listeners.set(name, tally);
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

import { DAMI, type DAMIOptions } from "../mod.ts";
import {
  type ReceivedAction,
  type ScriptedPeer,
  ScriptedServer,
} from "./_scripted_server.ts";

export const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** A server that accepts the login and does then what a script says, and a DAMI that is logged in there. */
export async function loggedIn(
  script: (peer: ScriptedPeer) => Promise<void>,
  options: DAMIOptions = {},
): Promise<{ dami: DAMI } & AsyncDisposable> {
  const server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await script(peer);
  });
  const { hostname, port } = server;
  const dami = new DAMI({ hostname, port, timeout: 5_000, ...options });
  await dami.connectAndLogin(CREDENTIALS);
  return {
    dami,
    async [Symbol.asyncDispose]() {
      dami.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Answers every action with a success and its ActionID, until the end. */
export async function answerAll(peer: ScriptedPeer): Promise<void> {
  for (
    let action = await peer.next();
    action !== undefined;
    action = await peer.next()
  ) {
    const isLogoff = action.name === "Logoff";
    await peer.frame(
      `Response: ${isLogoff ? "Goodbye" : "Success"}`,
      `ActionID: ${action.id}`,
      ...(action.name === "Ping" ? ["Ping: Pong"] : []),
    );
    if (isLogoff) return;
  }
}

/** Reads this many actions. */
export async function actionsOf(
  peer: ScriptedPeer,
  count: number,
): Promise<ReceivedAction[]> {
  const actions: ReceivedAction[] = [];
  while (actions.length < count) {
    const action = await peer.next();
    if (action === undefined) throw new Error("The client has closed");
    actions.push(action);
  }
  return actions;
}

/** Answers an action with a success. */
export function success(
  peer: ScriptedPeer,
  { id }: ReceivedAction,
  ...lines: string[]
) {
  return peer.frame("Response: Success", `ActionID: ${id}`, ...lines);
}

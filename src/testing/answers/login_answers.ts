import { delay } from "@std/async/delay";
import { createHash } from "node:crypto";
import type { ClientConnection } from "../server/client_connection.ts";
import { privilegeBits } from "../server/event_mask.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { Pbx } from "../calls/pbx.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/** The number for an MD5 login (`action_challenge()`, main/manager.c). */
export function challenge(
  _pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): AmiAnswer {
  if (action.get("AuthType")?.toUpperCase() !== "MD5") {
    return errorFrame("Must specify AuthType");
  }
  if (client.challenge === "") {
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
    client.challenge = `${number >>> 1}`;
  }
  return { Response: "Success", Challenge: client.challenge };
}

function isRightSecret(
  secret: string,
  action: ReceivedAction,
  client: ClientConnection,
): boolean {
  if (action.get("AuthType")?.toUpperCase() !== "MD5") {
    return action.get("Secret") === secret;
  }
  if (client.challenge === "") return false;
  const text = client.challenge + secret;
  return action.get("Key") === createHash("md5").update(text).digest("hex");
}

/** Lets the user in, or closes the connection. */
export async function login(
  pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): Promise<AmiAnswer> {
  if (client.loggedIn) {
    return { Response: "Success", Message: "Already authenticated" };
  }
  const { username, secret, refusalDelay } = pbx.options;
  const given = action.get("Username") ?? "";
  const isUser = given.toLowerCase() === username.toLowerCase();
  if (!isUser || !isRightSecret(secret, action, client)) {
    if (refusalDelay > 0) await delay(refusalDelay, { signal: pbx.signal });
    client.answer(action, errorFrame("Authentication failed"));
    client.close();
    return;
  }
  client.logIn(username, action.get("Events"));
  const accepted = {
    Response: "Success",
    Message: "Authentication accepted",
  };
  if ((client.eventMask & privilegeBits("system")) === 0) return accepted;
  const seconds = Math.floor((Date.now() - pbx.startedAt) / 1_000);
  const fullyBooted = {
    Event: "FullyBooted",
    ActionID: [],
    Privilege: "system,all",
    Uptime: seconds,
    LastReload: seconds,
    Status: "Fully Booted",
  };
  return [accepted, fullyBooted];
}

/** Says goodbye and closes. */
export function logoff(
  _pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): void {
  client.answer(action, {
    Response: "Goodbye",
    Message: "Thanks for all the fish.",
  });
  client.close();
}

import { names, RawClient, value } from "./_raw_client.ts";

/** Whom these tests log in as. */
export interface WaitingUser {
  port: number;
  secret: string;
}

async function open(
  { port, secret }: WaitingUser,
  events: string,
): Promise<RawClient> {
  const client = await RawClient.connect(port);
  await client.line();
  await client.send(
    `Action: Login\r\nActionID: login\r\nUsername: admin\r\nSecret: ${secret}\r\nEvents: off\r\n\r\n`,
  );
  await client.frame();
  await client.send(
    `Action: Events\r\nActionID: mask\r\nEventMask: ${events}\r\n\r\n`,
  );
  // What came before the mask was there is none of ours.
  await client.framesUntil("ActionID: mask");
  return client;
}

/** Returns a frame without what differs from run to run. */
function shape(frame: [name: string, value: string][]): string {
  const of = (name: string) =>
    names(frame).includes(name) ? [value(frame, name)] : [];
  return [
    ...of("Event"),
    ...of("Response"),
    ...of("ActionID"),
    ...of("Message"),
    ...of("Ping"),
    ...of("X"),
  ]
    .join("|");
}

/** Sends `WaitEvent` in every way, and returns the frames that come. */
export async function waitEvents(user: WaitingUser): Promise<string[]> {
  using client = await open(user, "user");
  using other = await open(user, "off");
  const told: string[] = [];
  const read = async (count: number) => {
    told.push(...(await client.frames(count)).map(shape));
  };
  const raise = () =>
    other.send("Action: UserEvent\r\nUserEvent: Probe\r\nX: 1\r\n\r\n");
  const wait = (id: string, timeout: string, more = "") =>
    client.send(
      `Action: WaitEvent\r\nActionID: ${id}\r\n${timeout}\r\n${more}`,
    );
  const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
  await wait("none", "Timeout: 0\r\n");
  await read(2);
  await wait("event", "Timeout: 30\r\n");
  await pause();
  await raise();
  await read(3);
  await wait("for ever", "Timeout: abc\r\n");
  await pause();
  await raise();
  await read(3);
  await wait("next action", "");
  await pause();
  await client.send("Action: Ping\r\nActionID: ping\r\n\r\n");
  await read(3);
  // What has arrived with it does not end the wait.
  await wait(
    "time is over",
    "Timeout: 1\r\n",
    "Action: Ping\r\nActionID: same\r\n\r\n",
  );
  await read(3);
  await client.send(
    "Action: Events\r\nActionID: mask\r\nEventMask: call\r\n\r\n",
  );
  await client.frame();
  await wait("masked", "Timeout: 30\r\n");
  await pause();
  await raise();
  await read(2);
  return told;
}

/** The frames that come, with Asterisk 16 and 22 alike. */
export const WAITED: readonly string[] = [
  "Success|none|Waiting for Event completed.",
  "WaitEventComplete|none",
  "Success|event|Waiting for Event completed.",
  "UserEvent|1",
  "WaitEventComplete|event",
  "Success|for ever|Waiting for Event completed.",
  "UserEvent|1",
  "WaitEventComplete|for ever",
  "Success|next action|Waiting for Event completed.",
  "WaitEventComplete|next action",
  "Success|ping|Pong",
  "Success|time is over|Waiting for Event completed.",
  "WaitEventComplete|time is over",
  "Success|same|Pong",
  "Success|masked|Waiting for Event completed.",
  "WaitEventComplete|masked",
];

/** The headers of a frame that every client reads. */
export interface CapturedFrame {
  /** The frame as it was sent, without the empty line that ends it. */
  text: string;
  /** The name of the event, empty for a response. */
  event: string;
  /** The value of `Channel`, where there is one. */
  channel: string | undefined;
  /** The value of `Uniqueid`, where there is one. */
  uniqueid: string | undefined;
}

/** Events of the login and of a PBX built for tests: a busy one sends others. */
const NOT_TRAFFIC: ReadonlySet<string> = new Set([
  "FullyBooted",
  "SuccessfulAuth",
  "TestEvent",
]);

/** The value of a header, as it is in the frame's text. */
function header(text: string, name: string): string | undefined {
  const line = text.split("\r\n").find((line) => line.startsWith(`${name}: `));
  return line?.slice(name.length + 2);
}

/**
 * Cuts a captured session into its frames.
 *
 * @param capture The session, as the server sent it.
 * @returns Its frames, without the greeting.
 */
export function parseCapture(capture: string): CapturedFrame[] {
  return capture
    .replace(/^Asterisk Call Manager\/.*\r\n/, "")
    .split("\r\n\r\n")
    .filter((text) => text !== "")
    .map((text) => ({
      text,
      event: header(text, "Event") ?? "",
      channel: header(text, "Channel"),
      uniqueid: header(text, "Uniqueid"),
    }));
}

/**
 * Picks what a busy PBX sends by itself: the events that do not answer an
 * action. Those with an ActionID are left out, as a client may take them for
 * an answer.
 *
 * @param frames The frames of a session.
 * @returns Its events.
 */
export function trafficOf(frames: CapturedFrame[]): CapturedFrame[] {
  return frames.filter(({ text, event }) =>
    event !== "" && !NOT_TRAFFIC.has(event) &&
    header(text, "ActionID") === undefined
  );
}

/**
 * Picks the items of a list.
 *
 * @param frames The frames of a session.
 * @param event The name of the item's event.
 * @returns The items, without the header `ActionID`.
 */
export function itemsOf(frames: CapturedFrame[], event: string): string[] {
  return frames
    .filter((frame) => frame.event === event)
    .map(({ text }) => text.replace(/\r\nActionID: [^\r]*/, ""));
}

/**
 * Picks the output of a console command.
 *
 * @param frames The frames of a session.
 * @param actionId The ActionID of the action `Command`.
 * @returns The lines of its answer that hold the output.
 */
export function outputOf(frames: CapturedFrame[], actionId: string): string[] {
  const answer = frames.find(({ text, event }) =>
    event === "" && header(text, "ActionID") === actionId
  );
  return answer?.text.split("\r\n")
    .filter((line) => line.startsWith("Output: "))
    .map((line) => line.slice("Output: ".length)) ?? [];
}

/**
 * Events that nobody listens to are not read, and nobody notices.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { DAMIOptions, DAMIStats } from "../mod.ts";
import { loggedIn } from "./_dami.ts";
import { within } from "./_waiting.ts";
import { chunked } from "./_wire.ts";

const CAPTURE = await Deno.readFile(
  new URL("./captures/calls-22.txt", import.meta.url),
);

/** The session after its login. */
const SESSION = CAPTURE.slice(
  new TextDecoder().decode(CAPTURE).indexOf("Event: FullyBooted"),
);

const NAMES = [
  "*",
  "Hangup",
  "Newchannel",
  "DialEnd",
  "QueueCallerJoin",
  "VarSet",
];

/** Returns what listeners that come and go with the events hear of a session. */
async function hear(
  chunks: Uint8Array<ArrayBuffer>[],
  toggles: readonly string[],
  options: DAMIOptions,
): Promise<{ heard: unknown[]; stats: DAMIStats }> {
  await using session = await loggedIn(async (peer) => {
    const action = await peer.next();
    for (const chunk of chunks) await peer.write(chunk);
    await peer.frame("Response: Success", `ActionID: ${action?.id}`);
    await peer.closed();
  }, options);
  const { dami } = session;
  await dami.listen();
  // Held events are delivered by a timer, and timers run in their order.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const heard: unknown[] = [];
  const removers = new Map<string, () => void>();
  function toggle(name: string | undefined): void {
    if (name === undefined) return;
    const remove = removers.get(name);
    if (remove === undefined) {
      removers.set(
        name,
        dami.on(name, (event) => {
          toggle(toggles[heard.length]);
          heard.push(event);
        }),
      );
    } else {
      removers.delete(name);
      remove();
    }
  }
  toggle("Hangup");
  await within(dami.to("Go"));
  return { heard, stats: dami.stats() };
}

/** The counters that do not depend on the time, nor on whether events were read. */
function comparable(stats: DAMIStats): unknown {
  const { lastFrameAt: _, lastEventAt: __, eventsUnread: ___, ...rest } = stats;
  const { listenerTimes: ____, readerLag: _____, ...counters } = rest;
  return counters;
}

Deno.test("listeners that come and go hear what they would hear if every line were read", async () => {
  let unread = 0;
  await fc.assert(
    fc.asyncProperty(
      chunked(SESSION, 10),
      fc.array(fc.constantFrom(...NAMES), { maxLength: 30 }),
      async (chunks, toggles) => {
        const sifted = await hear(chunks, toggles, {});
        // A program that wants all lines gets all of them.
        const whole = await hear(chunks, toggles, { onLine() {} });
        assertEquals(sifted.heard, whole.heard);
        assert(sifted.heard.length > 0);
        assertEquals(comparable(sifted.stats), comparable(whole.stats));
        assertEquals(whole.stats.eventsUnread, 0);
        unread += sifted.stats.eventsUnread;
      },
    ),
    { numRuns: 25 },
  );
  assert(unread > 0);
});

Deno.test("stats() counts the events that nobody listens to", async () => {
  const events = new TextDecoder().decode(SESSION).split("\r\n\r\n")
    .map((frame) => frame.trimStart())
    .filter((frame) => frame.startsWith("Event: "));
  const { heard, stats } = await hear([SESSION], [], {});
  assertEquals(stats.events, events.length);
  // An event that carries an ActionID may be part of an answer.
  const unread = events.filter((frame) =>
    !/^Event: Hangup\r|\r\nActionID: /.test(frame)
  );
  assertEquals(stats.eventsUnread, unread.length);
  assert(heard.length > 0 && unread.length > 100);
});

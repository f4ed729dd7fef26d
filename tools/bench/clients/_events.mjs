// @ts-check
import { measure, warmUp } from "./_measure.mjs";

/**
 * @import { Client, Tally } from "./client.ts"
 * @import { EventsTask } from "../task.ts"
 */

/** Counts events, and adds up what it read of them. */
class Ear {
  events = 0;
  checksum = 0;
  /** @type {string} */
  #endEvent;
  #end = () => {};

  /** @param {string} endEvent The event after the last one. */
  constructor(endEvent) {
    this.#endEvent = endEvent;
  }

  /** @type {Tally} */
  hear = (event, channel, uniqueid) => {
    if (event === this.#endEvent) {
      this.#end();
      return;
    }
    this.events++;
    if (typeof event === "string") this.checksum += event.length;
    if (typeof channel === "string") this.checksum += channel.length;
    if (typeof uniqueid === "string") this.checksum += uniqueid.length;
  };

  /**
   * Begins anew.
   *
   * @returns {Promise<void>} Ends with the event after the last one.
   */
  begin() {
    this.events = 0;
    this.checksum = 0;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }
}

/**
 * @param {Client} client
 * @param {EventsTask} task
 * @param {Tally} hear
 */
function listen(client, { workload, names, rareEvent, endEvent }, hear) {
  switch (workload) {
    case "every":
      client.onEveryEvent(hear);
      return;
    case "iterator":
      if (client.iterate === undefined) throw new Error("It has no iterator");
      client.iterate(hear);
      return;
    case "rare":
      client.onEvent(rareEvent, hear);
      break;
  }
  client.onEvent(endEvent, hear);
  // Each one has a listener of its own.
  for (const name of names) {
    client.onEvent(name, (...headers) => hear(...headers));
  }
}

/**
 * Measures how fast events come to listeners.
 *
 * @param {Client[]} clients Those that share the events.
 * @param {EventsTask} task What to do.
 */
export async function runEvents(clients, task) {
  const ears = clients.map((client) => {
    const ear = new Ear(task.endEvent);
    listen(client, task, ear.hear);
    return { client, ear };
  });
  const replay = (/** @type {number} */ count) =>
    Promise.all(ears.map(async ({ client, ear }) => {
      const ended = ear.begin();
      const Count = String(count / clients.length);
      await Promise.all([ended, client.act("Replay", { Count })]);
    }));
  const count = await warmUp({
    ...task,
    multiple: task.multiple * clients.length,
  }, replay);
  const measured = await measure(() => replay(count));
  return {
    ...measured,
    count,
    events: ears.reduce((sum, { ear }) => sum + ear.events, 0),
    checksum: ears.reduce((sum, { ear }) => sum + ear.checksum, 0),
  };
}

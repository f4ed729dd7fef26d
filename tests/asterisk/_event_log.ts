/**
 * The events that a client receives, and waiting for some of them.
 *
 * @module
 */

import type { DAMI, DAMIData } from "../../mod.ts";
import { Arrivals } from "./_arrivals.ts";

/** Records the events of a client, from when it is made. */
export class EventLog extends Arrivals<DAMIData> {
  constructor(dami: DAMI) {
    super();
    dami.on("*", (event) => this.add(event));
  }

  /** Waits for an event by its name and one of its headers. */
  named(name: string, header: string, value: string): Promise<DAMIData> {
    return this.find(
      (event) => event.Event === name && event[header] === value,
      `${name} with ${header} ${value}`,
    );
  }
}

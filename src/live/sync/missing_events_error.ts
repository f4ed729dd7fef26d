import type { EventClass } from "../state/event_classes.ts";

/**
 * The problem of a {@linkcode LivePbx} whose state is `"polling"`: snapshots
 * differ, and no event of a class has reported it, so that none will.
 *
 * @example
 * ```ts
 * import { type LivePbx, MissingEventsError } from "@dami/dami/live";
 *
 * function missingClasses(pbx: LivePbx): string[] {
 *   return [...new Set(pbx.problems.values())]
 *     .filter((error) => error instanceof MissingEventsError)
 *     .map(({ eventClass }) => eventClass);
 * }
 * console.log(missingClasses);
 * ```
 */
export class MissingEventsError extends Error {
  /** The name of the class. */
  override readonly name = "MissingEventsError";
  /** The class of the events, as in `read` of `manager.conf`. */
  readonly eventClass: EventClass;

  /**
   * Makes the error of one class.
   *
   * @param eventClass The class.
   */
  constructor(eventClass: EventClass) {
    super(
      `Events of class '${eventClass}' do not arrive although something is happening: add '${eventClass}' to 'read' of the user in manager.conf, and check 'eventfilter' there and the option 'events'`,
    );
    this.eventClass = eventClass;
  }
}

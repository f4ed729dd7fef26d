import { EventQueue, type EventQueueOptions } from "./event_queue.ts";
import type { EventStream } from "./event_stream.ts";

/** Options of {@linkcode EventStreams.open}. */
export interface OpenStreamOptions<Event>
  extends Omit<EventQueueOptions, "onEnd"> {
  /**
   * Subscribes the stream to a source of its own, and returns what ends the
   * subscription. A stream without one takes what {@linkcode EventStreams.push}
   * is given.
   */
  subscribe?: (push: (event: Event) => void) => () => void;
}

/** The iterators that are under way, which end together. */
export class EventStreams<Event> {
  readonly #open = new Set<EventQueue<Event>>();
  /** The iterators without a source of their own. */
  readonly #shared = new Set<EventQueue<Event>>();

  /**
   * Opens an iterator.
   *
   * @param options Its bounds, its end, and its source.
   * @returns The iterator; one whose signal is aborted already has ended.
   */
  open(
    { maxQueue, overflow, signal, subscribe }: OpenStreamOptions<Event>,
  ): EventStream<Event> {
    let unsubscribe = () => {};
    const queue: EventQueue<Event> = new EventQueue<Event>({
      maxQueue,
      overflow,
      signal,
      onEnd: () => unsubscribe(),
    });
    if (queue.ended) return queue;
    if (subscribe === undefined) this.#shared.add(queue);
    const leave = subscribe?.((event) => queue.push(event));
    this.#open.add(queue);
    unsubscribe = () => {
      this.#open.delete(queue);
      this.#shared.delete(queue);
      leave?.();
    };
    return queue;
  }

  /**
   * Adds an event to all iterators without a source of their own.
   *
   * @param event The event.
   */
  push(event: Event): void {
    for (const queue of this.#shared) queue.push(event);
  }

  /**
   * Ends all iterators, after what is queued.
   *
   * @param error The error to throw there, if they do not simply end.
   */
  end(error?: unknown): void {
    for (const queue of this.#open) queue.close(error);
  }
}

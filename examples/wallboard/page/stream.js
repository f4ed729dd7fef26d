// @ts-check
/// <reference lib="dom" />
// The messages of the server: everything at first, then the parts that have
// changed.

/** The longest silence of the server, which says something every 5 s (milliseconds). */
const SILENCE = 12_000;

/** The wait before the page connects again (milliseconds). */
const RETRY = 2_000;

/**
 * @typedef {Record<string, unknown>} Parts The parts of a message: name → content.
 */

/**
 * Reads the messages of the server, and connects again whenever they end.
 *
 * @param {string} url The address.
 * @param {object} on The listeners.
 * @param {() => void} on.begin A connection begins, and sends everything.
 * @param {(parts: Parts) => void} on.parts A message came.
 * @param {() => void} on.silence The server is silent or gone.
 */
export function openStream(url, on) {
  /** @type {EventSource} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} delay The time until this connection is given up. */
  function reopenAfter(delay) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      source.close();
      on.silence();
      open();
    }, delay);
  }

  function open() {
    source = new EventSource(url);
    source.addEventListener("open", () => on.begin());
    source.addEventListener("message", ({ data }) => {
      reopenAfter(SILENCE);
      on.parts(JSON.parse(data));
    });
    source.addEventListener("error", () => {
      on.silence();
      // The browser tries again by itself, but gives up where it is refused.
      if (source.readyState === EventSource.CLOSED) reopenAfter(RETRY);
    });
    reopenAfter(SILENCE);
  }

  open();
}

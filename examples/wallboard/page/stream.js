// @ts-check
/// <reference lib="dom" />
// What the server sends: everything at first, then what has changed.

/** How long the server may be silent: it says something every 5 s. */
const SILENCE = 12_000;

/** How long to wait before a connection is made anew (milliseconds). */
const RETRY = 2_000;

/**
 * @typedef {Record<string, unknown>} Parts What came: name → content.
 */

/**
 * Reads what the server sends, and connects again whenever that ends.
 *
 * @param {string} url Where from.
 * @param {object} on Is told of it.
 * @param {(parts: Parts) => void} on.parts Something came.
 * @param {() => void} on.silence The server is silent or gone.
 */
export function openStream(url, on) {
  /** @type {EventSource} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} delay When to give this connection up. */
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

// @ts-check
/// <reference lib="dom" />
// A list that is longer than its place is turned like pages while nobody
// touches the page, as on a wall, and is scrolled by hand otherwise.

import { write } from "./rows.js";

/** The time that a page of a list stays (milliseconds). */
const TURN = 10_000;

/** The time without a touch after which lists turn by themselves (milliseconds). */
const REST = 30_000;

/** The number of turns that the first page stays: it has what needs attention. */
const FIRST = 2;

/** @type {Set<() => void>} */
const turning = new Set();

let touchedAt = -Infinity;

for (
  const type of ["pointermove", "pointerdown", "wheel", "keydown", "touchstart"]
) {
  addEventListener(type, () => touchedAt = performance.now(), {
    passive: true,
  });
}

setInterval(() => {
  if (performance.now() - touchedAt < REST) return;
  for (const turn of turning) turn();
}, TURN);

/**
 * Lets a list turn its pages.
 *
 * @param {HTMLElement} list The list, which scrolls.
 * @param {HTMLElement} label The place that says which page it is.
 * @returns {{ label: (text: string) => void, toFirst: () => void }} Writes a text
 * before the number of the page, and goes to the first page.
 */
export function makePages(list, label) {
  let words = "";
  let stayed = 0;

  /** The height of a page: the head of the table stays in its place. */
  function height() {
    const head = list.querySelector("thead")?.getBoundingClientRect().height;
    return Math.max(1, list.clientHeight - (head ?? 0));
  }

  /** The height of what lies outside the list's place. */
  function hidden() {
    return list.scrollHeight - list.clientHeight;
  }

  function pages() {
    return hidden() < 2 ? 1 : 1 + Math.ceil(hidden() / height() - 0.01);
  }

  function page() {
    return Math.min(pages(), 1 + Math.ceil(list.scrollTop / height() - 0.01));
  }

  function show() {
    const total = pages();
    const place = total > 1 ? `page ${page()} of ${total}` : "";
    write(label, [words, place].filter((text) => text !== "").join(" · "));
  }

  function turn() {
    if (pages() === 1) return;
    stayed++;
    if (page() === 1 && stayed < FIRST) return;
    stayed = 0;
    // From where it is, as the height of a page may have changed since the last turn.
    const isLast = list.scrollTop > hidden() - 2;
    // Not smoothly: what moves draws the eyes of a whole room.
    list.scrollTop = isLast ? 0 : list.scrollTop + height();
  }

  turning.add(turn);
  list.addEventListener("scroll", show, { passive: true });
  new ResizeObserver(show).observe(list);
  return {
    label(text) {
      words = text;
      show();
    },
    toFirst() {
      stayed = 0;
      if (performance.now() - touchedAt >= REST) list.scrollTop = 0;
    },
  };
}

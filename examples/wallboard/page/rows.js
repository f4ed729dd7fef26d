// @ts-check
/// <reference lib="dom" />
// Lists that change often: a row is made once, and only what differs is touched.

/**
 * Writes a text if it is another one.
 *
 * @param {Element} element The place.
 * @param {string} text The text. It is never read as HTML.
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Writes a large figure; a long one is written smaller.
 *
 * @param {Element} element The place.
 * @param {string} text The figure.
 */
export function writeFigure(element, text) {
  write(element, text);
  element.toggleAttribute("data-long", text.length > 5);
}

/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag Its tag.
 * @param {string} [className] Its class.
 * @returns {HTMLElementTagNameMap[Tag]} The element.
 */
export function make(tag, className = "") {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  return element;
}

/**
 * Makes a mark: its form shows the state, for those who see no colours.
 *
 * @param {Element} parent The place of the mark.
 * @returns {SVGPathElement} The form, to be given to {@link shape}.
 */
export function makeMark(parent) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "mark");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  svg.append(path);
  parent.append(svg);
  return path;
}

/** The forms of the marks by state. */
const SHAPES = new Map(Object.entries({
  // A ring
  free: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
  // A disc
  talking: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z",
  live: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z",
  // A triangle
  ringing: "M8 1l8 14H0z",
  waiting: "M8 1l8 14H0z",
  // An octagon
  alarm: "M5 0h6l5 5v6l-5 5H5l-5-5V5z",
  // Two bars
  paused: "M2 1h4v14H2zM10 1h4v14h-4z",
  // A cross
  away: "M3 1l5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5-5-5z",
}));

/**
 * Gives a mark the form of a state.
 *
 * @param {Element} path The mark.
 * @param {string} state The state; one without a form of its own is a square.
 */
export function shape(path, state) {
  const form = SHAPES.get(state) ?? "M2 2h12v12H2z";
  if (path.getAttribute("d") !== form) path.setAttribute("d", form);
}

/**
 * Keeps the rows of a table or list in step with items.
 *
 * @template Item
 * @param {HTMLElement} body The parent of the rows.
 * @param {object} how The making of the rows.
 * @param {(item: Item) => string} how.key Returns the key of an item.
 * @param {() => { row: HTMLElement, update: (item: Item) => void }} how.make
 * Makes an empty row, and a function that fills it.
 * @returns {(items: readonly Item[]) => void} Takes the items.
 */
export function makeRows(body, { key, make }) {
  /** @type {Map<string, ReturnType<typeof make>>} */
  let rows = new Map();
  return (items) => {
    /** @type {typeof rows} */
    const next = new Map();
    for (const item of items) {
      const id = key(item);
      const row = rows.get(id) ?? make();
      row.update(item);
      next.set(id, row);
    }
    for (const [id, { row }] of rows) {
      if (!next.has(id)) row.remove();
    }
    // Rows that are in their place are not moved: they keep the focus.
    let place = body.firstElementChild;
    for (const { row } of next.values()) {
      if (row === place) place = place.nextElementSibling;
      else body.insertBefore(row, place);
    }
    rows = next;
  };
}

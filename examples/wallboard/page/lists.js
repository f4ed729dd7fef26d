// @ts-check
/// <reference lib="dom" />
// The cells that the lists have in common.

import { duration } from "./format.js";
import { make, makeMark, shape, write, writeFigure } from "./rows.js";

/** @import { PartyShown } from "../shown.ts" */

/** The names of the states. */
export const STATE_NAMES = new Map(Object.entries({
  free: "Free",
  ringing: "Ringing",
  talking: "Talking",
  paused: "Paused",
  away: "Away",
  dialing: "Dialling",
  waiting: "Waiting",
  up: "Answered",
  held: "On hold",
  parked: "Parked",
}));

/**
 * Returns a part of a section.
 *
 * @param {Element} section The section.
 * @param {string} selector The selector of the part.
 * @returns {HTMLElement} The part.
 */
export function partOf(section, selector) {
  const part = section.querySelector(selector);
  if (!(part instanceof HTMLElement)) {
    throw new Error(`Cannot find ${selector}`);
  }
  return part;
}

/**
 * Adds a cell that names the row.
 *
 * @param {HTMLElement} row The row.
 * @returns {HTMLTableCellElement} The cell.
 */
export function addHead(row) {
  const head = make("th");
  head.scope = "row";
  row.append(head);
  return head;
}

/**
 * Adds a cell.
 *
 * @param {HTMLElement} row The row.
 * @param {string} [className] Its class.
 * @param {string} [label] Its label, where the head of the column is not shown.
 * @returns {HTMLTableCellElement} The cell.
 */
export function addCell(row, className, label) {
  const cell = make("td", className);
  if (label !== undefined) cell.dataset.label = label;
  row.append(cell);
  return cell;
}

/**
 * Adds a name, which may be cut, and something short after it, which is not.
 *
 * @param {HTMLElement} parent The place.
 * @returns {(name: string, detail: string) => void} Fills them.
 */
export function addName(parent) {
  const line = make("span", "line");
  const name = make("span", "name");
  const detail = make("small", "detail");
  line.append(name, detail);
  parent.append(line);
  return (text, more) => {
    write(name, text);
    name.title = text;
    write(detail, more);
    detail.hidden = more === "";
  };
}

/**
 * Adds a cell with a party: the name, which may be cut, or the number, which is
 * not.
 *
 * @param {HTMLElement} cell The cell.
 * @returns {(party: PartyShown) => void} Fills it.
 */
export function addParty(cell) {
  const line = make("span", "line party");
  const name = make("span", "name");
  const number = make("span", "value");
  line.append(name, number);
  cell.append(line);
  return (party) => {
    write(name, party.name);
    name.hidden = party.name === "";
    name.title = party.name;
    write(number, party.number);
    number.hidden = party.number === "";
  };
}

/**
 * Adds a mark and a state in words.
 *
 * @param {HTMLElement} parent The place.
 * @returns {(state: string, words: string, remark: string) => void} Fills it.
 */
export function addState(parent) {
  const mark = makeMark(parent);
  const name = make("span");
  const more = make("small");
  parent.append(name, " ", more);
  return (state, words, remark) => {
    shape(mark, state);
    write(name, words);
    write(more, remark);
  };
}

/**
 * Adds a time that is counted.
 *
 * @param {HTMLElement} parent The place.
 * @returns {(since: number | null) => void} Sets the start.
 */
export function addTime(parent) {
  const time = make("time");
  parent.append(time);
  return (since) => setSince(time, since);
}

/**
 * Lets an element count the time.
 *
 * @param {HTMLElement} element The element.
 * @param {number | null} since The start (milliseconds since 1970, by
 * the clock of the server); `null` counts nothing.
 */
export function setSince(element, since) {
  const text = since === null ? "" : `${since}`;
  if (element.dataset.since === text) return;
  element.dataset.since = text;
  if (text === "") write(element, "–");
}

/**
 * Writes the times that are counted. Those of a PBX that is not connected stand
 * still, unless they have not been written yet.
 *
 * @param {number} now The time by the clock of the server.
 */
export function countTimes(now) {
  for (const element of document.querySelectorAll("[data-since]")) {
    if (!(element instanceof HTMLElement)) continue;
    const { since = "" } = element.dataset;
    if (since === "") continue;
    const isStill = element.closest("[data-stale]") !== null;
    if (isStill && element.textContent !== "") continue;
    const text = duration(now - Number(since));
    if (element.tagName === "DD") writeFigure(element, text);
    else write(element, text);
  }
}

// @ts-check
/// <reference lib="dom" />
// The three lists: queues, agents, calls.

import { count, duration } from "./format.js";
import { make, makeMark, makeRows, shape, write } from "./rows.js";

/** @import { AgentShown, CallShown, QueueShown } from "../shown.ts" */

/** What the states are called. */
const NAMES = new Map(Object.entries({
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
 * @param {Element} section
 * @returns {HTMLTableSectionElement}
 */
function bodyOf(section) {
  const body = section.querySelector("tbody");
  if (body === null) throw new Error("There is no table");
  return body;
}

/**
 * A cell that names the row.
 *
 * @param {HTMLTableRowElement} row
 * @returns {HTMLTableCellElement}
 */
function addHead(row) {
  const head = make("th");
  head.scope = "row";
  row.append(head);
  return head;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {string} [className]
 * @returns {HTMLTableCellElement}
 */
function addCell(row, className) {
  const cell = make("td", className);
  row.append(cell);
  return cell;
}

/**
 * A cell with a mark and a state in words.
 *
 * @param {HTMLTableRowElement} row
 * @returns {(state: string, remark: string) => void} Fills it.
 */
function addState(row) {
  const cell = addCell(row, "state");
  const mark = makeMark(cell);
  const name = make("span");
  const more = make("small");
  cell.append(name, " ", more);
  return (state, remark) => {
    row.dataset.state = state;
    shape(mark, state);
    write(name, NAMES.get(state) ?? state);
    write(more, remark);
  };
}

/**
 * A cell that counts the time.
 *
 * @param {HTMLTableRowElement} row
 * @returns {(since: number | null) => void} Sets since when.
 */
function addTime(row) {
  const time = make("time");
  addCell(row, "number").append(time);
  return (since) => setSince(time, since);
}

/**
 * Lets an element count the time.
 *
 * @param {HTMLElement} element The element.
 * @param {number | null} since Since when (milliseconds since 1970, by the
 * clock of the server); `null` counts nothing.
 */
export function setSince(element, since) {
  const text = since === null ? "" : `${since}`;
  if (element.dataset.since === text) return;
  element.dataset.since = text;
}

/**
 * Writes the times that are counted on the page.
 *
 * @param {number} now The time by the clock of the server.
 */
export function countTimes(now) {
  for (const element of document.querySelectorAll("[data-since]")) {
    if (!(element instanceof HTMLElement)) continue;
    const { since = "" } = element.dataset;
    write(element, since === "" ? "–" : duration(now - Number(since)));
  }
}

/**
 * @param {Element} section The section of the queues.
 * @returns {(queues: QueueShown[]) => void} Takes them.
 */
export function makeQueues(section) {
  return makeRows(bodyOf(section), {
    key: (/** @type {QueueShown} */ queue) => queue.name,
    make() {
      const row = make("tr");
      const name = addHead(row);
      const waiting = addCell(row, "number");
      const showLongest = addTime(row);
      const free = addCell(row, "number");
      const answered = addCell(row, "number");
      const lost = addCell(row, "number");
      return {
        row,
        update(queue) {
          write(name, queue.name);
          write(waiting, count(queue.waiting));
          waiting.toggleAttribute("data-waiting", queue.waiting > 0);
          showLongest(queue.longestSince);
          write(free, `${count(queue.free)}/${count(queue.agents)}`);
          write(answered, count(queue.answered));
          write(lost, count(queue.lost));
        },
      };
    },
  });
}

/**
 * @param {Element} section The section of the agents.
 * @param {((agent: AgentShown) => void) | undefined} pause Pauses an agent, or
 * ends the pause; `undefined` where that is not offered.
 * @returns {(agents: AgentShown[]) => void} Takes them.
 */
export function makeAgents(section, pause) {
  const head = section.querySelector("th.action");
  head?.toggleAttribute("hidden", pause === undefined);
  head?.closest("table")?.toggleAttribute("data-pausing", pause !== undefined);
  return makeRows(bodyOf(section), {
    key: (/** @type {AgentShown} */ agent) => agent.interface,
    make() {
      const row = make("tr", "agent");
      const name = addHead(row);
      const showState = addState(row);
      const showTime = addTime(row);
      /** @type {AgentShown | undefined} */
      let shown;
      /** @type {HTMLButtonElement | undefined} */
      let button;
      if (pause !== undefined) {
        button = make("button");
        button.type = "button";
        button.addEventListener("click", () => {
          if (shown !== undefined) pause(shown);
        });
        addCell(row, "action").append(button);
      }
      return {
        row,
        update(agent) {
          shown = agent;
          write(name, agent.name);
          const isBoth = agent.isPaused && agent.state !== "paused";
          showState(agent.state, isBoth ? "paused" : agent.reason);
          showTime(agent.since);
          if (button === undefined) return;
          const verb = agent.isPaused ? "Resume" : "Pause";
          write(button, verb);
          button.setAttribute("aria-label", `${verb} ${agent.name}`);
        },
      };
    },
  });
}

/**
 * @param {Element} section The section of the calls.
 * @returns {(calls: CallShown[]) => void} Takes them.
 */
export function makeCalls(section) {
  return makeRows(bodyOf(section), {
    key: (/** @type {CallShown} */ call) => call.id,
    make() {
      const row = make("tr", "call");
      const from = addHead(row);
      const to = addCell(row);
      const showState = addState(row);
      const showTime = addTime(row);
      return {
        row,
        update(call) {
          write(from, call.from);
          write(to, call.to);
          showState(call.state, "");
          showTime(call.since);
        },
      };
    },
  });
}

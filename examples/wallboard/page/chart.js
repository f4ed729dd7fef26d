// @ts-check
/// <reference lib="dom" />
// The last hour: answered callers upwards, lost ones downwards, by the minute.

import { clock, count, counted } from "./format.js";
import { make, write } from "./rows.js";

/**
 * @typedef {{ start: number, answered: number[], lost: number[] }} Hour
 */

const NAMESPACE = "http://www.w3.org/2000/svg";

/** The height of the chart in units of its own. */
const HEIGHT = 20;

/** The number of minutes in a row of the table. */
const STEP = 5;

/**
 * Draws into the section of the chart.
 *
 * @param {Element} section The section.
 * @returns {(hour: Hour) => void} Takes the hour to draw.
 */
export function makeChart(section) {
  /** @param {string} selector @returns {Element} */
  function find(selector) {
    const element = section.querySelector(selector);
    if (element === null) throw new Error(`Cannot find ${selector}`);
    return element;
  }
  const svg = find("svg");
  const [title, text] = [find("title"), find("desc")];
  const [top, bottom, axis] = [find(".top"), find(".bottom"), find(".axis")];
  const table = find("details");
  const body = find("tbody");

  /**
   * @param {string} className @param {number} x @param {number} y
   * @param {number} width @param {number} height
   */
  function bar(className, x, y, width, height) {
    const rect = document.createElementNS(NAMESPACE, "rect");
    rect.setAttribute("class", className);
    rect.setAttribute("x", `${x}`);
    rect.setAttribute("y", `${y}`);
    rect.setAttribute("width", `${width}`);
    rect.setAttribute("height", `${height}`);
    return rect;
  }

  /** @param {Hour} hour */
  function fillTable({ start, answered, lost }) {
    const rows = [];
    for (let minute = 0; minute < answered.length; minute += STEP) {
      const row = make("tr");
      const head = make("th");
      head.scope = "row";
      head.textContent = clock(start + minute * 60_000);
      row.append(head);
      for (const each of [answered, lost]) {
        const cell = make("td", "number");
        cell.textContent = count(sum(each.slice(minute, minute + STEP)));
        row.append(cell);
      }
      rows.push(row);
    }
    body.replaceChildren(...rows);
  }

  /** @type {Hour | undefined} */
  let shown;
  table.addEventListener("toggle", () => {
    if (shown !== undefined) fillTable(shown);
  });

  return (hour) => {
    shown = hour;
    const { start, answered, lost } = hour;
    const highest = Math.max(1, ...answered);
    // Room for one below, so that the ground is not at the edge.
    const lowest = Math.max(1, ...lost);
    const unit = HEIGHT / (highest + lowest);
    const ground = highest * unit;
    const bars = answered.flatMap((value, minute) => {
      const down = lost[minute] ?? 0;
      return [
        ...(value > 0
          ? [
            bar(
              "answered",
              minute + 0.1,
              ground - value * unit,
              0.8,
              value * unit,
            ),
          ]
          : []),
        ...(down > 0
          ? [bar("lost", minute + 0.1, ground, 0.8, down * unit)]
          : []),
      ];
    });
    svg.replaceChildren(
      title,
      text,
      ...bars,
      bar("ground", 0, ground - 0.05, answered.length, 0.1),
    );
    write(top, count(highest));
    write(bottom, count(lowest));
    const busiest = answered.indexOf(Math.max(...answered));
    write(
      text,
      `${count(sum(answered))} answered, ${count(sum(lost))} lost. ` +
        (sum(answered) === 0
          ? ""
          : `Most were answered at ${clock(start + busiest * 60_000)}: ${
            counted(answered[busiest] ?? 0, "caller")
          }.`),
    );
    axis.replaceChildren(
      ...[0, 15, 30, 45, 60].map((minute) => {
        const label = make("span");
        label.textContent = clock(start + minute * 60_000);
        return label;
      }),
    );
    if (table.hasAttribute("open")) fillTable(hour);
  };
}

/**
 * @param {number[]} values
 * @returns {number}
 */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

// @ts-check
/// <reference lib="dom" />
// The list of queues.

import { alarmOf, inTime } from "./figures.js";
import { count, share } from "./format.js";
import { addCell, addHead, addName, addTime, partOf } from "./lists.js";
import { make, makeMark, makeRows, shape, write } from "./rows.js";

/** @import { Choice } from "./choice.js" */
/** @import { QueueShown } from "../shown.ts" */

/** The alarms in words, for those who see no colours. */
const ALARMS = { "": "", amber: "long wait", red: "very long wait" };

/**
 * @typedef {object} QueueContext
 * @property {Choice} choice The choice.
 * @property {number} now The time by the clock of the server.
 * @property {boolean} isFleet Whether the PBX of each is shown.
 * @property {(pbx: string) => boolean} isLive Reports whether a PBX is connected.
 */

/**
 * @param {Element} section The section of the queues.
 * @returns {(queues: QueueShown[], context: QueueContext) => void} Takes the rows.
 */
export function makeQueues(section) {
  /** @type {QueueContext} */
  let context;
  const show = makeRows(partOf(section, "tbody"), {
    key: (/** @type {QueueShown} */ queue) => queue.key,
    make() {
      const row = make("tr");
      const head = addHead(row);
      const showName = addName(head);
      const mark = makeMark(partOf(head, ".line"));
      const words = make("span", "unseen");
      head.append(words);
      const waiting = addCell(row, "number", "Waiting");
      const showLongest = addTime(addCell(row, "number", "Longest"));
      const [free, answered, lost, level] = [
        "Free",
        "Answered",
        "Lost",
        "In time",
      ].map((label) => addCell(row, "number", label));
      return {
        row,
        update(queue) {
          const { choice, now, isFleet, isLive } = context;
          const alarm = alarmOf(queue, choice, now);
          row.dataset.alarm = alarm;
          row.toggleAttribute("data-stale", !isLive(queue.pbx));
          shape(mark, alarm === "red" ? "alarm" : "waiting");
          write(words, ALARMS[alarm]);
          showName(queue.name, isFleet ? queue.pbx : "");
          write(waiting, count(queue.waiting));
          row.toggleAttribute("data-waiting", queue.waiting > 0);
          showLongest(queue.longestSince);
          const texts = [
            `${count(queue.free)}/${count(queue.agents)}`,
            count(queue.answered),
            count(queue.lost),
            share(inTime([queue], choice.level)),
          ];
          for (const [index, cell] of [free, answered, lost, level].entries()) {
            if (cell !== undefined) write(cell, texts[index] ?? "");
          }
        },
      };
    },
  });
  return (queues, next) => {
    context = next;
    show(queues);
  };
}

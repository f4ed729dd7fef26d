// @ts-check
/// <reference lib="dom" />
// The list of calls.

import {
  addCell,
  addHead,
  addParty,
  addState,
  addTime,
  partOf,
  STATE_NAMES,
} from "./lists.js";
import { make, makeRows } from "./rows.js";

/** @import { CallShown } from "../shown.ts" */

/**
 * @typedef {object} CallContext
 * @property {boolean} isFleet Whether the PBX of each is shown.
 * @property {(pbx: string) => boolean} isLive Reports whether a PBX is connected.
 */

/**
 * @param {Element} section The section of the calls.
 * @returns {(calls: CallShown[], context: CallContext) => void} Takes the rows.
 */
export function makeCalls(section) {
  /** @type {CallContext} */
  let context;
  const show = makeRows(partOf(section, "tbody"), {
    key: (/** @type {CallShown} */ call) => call.key,
    make() {
      const row = make("tr", "call");
      const showFrom = addParty(addHead(row));
      const showTo = addParty(addCell(row));
      const showState = addState(addCell(row, "state"));
      const showTime = addTime(addCell(row, "number"));
      return {
        row,
        update(call) {
          const { isFleet, isLive } = context;
          row.dataset.state = call.state;
          row.toggleAttribute("data-stale", !isLive(call.pbx));
          showFrom(call.from);
          showTo(call.to);
          const words = STATE_NAMES.get(call.state) ?? call.state;
          showState(call.state, words, isFleet ? call.pbx : "");
          showTime(call.since);
        },
      };
    },
  });
  return (calls, next) => {
    context = next;
    show(calls);
  };
}

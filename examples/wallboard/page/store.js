// @ts-check
// The rows that the server has sent, and which of them are chosen.

import { isPbxChosen, isQueueChosen } from "./choice.js";
import { byName } from "./format.js";

/** @import { Choice } from "./choice.js" */
/** @import { AgentShown, CallShown, FiguresShown, PbxShown, QueueShown } from "../shown.ts" */

export class Store {
  /** @type {Map<string, PbxShown>} */
  #pbxs = new Map();
  /** @type {Map<string, QueueShown>} */
  #queues = new Map();
  /** @type {Map<string, AgentShown>} */
  #agents = new Map();
  /** @type {Map<string, CallShown>} */
  #calls = new Map();
  /** @type {FiguresShown | undefined} */
  figures;
  rate = 0;

  /** Forgets everything, as a new connection sends everything. */
  clear() {
    for (const map of [this.#pbxs, this.#queues, this.#agents, this.#calls]) {
      map.clear();
    }
  }

  /**
   * Takes what the server has sent.
   *
   * @param {string} name The part: its kind, and after a space its key.
   * @param {any} value The content; `null` if it is gone.
   * @returns {string} The kind.
   */
  take(name, value) {
    const space = name.indexOf(" ");
    const kind = space === -1 ? name : name.slice(0, space);
    const key = name.slice(space + 1);
    switch (kind) {
      case "pbxs":
        put(this.#pbxs, key, value);
        break;
      case "queues":
        put(this.#queues, key, value);
        break;
      case "agents":
        put(this.#agents, key, value);
        break;
      case "calls":
        put(this.#calls, key, value);
        break;
      case "figures":
        this.figures = value;
        break;
      case "rate":
        this.rate = value;
    }
    return kind;
  }

  /** All PBXs. */
  get pbxs() {
    return [...this.#pbxs.values()];
  }

  /** All queues. */
  get queues() {
    return [...this.#queues.values()];
  }

  /** Reports whether there are several PBXs. */
  get isFleet() {
    return this.#pbxs.size > 1;
  }

  /**
   * Reports whether the state of a PBX is the present one.
   *
   * @param {string} pbx The key of the PBX.
   * @returns {boolean} Whether it is.
   */
  isLive(pbx) {
    return this.#pbxs.get(pbx)?.state === "live";
  }

  /**
   * @param {Choice} choice
   * @returns {PbxShown[]} The PBXs that are shown.
   */
  chosenPbxs(choice) {
    return this.pbxs.filter(({ key }) => isPbxChosen(choice, key));
  }

  /**
   * @param {Choice} choice
   * @returns {QueueShown[]} The queues that are shown.
   */
  chosenQueues(choice) {
    return this.queues.filter(({ key }) => isQueueChosen(choice, key));
  }

  /**
   * @param {Choice} choice
   * @returns {AgentShown[]} The agents who serve a queue that is shown, by name.
   */
  chosenAgents(choice) {
    const agents = [...this.#agents.values()].filter(({ queues }) =>
      queues.some((key) => isQueueChosen(choice, key))
    );
    return agents.sort((one, other) =>
      byName(one.name, other.name) || byName(one.key, other.key)
    );
  }

  /**
   * @param {Choice} choice
   * @returns {CallShown[]} The calls of the queues that are shown; if all are,
   * also those that came by none.
   */
  chosenCalls(choice) {
    const calls = [...this.#calls.values()].filter(({ queue, pbx }) =>
      choice.queues.length === 0
        ? isPbxChosen(choice, pbx)
        : queue !== "" && isQueueChosen(choice, queue)
    );
    return calls.sort((one, other) => {
      const isWaiting = one.state === "waiting";
      if (isWaiting !== (other.state === "waiting")) return isWaiting ? -1 : 1;
      const age = one.since - other.since || byName(one.key, other.key);
      return isWaiting ? age : -age;
    });
  }
}

/**
 * @template Item
 * @param {Map<string, Item>} map
 * @param {string} key
 * @param {Item | null} value
 */
function put(map, key, value) {
  if (value === null) map.delete(key);
  else map.set(key, value);
}

// @ts-check
/// <reference lib="dom" />
// The list of agents, in groups.

import { count } from "./format.js";
import { addName, addState, addTime, partOf, STATE_NAMES } from "./lists.js";
import { make, makeRows, write } from "./rows.js";

/** @import { Choice } from "./choice.js" */
/** @import { AgentShown, QueueShown } from "../shown.ts" */

/** The order of the groups by state. */
const STATES = /** @type {const} */ ([
  "free",
  "ringing",
  "talking",
  "paused",
  "away",
]);

/**
 * @typedef {object} Group
 * @property {string} key
 * @property {string} name Empty where there is only one group.
 * @property {AgentShown[]} agents
 */

/**
 * Puts agents into groups. An agent of several queues is in the group of each.
 *
 * @param {readonly AgentShown[]} agents The agents.
 * @param {Choice["group"]} by The criterion.
 * @param {readonly QueueShown[]} queues The queues that are shown, in order.
 * @param {boolean} isFleet Whether the PBX of each queue is named.
 * @returns {Group[]} The groups that are not empty.
 */
export function groupAgents(agents, by, queues, isFleet) {
  const groups = by === "state"
    ? STATES.map((state) => ({
      key: state,
      name: STATE_NAMES.get(state) ?? state,
      agents: agents.filter((agent) => agent.state === state),
    }))
    : by === "queue"
    ? queues.map(({ key, name, pbx }) => ({
      key,
      name: isFleet ? `${name} (${pbx})` : name,
      agents: agents.filter((agent) => agent.queues.includes(key)),
    }))
    : [{ key: "all", name: "", agents: [...agents] }];
  return groups.filter((group) => group.agents.length > 0);
}

/**
 * Returns how many agents are in each state, in words.
 *
 * @param {readonly AgentShown[]} agents The agents.
 * @returns {string} Such as `3 free, 9 talking`.
 */
export function statesInWords(agents) {
  return STATES.map((state) => ({
    state,
    number: agents.filter((agent) => agent.state === state).length,
  })).filter(({ number }) => number > 0)
    .map(({ state, number }) => `${count(number)} ${state}`).join(", ");
}

/**
 * @typedef {object} AgentContext
 * @property {Choice["group"]} by The criterion of the groups.
 * @property {boolean} isFleet Whether the PBX of each is shown.
 * @property {(pbx: string) => boolean} isLive Reports whether a PBX is connected.
 * @property {((agent: AgentShown) => void) | undefined} pause Pauses an agent, or
 * ends the pause; `undefined` where that is not offered.
 */

/**
 * @param {Element} section The section of the agents.
 * @returns {(groups: Group[], context: AgentContext) => void} Takes the groups.
 */
export function makeAgents(section) {
  /** @type {AgentContext} */
  let context;
  /** @type {WeakMap<Element, AgentShown>} The agents by their buttons. */
  const shown = new WeakMap();
  const list = partOf(section, ".list");
  list.addEventListener("click", ({ target }) => {
    const agent = target instanceof Element ? shown.get(target) : undefined;
    if (agent !== undefined) context.pause?.(agent);
  });

  function makeAgent() {
    const row = make("li", "agent");
    const showName = addName(row);
    const state = make("span", "state");
    row.append(state);
    const showState = addState(state);
    const showTime = addTime(row);
    const button = make("button");
    button.type = "button";
    row.append(button);
    return {
      row,
      /** @param {AgentShown} agent */
      update(agent) {
        shown.set(button, agent);
        button.dataset.key = agent.key;
        const { by, isFleet, isLive, pause } = context;
        row.dataset.state = agent.state;
        row.toggleAttribute("data-stale", !isLive(agent.pbx));
        // The heading of a queue names its PBX.
        const pbx = isFleet && by !== "queue" ? agent.pbx : "";
        const details = [agent.detail, pbx];
        showName(agent.name, details.filter((text) => text !== "").join(" · "));
        const isBoth = agent.isPaused && agent.state !== "paused";
        const remark = isBoth ? "paused" : agent.reason;
        const words = STATE_NAMES.get(agent.state) ?? agent.state;
        // The heading of the group says the state.
        showState(agent.state, by === "state" ? "" : words, remark);
        showTime(agent.since);
        button.hidden = pause === undefined;
        const verb = agent.isPaused ? "Resume" : "Pause";
        write(button, verb);
        button.setAttribute("aria-label", `${verb} ${agent.name}`);
      },
    };
  }

  /** Focuses the button of an agent again, who has come into another group. @param {string | undefined} key */
  function refocus(key) {
    if (key === undefined || list.contains(document.activeElement)) return;
    for (const button of list.querySelectorAll("button")) {
      if (button.dataset.key === key) return button.focus();
    }
  }

  const show = makeRows(list, {
    key: (/** @type {Group} */ group) => group.key,
    make() {
      const row = make("div", "group");
      const heading = make("h3");
      const name = make("span", "name");
      const number = make("small");
      heading.append(name, " ", number);
      const members = make("ul");
      row.append(heading, members);
      const showAgents = makeRows(members, {
        key: (/** @type {AgentShown} */ agent) => agent.key,
        make: makeAgent,
      });
      return {
        row,
        update(group) {
          heading.hidden = group.name === "";
          write(name, group.name);
          write(number, count(group.agents.length));
          heading.dataset.state = group.key;
          showAgents(group.agents);
        },
      };
    },
  });
  return (groups, next) => {
    context = next;
    section.toggleAttribute("data-pausing", next.pause !== undefined);
    section.toggleAttribute("data-words", next.by !== "state");
    const { activeElement } = document;
    const key = activeElement instanceof HTMLButtonElement
      ? activeElement.dataset.key
      : undefined;
    show(groups);
    refocus(key);
  };
}

// @ts-check
/// <reference lib="dom" />
// The wallboard: shows what the server sends, and counts the seconds meanwhile.

import { makeChart } from "./chart.js";
import { clock, count, counted, duration, exactClock, rate } from "./format.js";
import {
  countTimes,
  makeAgents,
  makeCalls,
  makeQueues,
  setSince,
} from "./lists.js";
import { pause, readToken } from "./pause.js";
import { shape, write } from "./rows.js";
import { openStream } from "./stream.js";
import { makeThemeSwitch } from "./theme_switch.js";

/** @import { Shown } from "../shown.ts" */

/** @param {string} id @returns {HTMLElement} */
function find(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`There is no #${id}`);
  return element;
}

/** @type {Partial<Shown>} What the server has sent. */
const shown = {};

/** How far the server's clock is ahead of ours (milliseconds). */
let ahead = 0;

/** When the server has sent something (milliseconds since 1970, its clock). */
let heardAt = 0;

/** Whether the server answers. */
let isHeard = false;

function now() {
  return Date.now() + ahead;
}

/** Says something to those who hear the page; only what is new is said. @param {string} text */
function announce(text) {
  write(find("announcement"), text);
}

/**
 * How many are not shown, below a list.
 *
 * @param {string} id @param {number} rows @param {number} total
 */
function showMore(id, rows, total) {
  const more = find(id).querySelector(".more");
  if (more === null) return;
  write(more, total > rows ? `and ${count(total - rows)} more` : "");
}

/** What the connection is called. */
const LINK_NAMES = {
  connecting: "Connecting to",
  live: "Connected to",
  lost: "Reconnecting to",
  failed: "No connection to",
};

function showLink() {
  const { link } = shown;
  const state = !isHeard ? "unheard" : link?.state ?? "connecting";
  const element = find("link");
  element.dataset.state = state;
  const mark = element.querySelector("path");
  if (mark !== null) shape(mark, state === "live" ? "live" : "waiting");
  const text = link === undefined || !isHeard
    ? heardAt === 0 ? "Connecting" : "No server"
    : `${LINK_NAMES[link.state]} ${link.pbx}`;
  write(find("link-text"), text);
  const trouble = troubleText();
  write(find("trouble"), trouble);
  find("trouble").hidden = trouble === "";
  document.body.toggleAttribute(
    "data-stale",
    heardAt !== 0 && state !== "live",
  );
  if (heardAt !== 0) announce(trouble || text);
}

/** What is wrong, in a sentence; empty if all is well. */
function troubleText() {
  const { link } = shown;
  if (heardAt === 0 || link === undefined) return "";
  if (!isHeard) {
    return `The wallboard's server does not answer. This is from ${
      exactClock(heardAt)
    }.`;
  }
  const reason = link.reason || "The connection to the PBX is lost";
  if (link.state === "lost") {
    return `${reason}. This is from ${exactClock(link.since)}.`;
  }
  return link.state === "failed" ? `${reason}.` : "";
}

function showGaps() {
  write(find("gaps"), gapsText());
}

/** What was missed, in words. */
function gapsText() {
  const { gaps, link } = shown;
  if (gaps === undefined || link === undefined) return "";
  if (link.state === "lost") {
    return `Events are missed since ${exactClock(link.since)}`;
  }
  const { count, last } = gaps;
  if (last === null) return "No gap: every event was heard";
  const [from, to] = [exactClock(last.from), exactClock(last.to)];
  const length = duration(last.to - last.from);
  return `${
    counted(count, "gap")
  }, the last from ${from} to ${to} (${length}): ` +
    "events of that time were missed";
}

function showToday() {
  const { today } = shown;
  if (today === undefined) return;
  write(find("answered"), count(today.answered));
  write(find("lost"), count(today.lost));
  write(find("since"), `Callers are counted since ${clock(today.since)}`);
}

const chart = makeChart(find("hour"));
const showQueues = makeQueues(find("queues"));
const showCalls = makeCalls(find("calls"));
/** @type {ReturnType<typeof makeAgents> | undefined} */
let showAgents;
const token = readToken();

/** @type {{ [Name in keyof Shown]: (part: Shown[Name]) => void }} What shows each part. */
const SHOW = {
  link: () => {
    showLink();
    showGaps();
  },
  gaps: showGaps,
  today: showToday,
  hour: chart,
  rate: ({ perSecond }) => write(find("rate"), rate(perSecond)),
  // It comes with the first message and does not change.
  canPause: () => {},
  queues: ({ total, waiting, longestSince, rows }) => {
    write(find("waiting"), count(waiting));
    setSince(find("longest"), longestSince);
    showQueues(rows);
    showMore("queues", rows.length, total);
  },
  agents: ({ total, states, rows }) => {
    showAgents ??= makeAgents(
      find("agents"),
      shown.canPause !== true || token === undefined
        ? undefined
        : async (agent) => announce(await pause(agent, token)),
    );
    showAgents(rows);
    showMore("agents", rows.length, total);
    write(
      find("agents-summary"),
      Object.entries(states).filter(([, number]) => number > 0)
        .map(([state, number]) => `${count(number)} ${state}`).join(", "),
    );
  },
  calls: ({ total, talking, rows }) => {
    write(find("calls-total"), count(total));
    write(find("calls-summary"), `${count(talking)} of them talking`);
    showCalls(rows);
    showMore("calls", rows.length, total);
  },
};

/** @type {Set<string>} The parts that are to be drawn. */
const changed = new Set();

function draw() {
  /** @param {keyof Shown} name */
  const drawPart = (name) => {
    const part = shown[name];
    // The compiler does not see that the two belong together.
    if (part !== undefined) Reflect.apply(SHOW[name], undefined, [part]);
  };
  for (const name of changed) if (isPart(name)) drawPart(name);
  changed.clear();
  countTimes(now());
}

/** @param {string} name @returns {name is keyof Shown} */
function isPart(name) {
  return Object.hasOwn(SHOW, name);
}

/** @param {string[]} names The parts that have changed. */
function drawSoon(...names) {
  // A page that is not seen draws nothing; what it has is the present state.
  if (changed.size === 0) requestAnimationFrame(draw);
  for (const name of names) changed.add(name);
}

openStream("events", {
  parts({ now: serverNow, ...parts }) {
    const time = Number(serverNow);
    ahead = time - Date.now();
    heardAt = time;
    if (!isHeard) drawSoon("link");
    isHeard = true;
    for (const [name, part] of Object.entries(parts)) {
      Reflect.set(shown, name, part);
      drawSoon(name);
    }
  },
  silence() {
    isHeard = false;
    drawSoon("link");
  },
});

function tick() {
  write(find("clock"), exactClock(now()));
  // What is old does not go on as if it were not.
  if (isHeard && shown.link?.state === "live") countTimes(now());
}

makeThemeSwitch(find("theme"));
tick();
setInterval(tick, 1_000);

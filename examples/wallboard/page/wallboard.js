// @ts-check
/// <reference lib="dom" />
// The wallboard: shows what the server sends, and counts the seconds meanwhile.

import { groupAgents, makeAgents, statesInWords } from "./agents.js";
import { makeCalls } from "./calls.js";
import { makeChart } from "./chart.js";
import { readChoice, writeChoice } from "./choice.js";
import { makeChoosing } from "./choosing.js";
import { alarmOf, byAttention, inTime, lastHour, sum } from "./figures.js";
import { clock, count, counted, exactClock, rate, share } from "./format.js";
import { countTimes, partOf, setSince } from "./lists.js";
import { makePages } from "./pages.js";
import { pause, readToken } from "./pause.js";
import { makeQueues } from "./queues.js";
import { shape, write, writeFigure } from "./rows.js";
import { ring } from "./sound.js";
import { Store } from "./store.js";
import { openStream } from "./stream.js";
import { makeThemeSwitch } from "./theme_switch.js";
import { gapsText, linkText, troubleText, worstState } from "./trouble.js";

/** @import { AgentShown, CallShown } from "../shown.ts" */

/** @param {string} id @returns {HTMLElement} */
function find(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`Cannot find #${id}`);
  return element;
}

const token = readToken();
let choice = readChoice(location.search);
const store = new Store();

/** The time by which the server's clock is ahead of ours (milliseconds). */
let ahead = 0;

/** The time of the last message (milliseconds since 1970, the server's clock). */
let heardAt = 0;

/** `true` if the server answers. */
let isHeard = false;

/** `true` if the next message holds everything. */
let isNew = true;

/** @type {Map<string, string>} The alarms of the queues when they were drawn. */
let alarms = new Map();

function now() {
  return Date.now() + ahead;
}

/** Reports something to readers who hear the page, unless it is what they heard last. @param {string} text */
function announce(text) {
  write(find("announcement"), text);
}

/** @param {string} id */
function makeSection(id) {
  const section = find(id);
  const pages = makePages(
    partOf(section, ".list"),
    partOf(section, ".summary"),
  );
  return { section, pages };
}

const queues = makeSection("queues");
const agents = makeSection("agents");
const calls = makeSection("calls");
const showQueues = makeQueues(queues.section);
const showAgents = makeAgents(agents.section);
const showCalls = makeCalls(calls.section);
const showHour = makeChart(find("hour"));
const dialog = find("choice");
if (!(dialog instanceof HTMLDialogElement)) throw new Error("No dialog");
const showChoices = makeChoosing(dialog, find("choose"), {
  choice: () => choice,
  choose(next) {
    choice = next;
    const { pathname, hash } = location;
    history.replaceState(null, "", pathname + writeChoice(choice) + hash);
    drawSoon();
  },
});

/** @param {string} pbx */
function isLive(pbx) {
  return isHeard && store.isLive(pbx);
}

function drawLink() {
  const pbxs = store.chosenPbxs(choice);
  const state = isHeard ? worstState(pbxs) : "unheard";
  const element = find("link");
  element.dataset.state = heardAt === 0 ? "connecting" : state;
  shape(markOf(element), state === "live" ? "live" : "waiting");
  const text = heardAt === 0
    ? "Connecting"
    : isHeard
    ? linkText(pbxs)
    : "No server";
  write(find("link-text"), text);
  const trouble = heardAt === 0
    ? ""
    : isHeard
    ? troubleText(pbxs)
    : `The wallboard's server does not answer. Its figures are from ${
      exactClock(heardAt)
    }.`;
  write(find("trouble"), trouble);
  find("trouble").hidden = trouble === "";
  const isStale = heardAt !== 0 &&
    !pbxs.some(({ key }) => isLive(key));
  document.body.toggleAttribute("data-stale", isStale);
  write(find("gaps"), gapsText(pbxs));
  if (heardAt !== 0) announce(trouble || text);
}

/** @param {Element} parent */
function markOf(parent) {
  const mark = parent.querySelector("path");
  if (mark === null) throw new Error("Cannot find the mark");
  return mark;
}

function drawQueues() {
  const shown = store.chosenQueues(choice).sort(byAttention);
  const { figures, isFleet } = store;
  showQueues(shown, { choice, now: now(), isFleet, isLive });
  queues.pages.label(counted(shown.length, "queue"));
  writeFigure(find("waiting"), count(sum(shown, ({ waiting }) => waiting)));
  const [first] = shown;
  const longest = first?.longestSince ?? null;
  setSince(find("longest"), longest);
  write(find("longest-queue"), longest === null ? "" : first?.name ?? "");
  writeFigure(find("answered"), count(sum(shown, ({ answered }) => answered)));
  writeFigure(find("lost"), count(sum(shown, ({ lost }) => lost)));
  writeFigure(find("in-time"), share(inTime(shown, choice.level)));
  const since = figures === undefined ? "" : `since ${clock(figures.since)}`;
  for (const element of document.querySelectorAll(".since")) {
    write(element, since);
  }
  write(partOf(find("glance"), ".level"), `within ${choice.level} s`);
  showHour(lastHour(shown, now()));
  watchAlarms();
}

/** Turns queues amber and red as time goes by, and makes the sound. */
function watchAlarms() {
  const shown = store.chosenQueues(choice);
  const before = alarms;
  alarms = new Map(
    shown.map((queue) => [queue.key, alarmOf(queue, choice, now())]),
  );
  const all = [...alarms.values()];
  find("longest-tile").dataset.alarm = all.includes("red")
    ? "red"
    : all.includes("amber")
    ? "amber"
    : "";
  const isChanged = shown.some(({ key }) =>
    alarms.get(key) !== before.get(key)
  );
  const isRed = shown.some(({ key, pbx }) =>
    alarms.get(key) === "red" && before.get(key) !== "red" && isLive(pbx)
  );
  if (isRed) {
    queues.pages.toFirst();
    if (choice.sound) ring();
  }
  return isChanged;
}

function drawAgents() {
  const shown = store.chosenAgents(choice);
  const { figures, isFleet } = store;
  const groups = groupAgents(
    shown,
    choice.group,
    store.chosenQueues(choice).sort(byAttention),
    isFleet,
  );
  const canPause = figures?.canPause === true && token !== undefined;
  showAgents(groups, {
    by: choice.group,
    isFleet,
    isLive,
    pause: canPause ? pauseAgent : undefined,
  });
  agents.pages.label(statesInWords(shown));
}

/** @param {AgentShown} agent */
async function pauseAgent(agent) {
  if (token !== undefined) announce(await pause(agent, token));
}

function drawCalls() {
  const shown = store.chosenCalls(choice);
  const { figures, isFleet } = store;
  const isAll = choice.queues.length === 0 && choice.pbxs.length === 0;
  const total = isAll ? figures?.calls ?? 0 : shown.length;
  const talking = isAll
    ? figures?.talking ?? 0
    : shown.filter(isTalking).length;
  writeFigure(find("calls-total"), count(total));
  showCalls(shown, { isFleet, isLive });
  const more = total - shown.length;
  calls.pages.label(
    `${count(talking)} talking` +
      (more > 0 ? `, ${count(more)} more not shown` : ""),
  );
}

/** @param {CallShown} call */
function isTalking({ state }) {
  return state === "talking";
}

/** @type {Record<string, () => void>} The functions that draw each kind of part. */
const DRAW = {
  pbxs: drawLink,
  figures: () => {},
  queues: drawQueues,
  agents: drawAgents,
  calls: drawCalls,
  rate: () => {
    write(find("rate"), `${rate(store.rate)} events per second`);
  },
};

/** The kinds that are drawn when something of a kind has changed. */
const AFFECTED = new Map(Object.entries({
  // The state of a PBX, and the figures, show in every list.
  pbxs: ["pbxs", "queues", "agents", "calls"],
  figures: ["queues", "agents", "calls"],
  queues: ["queues"],
  agents: ["agents"],
  calls: ["calls"],
  rate: ["rate"],
}));

/** @type {Set<string>} The kinds that are to be drawn. */
const changed = new Set();

function draw() {
  const kinds = new Set(
    [...changed].flatMap((kind) => AFFECTED.get(kind) ?? []),
  );
  changed.clear();
  // The groups are in the order of the queues.
  if (kinds.has("queues") && choice.group === "queue") kinds.add("agents");
  if (kinds.has("queues")) showChoices(store);
  for (const kind of kinds) DRAW[kind]?.();
  countTimes(now());
}

/** @param {string[]} kinds The kinds that have changed; none means all. */
function drawSoon(...kinds) {
  // A page that is not seen draws nothing; what it has is the present state.
  if (changed.size === 0) requestAnimationFrame(draw);
  for (const kind of kinds.length === 0 ? AFFECTED.keys() : kinds) {
    changed.add(kind);
  }
}

openStream("events", {
  begin() {
    isNew = true;
  },
  parts({ now: serverNow, ...parts }) {
    const time = Number(serverNow);
    ahead = time - Date.now();
    heardAt = time;
    if (isNew) store.clear();
    if (isNew || !isHeard) drawSoon();
    isNew = false;
    isHeard = true;
    for (const [name, part] of Object.entries(parts)) {
      drawSoon(store.take(name, part));
    }
  },
  silence() {
    isHeard = false;
    drawSoon();
  },
});

function tick() {
  write(find("clock"), exactClock(now()));
  if (!isHeard || document.body.hasAttribute("data-stale")) return;
  countTimes(now());
  if (watchAlarms()) drawSoon("queues");
}

makeThemeSwitch(find("theme"));
tick();
setInterval(tick, 1_000);

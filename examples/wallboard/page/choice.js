// @ts-check
// The choice of what to show. It is kept in the address of the page, so that a
// wall shows the same after a restart, and an address can be shared.

/**
 * @typedef {object} Choice
 * @property {readonly string[]} queues The queues, by name or by key; none means all.
 * @property {readonly string[]} pbxs The PBXs; none means all.
 * @property {number} level The wait up to which an answer is in time (seconds).
 * @property {number} amber The wait after which a queue turns amber (seconds).
 * @property {number} red The wait after which a queue turns red (seconds).
 * @property {"state" | "queue" | "none"} group What agents are grouped by.
 * @property {boolean} sound Whether a queue that turns red is heard.
 */

/** @type {Choice} */
export const DEFAULTS = {
  queues: [],
  pbxs: [],
  level: 20,
  amber: 60,
  red: 120,
  group: "state",
  sound: false,
};

/** The most seconds that can be chosen of each. */
const MAX_SECONDS = { level: 600, wait: 86_400 };

/**
 * Reads a choice. Whatever is missing or wrong is the default.
 *
 * @param {string} search The part of the address from the `?` on.
 * @returns {Choice} The choice.
 */
export function readChoice(search) {
  const params = new URLSearchParams(search);
  const [first, second] = (params.get("warn") ?? "").split(",");
  const warned = seconds(first, MAX_SECONDS.wait);
  const amber = warned ?? DEFAULTS.amber;
  const red = seconds(second, MAX_SECONDS.wait) ??
    (warned === undefined ? DEFAULTS.red : 2 * amber);
  const group = params.get("group");
  return {
    queues: names(params, "queues"),
    pbxs: names(params, "pbx"),
    level: seconds(params.get("level"), MAX_SECONDS.level) ?? DEFAULTS.level,
    amber,
    red: Math.max(amber, red),
    group: group === "queue" || group === "none" ? group : DEFAULTS.group,
    sound: params.get("sound") === "on",
  };
}

/**
 * Writes a choice.
 *
 * @param {Choice} choice The choice.
 * @returns {string} The part of the address from the `?` on; empty if all
 * is as by default.
 */
export function writeChoice(choice) {
  const { queues, pbxs, level, amber, red, group, sound } = choice;
  /** @type {string[]} */
  const params = [];
  const list = (/** @type {readonly string[]} */ items) =>
    items.map((item) => encodeURIComponent(item).replaceAll("%2F", "/")).join();
  if (queues.length > 0) params.push(`queues=${list(queues)}`);
  if (pbxs.length > 0) params.push(`pbx=${list(pbxs)}`);
  if (level !== DEFAULTS.level) params.push(`level=${level}`);
  if (amber !== DEFAULTS.amber || red !== DEFAULTS.red) {
    params.push(`warn=${amber},${red}`);
  }
  if (group !== DEFAULTS.group) params.push(`group=${group}`);
  if (sound) params.push("sound=on");
  return params.length === 0 ? "" : `?${params.join("&")}`;
}

/**
 * Reports whether a PBX was chosen.
 *
 * @param {Choice} choice The choice.
 * @param {string} pbx The key of the PBX.
 * @returns {boolean} Whether it is shown.
 */
export function isPbxChosen({ pbxs }, pbx) {
  return pbxs.length === 0 || includes(pbxs, pbx);
}

/**
 * Reports whether a queue was chosen.
 *
 * @param {Choice} choice The choice.
 * @param {string} key The key of the queue, such as `berlin/support`.
 * @returns {boolean} Whether it is shown.
 */
export function isQueueChosen(choice, key) {
  const slash = key.indexOf("/");
  if (!isPbxChosen(choice, key.slice(0, slash))) return false;
  return choice.queues.length === 0 || isQueueNamed(choice, key);
}

/**
 * Reports whether a choice names a queue, by its name or its key.
 *
 * @param {Pick<Choice, "queues">} choice The choice.
 * @param {string} key The key of the queue.
 * @returns {boolean} Whether it does.
 */
export function isQueueNamed({ queues }, key) {
  const name = key.slice(key.indexOf("/") + 1);
  return includes(queues, key) || includes(queues, name);
}

/**
 * @param {readonly string[]} items
 * @param {string} wanted
 */
function includes(items, wanted) {
  const lower = wanted.toLowerCase();
  return items.some((item) => item.toLowerCase() === lower);
}

/**
 * @param {URLSearchParams} params
 * @param {string} name
 */
function names(params, name) {
  return params.getAll(name).flatMap((text) => text.split(","))
    .map((item) => item.trim()).filter((item) => item !== "");
}

/**
 * @param {string | null | undefined} text
 * @param {number} max
 * @returns {number | undefined}
 */
function seconds(text, max) {
  const value = Number(text);
  const isGiven = text !== null && text !== undefined && /^\d+$/.test(text);
  return isGiven && value >= 1 && value <= max ? value : undefined;
}

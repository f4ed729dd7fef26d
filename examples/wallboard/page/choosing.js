// @ts-check
/// <reference lib="dom" />
// The dialog in which a reader chooses what to show.

import { DEFAULTS, isPbxChosen, isQueueNamed } from "./choice.js";
import { byName } from "./format.js";
import { partOf } from "./lists.js";
import { make, makeRows, write } from "./rows.js";
import { ring } from "./sound.js";

/** @import { Choice } from "./choice.js" */
/** @import { Store } from "./store.js" */

/** @typedef {{ key: string, name: string, isChosen: boolean }} Box */

/**
 * @param {HTMLDialogElement} dialog The dialog.
 * @param {Element} button The button that opens it, and says what is chosen.
 * @param {object} on The rest of the page.
 * @param {() => Choice} on.choice Returns the choice.
 * @param {(choice: Choice) => void} on.choose Takes another choice.
 * @returns {(store: Store) => void} Takes the queues and PBXs there are.
 */
export function makeChoosing(dialog, button, { choice, choose }) {
  const form = dialog.querySelector("form");
  if (form === null) throw new Error("The dialog has no form");
  const pbxs = partOf(dialog, "#choose-pbxs");
  const showPbxs = makeBoxes(partOf(pbxs, ".boxes"), "pbx");
  const showQueues = makeBoxes(
    partOf(dialog, "#choose-queues .boxes"),
    "queue",
  );

  /** @type {Store | undefined} */
  let known;

  /** @param {string} name @returns {HTMLInputElement} */
  function input(name) {
    const element = form?.elements.namedItem(name);
    if (element instanceof HTMLInputElement) return element;
    throw new Error(`Cannot find the input ${name}`);
  }

  /** @param {string} name */
  function checked(name) {
    const boxes = form?.querySelectorAll(`input[name="${name}"]:checked`) ?? [];
    return [...boxes].map((box) =>
      box instanceof HTMLInputElement ? box.value : ""
    );
  }

  /** @param {string} name @param {number} fallback */
  function number(name, fallback) {
    const { value, validity } = input(name);
    return validity.valid && /^\d+$/.test(value) ? Number(value) : fallback;
  }

  function show() {
    if (known === undefined) return;
    const chosen = choice();
    pbxs.hidden = !known.isFleet;
    showPbxs(known.pbxs.map(({ key, place }) => ({
      key,
      name: place,
      isChosen: chosen.pbxs.length > 0 && isPbxChosen(chosen, key),
    })));
    const { isFleet } = known;
    const queues = known.queues.filter(({ pbx }) => isPbxChosen(chosen, pbx))
      .sort((one, other) =>
        byName(one.name, other.name) || byName(one.key, other.key)
      );
    showQueues(queues.map(({ key, name, pbx }) => ({
      key: isFleet ? key : name,
      name: isFleet ? `${name} (${pbx})` : name,
      isChosen: isQueueNamed(chosen, key),
    })));
  }

  function showButton() {
    const chosen = choice();
    const some = [
      chosen.pbxs.length > 0 ? chosen.pbxs.join(", ") : "",
      chosen.queues.length === 0
        ? "All queues"
        : chosen.queues.length === 1
        ? chosen.queues[0]
        : `${chosen.queues.length} queues`,
    ];
    write(button, some.filter((text) => text !== "").join(": "));
  }

  function fill() {
    const { level, amber, red, group, sound } = choice();
    input("level").value = `${level}`;
    input("amber").value = `${amber}`;
    input("red").value = `${red}`;
    input("sound").checked = sound;
    const select = form?.elements.namedItem("group");
    if (select instanceof HTMLSelectElement) select.value = group;
  }

  form.addEventListener("change", ({ target }) => {
    const select = form.elements.namedItem("group");
    const group = select instanceof HTMLSelectElement ? select.value : "";
    const amber = number("amber", choice().amber);
    const sound = input("sound").checked;
    // It is heard once, so that the reader knows whether the browser lets it.
    if (sound && target === input("sound")) ring();
    choose({
      queues: checked("queue"),
      pbxs: checked("pbx"),
      level: number("level", choice().level),
      amber,
      red: Math.max(amber, number("red", choice().red)),
      group: group === "queue" || group === "none" ? group : "state",
      sound,
    });
    showButton();
    show();
  });
  partOf(dialog, "#choose-all").addEventListener("click", () => {
    choose({ ...choice(), queues: DEFAULTS.queues, pbxs: DEFAULTS.pbxs });
    showButton();
    show();
  });
  button.addEventListener("click", () => {
    fill();
    show();
    dialog.showModal();
  });
  showButton();
  return (store) => {
    known = store;
    if (dialog.open) show();
  };
}

/**
 * @param {HTMLElement} parent The place of the boxes.
 * @param {string} name The name of each.
 * @returns {(boxes: Box[]) => void} Takes the boxes.
 */
function makeBoxes(parent, name) {
  return makeRows(parent, {
    key: (/** @type {Box} */ box) => box.key,
    make() {
      const row = make("label");
      const input = make("input");
      const text = make("span");
      input.type = "checkbox";
      input.name = name;
      row.append(input, text);
      return {
        row,
        update(box) {
          input.value = box.key;
          input.checked = box.isChosen;
          write(text, box.name);
        },
      };
    },
  });
}

// @ts-check
/// <reference lib="dom" />
// The switch between the dark and the light theme. theme.js reads what it keeps.

import { write } from "./rows.js";

/** The key under which the choice is kept. */
const THEME_KEY = "wallboard-theme";

/**
 * Makes a button switch the theme.
 *
 * @param {Element} button The button.
 */
export function makeThemeSwitch(button) {
  const { dataset } = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    return dataset.theme === undefined
      ? system.matches
      : dataset.theme === "dark";
  }

  function name() {
    write(button, isDark() ? "Light theme" : "Dark theme");
  }

  button.addEventListener("click", () => {
    dataset.theme = isDark() ? "light" : "dark";
    name();
    try {
      localStorage.setItem(THEME_KEY, dataset.theme);
    } catch {
      // Storage can be forbidden: the choice lasts until the page is closed.
    }
  });
  system.addEventListener("change", name);
  name();
}

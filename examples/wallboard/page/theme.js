// @ts-check
/// <reference lib="dom" />
// Runs before anything is drawn, so that the page does not flash in the other
// theme. Without a choice of the reader it is the system's.

/** The key under which the choice is kept. */
const THEME_KEY = "wallboard-theme";

/** @returns {"dark" | "light" | undefined} The choice of the reader. */
function chosenTheme() {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    return theme === "dark" || theme === "light" ? theme : undefined;
  } catch {
    // Storage can be forbidden; the system's theme remains.
    return undefined;
  }
}

const theme = chosenTheme();
if (theme !== undefined) document.documentElement.dataset.theme = theme;

// @ts-check
/// <reference lib="dom" />
// The one action: an agent is paused, or the pause is ended. It takes the token
// that the wallboard was started with, after the # of the address, which a
// browser sends to nobody.

/** @import { AgentShown } from "../shown.ts" */

const TOKEN_KEY = "wallboard-token";

/**
 * @returns {string | undefined} The token, taken out of the address, or kept
 * from before until the tab is closed.
 */
export function readToken() {
  const token = tokenIn(location.hash);
  try {
    if (token === undefined) {
      return sessionStorage.getItem(TOKEN_KEY) ?? undefined;
    }
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(TOKEN_KEY, token);
  } catch {
    // Storage can be forbidden: the token lasts until the page is loaded anew.
  }
  return token;
}

/**
 * @param {string} hash The part of the address from the # on.
 * @returns {string | undefined} The token in it, if there is one.
 */
function tokenIn(hash) {
  const [, token] = /^#token=(.+)$/.exec(hash) ?? [];
  try {
    return token === undefined ? undefined : decodeURIComponent(token);
  } catch {
    // A lone % does not spell a character: no such token was given out.
    return undefined;
  }
}

/**
 * Asks the server to pause an agent, or to end the pause.
 *
 * @param {AgentShown} agent The agent.
 * @param {string} token The token.
 * @returns {Promise<string>} The outcome in words.
 */
export async function pause(agent, token) {
  try {
    const response = await fetch("pause", {
      method: "POST",
      headers: {
        "authorization": `Bearer ${token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        pbx: agent.pbx,
        interface: agent.interface,
        paused: !agent.isPaused,
      }),
    });
    if (response.ok) {
      return `${agent.name} is ${agent.isPaused ? "no longer " : ""}paused`;
    }
    return `${agent.name}: ${(await response.text()).trim()}`;
  } catch {
    return `${agent.name}: the wallboard's server is not responding`;
  }
}

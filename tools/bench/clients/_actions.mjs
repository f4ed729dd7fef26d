// @ts-check
import { measure, warmUp } from "./_measure.mjs";

/**
 * @import { Client } from "./client.ts"
 * @import { ActionsTask } from "../task.ts"
 */

/**
 * Measures actions and their answers.
 *
 * @param {Client} client Who sends them.
 * @param {ActionsTask} task What to do.
 */
export async function runActions(client, task) {
  for (let i = 0; i < task.pending; i++) {
    // Nobody waits for these: they are only there.
    Promise.resolve(client.act("Unanswered", {})).catch(() => {});
  }
  let wrong = 0;
  let last = 0;
  const ask = async () => {
    const variable = `v${++last}`;
    if (await client.getvar(variable) !== variable) wrong++;
  };
  const askAll = async (/** @type {number} */ count) => {
    for (let asked = 0; asked < count; asked += task.together) {
      if (task.together === 1) await ask();
      else await Promise.all(Array.from({ length: task.together }, ask));
    }
  };
  const count = await warmUp({ ...task, multiple: task.together }, askAll);
  const measured = await measure(() => askAll(count));
  return { ...measured, count, problem: wrong > 0 ? "wrong" : undefined };
}

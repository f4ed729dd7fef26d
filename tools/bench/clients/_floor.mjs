// @ts-check
import { measure, warmUp } from "./_measure.mjs";

/**
 * @import { Floor } from "./client.ts"
 * @import { Task } from "../task.ts"
 */

/**
 * Measures what no client can go below.
 *
 * @param {Floor} floor What does no more than it has to.
 * @param {Task} task What to do.
 */
export async function runFloor(floor, task) {
  if (task.kind === "events" && floor.replay !== undefined) {
    const { replay } = floor;
    return await run(task, task.multiple, replay);
  }
  if (task.kind === "actions" && floor.ask !== undefined) {
    const { ask } = floor;
    return await run(task, task.together, (count) => ask(count, task.together));
  }
  throw new Error(`It is no floor for ${task.kind}`);
}

/**
 * @param {{ count: number, warmUp: number, seconds: number }} limits
 * @param {number} multiple
 * @param {(count: number) => Promise<void>} work
 */
async function run(limits, multiple, work) {
  const count = await warmUp({ ...limits, multiple }, work);
  const measured = await measure(() => work(count));
  return { ...measured, count };
}

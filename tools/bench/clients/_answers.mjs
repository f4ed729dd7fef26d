// @ts-check
import { measure } from "./_measure.mjs";

/**
 * @import { Client } from "./client.ts"
 * @import { AnswersTask } from "../task.ts"
 */

/**
 * The kind of answer that is requested.
 *
 * @param {Client} client
 * @param {AnswersTask} task
 * @returns {(count: number) => Promise<unknown> | undefined}
 */
function question(client, { workload }) {
  return workload === "list"
    ? (count) => client.list?.(count)
    : (count) => client.command?.(`dialplan show ${count}`);
}

/**
 * Reports whether the answer is complete and correct.
 *
 * @param {unknown} answer
 * @param {number} count
 * @param {string[]} pattern
 */
function isWhole(answer, count, pattern) {
  return Array.isArray(answer) && answer.length === count &&
    answer.every((item, i) => item === pattern[i % pattern.length]);
}

/**
 * Measures long answers.
 *
 * @param {Client} client Who asks for them.
 * @param {AnswersTask} task What to do.
 */
export async function runAnswers(client, task) {
  const { count, warmUp, warmUps, repeats, pattern } = task;
  const ask = question(client, task);
  let isRight = true;
  for (let i = 0; i < warmUps; i++) {
    isRight = isWhole(await ask(warmUp), warmUp, pattern) && isRight;
  }
  const total = { seconds: 0, cpuMicroseconds: 0 };
  for (let i = 0; i < repeats; i++) {
    /** @type {unknown} */
    let answer;
    const measured = await measure(async () => {
      answer = await ask(count);
    });
    total.seconds += measured.seconds;
    total.cpuMicroseconds += measured.cpuMicroseconds;
    // Not measured: it is no part of what a client does.
    isRight = isWhole(answer, count, pattern) && isRight;
  }
  return {
    ...total,
    count: count * repeats,
    problem: isRight ? undefined : "wrong",
  };
}

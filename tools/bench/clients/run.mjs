// @ts-check
/**
 * Runs one client on one workload, and prints what was measured as a line of
 * JSON. Its only argument is the task, as JSON.
 *
 * @module
 */

import process from "node:process";
import { runActions } from "./_actions.mjs";
import { runAnswers } from "./_answers.mjs";
import { runEvents } from "./_events.mjs";
import { runFloor } from "./_floor.mjs";
import { connectIdle } from "./_idle.mjs";
import { peakMemory } from "./_measure.mjs";

/**
 * @import { ClientModule, FloorModule } from "./client.ts"
 * @import { Task } from "../task.ts"
 */

/** @param {Task} task */
async function run(task) {
  /** @type {ClientModule | FloorModule} */
  const module = await import(`./${task.module}`);
  if ("connectFloor" in module) {
    return await runFloor(await module.connectFloor(task.port), task);
  }
  const connect = () => module.connect(task.port);
  switch (task.kind) {
    case "events": {
      if (task.connections === 1) return runEvents([await connect()], task);
      const { clients, idle } = await connectIdle(task.connections, connect);
      return { ...await runEvents(clients, task), idle };
    }
    case "actions":
      return runActions(await connect(), task);
    case "answers":
      return runAnswers(await connect(), task);
  }
}

const result = await run(JSON.parse(process.argv[2] ?? ""));
const line = JSON.stringify({ ...result, peakMemoryBytes: peakMemory() });
// What the client still waits for is of no interest.
process.stdout.write(`${line}\n`, () => process.exit(0));

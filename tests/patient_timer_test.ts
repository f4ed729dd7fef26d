import { assert, assertEquals } from "@std/assert";
import { PatientTimer } from "../src/patient_timer.ts";
import { until } from "./_waiting.ts";

/** Keeps the event loop from turning. */
function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

Deno.test("PatientTimer calls once, when the time is over", async () => {
  const begin = performance.now();
  let calls = 0;
  new PatientTimer(20, () => calls++);
  await until(() => calls > 0);
  assert(performance.now() - begin >= 19);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(calls, 1);
});

Deno.test("PatientTimer lets what has arrived be read first, where the program was stopped past the time", async () => {
  let turns = 0;
  let turnsAtEnd: number | undefined;
  new PatientTimer(10, () => {
    turnsAtEnd = turns;
  });
  const ticks = setInterval(() => turns++, 0);
  block(200);
  await until(() => turnsAtEnd !== undefined);
  clearInterval(ticks);
  assert(turnsAtEnd !== undefined && turnsAtEnd >= 10, `${turnsAtEnd} turns`);
});

Deno.test("PatientTimer.stop() stops it, also while it is patient", async () => {
  let calls = 0;
  const stopped = new PatientTimer(1, () => calls++);
  stopped.stop();
  const late = new PatientTimer(1, () => calls++);
  block(100);
  await new Promise((resolve) => setTimeout(resolve, 5));
  late.stop();
  await new Promise((resolve) => setTimeout(resolve, 200));
  assertEquals(calls, 0);
});

import { assert, assertEquals } from "@std/assert";
import { Progress, progressLine } from "../../../src/cli/terminal/progress.ts";
import { Terminal } from "../../../src/cli/terminal/terminal.ts";

Deno.test("the line tells events, rate and time", () => {
  assertEquals(
    progressLine({ events: 1_234_567, elapsed: 3_725_000 }, 1234.5),
    "1,234,567 events  1,235/s  1:02:05",
  );
  assertEquals(
    progressLine({ events: 1, elapsed: 0 }, 0.25),
    "1 event  0.3/s  0:00",
  );
});

Deno.test("the line has a bar where the length is known", () => {
  assertEquals(
    progressLine(
      { events: 5, elapsed: 30_000, duration: 60_000, done: 0.5 },
      0,
    ),
    "██████████░░░░░░░░░░  50%  5 events  0/s  0:30 of 1:00",
  );
  const bars = [-1, 0, 0.999, 1, 2].map((done) =>
    progressLine({ events: 0, elapsed: 0, done }, 0).slice(0, 25)
  );
  assertEquals(bars, [
    "░░░░░░░░░░░░░░░░░░░░   0%",
    "░░░░░░░░░░░░░░░░░░░░   0%",
    "███████████████████░  99%",
    "████████████████████ 100%",
    "████████████████████ 100%",
  ]);
});

Deno.test("nothing is shown off a terminal", () => {
  let asked = 0;
  let said = 0;
  const state = () => {
    asked++;
    return { events: 0, elapsed: 0 };
  };
  const terminal = new Terminal();
  {
    using progress = new Progress({ state, terminal, isShown: false });
    progress.aside(() => said++);
  }
  assertEquals([asked, said], [0, 1]);
});

Deno.test("the progress line ends with it, also when the terminal is restored", () => {
  let asked = 0;
  const state = () => {
    asked++;
    return { events: 0, elapsed: 0 };
  };
  const terminal = new Terminal();
  {
    using progress = new Progress({ state, terminal, isShown: true });
    progress.aside(() => {});
  }
  assert(asked >= 2);
  const restored = new Progress({ state, terminal, isShown: true });
  terminal.restore();
  restored[Symbol.dispose]();
  // The sanitizers find a timer that goes on.
});

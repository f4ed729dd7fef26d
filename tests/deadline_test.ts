import {
  assert,
  assertEquals,
  assertFalse,
  assertStrictEquals,
} from "@std/assert";
import { getEventListeners } from "node:events";
import { Deadline } from "../src/deadline.ts";

/** A parent that is never aborted. */
function never(): AbortSignal {
  return new AbortController().signal;
}

/** Resolves when a signal is aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function mustNotBeMade(): Error {
  throw new Error("No reason was asked for");
}

Deno.test("Deadline aborts its signal after the delay, with the reason", async () => {
  const reason = new Error("too late");
  using deadline = new Deadline(1, () => reason, never());
  assertFalse(deadline.signal.aborted);
  await aborted(deadline.signal);
  assertStrictEquals(deadline.signal.reason, reason);
});

Deno.test("Deadline makes its reason only when it is needed", async () => {
  let made = 0;
  using deadline = new Deadline(1, () => new Error(`${++made}`), never());
  assertEquals(made, 0);
  await aborted(deadline.signal);
  assertEquals(made, 1);
});

Deno.test("Deadline is aborted together with its parent, with the parent's reason", () => {
  const parent = new AbortController();
  const reason = new Error("given up");
  using deadline = new Deadline(60_000, mustNotBeMade, parent.signal);
  parent.abort(reason);
  assert(deadline.signal.aborted);
  assertStrictEquals(deadline.signal.reason, reason);
});

Deno.test("Deadline is aborted at once where its parent is", () => {
  const reason = new Error("given up before");
  using deadline = new Deadline(
    60_000,
    mustNotBeMade,
    AbortSignal.abort(reason),
  );
  assert(deadline.signal.aborted);
  assertStrictEquals(deadline.signal.reason, reason);
});

Deno.test("Deadline does not abort its parent", async () => {
  const parent = never();
  using deadline = new Deadline(1, () => new Error("too late"), parent);
  await aborted(deadline.signal);
  assertFalse(parent.aborted);
});

Deno.test("Deadline keeps the first reason where its parent is aborted later", async () => {
  const parent = new AbortController();
  const reason = new Error("too late");
  using deadline = new Deadline(1, () => reason, parent.signal);
  await aborted(deadline.signal);
  parent.abort(new Error("given up"));
  assertStrictEquals(deadline.signal.reason, reason);
});

// The sanitizers of Deno would find a timer that is left behind.
Deno.test("Deadline leaves no timer behind when disposed", async () => {
  const { signal } = (() => {
    using deadline = new Deadline(5, mustNotBeMade, never());
    return deadline;
  })();
  await wait(20);
  assertFalse(signal.aborted);
});

Deno.test("Deadline leaves no timer behind where its parent was aborted", () => {
  const parent = new AbortController();
  using _deadline = new Deadline(60_000, mustNotBeMade, parent.signal);
  parent.abort();
});

Deno.test("Deadline can be disposed again, and after it has passed", async () => {
  const deadline = new Deadline(1, () => new Error("too late"), never());
  await aborted(deadline.signal);
  deadline[Symbol.dispose]();
  deadline[Symbol.dispose]();
  assert(deadline.signal.aborted);
});

Deno.test("Deadline leaves its parent alone when disposed", () => {
  const parent = new AbortController();
  const deadline = new Deadline(60_000, mustNotBeMade, parent.signal);
  assertEquals(getEventListeners(parent.signal, "abort").length, 1);
  deadline[Symbol.dispose]();
  assertEquals(getEventListeners(parent.signal, "abort").length, 0);
  parent.abort();
  assertFalse(deadline.signal.aborted);
});

Deno.test("Deadline needs no parent, and no timer is too short for it", () => {
  using never = new Deadline(2 ** 40, mustNotBeMade);
  assertFalse(never.signal.aborted);
});

Deno.test("Deadline never passes after Infinity, and starts no timer", async () => {
  const parent = new AbortController();
  // Not disposed, so that the sanitizers would find a timer.
  const { signal } = new Deadline(Infinity, mustNotBeMade, parent.signal);
  // A delay that `setTimeout` does not know passes at once.
  await wait(5);
  assertFalse(signal.aborted);
  parent.abort();
  assert(signal.aborted);
});

Deno.test("Deadline leaves no listener on its parent", () => {
  const parent = never();
  for (let count = 0; count < 100; count++) {
    using _deadline = new Deadline(60_000, mustNotBeMade, parent);
  }
  assertEquals(getEventListeners(parent, "abort").length, 0);
});

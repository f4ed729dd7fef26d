import { assert, assertEquals, assertRejects } from "@std/assert";
import type { DAMI } from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { CREDENTIALS } from "./_dami.ts";
import { damiFor, listening } from "./_faults.ts";
import { textless } from "./_textless.ts";
import { until, within } from "./_waiting.ts";

/** Collects what DAMI reports. */
function reportsOf(dami: DAMI): unknown[] {
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  return errors;
}

for (const [index, error] of textless().entries()) {
  Deno.test(`a session survives listeners and callbacks that throw or reject with what has no text (${index})`, async () => {
    await using server = AmiServer.start();
    await using dami = await listening(server, { events: "user" });
    const errors = reportsOf(dami);
    let heard = 0;
    dami.on("A", () => {
      throw error;
    });
    dami.on("A", () => Promise.reject(error));
    dami.on("A", () => heard++);
    server.emit({ Event: "A" });
    await until(() => errors.length === 2);
    await dami.to("Ping", {}, () => {
      throw error;
    });
    await dami.to("Ping", {}, () => Promise.reject(error));
    await until(() => errors.length === 4);
    assert(errors.every((each) => Object.is(each, error)));
    assertEquals(heard, 1);
    assert(await dami.ping());
  });

  Deno.test(`a login survives taps and lifecycle listeners that throw what has no text (${index})`, async () => {
    await using server = AmiServer.start();
    let lines = 0;
    await using dami = damiFor(server, {
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      onLine: () => {
        lines++;
        throw error;
      },
      onBytes: () => Promise.reject(error),
    });
    const errors = reportsOf(dami);
    dami.addEventListener("error", () => {
      throw error;
    });
    dami.addEventListener("login", () => Promise.reject(error));
    await within(dami.connectAndLogin(CREDENTIALS));
    assert(lines > 0);
    assert(errors.length >= lines);
    assert(await dami.ping());
  });

  Deno.test(`an attempt to connect rejects with the reason of its signal, also if it has no text (${index})`, async () => {
    if (error === undefined) return;
    await using server = AmiServer.start();
    await using dami = damiFor(server);
    const controller = new AbortController();
    const connecting = dami.connectAndLogin(CREDENTIALS, controller);
    controller.abort(error);
    let reason: unknown;
    await within(connecting.catch((each) => {
      reason = each;
    }));
    assert(Object.is(reason, error));
    assertEquals(dami.state, "closed");
    assertEquals(await dami.ping(), false);
    await assertRejects(() => dami.to("Ping"));
  });
}

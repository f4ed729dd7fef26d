/**
 * A small menu: the caller presses 1 to hear the time or 2 to be connected, and
 * is asked three times. It leads the calls that the dialplan sends to
 * `AGI(agi:async)`, until Ctrl-C is pressed.
 *
 * ```ini
 * ; extensions.conf
 * exten => 100,1,AGI(agi:async)
 *  same => n,Hangup()
 * ```
 *
 * ```sh
 * deno run --allow-net --allow-env examples/ivr.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { type AgiCall, AsyncAgi } from "@dami/dami/agi";
import { findPbx } from "./pbx.ts";

const ATTEMPTS = 3;

/** The time to wait for a digit (milliseconds). */
const PATIENCE = 5_000;

/**
 * Leads a call.
 *
 * @param call The call.
 * @param operator The device that callers are connected to.
 * @param patience The time to wait for a digit (milliseconds).
 * @returns The outcome.
 */
export async function menu(
  call: AgiCall,
  operator: string,
  patience = PATIENCE,
): Promise<string> {
  await call.answer();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { digits } = await call.getData("vm-enter-num-to-call", {
      timeout: patience,
      maxDigits: 1,
    });
    switch (digits) {
      case "1":
        await call.sayTime(new Date());
        break;
      case "2":
        return await connect(call, operator);
      case "":
        // Nothing was pressed in time.
        break;
      default:
        await call.streamFile("pbx-invalid");
    }
  }
  await call.streamFile("vm-goodbye");
  await call.hangup();
  return "gave up";
}

/** Dials the operator, and goes on when their talk is over. */
async function connect(call: AgiCall, operator: string): Promise<string> {
  // With "g" the call goes on when the operator hangs up. Both commands take one
  // turn of Asterisk.
  const [, status] = await Promise.all([
    call.exec("Dial", [operator, 20, "g"]),
    call.getVariable("DIALSTATUS"),
  ]);
  if (status !== "ANSWER") await call.streamFile("vm-nobodyavail");
  return `connected: ${status}`;
}

if (import.meta.main) {
  const pbx = findPbx();
  const dami = new DAMI({
    ...pbx.address,
    events: "agi,call",
    reconnect: true,
  });
  // Errors of the menu come here, too.
  dami.addEventListener("error", ({ message }) => console.error(message));
  await dami.connectAndLogin(pbx.user);
  const agi = AsyncAgi.serve(dami, async (call) => {
    console.log(`${call.env.agi_callerid} calls`);
    console.log(await menu(call, "PJSIP/6001"));
  });
  await dami.listen();
  Deno.addSignalListener("SIGINT", async () => {
    await agi.close();
    await dami.disconnect();
    Deno.exit();
  });
  console.log("Waiting for calls; press Ctrl-C to stop");

  if (pbx.server !== undefined) {
    // Nobody calls the embedded PBX: one of its phones does, and presses 2.
    pbx.server.agi("GET DATA", () => "200 result=2");
    await dami.originate({
      Channel: "PJSIP/6002",
      Context: "default",
      Exten: "100",
      Priority: 1,
    });
  }
}

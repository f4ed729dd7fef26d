import type { ActionData } from "./action.ts";

/**
 * Actions that Asterisk may take long to answer. Until then it neither answers
 * others nor sends events on that connection. The first waits until something
 * happens, the others wait for the network or for modules.
 */
const BLOCKING: ReadonlySet<string> = new Set([
  // main/manager.c
  "waitevent",
  "command",
  "reload",
  "moduleload",
  "updateconfig",
  // res/res_pjsip/pjsip_options.c and res/res_pjsip_outbound_registration.c
  "pjsipqualify",
  "pjsipshowregistrationsoutbound",
  // res/res_sorcery_memory_cache.c
  "sorcerymemorycachepopulate",
]);

/** The values that mean yes to Asterisk (`main/utils.c`, `ast_true`). */
const YES = /^(?:yes|true|y|t|1|on)$/i;

/**
 * Reports whether the PBX may be silent because it runs an action.
 *
 * @param action The action's name, in any case.
 * @param data Its headers.
 * @returns `true` for those that wait for something; `Originate` is one unless it is `Async`.
 */
export function mayBlock(action: string, data: ActionData): boolean {
  const name = action.toLowerCase();
  if (name !== "originate") return BLOCKING.has(name);
  return !Object.entries(data).some(([header, value]) =>
    header.toLowerCase() === "async" && YES.test(String(value))
  );
}

/**
 * Reports whether an action may run on a connection of its own, so that it
 * holds up nothing else.
 *
 * @param action The action's name, in any case.
 * @param data Its headers.
 * @returns `true` for those that may block, except `WaitEvent`, which waits for the events of its own connection.
 */
export function isMovable(action: string, data: ActionData): boolean {
  return mayBlock(action, data) && action.toLowerCase() !== "waitevent";
}

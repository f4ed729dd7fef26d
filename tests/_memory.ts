import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("globalThis.gc");

/** `false` where Deno does not let a program collect garbage, as versions before 2.8. */
export const canCollectGarbage = typeof collect === "function";

/** Returns how much of the heap is in use (bytes), once all that nobody keeps is collected. */
export function heapInUse(): number {
  if (typeof collect === "function") collect();
  return Deno.memoryUsage().heapUsed;
}

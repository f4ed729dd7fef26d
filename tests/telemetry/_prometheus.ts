/**
 * Helpers that the tests with Prometheus share.
 *
 * @module
 */

import { assert } from "@std/assert";
import { findPrometheus, type Prometheus } from "../../tools/prometheus.ts";
import { endOf } from "../_run_child.ts";

const found = await findPrometheus();
if (found === undefined) {
  // deno-lint-ignore no-console -- what is left out has to be seen
  console.warn(
    "The tests with Prometheus are skipped: bring it here with 'deno run -A tools/prometheus.ts'",
  );
}

/** A test that needs the programs of Prometheus. */
export function prometheusTest(
  name: string,
  fn: (programs: Prometheus) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: found === undefined,
    fn: async () => {
      assert(found !== undefined);
      await fn(found);
    },
  });
}

/** Runs promtool; gives what it says, and whether it is content. */
export async function promtool(
  { promtool }: Prometheus,
  args: readonly string[],
  input = "",
): Promise<{ success: boolean; said: string }> {
  const child = new Deno.Command(promtool, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const texts = Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  const { success } = await endOf({
    name: `promtool ${args.join(" ")}`,
    process: child,
    written: () => "",
  });
  return { success, said: (await texts).join("") };
}

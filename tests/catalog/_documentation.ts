/**
 * The documentation of the Asterisks at hand, for tests.
 *
 * @module
 */

import type { Documentation } from "../../tools/catalog/documentation.ts";
import { readDocumentations } from "../../tools/generate_catalog.ts";

async function find(): Promise<Documentation[] | undefined> {
  try {
    return await readDocumentations();
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable;
    if (isMissing) return undefined;
    throw error;
  }
}

const found = await find();

if (found === undefined) {
  // deno-lint-ignore no-console -- the reason that tests are skipped
  console.error(
    "The tests of the catalog against Asterisk's documentation are skipped: 'deno run -A tools/asterisk.ts --install' installs it",
  );
}

/**
 * A test that reads the documentation. It is skipped where it is not installed.
 *
 * @param name What the test promises.
 * @param test Takes the documentation of every version, the oldest first.
 */
export function documentationTest(
  name: string,
  test: (documentations: Documentation[]) => void | Promise<void>,
): void {
  Deno.test({
    name,
    ignore: found === undefined,
    fn: () => test(found ?? []),
  });
}

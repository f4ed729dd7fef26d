// @ts-check
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** The folder in which the peers are installed. */
const INSTALLED = new URL(
  "../../../.cache/bench/package.json",
  import.meta.url,
);

/** Those that are no CommonJS. */
const MODULES = new Set(["ami"]);

/**
 * Loads a peer.
 *
 * @param {string} name Its name on npm.
 * @returns What it exports.
 */
export async function load(name) {
  const require = createRequire(INSTALLED);
  // Not imported where it can be required: ami-io takes an import for its own command line.
  if (!MODULES.has(name)) return require(name);
  return (await import(pathToFileURL(require.resolve(name)).href)).default;
}

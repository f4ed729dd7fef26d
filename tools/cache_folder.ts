/**
 * Returns the folder that programs for the tests are kept in between runs.
 *
 * @throws {Error} If the environment says nothing about it.
 */
export function cacheFolder(): string {
  const set = Deno.env.get("DAMI_ASTERISK_CACHE");
  if (set) return set;
  const shared = Deno.env.get("XDG_CACHE_HOME");
  if (shared) return `${shared}/dami`;
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
  if (home) return `${home}/.cache/dami`;
  throw new Error(
    "Cannot tell where to keep programs for the tests: set DAMI_ASTERISK_CACHE",
  );
}

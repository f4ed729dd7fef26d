/** `false` on Windows, which has no signals to end a program by, no `sh` and no modes of files. */
export const IS_POSIX: boolean = Deno.build.os !== "windows";

if (!IS_POSIX) {
  // deno-lint-ignore no-console -- what is left out has to be seen
  console.error(
    "Tests that need signals, a POSIX shell or modes of files are skipped: Windows has none of them",
  );
}

/**
 * A test that needs signals, a POSIX shell or modes of files. It is skipped on
 * Windows.
 *
 * @param name The name of the test.
 * @param fn The test.
 */
export function posixTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !IS_POSIX, fn });
}

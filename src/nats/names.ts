import { refusal } from "../options/option_checks.ts";

/** The valid names of bridges, streams, PBXs and durable readers: they are parts of subjects. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Checks a name.
 *
 * @param option The option that holds it.
 * @param value The name.
 * @throws {TypeError} If it cannot be one.
 */
export function checkName(option: string, value: unknown): void {
  if (typeof value === "string" && NAME.test(value)) return;
  throw new TypeError(
    refusal(
      option,
      "1 to 64 letters of A-Z and a-z, digits, '_' or '-'",
      value,
    ),
  );
}

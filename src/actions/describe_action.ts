import type { ActionData } from "./action.ts";

/** A word in the name of a secret. */
const TELLING =
  /secret|passw|passphrase|pwd|md5|challenge|credential|authoriz|authenticat|token|api.?key|private.?key|(?:^|[^a-z])pin(?:code)?(?:$|[^a-z])/i;

/** The headers that hold a secret although their name does not show it: the proof of a login, and what `UpdateConfig` writes. */
const OTHER_SECRET_HEADER = /^(?:key$|value-|match-)/i;

/** A text that can only be a name. */
const NAME = /^[\w()./-]*$/;

/** The headers that hold the value of what another header names: `Setvar`, `DBPut`, `Originate`. */
const VALUE_HEADER = /^(?:val|value|data)$/i;

function isSecretHeader(name: string): boolean {
  return TELLING.test(name) || OTHER_SECRET_HEADER.test(name);
}

/**
 * Describes an action for a log line, with its secrets masked.
 *
 * @param action The action's name.
 * @param data Its headers.
 * @returns One line.
 */
export function describeAction(action: string, data: ActionData): string {
  const entries = Object.entries(data)
    .filter(([, value]) => value !== undefined);
  const namesSecret = entries.some(([name, value]) =>
    !VALUE_HEADER.test(name) && typeof value === "string" && TELLING.test(value)
  );
  const headers = entries.map(([name, value]) => {
    const isSecret = isSecretHeader(name) ||
      (namesSecret && VALUE_HEADER.test(name));
    return `${name}=${isSecret ? "***" : describeValue(value)}`;
  });
  return [action, ...headers].join(" ");
}

function describeValue(value: ActionData[string]): string {
  return JSON.stringify(value, (name, part: unknown) => {
    // In a `Variable` object, the name of a variable shows that it is a secret.
    if (isSecretHeader(name)) return "***";
    // In a text such as `SIP_PASSWORD=x`, the name stands beside the secret.
    if (typeof part === "string" && TELLING.test(part) && !NAME.test(part)) {
      return "***";
    }
    return typeof part === "bigint" ? String(part) : part;
  });
}

/** The length up to which a secret may be part of an ordinary word (characters). */
const MAX_WORD_PART = 3;

/**
 * Masks the secrets of an action in a text of the PBX, which may echo them.
 *
 * @param text The text.
 * @param data The headers of the action.
 * @returns The text without the values of its secret headers.
 */
export function maskEchoes(text: string, data: ActionData): string {
  let masked = text;
  for (const [name, value] of Object.entries(data)) {
    const isSecret = TELLING.test(name) || name.toLowerCase() === "key";
    if (!isSecret || typeof value === "object") continue;
    const secret = String(value ?? "");
    if (secret.length > MAX_WORD_PART) {
      masked = masked.replaceAll(secret, "***");
    } else if (secret !== "") {
      masked = masked.replaceAll(alone(secret), "***");
    }
  }
  return masked;
}

/** Matches a text where it is no part of a word. */
function alone(text: string): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  return new RegExp(`(?<!\\w)${escaped}(?!\\w)`, "g");
}

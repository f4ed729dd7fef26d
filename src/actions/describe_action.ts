import type { ActionData } from "./action.ts";

/** The headers whose values are never logged; `UpdateConfig` writes passwords with the last two. */
const SECRET_HEADER =
  /secret|password|passwd|md5|challenge|^key$|^(?:value|match)-/i;

/**
 * Describes an action for a log line, with its secrets masked.
 *
 * @param action The action's name.
 * @param data Its headers.
 * @returns One line.
 */
export function describeAction(action: string, data: ActionData): string {
  const headers = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      `${name}=${SECRET_HEADER.test(name) ? "***" : describeValue(value)}`
    );
  return [action, ...headers].join(" ");
}

/** A variable that is a secret, in a text such as `SIP_PASSWORD=x`. */
const SECRET_VARIABLE = /(?:secret|password|passwd)\w*=/i;

function describeValue(value: ActionData[string]): string {
  return JSON.stringify(value, (name, part: unknown) => {
    // In a `Variable` object, the name of a variable shows that it is a secret.
    if (SECRET_HEADER.test(name)) return "***";
    if (typeof part === "string" && SECRET_VARIABLE.test(part)) return "***";
    return typeof part === "bigint" ? String(part) : part;
  });
}

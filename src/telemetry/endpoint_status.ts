import type { Endpoint } from "../live/live_pbx.ts";

/** The words that {@linkcode endpointStatus} returns. */
export const ENDPOINT_STATUSES: readonly string[] = [
  "reachable",
  "lagged",
  "registered",
  "unregistered",
  "unreachable",
  "unknown",
];

/** The words by the first word of what Asterisk reports, in lower case. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["reachable", "reachable"],
  ["ok", "reachable"],
  ["lagged", "lagged"],
  ["registered", "registered"],
  // It is registered, but never asked for a sign of life.
  ["nonqualified", "registered"],
  ["unmonitored", "registered"],
  ["created", "registered"],
  ["updated", "registered"],
  ["unregistered", "unregistered"],
  ["unreachable", "unreachable"],
]);

/**
 * Returns the status of an endpoint as one of six words: Asterisk's own text
 * may hold a round-trip time, and each one would be a separate metric.
 *
 * @param endpoint The endpoint.
 * @returns One of {@linkcode ENDPOINT_STATUSES}.
 */
export function endpointStatus({ contacts, status }: Endpoint): string {
  if (contacts.length === 0) return "unregistered";
  const [word = ""] = status.toLowerCase().split(/[^a-z]/, 1);
  return WORDS.get(word) ?? "unknown";
}

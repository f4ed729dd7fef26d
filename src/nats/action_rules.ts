import { refusal } from "../options/option_checks.ts";

/**
 * The actions that every bridge performs: they only read, and show no secrets.
 * Not among them is `Getvar`, as functions of the dialplan can do anything.
 */
export const READING_ACTIONS: readonly string[] = [
  "Agents",
  "BridgeInfo",
  "BridgeList",
  "ConfbridgeList",
  "ConfbridgeListRooms",
  "CoreSettings",
  "CoreShowChannels",
  "CoreStatus",
  "DeviceStateList",
  "ExtensionState",
  "ExtensionStateList",
  "IAXpeerlist",
  "ListCommands",
  "MailboxCount",
  "MailboxStatus",
  "ParkedCalls",
  "Parkinglots",
  "Ping",
  "PJSIPShowAors",
  "PJSIPShowContacts",
  "PJSIPShowEndpoints",
  "PresenceState",
  "PresenceStateList",
  "QueueStatus",
  "QueueSummary",
  "SIPpeers",
  "SIPpeerstatus",
  "Status",
];

/** The actions that would change the session which all share. */
const NEVER: ReadonlySet<string> = new Set([
  "challenge",
  "events",
  "filter",
  "login",
  "logoff",
]);

/** A name of an action, or the beginning of one with `*`. */
const PATTERN = /^(?:\*|[A-Za-z][A-Za-z0-9_]*\*?)$/;

/** Knows which actions a bridge performs. */
export class ActionRules {
  readonly #reading = new Set(READING_ACTIONS);
  readonly #exact: ReadonlySet<string>;
  readonly #beginnings: readonly string[];

  /**
   * @param allow Names of actions, or beginnings such as `"Queue*"`.
   * @throws {TypeError} If one of them is no name, or an action that is never allowed.
   */
  constructor(allow: readonly string[]) {
    if (!Array.isArray(allow)) {
      throw new TypeError(refusal("actions.allow", "a list of names", allow));
    }
    for (const each of allow) {
      if (typeof each !== "string" || !PATTERN.test(each)) {
        throw new TypeError(
          refusal(
            "actions.allow",
            'names of actions, or beginnings such as "Queue*"',
            each,
          ),
        );
      }
      if (NEVER.has(each.toLowerCase())) {
        throw new TypeError(
          `Cannot use option 'actions.allow' with "${each}": it would change the session that everybody shares`,
        );
      }
    }
    this.#exact = new Set(allow);
    this.#beginnings = allow.filter((each) => each.endsWith("*"))
      .map((each) => each.slice(0, -1));
  }

  /**
   * Reports whether an action is allowed. Letter case counts: permissions of
   * NATS could be circumvented otherwise.
   *
   * @param action Its name.
   */
  allows(action: string): boolean {
    if (NEVER.has(action.toLowerCase())) return false;
    return this.#reading.has(action) || this.#exact.has(action) ||
      this.#beginnings.some((beginning) => action.startsWith(beginning));
  }

  /**
   * Reports whether an action only reads, so that several callers can share its
   * answer.
   *
   * @param action Its name.
   */
  isReading(action: string): boolean {
    return this.#reading.has(action);
  }
}

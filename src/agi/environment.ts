// deno-lint-ignore-file camelcase -- the names are those of Asterisk

/**
 * The variables that Asterisk sends with a call that is led by AGI, such as
 * `env.agi_extension`. Arguments of the dialplan are `agi_arg_1` and so on.
 */
export interface AgiEnvironment {
  /** The value of a variable. */
  readonly [name: string]: string | undefined;
  /** `async`, or the address of the FastAGI server with its path. */
  readonly agi_request?: string;
  /** The name of the channel when the call came. */
  readonly agi_channel?: string;
  /** The language of the channel. */
  readonly agi_language?: string;
  /** The technology of the channel, such as `PJSIP`. */
  readonly agi_type?: string;
  /** The unique id of the channel. */
  readonly agi_uniqueid?: string;
  /** The version of Asterisk. */
  readonly agi_version?: string;
  /** The number of the caller, or `unknown`. */
  readonly agi_callerid?: string;
  /** The name of the caller, or `unknown`. */
  readonly agi_calleridname?: string;
  /** The number that was dialled, or `unknown`. */
  readonly agi_dnid?: string;
  /** The number that redirected the call, or `unknown`. */
  readonly agi_rdnis?: string;
  /** The context of the dialplan. */
  readonly agi_context?: string;
  /** The extension of the dialplan. */
  readonly agi_extension?: string;
  /** The priority in the extension. */
  readonly agi_priority?: string;
  /** The account code of the channel. */
  readonly agi_accountcode?: string;
}

/** Returns an environment without variables, whatever names come. */
export function emptyEnvironment(): Record<string, string> {
  return Object.create(null);
}

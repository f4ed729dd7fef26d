import type { AmiFrame } from "../server/frame_writer.ts";

/** The text that Asterisk writes for an unknown value. */
export const UNKNOWN = "<unknown>";

/** The states of a channel that calls go through (`enum ast_channel_state`). */
export const ChannelState: Readonly<
  Record<"down" | "ring" | "ringing" | "up" | "busy", number>
> = {
  down: 0,
  ring: 4,
  ringing: 5,
  up: 6,
  busy: 7,
};

const STATE_TEXTS: ReadonlyMap<number, string> = new Map([
  [ChannelState.down, "Down"],
  [ChannelState.ring, "Ring"],
  [ChannelState.ringing, "Ringing"],
  [ChannelState.up, "Up"],
  [ChannelState.busy, "Busy"],
]);

/** The initial values of a channel. */
export interface ChannelOptions {
  name: string;
  uniqueid: string;
  linkedid: string;
  state: number;
  context: string;
  exten: string;
  /** The device it belongs to, such as `PJSIP/6001`. */
  device: string;
}

/** One leg of a simulated call. */
export class Channel {
  readonly name: string;
  readonly uniqueid: string;
  /** The call that it belongs to: the `Uniqueid` of its first channel. */
  linkedid: string;
  readonly device: string;
  readonly createdAt = Date.now();
  state: number;
  context: string;
  exten: string;
  priority = 1;
  accountCode = "";
  language = "en";
  callerIdNum = UNKNOWN;
  callerIdName = UNKNOWN;
  connectedLineNum = UNKNOWN;
  connectedLineName = UNKNOWN;
  application = "";
  applicationData = "";
  bridgeId = "";
  /** The hang-up cause of the last channel that it dialled unanswered. */
  hangupCause = 0;
  readonly variables = new Map<string, string>();

  constructor(options: ChannelOptions) {
    const { name, uniqueid, linkedid, state, context, exten, device } = options;
    this.name = name;
    this.uniqueid = uniqueid;
    this.linkedid = linkedid;
    this.state = state;
    this.context = context;
    this.exten = exten;
    this.device = device;
  }

  /** The name of the state. */
  get stateText(): string {
    return STATE_TEXTS.get(this.state) ?? "Unknown";
  }

  /**
   * The headers of a channel in an event, in the order of
   * `ast_manager_build_channel_state_string_prefix()`
   * (main/manager_channels.c).
   *
   * @param prefix Put before each name, such as `Dest`.
   */
  snapshot(prefix = ""): AmiFrame {
    return {
      [`${prefix}Channel`]: this.name,
      [`${prefix}ChannelState`]: this.state,
      [`${prefix}ChannelStateDesc`]: this.stateText,
      [`${prefix}CallerIDNum`]: this.callerIdNum,
      [`${prefix}CallerIDName`]: escaped(this.callerIdName),
      [`${prefix}ConnectedLineNum`]: this.connectedLineNum,
      [`${prefix}ConnectedLineName`]: escaped(this.connectedLineName),
      [`${prefix}Language`]: this.language,
      [`${prefix}AccountCode`]: this.accountCode,
      [`${prefix}Context`]: this.context,
      [`${prefix}Exten`]: this.exten,
      [`${prefix}Priority`]: this.priority,
      [`${prefix}Uniqueid`]: this.uniqueid,
      [`${prefix}Linkedid`]: this.linkedid,
    };
  }
}

/** The characters that have a letter of their own behind the backslash. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["\x07", "a"],
  ["\b", "b"],
  ["\f", "f"],
  ["\n", "n"],
  ["\r", "r"],
  ["\t", "t"],
  ["\v", "v"],
]);

/** Escapes a text as `ast_escape_c_alloc()` does (main/utils.c). */
export function escaped(text: string): string {
  return text.replaceAll(
    // deno-lint-ignore no-control-regex -- these are among what is escaped
    /[\x07\b\f\n\r\t\v"'?\\]/g,
    (character) => `\\${LETTERS.get(character) ?? character}`,
  );
}

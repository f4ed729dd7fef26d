import type { KnownFieldValue, RepeatedFieldValue } from "./values.ts";

/** The headers that describe a channel (`main/manager_channels.c`, `ast_manager_build_channel_state_string_prefix`). */
export interface ChannelFields {
  /** Its name, such as `PJSIP/6001-00000002`. It can change. */
  Channel: string;
  /** Its state as a number. */
  ChannelState: number;
  /** Its state in words. */
  ChannelStateDesc: KnownFieldValue<
    | "Down"
    | "Rsrvd"
    | "OffHook"
    | "Dialing"
    | "Ring"
    | "Ringing"
    | "Up"
    | "Busy"
    | "Dialing Offhook"
    | "Pre-ring"
    | "Unknown"
  >;
  /** The caller's number, or `<unknown>`. */
  CallerIDNum: string;
  /** The caller's name, or `<unknown>`. */
  CallerIDName: string;
  /** The number at the other end, or `<unknown>`. */
  ConnectedLineNum: string;
  /** The name at the other end, or `<unknown>`. */
  ConnectedLineName: string;
  /** Its language, such as `en`. */
  Language: string;
  /** Its account code, often empty. */
  AccountCode: string;
  /** Its place in the dialplan: the context. */
  Context: string;
  /** Its place in the dialplan: the extension. */
  Exten: string;
  /** Its place in the dialplan: the priority. */
  Priority: number;
  /** The identifier of the channel for as long as it lives. */
  Uniqueid: string;
  /** The `Uniqueid` of the channel that the whole call began with. */
  Linkedid: string;
  /** Its tenant, from Asterisk 18.25, 20.10, 21.5 and 22 on, where it has one. */
  Tenantid?: string;
  /** The variables that `channelvars` in `manager.conf` names, each as `name=value`. */
  ChanVariable?: RepeatedFieldValue;
}

/** The headers that describe a bridge (`main/manager_bridges.c`, `ast_manager_build_bridge_state_string_prefix`). */
export interface BridgeFields {
  /** The identifier of the bridge. */
  BridgeUniqueid: string;
  /** Its type, such as `basic`. */
  BridgeType: string;
  /** The mixing technology, such as `simple_bridge`. */
  BridgeTechnology: string;
  /** The application that made it. */
  BridgeCreator: string;
  /** Its name. */
  BridgeName: string;
  /** Number of channels in it. */
  BridgeNumChannels: number;
  /** The source of its video, from Asterisk 15 on. */
  BridgeVideoSourceMode?: KnownFieldValue<
    "none" | "talker" | "single" | "sfu"
  >;
  /** The `Uniqueid` of the channel that its video comes from, where it is a single one. */
  BridgeVideoSource?: string;
}

/** Headers whose names begin with a prefix, such as the `DestChannel` of `DialBegin`. Each can be missing. */
export type PrefixedFields<Prefix extends string, Fields> = {
  [Name in keyof Fields & string as `${Prefix}${Name}`]?: Fields[Name];
};

/** The headers that any event can have. */
export interface CommonEventFields {
  /** The classes that it belongs to, such as `call,all`. */
  Privilege?: string;
  /** The time at which it was raised (seconds since 1970, with six decimals), where `timestampevents` in `manager.conf` is set. */
  Timestamp?: string;
  /** The ActionID of the action that it belongs to. */
  ActionID?: string;
  /** The name of the PBX, where it has one. */
  SystemName?: string;
}

/** The headers that any response can have. */
export interface CommonResponseFields {
  /** The outcome of the action. Errors are thrown. */
  Response?: KnownFieldValue<"Success" | "Goodbye" | "Error">;
  /** The ActionID of the action. */
  ActionID?: string;
  /** A message in words. */
  Message?: string;
  /** `start` where a list follows. */
  EventList?: KnownFieldValue<"start">;
}

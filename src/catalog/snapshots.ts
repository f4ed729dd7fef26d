import type {
  FieldValue,
  KnownFieldValue,
  RepeatedFieldValue,
} from "./values.ts";

/** The headers that tell of a channel (`main/manager_channels.c`, `ast_manager_build_channel_state_string_prefix`). */
export interface ChannelFields {
  /** Its name, such as `PJSIP/6001-00000002`. It can change. */
  Channel: FieldValue;
  /** Its state as a number. */
  ChannelState: FieldValue;
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
  CallerIDNum: FieldValue;
  /** The caller's name, or `<unknown>`. */
  CallerIDName: FieldValue;
  /** The number at the other end, or `<unknown>`. */
  ConnectedLineNum: FieldValue;
  /** The name at the other end, or `<unknown>`. */
  ConnectedLineName: FieldValue;
  /** Its language, such as `en`. */
  Language: FieldValue;
  /** Its account code, often empty. */
  AccountCode: FieldValue;
  /** Where it is in the dialplan: the context. */
  Context: FieldValue;
  /** Where it is in the dialplan: the extension. */
  Exten: FieldValue;
  /** Where it is in the dialplan: the priority. */
  Priority: FieldValue;
  /** What identifies the channel for as long as it lives. */
  Uniqueid: FieldValue;
  /** The `Uniqueid` of the channel that the whole call began with. */
  Linkedid: FieldValue;
  /** Its tenant, from Asterisk 18.25, 20.10, 21.5 and 22 on, where it has one. */
  Tenantid?: FieldValue;
  /** The variables that `channelvars` in `manager.conf` names, each as `name=value`. */
  ChanVariable?: RepeatedFieldValue;
}

/** The headers that tell of a bridge (`main/manager_bridges.c`, `ast_manager_build_bridge_state_string_prefix`). */
export interface BridgeFields {
  /** What identifies the bridge. */
  BridgeUniqueid: FieldValue;
  /** Its type, such as `basic`. */
  BridgeType: FieldValue;
  /** How it mixes, such as `simple_bridge`. */
  BridgeTechnology: FieldValue;
  /** Who made it. */
  BridgeCreator: FieldValue;
  /** Its name. */
  BridgeName: FieldValue;
  /** How many channels are in it. */
  BridgeNumChannels: FieldValue;
  /** Where its video comes from. */
  BridgeVideoSourceMode: KnownFieldValue<
    "none" | "talker" | "single" | "sfu"
  >;
  /** The `Uniqueid` of the channel that its video comes from, where it is a single one. */
  BridgeVideoSource?: FieldValue;
}

/** Headers whose names begin with a prefix, such as the `DestChannel` of `DialBegin`. Each can be missing. */
export type PrefixedFields<Prefix extends string, Fields> = {
  [Name in keyof Fields & string as `${Prefix}${Name}`]?: Fields[Name];
};

/** The headers that any event can have. */
export interface CommonEventFields {
  /** The classes that it belongs to, such as `call,all`. */
  Privilege?: FieldValue;
  /** When it was raised (seconds since 1970), where `timestampevents` in `manager.conf` is set. */
  Timestamp?: FieldValue;
  /** The ActionID of the action that it belongs to. */
  ActionID?: FieldValue;
  /** The name of the PBX, where it has one. */
  SystemName?: FieldValue;
}

/** The headers that any response can have. */
export interface CommonResponseFields {
  /** Whether the PBX did what was asked for. Errors are thrown. */
  Response?: KnownFieldValue<"Success" | "Goodbye" | "Error">;
  /** The ActionID of the action. */
  ActionID?: FieldValue;
  /** What the PBX says, in words. */
  Message?: FieldValue;
  /** `start` where a list follows. */
  EventList?: KnownFieldValue<"start">;
}

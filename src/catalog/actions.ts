// Written by tools/generate_catalog.ts: change that, and not this.
import type { ActionValue } from "../actions/action.ts";
import type {
  ActionIdValue,
  KnownParameterValue,
  RepeatedParameterValue,
} from "./values.ts";

/** The headers of every action, by its name. */
export interface ActionParametersMap {
  /** Action [AbsoluteTimeout](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/AbsoluteTimeout/): documented by Asterisk 16 and 22, since 0.5.0. */
  AbsoluteTimeout: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Timeout: ActionValue;
  };
  /** Action [AgentLogoff](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/AgentLogoff/): documented by Asterisk 16 and 22, since 1.2.0. */
  AgentLogoff: {
    ActionID?: ActionIdValue;
    Agent: ActionValue;
    Soft?: ActionValue | undefined;
  };
  /** Action [Agents](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Agents/): documented by Asterisk 16 and 22, since 1.2.0. */
  Agents: {
    ActionID?: ActionIdValue;
  };
  /** Action [AGI](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/AGI/): documented by Asterisk 16 and 22, since 1.6.0. */
  AGI: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Command: ActionValue;
    CommandID?: ActionValue | undefined;
  };
  /** Action [AOCMessage](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/AOCMessage/): documented by Asterisk 16 and 22, since 1.8.0. */
  AOCMessage: {
    ActionID?: ActionIdValue;
    Channel?: ActionValue | undefined;
    ChannelPrefix?: ActionValue | undefined;
    MsgType: KnownParameterValue<"D" | "E" | "S">;
    ChargeType?:
      | KnownParameterValue<"NA" | "FREE" | "Currency" | "Unit">
      | undefined;
    [header: `UnitAmount(${number})`]: ActionValue | undefined;
    [header: `UnitType(${number})`]: ActionValue | undefined;
    CurrencyName?: ActionValue | undefined;
    CurrencyAmount?: ActionValue | undefined;
    CurrencyMultiplier?:
      | KnownParameterValue<
        | "OneThousandth"
        | "OneHundredth"
        | "OneTenth"
        | "One"
        | "Ten"
        | "Hundred"
        | "Thousand"
      >
      | undefined;
    /** The default is `Total`. */
    TotalType?: KnownParameterValue<"Total" | "SubTotal"> | undefined;
    AOCBillingId?:
      | KnownParameterValue<
        | "Normal"
        | "ReverseCharge"
        | "CreditCard"
        | "CallFwdUnconditional"
        | "CallFwdBusy"
        | "CallFwdNoReply"
        | "CallDeflection"
        | "CallTransfer"
      >
      | undefined;
    ChargingAssociationId?: ActionValue | undefined;
    ChargingAssociationNumber?: ActionValue | undefined;
    ChargingAssociationPlan?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    ChargedItem?:
      | KnownParameterValue<
        | "NA"
        | "SpecialArrangement"
        | "BasicCommunication"
        | "CallAttempt"
        | "CallSetup"
        | "UserUserInfo"
        | "SupplementaryService"
      >
      | undefined;
    /** Documented by Asterisk 22 alone. */
    RateType?:
      | KnownParameterValue<
        | "NA"
        | "Free"
        | "FreeFromBeginning"
        | "Duration"
        | "Flat"
        | "Volume"
        | "SpecialCode"
      >
      | undefined;
    /** Documented by Asterisk 22 alone. */
    Time?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    TimeScale?:
      | KnownParameterValue<
        | "OneHundredthSecond"
        | "OneTenthSecond"
        | "Second"
        | "TenSeconds"
        | "Minute"
        | "Hour"
        | "Day"
      >
      | undefined;
    /** Documented by Asterisk 22 alone. */
    Granularity?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    GranularityTimeScale?:
      | KnownParameterValue<
        | "OneHundredthSecond"
        | "OneTenthSecond"
        | "Second"
        | "TenSeconds"
        | "Minute"
        | "Hour"
        | "Day"
      >
      | undefined;
    /** Documented by Asterisk 22 alone. */
    ChargingType?:
      | KnownParameterValue<"ContinuousCharging" | "StepFunction">
      | undefined;
    /** Documented by Asterisk 22 alone. */
    VolumeUnit?:
      | KnownParameterValue<"Octet" | "Segment" | "Message">
      | undefined;
    /** Documented by Asterisk 22 alone. */
    Code?: ActionValue | undefined;
  };
  /** Action [Atxfer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Atxfer/): documented by Asterisk 16 and 22, since 1.6.1.0. */
  Atxfer: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Exten: ActionValue;
    Context?: ActionValue | undefined;
  };
  /** Action [BlindTransfer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BlindTransfer/): documented by Asterisk 16 and 22, since 12.0.0. */
  BlindTransfer: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Context?: ActionValue | undefined;
    Exten?: ActionValue | undefined;
  };
  /** Action [Bridge](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Bridge/): documented by Asterisk 16 and 22, since 1.6.0. */
  Bridge: {
    ActionID?: ActionIdValue;
    Channel1: ActionValue;
    Channel2: ActionValue;
    Tone?:
      | KnownParameterValue<"no" | "Channel1" | "Channel2" | "Both">
      | undefined;
  };
  /** Action [BridgeDestroy](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeDestroy/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeDestroy: {
    ActionID?: ActionIdValue;
    BridgeUniqueid: ActionValue;
  };
  /** Action [BridgeInfo](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeInfo/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeInfo: {
    ActionID?: ActionIdValue;
    BridgeUniqueid: ActionValue;
  };
  /** Action [BridgeKick](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeKick/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeKick: {
    ActionID?: ActionIdValue;
    BridgeUniqueid?: ActionValue | undefined;
    Channel: ActionValue;
  };
  /** Action [BridgeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeList/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeList: {
    ActionID?: ActionIdValue;
    BridgeType?: ActionValue | undefined;
  };
  /** Action [BridgeTechnologyList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeTechnologyList/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeTechnologyList: {
    ActionID?: ActionIdValue;
  };
  /** Action [BridgeTechnologySuspend](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeTechnologySuspend/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeTechnologySuspend: {
    ActionID?: ActionIdValue;
    BridgeTechnology: ActionValue;
  };
  /** Action [BridgeTechnologyUnsuspend](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/BridgeTechnologyUnsuspend/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeTechnologyUnsuspend: {
    ActionID?: ActionIdValue;
    BridgeTechnology: ActionValue;
  };
  /** Action [CancelAtxfer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/CancelAtxfer/): documented by Asterisk 16 and 22, since 13.18.0, 14.7.0, 15.1.0 and 16.0.0. */
  CancelAtxfer: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
  };
  /** Action [Challenge](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Challenge/): documented by Asterisk 16 and 22, since 0.4.0. */
  Challenge: {
    ActionID?: ActionIdValue;
    AuthType: KnownParameterValue<"MD5">;
  };
  /** Action [ChangeMonitor](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/ChangeMonitor/): documented by Asterisk 16. */
  ChangeMonitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    File: ActionValue;
  };
  /** Action [Command](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Command/): documented by Asterisk 16 and 22, since 0.3.0. */
  Command: {
    ActionID?: ActionIdValue;
    Command: ActionValue;
  };
  /** Action [ConfbridgeKick](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeKick/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeKick: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
    Channel: ActionValue;
  };
  /** Action [ConfbridgeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeList/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeList: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
  };
  /** Action [ConfbridgeListRooms](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeListRooms/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeListRooms: {
    ActionID?: ActionIdValue;
  };
  /** Action [ConfbridgeLock](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeLock/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeLock: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
  };
  /** Action [ConfbridgeMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeMute/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeMute: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
    Channel: ActionValue;
  };
  /** Action [ConfbridgeSetSingleVideoSrc](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeSetSingleVideoSrc/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeSetSingleVideoSrc: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
    Channel: ActionValue;
  };
  /** Action [ConfbridgeStartRecord](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeStartRecord/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeStartRecord: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
    RecordFile?: ActionValue | undefined;
  };
  /** Action [ConfbridgeStopRecord](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeStopRecord/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeStopRecord: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
  };
  /** Action [ConfbridgeUnlock](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeUnlock/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeUnlock: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
  };
  /** Action [ConfbridgeUnmute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ConfbridgeUnmute/): documented by Asterisk 16 and 22, since 10.0.0. */
  ConfbridgeUnmute: {
    ActionID?: ActionIdValue;
    Conference: ActionValue;
    Channel: ActionValue;
  };
  /** Action [ControlPlayback](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ControlPlayback/): documented by Asterisk 16 and 22, since 12.0.0. */
  ControlPlayback: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Control: KnownParameterValue<
      "stop" | "forward" | "reverse" | "pause" | "restart"
    >;
  };
  /** Action [CoreSettings](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/CoreSettings/): documented by Asterisk 16 and 22, since 1.6.0. */
  CoreSettings: {
    ActionID?: ActionIdValue;
  };
  /** Action [CoreShowChannelMap](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/CoreShowChannelMap/): documented by Asterisk 22, since 18.19.0 and 20.4.0. */
  CoreShowChannelMap: {
    ActionID?: ActionIdValue;
    Channel?: ActionValue | undefined;
  };
  /** Action [CoreShowChannels](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/CoreShowChannels/): documented by Asterisk 16 and 22, since 1.6.0. */
  CoreShowChannels: {
    ActionID?: ActionIdValue;
  };
  /** Action [CoreStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/CoreStatus/): documented by Asterisk 16 and 22, since 1.6.0. */
  CoreStatus: {
    ActionID?: ActionIdValue;
  };
  /** Action [CreateConfig](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/CreateConfig/): documented by Asterisk 16 and 22, since 1.6.0. */
  CreateConfig: {
    ActionID?: ActionIdValue;
    Filename: ActionValue;
  };
  /** Action [DAHDIDialOffhook](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIDialOffhook/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDIDialOffhook: {
    ActionID?: ActionIdValue;
    DAHDIChannel: ActionValue;
    Number: ActionValue;
  };
  /** Action [DAHDIDNDoff](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIDNDoff/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDIDNDoff: {
    ActionID?: ActionIdValue;
    DAHDIChannel: ActionValue;
  };
  /** Action [DAHDIDNDon](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIDNDon/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDIDNDon: {
    ActionID?: ActionIdValue;
    DAHDIChannel: ActionValue;
  };
  /** Action [DAHDIHangup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIHangup/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDIHangup: {
    ActionID?: ActionIdValue;
    DAHDIChannel: ActionValue;
  };
  /** Action [DAHDIRestart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIRestart/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDIRestart: {
    ActionID?: ActionIdValue;
  };
  /** Action [DAHDIShowChannels](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIShowChannels/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDIShowChannels: {
    ActionID?: ActionIdValue;
    DAHDIChannel?: ActionValue | undefined;
  };
  /** Action [DAHDIShowStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDIShowStatus/): documented by Asterisk 22, since 18.23.0, 20.8.0 and 21.3.0. */
  DAHDIShowStatus: {
    ActionID?: ActionIdValue;
  };
  /** Action [DAHDITransfer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DAHDITransfer/): documented by Asterisk 16 and 22, since 1.4.22. */
  DAHDITransfer: {
    ActionID?: ActionIdValue;
    DAHDIChannel: ActionValue;
  };
  /** Action [DBDel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DBDel/): documented by Asterisk 16 and 22, since 1.6.0. */
  DBDel: {
    ActionID?: ActionIdValue;
    Family: ActionValue;
    Key: ActionValue;
  };
  /** Action [DBDelTree](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DBDelTree/): documented by Asterisk 16 and 22, since 1.6.0. */
  DBDelTree: {
    ActionID?: ActionIdValue;
    Family: ActionValue;
    Key?: ActionValue | undefined;
  };
  /** Action [DBGet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DBGet/): documented by Asterisk 16 and 22, since 1.2.0. */
  DBGet: {
    ActionID?: ActionIdValue;
    Family: ActionValue;
    Key: ActionValue;
  };
  /** Action [DBGetTree](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DBGetTree/): documented by Asterisk 16 and 22, since 16.28.0, 18.14.0 and 19.6.0. */
  DBGetTree: {
    ActionID?: ActionIdValue;
    Family?: ActionValue | undefined;
    Key?: ActionValue | undefined;
  };
  /** Action [DBPut](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DBPut/): documented by Asterisk 16 and 22, since 1.2.0. */
  DBPut: {
    ActionID?: ActionIdValue;
    Family: ActionValue;
    Key: ActionValue;
    Val?: ActionValue | undefined;
  };
  /** Action [DeviceStateList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DeviceStateList/): documented by Asterisk 16 and 22, since 13.0.0. */
  DeviceStateList: {
    ActionID?: ActionIdValue;
  };
  /** Action [DialplanExtensionAdd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DialplanExtensionAdd/): documented by Asterisk 16 and 22, since 13.0.0. */
  DialplanExtensionAdd: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Extension: ActionValue;
    Priority: ActionValue;
    Application: ActionValue;
    ApplicationData?: ActionValue | undefined;
    Replace?: ActionValue | undefined;
  };
  /** Action [DialplanExtensionRemove](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/DialplanExtensionRemove/): documented by Asterisk 16 and 22, since 13.0.0. */
  DialplanExtensionRemove: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Extension: ActionValue;
    Priority?: ActionValue | undefined;
  };
  /** Action [Events](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Events/): documented by Asterisk 16 and 22, since 0.9.0. */
  Events: {
    ActionID?: ActionIdValue;
    EventMask: KnownParameterValue<"on" | "off">;
  };
  /** Action [ExtensionState](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ExtensionState/): documented by Asterisk 16 and 22, since 0.4.0. */
  ExtensionState: {
    ActionID?: ActionIdValue;
    Exten: ActionValue;
    Context: ActionValue;
  };
  /** Action [ExtensionStateList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ExtensionStateList/): documented by Asterisk 16 and 22, since 13.0.0. */
  ExtensionStateList: {
    ActionID?: ActionIdValue;
  };
  /** Action [FAXSession](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/FAXSession/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSession: {
    ActionID?: ActionIdValue;
    SessionNumber: ActionValue;
  };
  /** Action [FAXSessions](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/FAXSessions/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSessions: {
    ActionID?: ActionIdValue;
  };
  /** Action [FAXStats](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/FAXStats/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXStats: {
    ActionID?: ActionIdValue;
  };
  /** Action [Filter](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Filter/): documented by Asterisk 16 and 22, since 10.0.0. */
  Filter: {
    ActionID?: ActionIdValue;
    Operation?: KnownParameterValue<"Add"> | undefined;
    Filter?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    MatchCriteria?:
      | KnownParameterValue<
        "regex" | "exact" | "startsWith" | "endsWith" | "contains" | "none"
      >
      | undefined;
  };
  /** Action [FilterList](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/FilterList/): documented by Asterisk 16. */
  FilterList: {
    ActionID?: ActionIdValue;
  };
  /** Action [GetConfig](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/GetConfig/): documented by Asterisk 16 and 22, since 1.4.0. */
  GetConfig: {
    ActionID?: ActionIdValue;
    Filename: ActionValue;
    Category?: ActionValue | undefined;
    Filter?: ActionValue | undefined;
  };
  /** Action [GetConfigJSON](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/GetConfigJSON/): documented by Asterisk 16 and 22, since 1.6.0. */
  GetConfigJSON: {
    ActionID?: ActionIdValue;
    Filename: ActionValue;
    Category?: ActionValue | undefined;
    Filter?: ActionValue | undefined;
  };
  /** Action [Getvar](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Getvar/): documented by Asterisk 16 and 22, since 1.0.0. */
  Getvar: {
    ActionID?: ActionIdValue;
    Channel?: ActionValue | undefined;
    Variable: ActionValue;
  };
  /** Action [Hangup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Hangup/): documented by Asterisk 16 and 22, since 0.2.0. */
  Hangup: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Cause?: ActionValue | undefined;
  };
  /** Action [IAXnetstats](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/IAXnetstats/): documented by Asterisk 16 and 22, since 1.2.0. */
  IAXnetstats: {
    ActionID?: ActionIdValue;
  };
  /** Action [IAXpeerlist](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/IAXpeerlist/): documented by Asterisk 16 and 22, since 1.6.0. */
  IAXpeerlist: {
    ActionID?: ActionIdValue;
  };
  /** Action [IAXpeers](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/IAXpeers/): documented by Asterisk 16 and 22, since 0.3.0. */
  IAXpeers: {
    ActionID?: ActionIdValue;
  };
  /** Action [IAXregistry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/IAXregistry/): documented by Asterisk 16 and 22, since 1.6.2.0. */
  IAXregistry: {
    ActionID?: ActionIdValue;
  };
  /** Action [JabberSend](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/JabberSend/): documented by Asterisk 16 and 22, since 1.4.0. */
  JabberSend: {
    ActionID?: ActionIdValue;
    Jabber: ActionValue;
    JID: ActionValue;
    Message: ActionValue;
    /** Not documented by Asterisk. */
    ScreenName?: ActionValue | undefined;
  };
  /** Action [ListCategories](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ListCategories/): documented by Asterisk 16 and 22, since 1.6.0. */
  ListCategories: {
    ActionID?: ActionIdValue;
    Filename: ActionValue;
    /** Not documented by Asterisk. */
    Match?: ActionValue | undefined;
  };
  /** Action [ListCommands](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ListCommands/): documented by Asterisk 16 and 22, since 1.0.0. */
  ListCommands: {
    ActionID?: ActionIdValue;
  };
  /** Action [LocalOptimizeAway](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/LocalOptimizeAway/): documented by Asterisk 16 and 22, since 1.8.0. */
  LocalOptimizeAway: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
  };
  /** Action [LoggerRotate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/LoggerRotate/): documented by Asterisk 16 and 22, since 13.0.0. */
  LoggerRotate: {
    ActionID?: ActionIdValue;
  };
  /** Action [Login](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Login/): documented by Asterisk 16 and 22, since 0.2.0. */
  Login: {
    ActionID?: ActionIdValue;
    Username: ActionValue;
    Secret?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    AuthType?: KnownParameterValue<"plain" | "MD5"> | undefined;
    /** Documented by Asterisk 22 alone. */
    Key?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    Events?: KnownParameterValue<"on" | "off"> | undefined;
  };
  /** Action [Logoff](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Logoff/): documented by Asterisk 16 and 22, since 0.2.0. */
  Logoff: {
    ActionID?: ActionIdValue;
  };
  /** Action [MailboxCount](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MailboxCount/): documented by Asterisk 16 and 22, since 0.5.0. */
  MailboxCount: {
    ActionID?: ActionIdValue;
    Mailbox: ActionValue;
  };
  /** Action [MailboxStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MailboxStatus/): documented by Asterisk 16 and 22, since 0.4.0. */
  MailboxStatus: {
    ActionID?: ActionIdValue;
    Mailbox: ActionValue;
  };
  /** Action [MeetmeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MeetmeList/): documented by Asterisk 16 and 22, since 1.6.0. */
  MeetmeList: {
    ActionID?: ActionIdValue;
    Conference?: ActionValue | undefined;
  };
  /** Action [MeetmeListRooms](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MeetmeListRooms/): documented by Asterisk 16 and 22, since 10.0.0. */
  MeetmeListRooms: {
    ActionID?: ActionIdValue;
  };
  /** Action [MeetmeMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MeetmeMute/): documented by Asterisk 16 and 22, since 1.4.0. */
  MeetmeMute: {
    ActionID?: ActionIdValue;
    Meetme: ActionValue;
    Usernum: ActionValue;
  };
  /** Action [MeetmeUnmute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MeetmeUnmute/): documented by Asterisk 16 and 22, since 1.4.0. */
  MeetmeUnmute: {
    ActionID?: ActionIdValue;
    Meetme: ActionValue;
    Usernum: ActionValue;
  };
  /** Action [MessageSend](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MessageSend/): documented by Asterisk 16 and 22, since 11.0.0. */
  MessageSend: {
    ActionID?: ActionIdValue;
    Destination?: ActionValue | undefined;
    To?: ActionValue | undefined;
    From?: ActionValue | undefined;
    Body?: ActionValue | undefined;
    Base64Body?: ActionValue | undefined;
    Variable?: RepeatedParameterValue | undefined;
  };
  /** Action [MixMonitor](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MixMonitor/): documented by Asterisk 16 and 22, since 11.0.0. */
  MixMonitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    File?: ActionValue | undefined;
    /** Documented by Asterisk 16 alone. */
    options?: ActionValue | undefined;
    Command?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    Options?: ActionValue | undefined;
  };
  /** Action [MixMonitorMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MixMonitorMute/): documented by Asterisk 16 and 22, since 1.8.0. */
  MixMonitorMute: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Direction?: ActionValue | undefined;
    State?: ActionValue | undefined;
    /** Not documented by Asterisk. */
    MixMonitorID?: ActionValue | undefined;
  };
  /** Action [ModuleCheck](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ModuleCheck/): documented by Asterisk 16 and 22, since 1.6.0. */
  ModuleCheck: {
    ActionID?: ActionIdValue;
    Module: ActionValue;
  };
  /** Action [ModuleLoad](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ModuleLoad/): documented by Asterisk 16 and 22, since 1.6.0. */
  ModuleLoad: {
    ActionID?: ActionIdValue;
    Module?:
      | KnownParameterValue<
        | "cdr"
        | "dnsmgr"
        | "extconfig"
        | "enum"
        | "acl"
        | "manager"
        | "http"
        | "logger"
        | "features"
        | "dsp"
        | "udptl"
        | "indications"
        | "cel"
        | "plc"
      >
      | undefined;
    LoadType: KnownParameterValue<"load" | "unload" | "reload" | "refresh">;
    /** Documented by Asterisk 22 alone. */
    Recursive?: ActionValue | undefined;
  };
  /** Action [Monitor](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/Monitor/): documented by Asterisk 16. */
  Monitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    File?: ActionValue | undefined;
    Format?: ActionValue | undefined;
    Mix?: ActionValue | undefined;
  };
  /** Action [MuteAudio](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MuteAudio/): documented by Asterisk 16 and 22, since 1.8.0. */
  MuteAudio: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Direction: KnownParameterValue<"in" | "out" | "all">;
    State: KnownParameterValue<"on" | "off">;
  };
  /** Action [MWIDelete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MWIDelete/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIDelete: {
    ActionID?: ActionIdValue;
    Mailbox: ActionValue;
  };
  /** Action [MWIGet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MWIGet/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIGet: {
    ActionID?: ActionIdValue;
    Mailbox: ActionValue;
  };
  /** Action [MWIUpdate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/MWIUpdate/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIUpdate: {
    ActionID?: ActionIdValue;
    Mailbox: ActionValue;
    OldMessages?: ActionValue | undefined;
    NewMessages?: ActionValue | undefined;
  };
  /** Action [Originate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Originate/): documented by Asterisk 16 and 22, since 0.2.0. */
  Originate: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Exten?: ActionValue | undefined;
    Context?: ActionValue | undefined;
    Priority?: ActionValue | undefined;
    Application?: ActionValue | undefined;
    Data?: ActionValue | undefined;
    /** The default is `30000`. */
    Timeout?: ActionValue | undefined;
    CallerID?: ActionValue | undefined;
    Variable?: RepeatedParameterValue | undefined;
    Account?: ActionValue | undefined;
    EarlyMedia?: ActionValue | undefined;
    Async?: ActionValue | undefined;
    Codecs?: ActionValue | undefined;
    ChannelId?: ActionValue | undefined;
    OtherChannelId?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    PreDialGoSub?: ActionValue | undefined;
  };
  /** Action [Park](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Park/): documented by Asterisk 16 and 22, since 1.4.0. */
  Park: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    TimeoutChannel?: ActionValue | undefined;
    AnnounceChannel?: ActionValue | undefined;
    Timeout?: ActionValue | undefined;
    Parkinglot?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    ParkingSpace?: ActionValue | undefined;
    /** Not documented by Asterisk. */
    Channel2?: ActionValue | undefined;
  };
  /** Action [ParkedCalls](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ParkedCalls/): documented by Asterisk 16 and 22, since 0.7.2. */
  ParkedCalls: {
    ActionID?: ActionIdValue;
    ParkingLot?: ActionValue | undefined;
  };
  /** Action [Parkinglots](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Parkinglots/): documented by Asterisk 16 and 22, since 11.0.0. */
  Parkinglots: {
    ActionID?: ActionIdValue;
  };
  /** Action [PauseMonitor](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/PauseMonitor/): documented by Asterisk 16. */
  PauseMonitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
  };
  /** Action [Ping](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Ping/): documented by Asterisk 16 and 22, since 0.2.0. */
  Ping: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPHangup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPHangup/): documented by Asterisk 22, since 18.21.0, 20.6.0 and 21.1.0. */
  PJSIPHangup: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Cause?: ActionValue | undefined;
  };
  /** Action [PJSIPNotify](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPNotify/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPNotify: {
    ActionID?: ActionIdValue;
    Endpoint?: ActionValue | undefined;
    URI?: ActionValue | undefined;
    channel?: ActionValue | undefined;
    Variable?: RepeatedParameterValue | undefined;
    /** Documented by Asterisk 22 alone. */
    Option?: ActionValue | undefined;
  };
  /** Action [PJSIPQualify](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPQualify/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPQualify: {
    ActionID?: ActionIdValue;
    Endpoint: ActionValue;
  };
  /** Action [PJSIPRegister](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPRegister/): documented by Asterisk 16 and 22, since 13.2.0. */
  PJSIPRegister: {
    ActionID?: ActionIdValue;
    Registration: ActionValue;
  };
  /** Action [PJSIPSetMaintenance](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPSetMaintenance/): documented by Asterisk 22, since 20.20.0, 22.10.0 and 23.4.0. */
  PJSIPSetMaintenance: {
    ActionID?: ActionIdValue;
    Endpoint: ActionValue;
    State: KnownParameterValue<"on" | "off">;
  };
  /** Action [PJSIPShowAors](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowAors/): documented by Asterisk 16 and 22, since 16.0.0. */
  PJSIPShowAors: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowAuths](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowAuths/): documented by Asterisk 16 and 22, since 16.0.0. */
  PJSIPShowAuths: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowContacts](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowContacts/): documented by Asterisk 16 and 22, since 16.0.0. */
  PJSIPShowContacts: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowEndpoint](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowEndpoint/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPShowEndpoint: {
    ActionID?: ActionIdValue;
    Endpoint: ActionValue;
  };
  /** Action [PJSIPShowEndpoints](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowEndpoints/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPShowEndpoints: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowMaintenance](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowMaintenance/): documented by Asterisk 22, since 20.20.0, 22.10.0 and 23.4.0. */
  PJSIPShowMaintenance: {
    ActionID?: ActionIdValue;
    Endpoint?: ActionValue | undefined;
  };
  /** Action [PJSIPShowRegistrationInboundContactStatuses](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowRegistrationInboundContactStatuses/): documented by Asterisk 16 and 22, since 13.14.0 and 14.3.0. */
  PJSIPShowRegistrationInboundContactStatuses: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowRegistrationsInbound](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowRegistrationsInbound/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPShowRegistrationsInbound: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowRegistrationsOutbound](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowRegistrationsOutbound/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPShowRegistrationsOutbound: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowResourceLists](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowResourceLists/): documented by Asterisk 16 and 22, since 13.0.0. */
  PJSIPShowResourceLists: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowSubscriptionsInbound](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowSubscriptionsInbound/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPShowSubscriptionsInbound: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPShowSubscriptionsOutbound](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPShowSubscriptionsOutbound/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPShowSubscriptionsOutbound: {
    ActionID?: ActionIdValue;
  };
  /** Action [PJSIPUnregister](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PJSIPUnregister/): documented by Asterisk 16 and 22, since 12.0.0. */
  PJSIPUnregister: {
    ActionID?: ActionIdValue;
    Registration: ActionValue;
  };
  /** Action [PlayDTMF](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PlayDTMF/): documented by Asterisk 16 and 22, since 1.4.0. */
  PlayDTMF: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Digit: ActionValue;
    Duration?: ActionValue | undefined;
    Receive?: ActionValue | undefined;
  };
  /** Action [PlayMF](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PlayMF/): documented by Asterisk 16 and 22, since 16.21.0, 18.7.0 and 19.0.0. */
  PlayMF: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Digit: ActionValue;
    Duration?: ActionValue | undefined;
  };
  /** Action [PresenceState](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PresenceState/): documented by Asterisk 16 and 22, since 11.0.0. */
  PresenceState: {
    ActionID?: ActionIdValue;
    Provider: ActionValue;
  };
  /** Action [PresenceStateList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PresenceStateList/): documented by Asterisk 16 and 22, since 13.0.0. */
  PresenceStateList: {
    ActionID?: ActionIdValue;
  };
  /** Action [PRIDebugFileSet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PRIDebugFileSet/): documented by Asterisk 16 and 22, since 13.0.0. */
  PRIDebugFileSet: {
    ActionID?: ActionIdValue;
    File: ActionValue;
  };
  /** Action [PRIDebugFileUnset](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PRIDebugFileUnset/): documented by Asterisk 16 and 22, since 13.0.0. */
  PRIDebugFileUnset: {
    ActionID?: ActionIdValue;
  };
  /** Action [PRIDebugSet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PRIDebugSet/): documented by Asterisk 16 and 22, since 13.0.0. */
  PRIDebugSet: {
    ActionID?: ActionIdValue;
    Span: ActionValue;
    Level: KnownParameterValue<"off" | "on" | "hex" | "intense">;
  };
  /** Action [PRIShowSpans](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/PRIShowSpans/): documented by Asterisk 16 and 22, since 10.0.0. */
  PRIShowSpans: {
    ActionID?: ActionIdValue;
    Span?: ActionValue | undefined;
  };
  /** Action [QueueAdd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueAdd/): documented by Asterisk 16 and 22, since 1.0.0. */
  QueueAdd: {
    ActionID?: ActionIdValue;
    Queue: ActionValue;
    Interface: ActionValue;
    Penalty?: ActionValue | undefined;
    Paused?: ActionValue | undefined;
    MemberName?: ActionValue | undefined;
    StateInterface?: ActionValue | undefined;
    /** Documented by Asterisk 22 alone. */
    Reason?: ActionValue | undefined;
    /** Not documented by Asterisk. */
    Wrapuptime?: ActionValue | undefined;
  };
  /** Action [QueueChangePriorityCaller](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueChangePriorityCaller/): documented by Asterisk 16 and 22, since 15.0.0. */
  QueueChangePriorityCaller: {
    ActionID?: ActionIdValue;
    Queue: ActionValue;
    Caller: ActionValue;
    Priority: ActionValue;
    /** Documented by Asterisk 22 alone. */
    Immediate?: ActionValue | undefined;
  };
  /** Action [QueueLog](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueLog/): documented by Asterisk 16 and 22, since 1.6.0. */
  QueueLog: {
    ActionID?: ActionIdValue;
    Queue: ActionValue;
    Event: ActionValue;
    Uniqueid?: ActionValue | undefined;
    Interface?: ActionValue | undefined;
    Message?: ActionValue | undefined;
  };
  /** Action [QueueMemberRingInUse](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueMemberRingInUse/): documented by Asterisk 16 and 22, since 11.0.0. */
  QueueMemberRingInUse: {
    ActionID?: ActionIdValue;
    Interface: ActionValue;
    RingInUse: ActionValue;
    Queue?: ActionValue | undefined;
  };
  /** Action [QueuePause](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueuePause/): documented by Asterisk 16 and 22, since 1.2.0. */
  QueuePause: {
    ActionID?: ActionIdValue;
    Interface: ActionValue;
    Paused: ActionValue;
    Queue?: ActionValue | undefined;
    Reason?: ActionValue | undefined;
  };
  /** Action [QueuePenalty](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueuePenalty/): documented by Asterisk 16 and 22, since 1.6.0. */
  QueuePenalty: {
    ActionID?: ActionIdValue;
    Interface: ActionValue;
    Penalty: ActionValue;
    Queue?: ActionValue | undefined;
  };
  /** Action [QueueReload](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueReload/): documented by Asterisk 16 and 22, since 1.6.2.0. */
  QueueReload: {
    ActionID?: ActionIdValue;
    Queue?: ActionValue | undefined;
    Members?: KnownParameterValue<"yes" | "no"> | undefined;
    Rules?: KnownParameterValue<"yes" | "no"> | undefined;
    Parameters?: KnownParameterValue<"yes" | "no"> | undefined;
  };
  /** Action [QueueRemove](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueRemove/): documented by Asterisk 16 and 22, since 1.0.0. */
  QueueRemove: {
    ActionID?: ActionIdValue;
    Queue: ActionValue;
    Interface: ActionValue;
  };
  /** Action [QueueReset](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueReset/): documented by Asterisk 16 and 22, since 1.6.2.0. */
  QueueReset: {
    ActionID?: ActionIdValue;
    Queue?: ActionValue | undefined;
  };
  /** Action [QueueRule](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueRule/): documented by Asterisk 16 and 22, since 1.6.0. */
  QueueRule: {
    ActionID?: ActionIdValue;
    Rule?: ActionValue | undefined;
  };
  /** Action [QueueStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueStatus/): documented by Asterisk 16 and 22, since 0.5.0. */
  QueueStatus: {
    ActionID?: ActionIdValue;
    Queue?: ActionValue | undefined;
    Member?: ActionValue | undefined;
  };
  /** Action [QueueSummary](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueSummary/): documented by Asterisk 16 and 22, since 1.6.0. */
  QueueSummary: {
    ActionID?: ActionIdValue;
    Queue?: ActionValue | undefined;
  };
  /** Action [QueueWithdrawCaller](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/QueueWithdrawCaller/): documented by Asterisk 16 and 22, since 16.25.0, 18.11.0 and 19.3.0. */
  QueueWithdrawCaller: {
    ActionID?: ActionIdValue;
    Queue: ActionValue;
    Caller: ActionValue;
    WithdrawInfo?: ActionValue | undefined;
  };
  /** Action [Redirect](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Redirect/): documented by Asterisk 16 and 22, since 0.2.0. */
  Redirect: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    ExtraChannel?: ActionValue | undefined;
    Exten: ActionValue;
    ExtraExten?: ActionValue | undefined;
    Context: ActionValue;
    ExtraContext?: ActionValue | undefined;
    Priority: ActionValue;
    ExtraPriority?: ActionValue | undefined;
  };
  /** Action [Reload](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Reload/): documented by Asterisk 16 and 22, since 1.6.0. */
  Reload: {
    ActionID?: ActionIdValue;
    Module?: ActionValue | undefined;
  };
  /** Action [SendFlash](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SendFlash/): documented by Asterisk 22, since 18.18.0 and 20.3.0. */
  SendFlash: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Receive?: ActionValue | undefined;
  };
  /** Action [SendText](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SendText/): documented by Asterisk 16 and 22, since 1.6.0. */
  SendText: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Message: ActionValue;
    "Content-Type"?: ActionValue | undefined;
  };
  /** Action [Setvar](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Setvar/): documented by Asterisk 16 and 22, since 1.0.0. */
  Setvar: {
    ActionID?: ActionIdValue;
    Channel?: ActionValue | undefined;
    Variable: ActionValue;
    Value: ActionValue;
  };
  /** Action [ShowDialPlan](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/ShowDialPlan/): documented by Asterisk 16 and 22, since 1.6.0. */
  ShowDialPlan: {
    ActionID?: ActionIdValue;
    Extension?: ActionValue | undefined;
    Context?: ActionValue | undefined;
  };
  /** Action [SIPnotify](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SIPnotify/): documented by Asterisk 16. */
  SIPnotify: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    Variable: RepeatedParameterValue;
    "Call-ID"?: ActionValue | undefined;
  };
  /** Action [SIPpeers](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SIPpeers/): documented by Asterisk 16. */
  SIPpeers: {
    ActionID?: ActionIdValue;
  };
  /** Action [SIPpeerstatus](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SIPpeerstatus/): documented by Asterisk 16. */
  SIPpeerstatus: {
    ActionID?: ActionIdValue;
    Peer?: ActionValue | undefined;
  };
  /** Action [SIPqualifypeer](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SIPqualifypeer/): documented by Asterisk 16. */
  SIPqualifypeer: {
    ActionID?: ActionIdValue;
    Peer: ActionValue;
  };
  /** Action [SIPshowpeer](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SIPshowpeer/): documented by Asterisk 16. */
  SIPshowpeer: {
    ActionID?: ActionIdValue;
    Peer: ActionValue;
  };
  /** Action [SIPshowregistry](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SIPshowregistry/): documented by Asterisk 16. */
  SIPshowregistry: {
    ActionID?: ActionIdValue;
  };
  /** Action [SKINNYdevices](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SKINNYdevices/): documented by Asterisk 16. */
  SKINNYdevices: {
    ActionID?: ActionIdValue;
  };
  /** Action [SKINNYlines](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SKINNYlines/): documented by Asterisk 16. */
  SKINNYlines: {
    ActionID?: ActionIdValue;
  };
  /** Action [SKINNYshowdevice](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SKINNYshowdevice/): documented by Asterisk 16. */
  SKINNYshowdevice: {
    ActionID?: ActionIdValue;
    Device: ActionValue;
  };
  /** Action [SKINNYshowline](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/SKINNYshowline/): documented by Asterisk 16. */
  SKINNYshowline: {
    ActionID?: ActionIdValue;
    Line: ActionValue;
  };
  /** Action [SorceryMemoryCacheExpire](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SorceryMemoryCacheExpire/): documented by Asterisk 16 and 22, since 13.5.0. */
  SorceryMemoryCacheExpire: {
    ActionID?: ActionIdValue;
    Cache: ActionValue;
  };
  /** Action [SorceryMemoryCacheExpireObject](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SorceryMemoryCacheExpireObject/): documented by Asterisk 16 and 22, since 13.5.0. */
  SorceryMemoryCacheExpireObject: {
    ActionID?: ActionIdValue;
    Cache: ActionValue;
    Object: ActionValue;
  };
  /** Action [SorceryMemoryCachePopulate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SorceryMemoryCachePopulate/): documented by Asterisk 16 and 22, since 13.7.0. */
  SorceryMemoryCachePopulate: {
    ActionID?: ActionIdValue;
    Cache: ActionValue;
  };
  /** Action [SorceryMemoryCacheStale](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SorceryMemoryCacheStale/): documented by Asterisk 16 and 22, since 13.5.0. */
  SorceryMemoryCacheStale: {
    ActionID?: ActionIdValue;
    Cache: ActionValue;
  };
  /** Action [SorceryMemoryCacheStaleObject](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/SorceryMemoryCacheStaleObject/): documented by Asterisk 16 and 22, since 13.5.0. */
  SorceryMemoryCacheStaleObject: {
    ActionID?: ActionIdValue;
    Cache: ActionValue;
    Object: ActionValue;
    Reload?: ActionValue | undefined;
  };
  /** Action [Status](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/Status/): documented by Asterisk 16 and 22, since 0.2.0. */
  Status: {
    ActionID?: ActionIdValue;
    Channel?: ActionValue | undefined;
    Variables?: ActionValue | undefined;
    AllVariables?: KnownParameterValue<"true" | "false"> | undefined;
  };
  /** Action [StopMixMonitor](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/StopMixMonitor/): documented by Asterisk 16 and 22, since 11.0.0. */
  StopMixMonitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
    MixMonitorID?: ActionValue | undefined;
  };
  /** Action [StopMonitor](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/StopMonitor/): documented by Asterisk 16. */
  StopMonitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
  };
  /** Action [UnpauseMonitor](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Actions/UnpauseMonitor/): documented by Asterisk 16. */
  UnpauseMonitor: {
    ActionID?: ActionIdValue;
    Channel: ActionValue;
  };
  /** Action [UpdateConfig](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/UpdateConfig/): documented by Asterisk 16 and 22, since 1.4.0. */
  UpdateConfig: {
    ActionID?: ActionIdValue;
    SrcFilename: ActionValue;
    DstFilename: ActionValue;
    Reload?: ActionValue | undefined;
    PreserveEffectiveContext?: ActionValue | undefined;
    [header: `Action-${string}`]:
      | KnownParameterValue<
        | "NewCat"
        | "RenameCat"
        | "DelCat"
        | "EmptyCat"
        | "Update"
        | "Delete"
        | "Append"
        | "Insert"
      >
      | undefined;
    [header: `Cat-${string}`]: ActionValue | undefined;
    [header: `Var-${string}`]: ActionValue | undefined;
    [header: `Value-${string}`]: ActionValue | undefined;
    [header: `Match-${string}`]: ActionValue | undefined;
    [header: `Line-${string}`]: ActionValue | undefined;
    [header: `Options-${string}`]:
      | KnownParameterValue<"allowdups" | "template">
      | undefined;
  };
  /** Action [UserEvent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/UserEvent/): documented by Asterisk 16 and 22, since 1.4.0. */
  UserEvent: {
    ActionID?: ActionIdValue;
    UserEvent: ActionValue;
    Header1?: ActionValue | undefined;
    HeaderN?: ActionValue | undefined;
  };
  /** Action [VoicemailBoxSummary](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailBoxSummary/): documented by Asterisk 22, since 18.20.0 and 20.5.0. */
  VoicemailBoxSummary: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Mailbox: ActionValue;
  };
  /** Action [VoicemailForward](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailForward/): documented by Asterisk 22, since 18.20.0 and 20.5.0. */
  VoicemailForward: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Mailbox: ActionValue;
    Folder: ActionValue;
    ID: ActionValue;
    ToContext: ActionValue;
    ToMailbox: ActionValue;
    ToFolder: ActionValue;
  };
  /** Action [VoicemailMove](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailMove/): documented by Asterisk 22, since 18.20.0 and 20.5.0. */
  VoicemailMove: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Mailbox: ActionValue;
    Folder: ActionValue;
    ID: ActionValue;
    ToFolder: ActionValue;
  };
  /** Action [VoicemailRefresh](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailRefresh/): documented by Asterisk 16 and 22, since 12.0.0. */
  VoicemailRefresh: {
    ActionID?: ActionIdValue;
    Context?: ActionValue | undefined;
    Mailbox?: ActionValue | undefined;
  };
  /** Action [VoicemailRemove](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailRemove/): documented by Asterisk 22, since 18.20.0 and 20.5.0. */
  VoicemailRemove: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Mailbox: ActionValue;
    Folder: ActionValue;
    ID: ActionValue;
  };
  /** Action [VoicemailUsersList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailUsersList/): documented by Asterisk 16 and 22, since 1.6.0. */
  VoicemailUsersList: {
    ActionID?: ActionIdValue;
  };
  /** Action [VoicemailUserStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/VoicemailUserStatus/): documented by Asterisk 16 and 22, since 16.0.0. */
  VoicemailUserStatus: {
    ActionID?: ActionIdValue;
    Context: ActionValue;
    Mailbox: ActionValue;
  };
  /** Action [WaitEvent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/WaitEvent/): documented by Asterisk 16 and 22, since 1.4.0. */
  WaitEvent: {
    ActionID?: ActionIdValue;
    Timeout?: ActionValue | undefined;
  };
}

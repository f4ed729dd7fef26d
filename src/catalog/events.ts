// Written by tools/generate_catalog.ts: change that, and not this.
import type {
  BridgeFields,
  ChannelFields,
  PrefixedFields,
} from "./snapshots.ts";
import type {
  FieldValue,
  KnownFieldValue,
  RepeatedFieldValue,
} from "./values.ts";

/** The headers of every event, by its name. */
export interface EventDataMap {
  /** Event [AgentCalled](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentCalled/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentCalled: ChannelFields & PrefixedFields<"Dest", ChannelFields> & {
    Event: "AgentCalled";
    Queue: string;
    MemberName: string;
    Interface: string;
  };
  /** Event [AgentComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentComplete:
    & Partial<ChannelFields>
    & PrefixedFields<"Dest", ChannelFields>
    & {
      Event: "AgentComplete";
      Queue: string;
      MemberName: string;
      Interface: string;
      HoldTime: number;
      TalkTime: number;
      Reason: KnownFieldValue<"caller" | "agent" | "transfer">;
    };
  /** Event [AgentConnect](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentConnect/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentConnect: ChannelFields & PrefixedFields<"Dest", ChannelFields> & {
    Event: "AgentConnect";
    Queue: string;
    MemberName: string;
    Interface: string;
    RingTime: number;
    HoldTime: number;
  };
  /** Event [AgentDump](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentDump/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentDump: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "AgentDump";
    Queue: string;
    MemberName: string;
    Interface: string;
  };
  /** Event [AgentLogin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentLogin/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentLogin: ChannelFields & {
    Event: "AgentLogin";
    Agent?: string;
  };
  /** Event [AgentLogoff](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentLogoff/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentLogoff: Partial<ChannelFields> & {
    Event: "AgentLogoff";
    Agent?: string;
    Logintime?: number;
  };
  /** Event [AgentRingNoAnswer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentRingNoAnswer/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentRingNoAnswer: ChannelFields & PrefixedFields<"Dest", ChannelFields> & {
    Event: "AgentRingNoAnswer";
    Queue: string;
    MemberName: string;
    Interface: string;
    RingTime: number;
  };
  /** Event [Agents](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Agents/): documented by Asterisk 16 and 22, since 12.0.0. */
  Agents: Partial<ChannelFields> & {
    Event: "Agents";
    Agent?: string;
    Name?: string;
    Status?: KnownFieldValue<"AGENT_LOGGEDOFF" | "AGENT_IDLE" | "AGENT_ONCALL">;
    TalkingToChan?: string;
    CallStarted?: number;
    LoggedInTime?: number;
  };
  /** Event [AgentsComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentsComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentsComplete: {
    Event: "AgentsComplete";
    /** Not documented by Asterisk. */
    EventList?: string;
    /** Not documented by Asterisk. */
    ListItems?: number;
  };
  /** Event [AGIExecEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AGIExecEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  AGIExecEnd: ChannelFields & {
    Event: "AGIExecEnd";
    Command?: string;
    CommandId?: string;
    ResultCode?: number;
    Result?: string;
  };
  /** Event [AGIExecStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AGIExecStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  AGIExecStart: ChannelFields & {
    Event: "AGIExecStart";
    Command?: string;
    CommandId?: string;
  };
  /** Event [Alarm](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Alarm/): documented by Asterisk 16 and 22, since 12.0.0. */
  Alarm: {
    Event: "Alarm";
    DAHDIChannel?: string;
    Alarm?: string;
  };
  /** Event [AlarmClear](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AlarmClear/): documented by Asterisk 16 and 22, since 12.0.0. */
  AlarmClear: {
    Event: "AlarmClear";
    DAHDIChannel?: string;
  };
  /** Event [AOC-D](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AOC-D/): documented by Asterisk 16 and 22, since 12.0.0. */
  "AOC-D": Partial<ChannelFields> & {
    Event: "AOC-D";
    Charge?: string;
    Type?: KnownFieldValue<"NotAvailable" | "Free" | "Currency" | "Units">;
    BillingID?: KnownFieldValue<
      | "Normal"
      | "Reverse"
      | "CreditCard"
      | "CallForwardingUnconditional"
      | "CallForwardingBusy"
      | "CallForwardingNoReply"
      | "CallDeflection"
      | "CallTransfer"
      | "NotAvailable"
    >;
    TotalType?: KnownFieldValue<"SubTotal" | "Total">;
    Currency?: string;
    Name?: string;
    Cost?: number;
    Multiplier?: KnownFieldValue<"1/1000" | "1/100" | "1/10">;
    Units?: string;
    NumberOf?: number;
    TypeOf?: string;
  };
  /** Event [AOC-E](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AOC-E/): documented by Asterisk 16 and 22, since 12.0.0. */
  "AOC-E": Partial<ChannelFields> & {
    Event: "AOC-E";
    ChargingAssociation?: string;
    Number?: string;
    Plan?: string;
    ID?: string;
    Charge?: string;
    Type?: KnownFieldValue<"NotAvailable" | "Free" | "Currency" | "Units">;
    BillingID?: KnownFieldValue<
      | "Normal"
      | "Reverse"
      | "CreditCard"
      | "CallForwardingUnconditional"
      | "CallForwardingBusy"
      | "CallForwardingNoReply"
      | "CallDeflection"
      | "CallTransfer"
      | "NotAvailable"
    >;
    TotalType?: KnownFieldValue<"SubTotal" | "Total">;
    Currency?: string;
    Name?: string;
    Cost?: number;
    Multiplier?: KnownFieldValue<"1/1000" | "1/100" | "1/10">;
    Units?: string;
    NumberOf?: number;
    TypeOf?: string;
  };
  /** Event [AOC-S](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AOC-S/): documented by Asterisk 16 and 22, since 12.0.0. */
  "AOC-S": Partial<ChannelFields> & {
    Event: "AOC-S";
    Chargeable?: string;
    RateType?: KnownFieldValue<
      | "NotAvailable"
      | "Free"
      | "FreeFromBeginning"
      | "Duration"
      | "Flag"
      | "Volume"
      | "SpecialCode"
    >;
    Currency?: string;
    Name?: string;
    Cost?: number;
    Multiplier?: KnownFieldValue<"1/1000" | "1/100" | "1/10">;
    ChargingType?: string;
    StepFunction?: string;
    Granularity?: string;
    Length?: number;
    Scale?: string;
    Unit?: KnownFieldValue<"Octect" | "Segment" | "Message" | "Octet">;
    SpecialCode?: number;
  };
  /** Event [AorDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AorDetail/): documented by Asterisk 16 and 22, since 13.12.0 and 14.1.0. */
  AorDetail: {
    Event: "AorDetail";
    ObjectType?: string;
    ObjectName?: string;
    MinimumExpiration?: number;
    MaximumExpiration?: number;
    DefaultExpiration?: number;
    QualifyFrequency?: number;
    AuthenticateQualify?: string;
    MaxContacts?: number;
    RemoveExisting?: string;
    RemoveUnavailable?: string;
    Mailboxes?: string;
    OutboundProxy?: string;
    SupportPath?: string;
    TotalContacts?: number;
    ContactsRegistered?: number;
    EndpointName?: string;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: string;
    /** Documented by Asterisk 22 alone. */
    QualifyTimeout?: string;
    /** Documented by Asterisk 22 alone. */
    VoicemailExtension?: string;
    /** Documented by Asterisk 22 alone. */
    Contacts?: RepeatedFieldValue;
  };
  /** Event [AorList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AorList/): documented by Asterisk 16 and 22, since 16.0.0. */
  AorList: {
    Event: "AorList";
    ObjectType?: string;
    ObjectName?: string;
    MinimumExpiration?: number;
    MaximumExpiration?: number;
    DefaultExpiration?: number;
    QualifyFrequency?: number;
    AuthenticateQualify?: string;
    MaxContacts?: number;
    RemoveExisting?: string;
    RemoveUnavailable?: string;
    Mailboxes?: string;
    OutboundProxy?: string;
    SupportPath?: string;
    /** Documented by Asterisk 22 alone. */
    QualifyTimeout?: string;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: string;
    /** Documented by Asterisk 22 alone. */
    VoicemailExtension?: string;
    /** Documented by Asterisk 22 alone. */
    Contacts?: RepeatedFieldValue;
  };
  /** Event [AorListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AorListComplete/): documented by Asterisk 16 and 22, since 16.0.0. */
  AorListComplete: {
    Event: "AorListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [AsyncAGIEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AsyncAGIEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  AsyncAGIEnd: ChannelFields & {
    Event: "AsyncAGIEnd";
  };
  /** Event [AsyncAGIExec](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AsyncAGIExec/): documented by Asterisk 16 and 22, since 12.0.0. */
  AsyncAGIExec: ChannelFields & {
    Event: "AsyncAGIExec";
    CommandId?: string;
    Result?: string;
  };
  /** Event [AsyncAGIStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AsyncAGIStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  AsyncAGIStart: ChannelFields & {
    Event: "AsyncAGIStart";
    Env?: string;
  };
  /** Event [AttendedTransfer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AttendedTransfer/): documented by Asterisk 16 and 22, since 12.0.0. */
  AttendedTransfer:
    & PrefixedFields<"OrigTransferer", ChannelFields>
    & PrefixedFields<"SecondTransferer", ChannelFields>
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & PrefixedFields<"Transferee", ChannelFields>
    & PrefixedFields<"TransferTarget", ChannelFields>
    & PrefixedFields<"Orig", BridgeFields>
    & PrefixedFields<"Second", BridgeFields>
    & {
      Event: "AttendedTransfer";
      Result?: KnownFieldValue<
        "Fail" | "Invalid" | "Not Permitted" | "Success"
      >;
      DestType?: KnownFieldValue<
        "Bridge" | "App" | "Link" | "Threeway" | "Fail"
      >;
      DestBridgeUniqueid?: string;
      DestApp?: string;
      DestTransfererChannel?: string;
    };
  /** Event [AuthDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthDetail/): documented by Asterisk 16 and 22, since 12.0.0. */
  AuthDetail: {
    Event: "AuthDetail";
    ObjectType?: string;
    ObjectName?: string;
    Username?: string;
    Password?: string;
    Md5Cred?: string;
    Realm?: string;
    NonceLifetime?: number;
    AuthType?: string;
    EndpointName?: string;
    /** Documented by Asterisk 22 alone. */
    OauthClientid?: string;
    /** Documented by Asterisk 22 alone. */
    OauthSecret?: string;
    /** Documented by Asterisk 22 alone. */
    PasswordDigest?: string;
    /** Documented by Asterisk 22 alone. */
    RefreshToken?: string;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUac?: string;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUas?: string;
  };
  /** Event [AuthList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthList/): documented by Asterisk 16 and 22, since 16.0.0. */
  AuthList: {
    Event: "AuthList";
    ObjectType?: string;
    ObjectName?: string;
    Username?: string;
    Md5Cred?: string;
    Realm?: string;
    AuthType?: string;
    Password?: string;
    NonceLifetime?: number;
    /** Documented by Asterisk 22 alone. */
    OauthClientid?: string;
    /** Documented by Asterisk 22 alone. */
    OauthSecret?: string;
    /** Documented by Asterisk 22 alone. */
    PasswordDigest?: string;
    /** Documented by Asterisk 22 alone. */
    RefreshToken?: string;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUac?: string;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUas?: string;
  };
  /** Event [AuthListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthListComplete/): documented by Asterisk 16 and 22, since 16.0.0. */
  AuthListComplete: {
    Event: "AuthListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [AuthMethodNotAllowed](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthMethodNotAllowed/): documented by Asterisk 16 and 22, since 12.1.0. */
  AuthMethodNotAllowed: {
    Event: "AuthMethodNotAllowed";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    AuthMethod?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [BlindTransfer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BlindTransfer/): documented by Asterisk 16 and 22, since 12.0.0. */
  BlindTransfer:
    & PrefixedFields<"Transferer", ChannelFields>
    & PrefixedFields<"Transferee", ChannelFields>
    & Partial<BridgeFields>
    & {
      Event: "BlindTransfer";
      Result?: KnownFieldValue<
        "Fail" | "Invalid" | "Not Permitted" | "Success"
      >;
      IsExternal?: KnownFieldValue<"Yes" | "No">;
      Context?: string;
      Extension?: string;
    };
  /** Event [BridgeCreate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeCreate/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeCreate: BridgeFields & {
    Event: "BridgeCreate";
  };
  /** Event [BridgeDestroy](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeDestroy/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeDestroy: BridgeFields & {
    Event: "BridgeDestroy";
  };
  /** Event [BridgeEnter](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeEnter/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeEnter: ChannelFields & BridgeFields & {
    Event: "BridgeEnter";
    SwapUniqueid?: string;
  };
  /** Event [BridgeInfoChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeInfoChannel/): documented by Asterisk 16 and 22, since 13.0.0. */
  BridgeInfoChannel: ChannelFields & {
    Event: "BridgeInfoChannel";
  };
  /** Event [BridgeInfoComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeInfoComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  BridgeInfoComplete: Partial<BridgeFields> & {
    Event: "BridgeInfoComplete";
    /** Not documented by Asterisk. */
    EventList?: string;
    /** Not documented by Asterisk. */
    ListItems?: number;
  };
  /** Event [BridgeLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeLeave: ChannelFields & BridgeFields & {
    Event: "BridgeLeave";
  };
  /** Event `BridgeListComplete`, which Asterisk does not document. */
  BridgeListComplete: {
    Event: "BridgeListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `BridgeListItem`, which Asterisk does not document. */
  BridgeListItem: BridgeFields & {
    Event: "BridgeListItem";
  };
  /** Event [BridgeMerge](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeMerge/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  BridgeMerge:
    & PrefixedFields<"To", BridgeFields>
    & PrefixedFields<"From", BridgeFields>
    & {
      Event: "BridgeMerge";
    };
  /** Event `BridgeTechnologyListComplete`, which Asterisk does not document. */
  BridgeTechnologyListComplete: {
    Event: "BridgeTechnologyListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `BridgeTechnologyListItem`, which Asterisk does not document. */
  BridgeTechnologyListItem: {
    Event: "BridgeTechnologyListItem";
    BridgeTechnology?: string;
    BridgeType?: string;
    BridgePriority?: number;
    BridgeSuspended?: string;
  };
  /** Event [BridgeVideoSourceUpdate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeVideoSourceUpdate/): documented by Asterisk 16 and 22, since 13.13.0 and 14.2.0. */
  BridgeVideoSourceUpdate: Partial<BridgeFields> & {
    Event: "BridgeVideoSourceUpdate";
    BridgePreviousVideoSource?: string;
  };
  /** Event `CCAvailable`, which Asterisk does not document. */
  CCAvailable: {
    Event: "CCAvailable";
    CoreID?: string;
    Callee?: string;
    Service?: string;
  };
  /** Event `CCCallerRecalling`, which Asterisk does not document. */
  CCCallerRecalling: {
    Event: "CCCallerRecalling";
    CoreID?: string;
    Caller?: string;
  };
  /** Event `CCCallerStartMonitoring`, which Asterisk does not document. */
  CCCallerStartMonitoring: {
    Event: "CCCallerStartMonitoring";
    CoreID?: string;
    Caller?: string;
  };
  /** Event `CCCallerStopMonitoring`, which Asterisk does not document. */
  CCCallerStopMonitoring: {
    Event: "CCCallerStopMonitoring";
    CoreID?: string;
    Caller?: string;
  };
  /** Event `CCFailure`, which Asterisk does not document. */
  CCFailure: {
    Event: "CCFailure";
    CoreID?: string;
    Caller?: string;
    Reason?: string;
  };
  /** Event `CCMonitorFailed`, which Asterisk does not document. */
  CCMonitorFailed: {
    Event: "CCMonitorFailed";
    CoreID?: string;
    Callee?: string;
  };
  /** Event `CCOfferTimerStart`, which Asterisk does not document. */
  CCOfferTimerStart: {
    Event: "CCOfferTimerStart";
    CoreID?: string;
    Caller?: string;
    Expires?: number;
  };
  /** Event `CCRecallComplete`, which Asterisk does not document. */
  CCRecallComplete: {
    Event: "CCRecallComplete";
    CoreID?: string;
    Caller?: string;
  };
  /** Event `CCRequestAcknowledged`, which Asterisk does not document. */
  CCRequestAcknowledged: {
    Event: "CCRequestAcknowledged";
    CoreID?: string;
    Caller?: string;
  };
  /** Event `CCRequested`, which Asterisk does not document. */
  CCRequested: {
    Event: "CCRequested";
    CoreID?: string;
    Caller?: string;
    Callee?: string;
  };
  /** Event [Cdr](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Cdr/): documented by Asterisk 16 and 22, since 13.2.0. */
  Cdr: {
    Event: "Cdr";
    AccountCode?: string;
    Source?: string;
    Destination?: string;
    DestinationContext?: string;
    CallerID?: string;
    Channel?: string;
    DestinationChannel?: string;
    LastApplication?: string;
    LastData?: string;
    StartTime?: string;
    AnswerTime?: string;
    EndTime?: string;
    Duration?: number;
    BillableSeconds?: number;
    Disposition?: KnownFieldValue<
      "NO ANSWER" | "FAILED" | "BUSY" | "ANSWERED" | "CONGESTION"
    >;
    AMAFlags?: KnownFieldValue<"OMIT" | "BILLING" | "DOCUMENTATION">;
    UniqueID?: string;
    UserField?: string;
  };
  /** Event [CEL](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CEL/): documented by Asterisk 16 and 22, since 13.2.0. */
  CEL: {
    Event: "CEL";
    EventName?: KnownFieldValue<
      | "CHAN_START"
      | "CHAN_END"
      | "ANSWER"
      | "HANGUP"
      | "BRIDGE_ENTER"
      | "BRIDGE_EXIT"
      | "APP_START"
      | "APP_END"
      | "PARK_START"
      | "PARK_END"
      | "BLINDTRANSFER"
      | "ATTENDEDTRANSFER"
      | "PICKUP"
      | "FORWARD"
      | "LINKEDID_END"
      | "LOCAL_OPTIMIZE"
      | "USER_DEFINED"
      | "LOCAL_OPTIMIZE_BEGIN"
      | "STREAM_BEGIN"
      | "STREAM_END"
      | "DTMF"
    >;
    AccountCode?: string;
    CallerIDnum?: string;
    CallerIDname?: string;
    CallerIDani?: string;
    CallerIDrdnis?: string;
    CallerIDdnid?: string;
    Exten?: string;
    Context?: string;
    Application?: string;
    AppData?: string;
    EventTime?: string;
    AMAFlags?: KnownFieldValue<"OMIT" | "BILLING" | "DOCUMENTATION">;
    UniqueID?: string;
    LinkedID?: string;
    Userfield?: string;
    Peer?: string;
    PeerAccount?: string;
    Extra?: string;
  };
  /** Event [ChallengeResponseFailed](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChallengeResponseFailed/): documented by Asterisk 16 and 22, since 12.1.0. */
  ChallengeResponseFailed: {
    Event: "ChallengeResponseFailed";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Challenge?: string;
    Response?: string;
    ExpectedResponse?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [ChallengeSent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChallengeSent/): documented by Asterisk 16 and 22, since 12.1.0. */
  ChallengeSent: {
    Event: "ChallengeSent";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Challenge?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event `ChannelHungup`, which Asterisk does not document. */
  ChannelHungup: {
    Event: "ChannelHungup";
    Channel?: string;
  };
  /** Event `ChannelsHungupListComplete`, which Asterisk does not document. */
  ChannelsHungupListComplete: {
    Event: "ChannelsHungupListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ChannelTalkingStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChannelTalkingStart/): documented by Asterisk 16 and 22, since 12.4.0. */
  ChannelTalkingStart: ChannelFields & {
    Event: "ChannelTalkingStart";
  };
  /** Event [ChannelTalkingStop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChannelTalkingStop/): documented by Asterisk 16 and 22, since 12.4.0. */
  ChannelTalkingStop: ChannelFields & {
    Event: "ChannelTalkingStop";
    Duration?: number;
  };
  /** Event [ChanSpyStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChanSpyStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  ChanSpyStart:
    & PrefixedFields<"Spyer", ChannelFields>
    & PrefixedFields<"Spyee", ChannelFields>
    & {
      Event: "ChanSpyStart";
    };
  /** Event [ChanSpyStop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChanSpyStop/): documented by Asterisk 16 and 22, since 12.0.0. */
  ChanSpyStop:
    & PrefixedFields<"Spyer", ChannelFields>
    & PrefixedFields<"Spyee", ChannelFields>
    & {
      Event: "ChanSpyStop";
    };
  /** Event [ConfbridgeEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeEnd: Partial<BridgeFields> & {
    Event: "ConfbridgeEnd";
    Conference: string;
  };
  /** Event [ConfbridgeJoin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeJoin/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeJoin: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeJoin";
    Conference: string;
    Admin?: KnownFieldValue<"Yes" | "No">;
    Muted?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeLeave: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeLeave";
    Conference: string;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeList/): documented by Asterisk 16 and 22, since 13.20.0 and 15.3.0. */
  ConfbridgeList: ChannelFields & {
    Event: "ConfbridgeList";
    Conference: string;
    Admin?: KnownFieldValue<"Yes" | "No">;
    MarkedUser?: KnownFieldValue<"Yes" | "No">;
    WaitMarked?: KnownFieldValue<"Yes" | "No">;
    EndMarked?: KnownFieldValue<"Yes" | "No">;
    Waiting?: KnownFieldValue<"Yes" | "No">;
    Muted?: KnownFieldValue<"Yes" | "No">;
    Talking?: KnownFieldValue<"Yes" | "No">;
    AnsweredTime?: number;
    /** Not documented by Asterisk. */
    EndMarkedAny?: string;
  };
  /** Event `ConfbridgeListComplete`, which Asterisk does not document. */
  ConfbridgeListComplete: {
    Event: "ConfbridgeListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ConfbridgeListRooms](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeListRooms/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  ConfbridgeListRooms: {
    Event: "ConfbridgeListRooms";
    Conference: string;
    Parties: number;
    Marked: number;
    Locked?: KnownFieldValue<"Yes" | "No">;
    Muted?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event `ConfbridgeListRoomsComplete`, which Asterisk does not document. */
  ConfbridgeListRoomsComplete: {
    Event: "ConfbridgeListRoomsComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ConfbridgeMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeMute/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeMute: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeMute";
    Conference: string;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeRecord](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeRecord/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeRecord: Partial<BridgeFields> & {
    Event: "ConfbridgeRecord";
    Conference?: string;
  };
  /** Event [ConfbridgeStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeStart: Partial<BridgeFields> & {
    Event: "ConfbridgeStart";
    Conference: string;
  };
  /** Event [ConfbridgeStopRecord](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeStopRecord/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeStopRecord: Partial<BridgeFields> & {
    Event: "ConfbridgeStopRecord";
    Conference?: string;
  };
  /** Event [ConfbridgeTalking](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeTalking/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeTalking: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeTalking";
    Conference: string;
    TalkingStatus: KnownFieldValue<"on" | "off">;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeUnmute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeUnmute/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeUnmute: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeUnmute";
    Conference: string;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ContactList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactList/): documented by Asterisk 16 and 22, since 16.0.0. */
  ContactList: {
    Event: "ContactList";
    ObjectType?: string;
    ObjectName?: string;
    ViaAddr?: string;
    ViaPort?: number;
    QualifyTimeout?: string;
    CallId?: string;
    RegServer?: string;
    PruneOnBoot?: string;
    Path?: string;
    Endpoint?: string;
    AuthenticateQualify?: string;
    Uri?: string;
    QualifyFrequency?: number;
    UserAgent?: string;
    ExpirationTime?: number;
    OutboundProxy?: string;
    Status?: KnownFieldValue<
      "Reachable" | "Unreachable" | "NonQualified" | "Unknown"
    >;
    /** The text "N/A" where nothing was measured. */
    RoundtripUsec?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: string;
  };
  /** Event [ContactListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactListComplete/): documented by Asterisk 16 and 22, since 16.0.0. */
  ContactListComplete: {
    Event: "ContactListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ContactStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactStatus/): documented by Asterisk 16 and 22, since 13.5.0. */
  ContactStatus: {
    Event: "ContactStatus";
    URI: string;
    ContactStatus: KnownFieldValue<
      | "Unknown"
      | "Unreachable"
      | "Reachable"
      | "Unqualified"
      | "Removed"
      | "Updated"
    >;
    AOR: string;
    EndpointName: string;
    /** The text "N/A" where nothing was measured. */
    RoundtripUsec?: FieldValue;
  };
  /** Event [ContactStatusDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactStatusDetail/): documented by Asterisk 16 and 22, since 13.0.0. */
  ContactStatusDetail: {
    Event: "ContactStatusDetail";
    AOR?: string;
    URI?: string;
    Status?: KnownFieldValue<
      "Reachable" | "Unreachable" | "NonQualified" | "Unknown"
    >;
    /** The text "N/A" where nothing was measured. */
    RoundtripUsec?: FieldValue;
    EndpointName?: string;
    UserAgent?: string;
    RegExpire?: number;
    ViaAddress?: string;
    CallID?: string;
    ID?: string;
    AuthenticateQualify?: number;
    OutboundProxy?: string;
    Path?: string;
    QualifyFrequency?: number;
    QualifyTimeout?: string;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: number;
  };
  /** Event `ContactStatusDetailComplete`, which Asterisk does not document. */
  ContactStatusDetailComplete: {
    Event: "ContactStatusDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [CoreShowChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CoreShowChannel/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  CoreShowChannel: ChannelFields & {
    Event: "CoreShowChannel";
    BridgeId?: string;
    Application: string;
    ApplicationData: string;
    Duration: string;
  };
  /** Event `CoreShowChannelMap`, which Asterisk does not document. */
  CoreShowChannelMap: {
    Event: "CoreShowChannelMap";
    Channel?: string;
    ConnectedChannel?: string;
  };
  /** Event [CoreShowChannelMapComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CoreShowChannelMapComplete/): documented by Asterisk 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  CoreShowChannelMapComplete: {
    Event: "CoreShowChannelMapComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [CoreShowChannelsComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CoreShowChannelsComplete/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  CoreShowChannelsComplete: {
    Event: "CoreShowChannelsComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [DAHDIChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DAHDIChannel/): documented by Asterisk 16 and 22, since 12.0.0. */
  DAHDIChannel: ChannelFields & {
    Event: "DAHDIChannel";
    DAHDIGroup?: string;
    DAHDISpan?: string;
    DAHDIChannel?: string;
  };
  /** Event `DAHDIShowChannels`, which Asterisk does not document. */
  DAHDIShowChannels: {
    Event: "DAHDIShowChannels";
    DAHDIChannel?: string;
    Channel?: string;
    Uniqueid?: string;
    AccountCode?: string;
    Signalling?: string;
    SignallingCode?: number;
    Context?: string;
    DND?: string;
    Alarm?: string;
    Description?: string;
  };
  /** Event `DAHDIShowChannelsComplete`, which Asterisk does not document. */
  DAHDIShowChannelsComplete: {
    Event: "DAHDIShowChannelsComplete";
    EventList?: string;
    ListItems?: number;
    Items?: number;
  };
  /** Event `DAHDIShowStatus`, which Asterisk does not document. */
  DAHDIShowStatus: {
    Event: "DAHDIShowStatus";
  };
  /** Event `DAHDIShowStatusComplete`, which Asterisk does not document. */
  DAHDIShowStatusComplete: {
    Event: "DAHDIShowStatusComplete";
    EventList?: string;
    ListItems?: number;
    Items?: number;
  };
  /** Event `DBGetComplete`, which Asterisk does not document. */
  DBGetComplete: {
    Event: "DBGetComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `DBGetResponse`, which Asterisk does not document. */
  DBGetResponse: {
    Event: "DBGetResponse";
    Family: string;
    Key: string;
    Val: string;
  };
  /** Event `DBGetTreeComplete`, which Asterisk does not document. */
  DBGetTreeComplete: {
    Event: "DBGetTreeComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `DBGetTreeResponse`, which Asterisk does not document. */
  DBGetTreeResponse: {
    Event: "DBGetTreeResponse";
    Key: string;
    Val: string;
  };
  /** Event [DeadlockStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DeadlockStart/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  DeadlockStart: {
    Event: "DeadlockStart";
    Mutex?: string;
  };
  /** Event `DeviceEntry`, which Asterisk does not document. */
  DeviceEntry: {
    Event: "DeviceEntry";
  };
  /** Event `DevicelistComplete`, which Asterisk does not document. */
  DevicelistComplete: {
    Event: "DevicelistComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [DeviceStateChange](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DeviceStateChange/): documented by Asterisk 16 and 22, since 13.0.0. */
  DeviceStateChange: {
    Event: "DeviceStateChange";
    Device: string;
    State: string;
  };
  /** Event [DeviceStateListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DeviceStateListComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  DeviceStateListComplete: {
    Event: "DeviceStateListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [DialBegin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialBegin/): documented by Asterisk 16 and 22, since 12.0.0. */
  DialBegin: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "DialBegin";
    DialString?: string;
  };
  /** Event [DialEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  DialEnd: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "DialEnd";
    DialStatus: KnownFieldValue<
      | "ABORT"
      | "ANSWER"
      | "BUSY"
      | "CANCEL"
      | "CHANUNAVAIL"
      | "CONGESTION"
      | "CONTINUE"
      | "GOTO"
      | "NOANSWER"
    >;
    Forward?: string;
  };
  /** Event [DialState](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialState/): documented by Asterisk 16 and 22, since 14.0.0. */
  DialState: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "DialState";
    DialStatus?: KnownFieldValue<"RINGING" | "PROCEEDING" | "PROGRESS">;
    Forward?: string;
  };
  /** Event [DNDState](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DNDState/): documented by Asterisk 16 and 22, since 12.0.0. */
  DNDState: {
    Event: "DNDState";
    DAHDIChannel?: string;
    Status?: KnownFieldValue<"enabled" | "disabled">;
  };
  /** Event [DTMFBegin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DTMFBegin/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  DTMFBegin: ChannelFields & {
    Event: "DTMFBegin";
    Digit: string;
    Direction: KnownFieldValue<"Received" | "Sent">;
  };
  /** Event [DTMFEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DTMFEnd/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  DTMFEnd: ChannelFields & {
    Event: "DTMFEnd";
    Digit: string;
    DurationMs: number;
    Direction: KnownFieldValue<"Received" | "Sent">;
  };
  /** Event [EndpointDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointDetail/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointDetail: {
    Event: "EndpointDetail";
    ObjectType?: string;
    ObjectName?: string;
    Context?: string;
    /** Documented by Asterisk 16 alone. */
    Disallow?: string;
    Allow?: string;
    DtmfMode?: string;
    RtpIpv6?: string;
    RtpSymmetric?: string;
    IceSupport?: string;
    UsePtime?: string;
    ForceRport?: string;
    RewriteContact?: string;
    Transport?: string;
    OutboundProxy?: string;
    MohSuggest?: string;
    "100rel"?: string;
    Timers?: string;
    TimersMinSe?: number;
    TimersSessExpires?: number;
    Auth?: string;
    OutboundAuth?: string;
    Aors?: string;
    MediaAddress?: string;
    IdentifyBy?: string;
    DirectMedia?: string;
    DirectMediaMethod?: string;
    TrustConnectedLine?: string;
    SendConnectedLine?: string;
    ConnectedLineMethod?: string;
    DirectMediaGlareMitigation?: string;
    DisableDirectMediaOnNat?: string;
    Callerid?: string;
    CalleridPrivacy?: string;
    CalleridTag?: string;
    TrustIdInbound?: string;
    TrustIdOutbound?: string;
    SendPai?: string;
    SendRpid?: string;
    SendDiversion?: string;
    Mailboxes?: string;
    AggregateMwi?: string;
    MediaEncryption?: string;
    MediaEncryptionOptimistic?: string;
    UseAvpf?: string;
    ForceAvp?: string;
    MediaUseReceivedTransport?: string;
    OneTouchRecording?: string;
    InbandProgress?: string;
    CallGroup?: string;
    PickupGroup?: string;
    NamedCallGroup?: string;
    NamedPickupGroup?: string;
    DeviceStateBusyAt?: number;
    T38Udptl?: string;
    T38UdptlEc?: string;
    T38UdptlMaxdatagram?: number;
    FaxDetect?: string;
    T38UdptlNat?: string;
    T38UdptlIpv6?: string;
    T38BindUdptlToMediaAddress?: string;
    ToneZone?: string;
    Language?: string;
    RecordOnFeature?: string;
    RecordOffFeature?: string;
    AllowTransfer?: string;
    UserEqPhone?: string;
    MohPassthrough?: string;
    SdpOwner?: string;
    SdpSession?: string;
    TosAudio?: number;
    TosVideo?: number;
    CosAudio?: number;
    CosVideo?: number;
    AllowSubscribe?: string;
    SubMinExpiry?: number;
    FromUser?: string;
    FromDomain?: string;
    MwiFromUser?: string;
    RtpEngine?: string;
    DtlsVerify?: string;
    DtlsRekey?: number;
    DtlsCertFile?: string;
    DtlsPrivateKey?: string;
    DtlsCipher?: string;
    DtlsCaFile?: string;
    DtlsCaPath?: string;
    DtlsSetup?: string;
    SrtpTag32?: string;
    RedirectMethod?: string;
    SetVar?: string;
    MessageContext?: string;
    Accountcode?: string;
    PreferredCodecOnly?: string;
    DeviceState?: string;
    ActiveChannels?: string;
    SubscribeContext?: string;
    /** Documented by Asterisk 16 alone. */
    Allowoverlap?: string;
    /** Documented by Asterisk 22 alone. */
    AllowOverlap?: string;
    /** Documented by Asterisk 22 alone. */
    OverlapContext?: string;
    /** Documented by Asterisk 22 alone. */
    AcceptMultipleSdpAnswers?: string;
    /** Documented by Asterisk 22 alone. */
    Acl?: string;
    /** Documented by Asterisk 22 alone. */
    AllowUnauthenticatedOptions?: string;
    /** Documented by Asterisk 22 alone. */
    AsymmetricRtpCodec?: string;
    /** Documented by Asterisk 22 alone. */
    BindRtpToMediaAddress?: string;
    /** Documented by Asterisk 22 alone. */
    Bundle?: string;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsIncomingAnswer?: string;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsIncomingOffer?: string;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsOutgoingAnswer?: string;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsOutgoingOffer?: string;
    /** Documented by Asterisk 22 alone. */
    ContactAcl?: string;
    /** Documented by Asterisk 22 alone. */
    DtlsAutoGenerateCert?: string;
    /** Documented by Asterisk 22 alone. */
    DtlsFingerprint?: string;
    /** Documented by Asterisk 22 alone. */
    FaxDetectTimeout?: number;
    /** Documented by Asterisk 22 alone. */
    FollowEarlyMediaFork?: string;
    /** Documented by Asterisk 22 alone. */
    G726NonStandard?: string;
    /** Documented by Asterisk 22 alone. */
    GeolocIncomingCallProfile?: string;
    /** Documented by Asterisk 22 alone. */
    GeolocOutgoingCallProfile?: string;
    /** Documented by Asterisk 22 alone. */
    Ignore183WithoutSdp?: string;
    /** Documented by Asterisk 22 alone. */
    IncomingCallOfferPref?: string;
    /** Documented by Asterisk 22 alone. */
    IncomingMwiMailbox?: string;
    /** Documented by Asterisk 22 alone. */
    MaxAudioStreams?: number;
    /** Documented by Asterisk 22 alone. */
    MaxVideoStreams?: number;
    /** Documented by Asterisk 22 alone. */
    MwiSubscribeReplacesUnsolicited?: string;
    /** Documented by Asterisk 22 alone. */
    NotifyEarlyInuseRinging?: string;
    /** Documented by Asterisk 22 alone. */
    OutgoingCallOfferPref?: string;
    /** Documented by Asterisk 22 alone. */
    ReferBlindProgress?: string;
    /** Documented by Asterisk 22 alone. */
    RpidImmediate?: string;
    /** Documented by Asterisk 22 alone. */
    RtcpMux?: string;
    /** Documented by Asterisk 22 alone. */
    RtpKeepalive?: number;
    /** Documented by Asterisk 22 alone. */
    RtpTimeout?: number;
    /** Documented by Asterisk 22 alone. */
    RtpTimeoutHold?: number;
    /** Documented by Asterisk 22 alone. */
    RtpPortStart?: number;
    /** Documented by Asterisk 22 alone. */
    RtpPortEnd?: number;
    /** Documented by Asterisk 22 alone. */
    SecurityNegotiation?: string;
    /** Documented by Asterisk 22 alone. */
    SendAoc?: string;
    /** Documented by Asterisk 22 alone. */
    SendHistoryInfo?: string;
    /** Documented by Asterisk 22 alone. */
    StirShaken?: string;
    /** Documented by Asterisk 22 alone. */
    StirShakenProfile?: string;
    /** Documented by Asterisk 22 alone. */
    SuppressMohOnSendonly?: string;
    /** Documented by Asterisk 22 alone. */
    SuppressQ850ReasonHeaders?: string;
    /** Documented by Asterisk 22 alone. */
    Tenantid?: string;
    /** Documented by Asterisk 22 alone. */
    VoicemailExtension?: string;
    /** Documented by Asterisk 22 alone. */
    Webrtc?: string;
    /** Not documented by Asterisk. */
    FollowRedirectMethods?: string;
  };
  /** Event [EndpointDetailComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointDetailComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointDetailComplete: {
    Event: "EndpointDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [EndpointList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointList/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointList: {
    Event: "EndpointList";
    ObjectType: string;
    ObjectName: string;
    Transport?: string;
    Aor?: string;
    Auths?: string;
    OutboundAuths?: string;
    DeviceState: string;
    ActiveChannels: string;
    /** Documented by Asterisk 22 alone. */
    Contacts?: RepeatedFieldValue;
  };
  /** Event [EndpointListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointListComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointListComplete: {
    Event: "EndpointListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ExtensionStateListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ExtensionStateListComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  ExtensionStateListComplete: {
    Event: "ExtensionStateListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ExtensionStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ExtensionStatus/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  ExtensionStatus: {
    Event: "ExtensionStatus";
    Exten: string;
    Context: string;
    Hint?: string;
    Status: number;
    StatusText?: KnownFieldValue<
      | "Idle"
      | "InUse"
      | "Busy"
      | "Unavailable"
      | "Ringing"
      | "InUse&Ringing"
      | "Hold"
      | "InUse&Hold"
      | "Unknown"
    >;
  };
  /** Event [FailedACL](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FailedACL/): documented by Asterisk 16 and 22, since 12.1.0. */
  FailedACL: {
    Event: "FailedACL";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Module?: string;
    ACLName?: string;
    SessionTV?: string;
  };
  /** Event [FAXSession](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXSession/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSession: {
    Event: "FAXSession";
    SessionNumber?: string;
    Operation?: KnownFieldValue<
      "gateway" | "V.21" | "send" | "receive" | "none"
    >;
    State?: KnownFieldValue<
      | "Uninitialized"
      | "Initialized"
      | "Open"
      | "Active"
      | "Complete"
      | "Reserved"
      | "Inactive"
      | "Unknown"
    >;
    ErrorCorrectionMode?: KnownFieldValue<"yes" | "no">;
    DataRate?: number;
    ImageResolution?: string;
    PageNumber?: number;
    FileName?: RepeatedFieldValue;
    PagesTransmitted?: number;
    PagesReceived?: number;
    TotalBadLines?: number;
  };
  /** Event [FAXSessionsComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXSessionsComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSessionsComplete: {
    Event: "FAXSessionsComplete";
    Total?: number;
    /** Not documented by Asterisk. */
    EventList?: string;
    /** Not documented by Asterisk. */
    ListItems?: number;
  };
  /** Event [FAXSessionsEntry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXSessionsEntry/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSessionsEntry: {
    Event: "FAXSessionsEntry";
    Channel?: string;
    Technology?: string;
    SessionNumber?: string;
    SessionType?: KnownFieldValue<"G.711" | "T.38">;
    Operation?: KnownFieldValue<
      "gateway" | "V.21" | "send" | "receive" | "none"
    >;
    State?: KnownFieldValue<
      | "Uninitialized"
      | "Initialized"
      | "Open"
      | "Active"
      | "Complete"
      | "Reserved"
      | "Inactive"
      | "Unknown"
    >;
    Files?: string;
  };
  /** Event [FAXStats](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXStats/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXStats: {
    Event: "FAXStats";
    CurrentSessions?: number;
    ReservedSessions?: number;
    TransmitAttempts?: number;
    ReceiveAttempts?: number;
    CompletedFAXes?: number;
    FailedFAXes?: number;
  };
  /** Event [FAXStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXStatus/): documented by Asterisk 16 and 22, since 12.0.0. */
  FAXStatus: ChannelFields & {
    Event: "FAXStatus";
    Operation?: KnownFieldValue<"gateway" | "receive" | "send">;
    Status?: string;
    LocalStationID?: string;
    FileName?: RepeatedFieldValue;
  };
  /** Event [Flash](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Flash/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  Flash: ChannelFields & {
    Event: "Flash";
  };
  /** Event [FullyBooted](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FullyBooted/): documented by Asterisk 16 and 22, since 12.0.0. */
  FullyBooted: {
    Event: "FullyBooted";
    Status: string;
    Uptime?: number;
    LastReload?: number;
  };
  /** Event [Hangup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Hangup/): documented by Asterisk 16 and 22, since 12.0.0. */
  Hangup: ChannelFields & {
    Event: "Hangup";
    Cause: number;
    "Cause-txt": string;
    /** Documented by Asterisk 22 alone. */
    TechCause?: number;
  };
  /** Event [HangupHandlerPop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupHandlerPop/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupHandlerPop: ChannelFields & {
    Event: "HangupHandlerPop";
    Handler?: string;
  };
  /** Event [HangupHandlerPush](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupHandlerPush/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupHandlerPush: ChannelFields & {
    Event: "HangupHandlerPush";
    Handler?: string;
  };
  /** Event [HangupHandlerRun](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupHandlerRun/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupHandlerRun: ChannelFields & {
    Event: "HangupHandlerRun";
    Handler?: string;
  };
  /** Event [HangupRequest](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupRequest/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupRequest: ChannelFields & {
    Event: "HangupRequest";
    Cause?: number;
  };
  /** Event [Hold](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Hold/): documented by Asterisk 16 and 22, since 12.0.0. */
  Hold: ChannelFields & {
    Event: "Hold";
    MusicClass?: string;
  };
  /** Event [IdentifyDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/IdentifyDetail/): documented by Asterisk 16 and 22, since 13.20.0 and 15.3.0. */
  IdentifyDetail: {
    Event: "IdentifyDetail";
    ObjectType?: string;
    ObjectName?: string;
    Endpoint?: string;
    SrvLookups?: string;
    Match?: string;
    MatchHeader?: string;
    EndpointName?: string;
    /** Documented by Asterisk 22 alone. */
    MatchRequestUri?: string;
  };
  /** Event [InboundRegistrationDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InboundRegistrationDetail/): documented by Asterisk 22, since 12.0.0. */
  InboundRegistrationDetail: {
    Event: "InboundRegistrationDetail";
    ObjectType?: string;
    ObjectName?: string;
    MinimumExpiration?: number;
    DefaultExpiration?: number;
    QualifyTimeout?: string;
    Qualify2xxOnly?: string;
    Mailboxes?: string;
    SupportPath?: string;
    RemoveUnavailable?: string;
    VoicemailExtension?: string;
    MaxContacts?: number;
    AuthenticateQualify?: string;
    MaximumExpiration?: number;
    QualifyFrequency?: number;
    RemoveExisting?: string;
    OutboundProxy?: string;
    Contacts?: RepeatedFieldValue;
    Contact?: string;
  };
  /** Event `InboundRegistrationDetailComplete`, which Asterisk does not document. */
  InboundRegistrationDetailComplete: {
    Event: "InboundRegistrationDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [InboundSubscriptionDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InboundSubscriptionDetail/): documented by Asterisk 22, since 12.0.0. */
  InboundSubscriptionDetail: {
    Event: "InboundSubscriptionDetail";
    Role?: string;
    Endpoint?: string;
    Callid?: string;
    State?: string;
    Callerid?: string;
    SubscriptionType?: KnownFieldValue<"mwi" | "extension_state">;
    Extension?: string;
    ExtensionStates?: KnownFieldValue<
      | "Idle"
      | "InUse"
      | "Busy"
      | "Unavailable"
      | "Ringing"
      | "InUse&Ringing"
      | "Hold"
      | "InUse&Hold"
      | "Unknown"
    >;
    Mailboxes?: string;
  };
  /** Event `InboundSubscriptionDetailComplete`, which Asterisk does not document. */
  InboundSubscriptionDetailComplete: {
    Event: "InboundSubscriptionDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [InvalidAccountID](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InvalidAccountID/): documented by Asterisk 16 and 22, since 12.1.0. */
  InvalidAccountID: {
    Event: "InvalidAccountID";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [InvalidPassword](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InvalidPassword/): documented by Asterisk 16 and 22, since 12.1.0. */
  InvalidPassword: {
    Event: "InvalidPassword";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Module?: string;
    SessionTV?: string;
    Challenge?: string;
    ReceivedChallenge?: string;
    ReceivedHash?: string;
  };
  /** Event [InvalidTransport](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InvalidTransport/): documented by Asterisk 16 and 22, since 12.1.0. */
  InvalidTransport: {
    Event: "InvalidTransport";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    AttemptedTransport?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event `JabberStatus`, which Asterisk does not document. */
  JabberStatus: {
    Event: "JabberStatus";
  };
  /** Event `LineEntry`, which Asterisk does not document. */
  LineEntry: {
    Event: "LineEntry";
  };
  /** Event `LinelistComplete`, which Asterisk does not document. */
  LinelistComplete: {
    Event: "LinelistComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `ListDialplan`, which Asterisk does not document. */
  ListDialplan: {
    Event: "ListDialplan";
    Context?: string;
    Extension?: string;
    ExtensionLabel?: string;
    /** The text "hint" where it is a hint. */
    Priority?: FieldValue;
    Application?: string;
    AppData?: string;
    Registrar?: string;
    IncludeContext?: string;
    Switch?: string;
    IgnorePattern?: string;
  };
  /** Event [Load](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Load/): documented by Asterisk 16 and 22, since 16.0.0. */
  Load: {
    Event: "Load";
    Module?: string;
    Status?: KnownFieldValue<"Failure" | "Success" | "Decline">;
  };
  /** Event [LoadAverageLimit](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LoadAverageLimit/): documented by Asterisk 16 and 22, since 12.1.0. */
  LoadAverageLimit: {
    Event: "LoadAverageLimit";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [LocalBridge](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LocalBridge/): documented by Asterisk 16 and 22, since 12.0.0. */
  LocalBridge:
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & {
      Event: "LocalBridge";
      Context?: string;
      Exten?: string;
      LocalOptimization?: KnownFieldValue<"Yes" | "No">;
    };
  /** Event [LocalOptimizationBegin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LocalOptimizationBegin/): documented by Asterisk 16 and 22, since 12.0.0. */
  LocalOptimizationBegin:
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & PrefixedFields<"Source", ChannelFields>
    & {
      Event: "LocalOptimizationBegin";
      DestUniqueId?: string;
      Id?: string;
    };
  /** Event [LocalOptimizationEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LocalOptimizationEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  LocalOptimizationEnd:
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & {
      Event: "LocalOptimizationEnd";
      Success?: string;
      Id?: string;
    };
  /** Event [LogChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LogChannel/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  LogChannel: {
    Event: "LogChannel";
    Channel?: string;
  };
  /** Event [MCID](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MCID/): documented by Asterisk 16 and 22, since 12.0.0. */
  MCID: Partial<ChannelFields> & {
    Event: "MCID";
    MCallerIDNumValid?: string;
    MCallerIDNum?: string;
    MCallerIDton?: string;
    MCallerIDNumPlan?: string;
    MCallerIDNumPres?: string;
    MCallerIDNameValid?: string;
    MCallerIDName?: string;
    MCallerIDNameCharSet?: string;
    MCallerIDNamePres?: string;
    MCallerIDSubaddr?: string;
    MCallerIDSubaddrType?: string;
    MCallerIDSubaddrOdd?: string;
    MCallerIDPres?: string;
    MConnectedIDNumValid?: string;
    MConnectedIDNum?: string;
    MConnectedIDton?: string;
    MConnectedIDNumPlan?: string;
    MConnectedIDNumPres?: string;
    MConnectedIDNameValid?: string;
    MConnectedIDName?: string;
    MConnectedIDNameCharSet?: string;
    MConnectedIDNamePres?: string;
    MConnectedIDSubaddr?: string;
    MConnectedIDSubaddrType?: string;
    MConnectedIDSubaddrOdd?: string;
    MConnectedIDPres?: string;
  };
  /** Event [MeetmeEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeEnd: {
    Event: "MeetmeEnd";
    Meetme?: string;
  };
  /** Event [MeetmeJoin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeJoin/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeJoin: Partial<ChannelFields> & {
    Event: "MeetmeJoin";
    Meetme?: string;
    User?: string;
  };
  /** Event [MeetmeLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeLeave: Partial<ChannelFields> & {
    Event: "MeetmeLeave";
    Meetme?: string;
    User?: string;
    Duration?: number;
  };
  /** Event [MeetmeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeList/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  MeetmeList: {
    Event: "MeetmeList";
    Conference?: string;
    UserNumber?: string;
    CallerIDNum?: string;
    CallerIDName?: string;
    ConnectedLineNum?: string;
    ConnectedLineName?: string;
    Channel?: string;
    Admin?: string;
    Role?: string;
    MarkedUser?: string;
    Muted?: string;
    Talking?: string;
  };
  /** Event `MeetmeListComplete`, which Asterisk does not document. */
  MeetmeListComplete: {
    Event: "MeetmeListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [MeetmeListRooms](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeListRooms/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  MeetmeListRooms: {
    Event: "MeetmeListRooms";
    Conference?: string;
    Parties?: number;
    Marked?: string;
    Activity?: string;
    Creation?: string;
    Locked?: string;
  };
  /** Event `MeetmeListRoomsComplete`, which Asterisk does not document. */
  MeetmeListRoomsComplete: {
    Event: "MeetmeListRoomsComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [MeetmeMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeMute/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeMute: Partial<ChannelFields> & {
    Event: "MeetmeMute";
    Meetme?: string;
    User?: string;
    Duration?: number;
    Status?: KnownFieldValue<"on" | "off">;
  };
  /** Event [MeetmeTalking](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeTalking/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeTalking: Partial<ChannelFields> & {
    Event: "MeetmeTalking";
    Meetme?: string;
    User?: string;
    Duration?: number;
    Status?: KnownFieldValue<"on" | "off">;
  };
  /** Event [MeetmeTalkRequest](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeTalkRequest/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeTalkRequest: Partial<ChannelFields> & {
    Event: "MeetmeTalkRequest";
    Meetme?: string;
    User?: string;
    Duration?: number;
    Status?: KnownFieldValue<"on" | "off">;
  };
  /** Event [MemoryLimit](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MemoryLimit/): documented by Asterisk 16 and 22, since 12.1.0. */
  MemoryLimit: {
    Event: "MemoryLimit";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [MessageWaiting](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MessageWaiting/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  MessageWaiting: Partial<ChannelFields> & {
    Event: "MessageWaiting";
    Mailbox?: string;
    Waiting?: number;
    New?: number;
    Old?: number;
  };
  /** Event [MiniVoiceMail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MiniVoiceMail/): documented by Asterisk 16 and 22, since 12.0.0. */
  MiniVoiceMail: Partial<ChannelFields> & {
    Event: "MiniVoiceMail";
    Action?: string;
    Mailbox?: string;
    /** An empty text where the variable is not set. */
    Counter?: FieldValue;
  };
  /** Event [MixMonitorMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MixMonitorMute/): documented by Asterisk 16 and 22, since 16.17.0 and 18.3.0. */
  MixMonitorMute: ChannelFields & {
    Event: "MixMonitorMute";
    Direction?: string;
    State?: string;
  };
  /** Event [MixMonitorStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MixMonitorStart/): documented by Asterisk 16 and 22, since 16.17.0 and 18.3.0. */
  MixMonitorStart: ChannelFields & {
    Event: "MixMonitorStart";
  };
  /** Event [MixMonitorStop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MixMonitorStop/): documented by Asterisk 16 and 22, since 16.17.0 and 18.3.0. */
  MixMonitorStop: ChannelFields & {
    Event: "MixMonitorStop";
  };
  /** Event `MobileStatus`, which Asterisk does not document. */
  MobileStatus: {
    Event: "MobileStatus";
    Status?: string;
    Device?: string;
  };
  /** Event [MonitorStart](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Events/MonitorStart/): documented by Asterisk 16. */
  MonitorStart: ChannelFields & {
    Event: "MonitorStart";
  };
  /** Event [MonitorStop](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Events/MonitorStop/): documented by Asterisk 16. */
  MonitorStop: ChannelFields & {
    Event: "MonitorStop";
  };
  /** Event [MusicOnHoldStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MusicOnHoldStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  MusicOnHoldStart: ChannelFields & {
    Event: "MusicOnHoldStart";
    Class?: string;
  };
  /** Event [MusicOnHoldStop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MusicOnHoldStop/): documented by Asterisk 16 and 22, since 12.0.0. */
  MusicOnHoldStop: ChannelFields & {
    Event: "MusicOnHoldStop";
  };
  /** Event [MWIGet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MWIGet/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIGet: {
    Event: "MWIGet";
    Mailbox?: string;
    OldMessages?: number;
    NewMessages?: number;
  };
  /** Event [MWIGetComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MWIGetComplete/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIGetComplete: {
    Event: "MWIGetComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [NewAccountCode](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/NewAccountCode/): documented by Asterisk 16 and 22, since 12.0.0. */
  NewAccountCode: ChannelFields & {
    Event: "NewAccountCode";
    OldAccountCode?: string;
  };
  /** Event [NewCallerid](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/NewCallerid/): documented by Asterisk 16 and 22, since 12.0.0. */
  NewCallerid: ChannelFields & {
    Event: "NewCallerid";
    "CID-CallingPres"?: string;
  };
  /** Event [Newchannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Newchannel/): documented by Asterisk 16 and 22, since 12.0.0. */
  Newchannel: ChannelFields & {
    Event: "Newchannel";
  };
  /** Event [NewConnectedLine](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/NewConnectedLine/): documented by Asterisk 16 and 22, since 13.13.0 and 14.2.0. */
  NewConnectedLine: ChannelFields & {
    Event: "NewConnectedLine";
  };
  /** Event [Newexten](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/NewExten/): documented by Asterisk 16 and 22, since 12.0.0. */
  Newexten: ChannelFields & {
    Event: "Newexten";
    Extension: string;
    Application: string;
    AppData: string;
  };
  /** Event [Newstate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Newstate/): documented by Asterisk 16 and 22, since 12.0.0. */
  Newstate: ChannelFields & {
    Event: "Newstate";
  };
  /** Event [OriginateResponse](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/OriginateResponse/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  OriginateResponse: {
    Event: "OriginateResponse";
    Response: KnownFieldValue<"Failure" | "Success">;
    Channel: string;
    Context?: string;
    Exten?: string;
    Application?: string;
    Data?: string;
    Reason: number;
    Uniqueid: string;
    CallerIDNum?: string;
    CallerIDName?: string;
    /** Not documented by Asterisk. */
    [header: `ChanVariable(${string})`]: RepeatedFieldValue | undefined;
  };
  /** Event [OutboundRegistrationDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/OutboundRegistrationDetail/): documented by Asterisk 22, since 12.0.0. */
  OutboundRegistrationDetail: {
    Event: "OutboundRegistrationDetail";
    ObjectType?: string;
    ObjectName?: string;
    MaxRetries?: number;
    ClientUri?: string;
    SecurityNegotiation?: string;
    AuthRejectionPermanent?: string;
    ServerUri?: string;
    MaxRandomInitialDelay?: number;
    SupportPath?: string;
    RetryInterval?: number;
    ContactHeaderParams?: string;
    Expiration?: number;
    Transport?: string;
    Line?: string;
    ContactUser?: string;
    Endpoint?: string;
    UserAgent?: string;
    ForbiddenRetryInterval?: number;
    OutboundAuth?: string;
    OutboundProxy?: string;
    FatalRetryInterval?: number;
    SupportOutbound?: string;
    Status?: KnownFieldValue<"Registered" | "Unregistered" | "Rejected">;
    NextReg?: number;
  };
  /** Event `OutboundRegistrationDetailComplete`, which Asterisk does not document. */
  OutboundRegistrationDetailComplete: {
    Event: "OutboundRegistrationDetailComplete";
    EventList?: string;
    ListItems?: number;
    Registered?: number;
    NotRegistered?: number;
  };
  /** Event [OutboundSubscriptionDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/OutboundSubscriptionDetail/): documented by Asterisk 22, since 12.0.0. */
  OutboundSubscriptionDetail: {
    Event: "OutboundSubscriptionDetail";
    Role?: string;
    Endpoint?: string;
    Callid?: string;
    State?: string;
    Callerid?: string;
    SubscriptionType?: KnownFieldValue<"mwi" | "extension_state">;
    Extension?: string;
    ExtensionStates?: KnownFieldValue<
      | "Idle"
      | "InUse"
      | "Busy"
      | "Unavailable"
      | "Ringing"
      | "InUse&Ringing"
      | "Hold"
      | "InUse&Hold"
      | "Unknown"
    >;
    Mailboxes?: string;
  };
  /** Event `OutboundSubscriptionDetailComplete`, which Asterisk does not document. */
  OutboundSubscriptionDetailComplete: {
    Event: "OutboundSubscriptionDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ParkedCall](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCall/): documented by Asterisk 16 and 22, since 12.0.0. */
  ParkedCall: PrefixedFields<"Parkee", ChannelFields> & {
    Event: "ParkedCall";
    ParkerDialString?: string;
    Parkinglot: string;
    ParkingSpace: string;
    ParkingTimeout: number;
    ParkingDuration: number;
  };
  /** Event [ParkedCallGiveUp](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCallGiveUp/): documented by Asterisk 16 and 22, since 12.0.0. */
  ParkedCallGiveUp:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & {
      Event: "ParkedCallGiveUp";
      ParkerDialString?: string;
      Parkinglot: string;
      ParkingSpace: string;
      ParkingTimeout: number;
      ParkingDuration: number;
    };
  /** Event `ParkedCallsComplete`, which Asterisk does not document. */
  ParkedCallsComplete: {
    Event: "ParkedCallsComplete";
    EventList?: string;
    ListItems?: number;
    Total?: number;
  };
  /** Event [ParkedCallSwap](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCallSwap/): documented by Asterisk 16 and 22, since 13.5.0. */
  ParkedCallSwap:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & {
      Event: "ParkedCallSwap";
      ParkerDialString?: string;
      Parkinglot?: string;
      ParkingSpace?: string;
      ParkingTimeout?: number;
      ParkingDuration?: number;
    };
  /** Event [ParkedCallTimeOut](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCallTimeOut/): documented by Asterisk 16 and 22, since 12.0.0. */
  ParkedCallTimeOut:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & {
      Event: "ParkedCallTimeOut";
      ParkerDialString?: string;
      Parkinglot: string;
      ParkingSpace: string;
      ParkingTimeout: number;
      ParkingDuration: number;
    };
  /** Event `Parkinglot`, which Asterisk does not document. */
  Parkinglot: {
    Event: "Parkinglot";
    Name?: string;
    StartSpace?: string;
    StopSpace?: string;
    Timeout?: number;
  };
  /** Event `ParkinglotsComplete`, which Asterisk does not document. */
  ParkinglotsComplete: {
    Event: "ParkinglotsComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `PeerEntry`, which Asterisk does not document. */
  PeerEntry: {
    Event: "PeerEntry";
    Channeltype: string;
    ObjectName: string;
    ChanObjectType?: string;
    IPaddress?: string;
    /** The text "(null)" where an IAX2 peer has no address. */
    IPport?: FieldValue;
    /** The text "(null)" where an IAX2 peer has no address. */
    Port?: FieldValue;
    Mask?: string;
    Dynamic?: string;
    Trunk?: string;
    Encryption?: string;
    AutoForcerport?: string;
    Forcerport?: string;
    AutoComedia?: string;
    Comedia?: string;
    VideoSupport?: string;
    TextSupport?: string;
    ACL?: string;
    Status?: string;
    RealtimeDevice?: string;
    Description?: string;
    Accountcode?: string;
  };
  /** Event `PeerlistComplete`, which Asterisk does not document. */
  PeerlistComplete: {
    Event: "PeerlistComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [PeerStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PeerStatus/): documented by Asterisk 16 and 22, since 12.0.0. */
  PeerStatus: {
    Event: "PeerStatus";
    ChannelType: string;
    Peer: string;
    PeerStatus: KnownFieldValue<
      "Unknown" | "Registered" | "Unregistered" | "Rejected" | "Lagged"
    >;
    Cause?: string;
    Address?: string;
    Port?: number;
    Time?: number;
  };
  /** Event [Pickup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Pickup/): documented by Asterisk 16 and 22, since 12.0.0. */
  Pickup: Partial<ChannelFields> & PrefixedFields<"Target", ChannelFields> & {
    Event: "Pickup";
  };
  /** Event [PJSIPMaintenanceStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PJSIPMaintenanceStatus/): documented by Asterisk 22, since 20.20.0, 22.10.0 and 23.4.0. */
  PJSIPMaintenanceStatus: {
    Event: "PJSIPMaintenanceStatus";
    Endpoint?: string;
    Status?: KnownFieldValue<"enabled" | "disabled">;
  };
  /** Event `PJSIPMaintenanceStatusComplete`, which Asterisk does not document. */
  PJSIPMaintenanceStatusComplete: {
    Event: "PJSIPMaintenanceStatusComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [PresenceStateChange](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PresenceStateChange/): documented by Asterisk 16 and 22, since 13.0.0. */
  PresenceStateChange: {
    Event: "PresenceStateChange";
    Presentity?: string;
    Status?: string;
    Subtype?: string;
    Message?: string;
  };
  /** Event [PresenceStateListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PresenceStateListComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  PresenceStateListComplete: {
    Event: "PresenceStateListComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [PresenceStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PresenceStatus/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  PresenceStatus: {
    Event: "PresenceStatus";
    Exten?: string;
    Context?: string;
    Hint?: string;
    Status?: string;
    Subtype?: string;
    Message?: string;
  };
  /** Event `PRIShowSpans`, which Asterisk does not document. */
  PRIShowSpans: {
    Event: "PRIShowSpans";
    Span?: string;
    DChannel?: string;
    Order?: string;
    Active?: string;
    Alarm?: string;
    Up?: string;
  };
  /** Event `PRIShowSpansComplete`, which Asterisk does not document. */
  PRIShowSpansComplete: {
    Event: "PRIShowSpansComplete";
    EventList?: string;
    ListItems?: number;
    Items?: number;
  };
  /** Event [QueueCallerAbandon](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueCallerAbandon/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueCallerAbandon: ChannelFields & {
    Event: "QueueCallerAbandon";
    Queue: string;
    Position: number;
    OriginalPosition: number;
    HoldTime: number;
  };
  /** Event [QueueCallerJoin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueCallerJoin/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueCallerJoin: ChannelFields & {
    Event: "QueueCallerJoin";
    Queue: string;
    Position: number;
    Count: number;
  };
  /** Event [QueueCallerLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueCallerLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueCallerLeave: ChannelFields & {
    Event: "QueueCallerLeave";
    Queue: string;
    Count: number;
    Position: number;
  };
  /** Event [QueueEntry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueEntry/): documented by Asterisk 16 and 22, since 16.24.0, 18.10.0 and 19.2.0. */
  QueueEntry: {
    Event: "QueueEntry";
    Queue: string;
    Position: number;
    Channel: string;
    Uniqueid: string;
    CallerIDNum: string;
    CallerIDName: string;
    ConnectedLineNum: string;
    ConnectedLineName: string;
    Wait: number;
    Priority: number;
  };
  /** Event `QueueMember`, which Asterisk does not document. */
  QueueMember: {
    Event: "QueueMember";
    Queue: string;
    Name: string;
    Location: string;
    StateInterface: string;
    Membership: string;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Wrapuptime?: number;
  };
  /** Event [QueueMemberAdded](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberAdded/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberAdded: {
    Event: "QueueMemberAdded";
    Queue: string;
    MemberName: string;
    Interface: string;
    StateInterface: string;
    Membership: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Ringinuse?: number;
    Wrapuptime?: number;
  };
  /** Event [QueueMemberPause](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberPause/): documented by Asterisk 16 and 22, since 12.2.0. */
  QueueMemberPause: {
    Event: "QueueMemberPause";
    Queue: string;
    MemberName: string;
    Interface: string;
    StateInterface: string;
    Membership: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Ringinuse?: number;
    Wrapuptime?: number;
    /** Documented by Asterisk 16 alone. */
    Reason?: string;
  };
  /** Event [QueueMemberPenalty](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberPenalty/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberPenalty: {
    Event: "QueueMemberPenalty";
    Queue: string;
    MemberName: string;
    Interface: string;
    StateInterface: string;
    Membership: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Ringinuse?: number;
    Wrapuptime?: number;
  };
  /** Event [QueueMemberRemoved](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberRemoved/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberRemoved: {
    Event: "QueueMemberRemoved";
    Queue: string;
    MemberName: string;
    Interface: string;
    StateInterface: string;
    Membership: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Ringinuse?: number;
    Wrapuptime?: number;
  };
  /** Event [QueueMemberRinginuse](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberRinginuse/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberRinginuse: {
    Event: "QueueMemberRinginuse";
    Queue: string;
    MemberName: string;
    Interface: string;
    StateInterface: string;
    Membership: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Ringinuse?: number;
    Wrapuptime?: number;
  };
  /** Event [QueueMemberStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberStatus/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberStatus: {
    Event: "QueueMemberStatus";
    Queue: string;
    MemberName: string;
    Interface: string;
    StateInterface: string;
    Membership: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty: number;
    CallsTaken: number;
    LastCall: number;
    LastPause?: number;
    LoginTime?: number;
    InCall?: number;
    Status: number;
    Paused: number;
    PausedReason?: string;
    Ringinuse?: number;
    Wrapuptime?: number;
  };
  /** Event [QueueParams](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueParams/): documented by Asterisk 16 and 22, since 16.24.0, 18.10.0 and 19.2.0. */
  QueueParams: {
    Event: "QueueParams";
    Max: number;
    Strategy: string;
    Calls: number;
    Holdtime: number;
    TalkTime: number;
    Completed: number;
    Abandoned: number;
    ServiceLevelPerf?: string;
    ServiceLevelPerf2?: string;
    /** Not documented by Asterisk. */
    Queue: string;
    /** Not documented by Asterisk. */
    ServiceLevel: number;
    /** Not documented by Asterisk. */
    ServicelevelPerf: string;
    /** Not documented by Asterisk. */
    ServicelevelPerf2?: string;
    /** Not documented by Asterisk. */
    Weight: number;
  };
  /** Event `QueueStatusComplete`, which Asterisk does not document. */
  QueueStatusComplete: {
    Event: "QueueStatusComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `QueueSummary`, which Asterisk does not document. */
  QueueSummary: {
    Event: "QueueSummary";
    Queue: string;
    LoggedIn: number;
    Available: number;
    Callers: number;
    HoldTime: number;
    TalkTime: number;
    LongestHoldTime: number;
  };
  /** Event `QueueSummaryComplete`, which Asterisk does not document. */
  QueueSummaryComplete: {
    Event: "QueueSummaryComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [ReceiveFAX](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ReceiveFAX/): documented by Asterisk 16 and 22, since 12.0.0. */
  ReceiveFAX: ChannelFields & {
    Event: "ReceiveFAX";
    LocalStationID?: string;
    RemoteStationID?: string;
    /** An empty text where the fax failed. */
    PagesTransferred?: FieldValue;
    Resolution?: string;
    /** An empty text where the fax failed. */
    TransferRate?: FieldValue;
    FileName?: RepeatedFieldValue;
  };
  /** Event `RegistrationsComplete`, which Asterisk does not document. */
  RegistrationsComplete: {
    Event: "RegistrationsComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [Registry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Registry/): documented by Asterisk 16 and 22, since 12.0.0. */
  Registry: {
    Event: "Registry";
    ChannelType?: string;
    Username?: string;
    Domain?: string;
    Status?: KnownFieldValue<
      "Registered" | "Unregistered" | "Rejected" | "Failed"
    >;
    Cause?: string;
  };
  /** Event `RegistryEntry`, which Asterisk does not document. */
  RegistryEntry: {
    Event: "RegistryEntry";
    Host?: string;
    Port?: number;
    DNSmgr?: string;
    Username?: string;
    Domain?: string;
    DomainPort?: number;
    Perceived?: string;
    Refresh?: number;
    State?: string;
    RegistrationTime?: number;
  };
  /** Event [Reload](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Reload/): documented by Asterisk 16 and 22, since 12.0.0. */
  Reload: {
    Event: "Reload";
    Module: string;
    Status: number;
  };
  /** Event [Rename](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Rename/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  Rename: {
    Event: "Rename";
    /** Not documented by Asterisk. */
    Channel?: string;
    /** Not documented by Asterisk. */
    Newname?: string;
    /** Not documented by Asterisk. */
    Uniqueid?: string;
    /** Not documented by Asterisk. */
    [header: `ChanVariable(${string})`]: RepeatedFieldValue | undefined;
  };
  /** Event [RequestBadFormat](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RequestBadFormat/): documented by Asterisk 16 and 22, since 12.1.0. */
  RequestBadFormat: {
    Event: "RequestBadFormat";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    RequestType?: string;
    Module?: string;
    SessionTV?: string;
    RequestParams?: string;
  };
  /** Event [RequestNotAllowed](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RequestNotAllowed/): documented by Asterisk 16 and 22, since 12.1.0. */
  RequestNotAllowed: {
    Event: "RequestNotAllowed";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    RequestType?: string;
    Module?: string;
    SessionTV?: string;
    RequestParams?: string;
  };
  /** Event [RequestNotSupported](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RequestNotSupported/): documented by Asterisk 16 and 22, since 12.1.0. */
  RequestNotSupported: {
    Event: "RequestNotSupported";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    RequestType?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [ResourceListDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ResourceListDetail/): documented by Asterisk 22, since 13.0.0. */
  ResourceListDetail: {
    Event: "ResourceListDetail";
    ObjectType?: string;
    ObjectName?: string;
    FullState?: string;
    ListItem?: string;
    NotificationBatchInterval?: number;
    ResourceDisplayName?: string;
  };
  /** Event `ResourceListDetailComplete`, which Asterisk does not document. */
  ResourceListDetailComplete: {
    Event: "ResourceListDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [RTCPReceived](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RTCPReceived/): documented by Asterisk 16 and 22, since 12.0.0. */
  RTCPReceived: Partial<ChannelFields> & {
    Event: "RTCPReceived";
    SSRC?: string;
    PT?: KnownFieldValue<"200(SR)" | "201(RR)">;
    From?: string;
    RTT?: string;
    ReportCount?: number;
    SentNTP?: string;
    SentRTP?: number;
    SentPackets?: number;
    SentOctets?: number;
    [header: `Report${number}SourceSSRC`]: string | undefined;
    [header: `Report${number}FractionLost`]: number | undefined;
    [header: `Report${number}CumulativeLost`]: number | undefined;
    [header: `Report${number}HighestSequence`]: number | undefined;
    [header: `Report${number}SequenceNumberCycles`]: number | undefined;
    [header: `Report${number}IAJitter`]: number | undefined;
    [header: `Report${number}LSR`]: number | undefined;
    [header: `Report${number}DLSR`]: string | undefined;
  };
  /** Event [RTCPSent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RTCPSent/): documented by Asterisk 16 and 22, since 12.0.0. */
  RTCPSent: Partial<ChannelFields> & {
    Event: "RTCPSent";
    SSRC?: string;
    PT?: KnownFieldValue<"200(SR)" | "201(RR)">;
    To?: string;
    ReportCount?: number;
    SentNTP?: string;
    SentRTP?: number;
    SentPackets?: number;
    SentOctets?: number;
    [header: `Report${number}SourceSSRC`]: string | undefined;
    [header: `Report${number}FractionLost`]: number | undefined;
    [header: `Report${number}CumulativeLost`]: number | undefined;
    [header: `Report${number}HighestSequence`]: number | undefined;
    [header: `Report${number}SequenceNumberCycles`]: number | undefined;
    [header: `Report${number}IAJitter`]: number | undefined;
    [header: `Report${number}LSR`]: number | undefined;
    [header: `Report${number}DLSR`]: string | undefined;
  };
  /** Event [SendFAX](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SendFAX/): documented by Asterisk 16 and 22, since 12.0.0. */
  SendFAX: ChannelFields & {
    Event: "SendFAX";
    LocalStationID?: string;
    RemoteStationID?: string;
    /** An empty text where the fax failed. */
    PagesTransferred?: FieldValue;
    Resolution?: string;
    /** An empty text where the fax failed. */
    TransferRate?: FieldValue;
    FileName?: RepeatedFieldValue;
  };
  /** Event [SessionLimit](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SessionLimit/): documented by Asterisk 16 and 22, since 12.1.0. */
  SessionLimit: {
    Event: "SessionLimit";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [SessionTimeout](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Events/SessionTimeout/): documented by Asterisk 16. */
  SessionTimeout: ChannelFields & {
    Event: "SessionTimeout";
    Source?: KnownFieldValue<"RTPTimeout" | "SIPSessionTimer">;
  };
  /** Event `ShowDialPlanComplete`, which Asterisk does not document. */
  ShowDialPlanComplete: {
    Event: "ShowDialPlanComplete";
    EventList?: string;
    ListItems?: number;
    ListExtensions?: number;
    ListPriorities?: number;
    ListContexts?: number;
  };
  /** Event [Shutdown](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Shutdown/): documented by Asterisk 16 and 22, since 12.0.0. */
  Shutdown: {
    Event: "Shutdown";
    Shutdown: KnownFieldValue<"Uncleanly" | "Cleanly">;
    Restart: KnownFieldValue<"True" | "False">;
  };
  /** Event `SIPpeerstatusComplete`, which Asterisk does not document. */
  SIPpeerstatusComplete: {
    Event: "SIPpeerstatusComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [SIPQualifyPeerDone](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Events/SIPQualifyPeerDone/): documented by Asterisk 16. */
  SIPQualifyPeerDone: {
    Event: "SIPQualifyPeerDone";
    Peer?: string;
  };
  /** Event [SoftHangupRequest](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SoftHangupRequest/): documented by Asterisk 16 and 22, since 12.0.0. */
  SoftHangupRequest: ChannelFields & {
    Event: "SoftHangupRequest";
    Cause?: number;
  };
  /** Event [SpanAlarm](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SpanAlarm/): documented by Asterisk 16 and 22, since 12.0.0. */
  SpanAlarm: {
    Event: "SpanAlarm";
    Span?: string;
    Alarm?: string;
  };
  /** Event [SpanAlarmClear](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SpanAlarmClear/): documented by Asterisk 16 and 22, since 12.0.0. */
  SpanAlarmClear: {
    Event: "SpanAlarmClear";
    Span?: string;
  };
  /** Event [Status](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Status/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  Status: ChannelFields & {
    Event: "Status";
    Type?: string;
    DNID?: string;
    EffectiveConnectedLineNum?: string;
    EffectiveConnectedLineName?: string;
    TimeToHangup?: number;
    BridgeID?: string;
    Application?: string;
    Data?: string;
    Nativeformats?: string;
    Readformat?: string;
    Readtrans?: string;
    Writeformat?: string;
    Writetrans?: string;
    Callgroup?: string;
    Pickupgroup?: string;
    Seconds?: number;
    /** Not documented by Asterisk. */
    Variable?: RepeatedFieldValue;
  };
  /** Event [StatusComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/StatusComplete/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  StatusComplete: {
    Event: "StatusComplete";
    Items?: number;
    /** Not documented by Asterisk. */
    EventList?: string;
    /** Not documented by Asterisk. */
    ListItems?: number;
  };
  /** Event [SuccessfulAuth](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SuccessfulAuth/): documented by Asterisk 16 and 22, since 12.1.0. */
  SuccessfulAuth: {
    Event: "SuccessfulAuth";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    UsingPassword?: number;
    Module?: string;
    SessionTV?: string;
  };
  /** Event `TestEvent`, which Asterisk does not document. */
  TestEvent: {
    Event: "TestEvent";
    Type?: string;
    State?: string;
    AppFile?: string;
    AppFunction?: string;
    AppLine?: number;
  };
  /** Event [TransportDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/TransportDetail/): documented by Asterisk 16 and 22, since 12.6.0. */
  TransportDetail: {
    Event: "TransportDetail";
    ObjectType?: string;
    ObjectName?: string;
    Protocol?: string;
    Bind?: string;
    AsycOperations?: number;
    CaListFile?: string;
    CaListPath?: string;
    CertFile?: string;
    PrivKeyFile?: string;
    Password?: string;
    ExternalSignalingAddress?: string;
    ExternalSignalingPort?: number;
    ExternalMediaAddress?: string;
    Domain?: string;
    VerifyServer?: string;
    VerifyClient?: string;
    RequireClientCert?: string;
    Method?: string;
    Cipher?: string;
    LocalNet?: string;
    Tos?: number;
    Cos?: number;
    WebsocketWriteTimeout?: number;
    EndpointName?: string;
    /** Documented by Asterisk 22 alone. */
    AllowReload?: string;
    /** Documented by Asterisk 22 alone. */
    AllowWildcardCerts?: string;
    /** Documented by Asterisk 22 alone. */
    SymmetricTransport?: string;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveEnable?: string;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveIdleTime?: number;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveIntervalTime?: number;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveProbeCount?: number;
  };
  /** Event [UnexpectedAddress](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/UnexpectedAddress/): documented by Asterisk 16 and 22, since 12.1.0. */
  UnexpectedAddress: {
    Event: "UnexpectedAddress";
    EventTV?: string;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: string;
    EventVersion?: string;
    AccountID?: string;
    SessionID?: string;
    LocalAddress?: string;
    RemoteAddress?: string;
    ExpectedAddress?: string;
    Module?: string;
    SessionTV?: string;
  };
  /** Event [Unhold](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Unhold/): documented by Asterisk 16 and 22, since 12.0.0. */
  Unhold: ChannelFields & {
    Event: "Unhold";
  };
  /** Event [Unload](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Unload/): documented by Asterisk 16 and 22, since 16.0.0. */
  Unload: {
    Event: "Unload";
    Module?: string;
    Status?: KnownFieldValue<"Success">;
  };
  /** Event [UnParkedCall](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/UnParkedCall/): documented by Asterisk 16 and 22, since 12.0.0. */
  UnParkedCall:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & PrefixedFields<"Retriever", ChannelFields>
    & {
      Event: "UnParkedCall";
      ParkerDialString?: string;
      Parkinglot: string;
      ParkingSpace: string;
      ParkingTimeout: number;
      ParkingDuration: number;
    };
  /** Event [UserEvent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/UserEvent/): documented by Asterisk 16 and 22, since 12.3.0. */
  UserEvent: Partial<ChannelFields> & {
    Event: "UserEvent";
    UserEvent: string;
  };
  /** Event [VarSet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/VarSet/): documented by Asterisk 16 and 22, since 12.0.0. */
  VarSet: Partial<ChannelFields> & {
    Event: "VarSet";
    Variable: RepeatedFieldValue;
    Value: string;
  };
  /** Event `VoicemailBoxDetail`, which Asterisk does not document. */
  VoicemailBoxDetail: {
    Event: "VoicemailBoxDetail";
  };
  /** Event `VoicemailBoxDetailComplete`, which Asterisk does not document. */
  VoicemailBoxDetailComplete: {
    Event: "VoicemailBoxDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event [VoicemailPasswordChange](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/VoicemailPasswordChange/): documented by Asterisk 22, since 18.21.0, 20.6.0 and 21.1.0. */
  VoicemailPasswordChange: {
    Event: "VoicemailPasswordChange";
    Context?: string;
    Mailbox?: string;
    NewPassword?: string;
  };
  /** Event `VoicemailUserDetail`, which Asterisk does not document. */
  VoicemailUserDetail: {
    Event: "VoicemailUserDetail";
  };
  /** Event `VoicemailUserDetailComplete`, which Asterisk does not document. */
  VoicemailUserDetailComplete: {
    Event: "VoicemailUserDetailComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `VoicemailUserEntry`, which Asterisk does not document. */
  VoicemailUserEntry: {
    Event: "VoicemailUserEntry";
    VMContext?: string;
    VoiceMailbox?: string;
    Fullname?: string;
    Email?: string;
    Pager?: string;
    ServerEmail?: string;
    MailCommand?: string;
    Language?: string;
    TimeZone?: string;
    Callback?: string;
    Dialout?: string;
    UniqueID?: string;
    ExitContext?: string;
    SayDurationMinimum?: number;
    SayEnvelope?: string;
    SayCID?: string;
    AttachMessage?: string;
    AttachmentFormat?: string;
    DeleteMessage?: string;
    VolumeGain?: string;
    CanReview?: string;
    CallOperator?: string;
    MaxMessageCount?: number;
    MaxMessageLength?: number;
    NewMessageCount?: number;
    OldMessageCount?: number;
  };
  /** Event `VoicemailUserEntryComplete`, which Asterisk does not document. */
  VoicemailUserEntryComplete: {
    Event: "VoicemailUserEntryComplete";
    EventList?: string;
    ListItems?: number;
  };
  /** Event `WaitEventComplete`, which Asterisk does not document. */
  WaitEventComplete: {
    Event: "WaitEventComplete";
  };
  /** Event [Wink](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Wink/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  Wink: ChannelFields & {
    Event: "Wink";
  };
}

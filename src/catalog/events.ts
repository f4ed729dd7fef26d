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
  AgentCalled:
    & Partial<ChannelFields>
    & PrefixedFields<"Dest", ChannelFields>
    & {
      Event: "AgentCalled";
      Queue?: FieldValue;
      MemberName?: FieldValue;
      Interface?: FieldValue;
    };
  /** Event [AgentComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentComplete:
    & Partial<ChannelFields>
    & PrefixedFields<"Dest", ChannelFields>
    & {
      Event: "AgentComplete";
      Queue?: FieldValue;
      MemberName?: FieldValue;
      Interface?: FieldValue;
      HoldTime?: FieldValue;
      TalkTime?: FieldValue;
      Reason?: KnownFieldValue<"caller" | "agent" | "transfer">;
    };
  /** Event [AgentConnect](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentConnect/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentConnect:
    & Partial<ChannelFields>
    & PrefixedFields<"Dest", ChannelFields>
    & {
      Event: "AgentConnect";
      Queue?: FieldValue;
      MemberName?: FieldValue;
      Interface?: FieldValue;
      RingTime?: FieldValue;
      HoldTime?: FieldValue;
    };
  /** Event [AgentDump](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentDump/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentDump: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "AgentDump";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
  };
  /** Event [AgentLogin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentLogin/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentLogin: ChannelFields & {
    Event: "AgentLogin";
    Agent?: FieldValue;
  };
  /** Event [AgentLogoff](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentLogoff/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentLogoff: Partial<ChannelFields> & {
    Event: "AgentLogoff";
    Agent?: FieldValue;
    Logintime?: FieldValue;
  };
  /** Event [AgentRingNoAnswer](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentRingNoAnswer/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentRingNoAnswer:
    & Partial<ChannelFields>
    & PrefixedFields<"Dest", ChannelFields>
    & {
      Event: "AgentRingNoAnswer";
      Queue?: FieldValue;
      MemberName?: FieldValue;
      Interface?: FieldValue;
      RingTime?: FieldValue;
    };
  /** Event [Agents](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Agents/): documented by Asterisk 16 and 22, since 12.0.0. */
  Agents: Partial<ChannelFields> & {
    Event: "Agents";
    Agent?: FieldValue;
    Name?: FieldValue;
    Status?: KnownFieldValue<"AGENT_LOGGEDOFF" | "AGENT_IDLE" | "AGENT_ONCALL">;
    TalkingToChan?: FieldValue;
    CallStarted?: FieldValue;
    LoggedInTime?: FieldValue;
  };
  /** Event [AgentsComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AgentsComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  AgentsComplete: {
    Event: "AgentsComplete";
    /** Not documented by Asterisk. */
    EventList?: FieldValue;
    /** Not documented by Asterisk. */
    ListItems?: FieldValue;
  };
  /** Event [AGIExecEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AGIExecEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  AGIExecEnd: ChannelFields & {
    Event: "AGIExecEnd";
    Command?: FieldValue;
    CommandId?: FieldValue;
    ResultCode?: FieldValue;
    Result?: FieldValue;
  };
  /** Event [AGIExecStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AGIExecStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  AGIExecStart: ChannelFields & {
    Event: "AGIExecStart";
    Command?: FieldValue;
    CommandId?: FieldValue;
  };
  /** Event [Alarm](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Alarm/): documented by Asterisk 16 and 22, since 12.0.0. */
  Alarm: {
    Event: "Alarm";
    DAHDIChannel?: FieldValue;
    Alarm?: FieldValue;
  };
  /** Event [AlarmClear](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AlarmClear/): documented by Asterisk 16 and 22, since 12.0.0. */
  AlarmClear: {
    Event: "AlarmClear";
    DAHDIChannel?: FieldValue;
  };
  /** Event [AOC-D](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AOC-D/): documented by Asterisk 16 and 22, since 12.0.0. */
  "AOC-D": Partial<ChannelFields> & {
    Event: "AOC-D";
    Charge?: FieldValue;
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
    Currency?: FieldValue;
    Name?: FieldValue;
    Cost?: FieldValue;
    Multiplier?: KnownFieldValue<"1/1000" | "1/100" | "1/10">;
    Units?: FieldValue;
    NumberOf?: FieldValue;
    TypeOf?: FieldValue;
  };
  /** Event [AOC-E](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AOC-E/): documented by Asterisk 16 and 22, since 12.0.0. */
  "AOC-E": Partial<ChannelFields> & {
    Event: "AOC-E";
    ChargingAssociation?: FieldValue;
    Number?: FieldValue;
    Plan?: FieldValue;
    ID?: FieldValue;
    Charge?: FieldValue;
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
    Currency?: FieldValue;
    Name?: FieldValue;
    Cost?: FieldValue;
    Multiplier?: KnownFieldValue<"1/1000" | "1/100" | "1/10">;
    Units?: FieldValue;
    NumberOf?: FieldValue;
    TypeOf?: FieldValue;
  };
  /** Event [AOC-S](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AOC-S/): documented by Asterisk 16 and 22, since 12.0.0. */
  "AOC-S": Partial<ChannelFields> & {
    Event: "AOC-S";
    Chargeable?: FieldValue;
    RateType?: KnownFieldValue<
      | "NotAvailable"
      | "Free"
      | "FreeFromBeginning"
      | "Duration"
      | "Flag"
      | "Volume"
      | "SpecialCode"
    >;
    Currency?: FieldValue;
    Name?: FieldValue;
    Cost?: FieldValue;
    Multiplier?: KnownFieldValue<"1/1000" | "1/100" | "1/10">;
    ChargingType?: FieldValue;
    StepFunction?: FieldValue;
    Granularity?: FieldValue;
    Length?: FieldValue;
    Scale?: FieldValue;
    Unit?: KnownFieldValue<"Octect" | "Segment" | "Message" | "Octet">;
    SpecialCode?: FieldValue;
  };
  /** Event [AorDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AorDetail/): documented by Asterisk 16 and 22, since 13.12.0 and 14.1.0. */
  AorDetail: {
    Event: "AorDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    MinimumExpiration?: FieldValue;
    MaximumExpiration?: FieldValue;
    DefaultExpiration?: FieldValue;
    QualifyFrequency?: FieldValue;
    AuthenticateQualify?: FieldValue;
    MaxContacts?: FieldValue;
    RemoveExisting?: FieldValue;
    RemoveUnavailable?: FieldValue;
    Mailboxes?: FieldValue;
    OutboundProxy?: FieldValue;
    SupportPath?: FieldValue;
    TotalContacts?: FieldValue;
    ContactsRegistered?: FieldValue;
    EndpointName?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    QualifyTimeout?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    VoicemailExtension?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Contacts?: RepeatedFieldValue;
  };
  /** Event [AorList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AorList/): documented by Asterisk 16 and 22, since 16.0.0. */
  AorList: {
    Event: "AorList";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    MinimumExpiration?: FieldValue;
    MaximumExpiration?: FieldValue;
    DefaultExpiration?: FieldValue;
    QualifyFrequency?: FieldValue;
    AuthenticateQualify?: FieldValue;
    MaxContacts?: FieldValue;
    RemoveExisting?: FieldValue;
    RemoveUnavailable?: FieldValue;
    Mailboxes?: FieldValue;
    OutboundProxy?: FieldValue;
    SupportPath?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    QualifyTimeout?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    VoicemailExtension?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Contacts?: RepeatedFieldValue;
  };
  /** Event [AorListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AorListComplete/): documented by Asterisk 16 and 22, since 16.0.0. */
  AorListComplete: {
    Event: "AorListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [AsyncAGIEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AsyncAGIEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  AsyncAGIEnd: ChannelFields & {
    Event: "AsyncAGIEnd";
  };
  /** Event [AsyncAGIExec](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AsyncAGIExec/): documented by Asterisk 16 and 22, since 12.0.0. */
  AsyncAGIExec: ChannelFields & {
    Event: "AsyncAGIExec";
    CommandId?: FieldValue;
    Result?: FieldValue;
  };
  /** Event [AsyncAGIStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AsyncAGIStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  AsyncAGIStart: ChannelFields & {
    Event: "AsyncAGIStart";
    Env?: FieldValue;
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
      DestBridgeUniqueid?: FieldValue;
      DestApp?: FieldValue;
      DestTransfererChannel?: FieldValue;
    };
  /** Event [AuthDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthDetail/): documented by Asterisk 16 and 22, since 12.0.0. */
  AuthDetail: {
    Event: "AuthDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    Username?: FieldValue;
    Password?: FieldValue;
    Md5Cred?: FieldValue;
    Realm?: FieldValue;
    NonceLifetime?: FieldValue;
    AuthType?: FieldValue;
    EndpointName?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    OauthClientid?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    OauthSecret?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    PasswordDigest?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RefreshToken?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUac?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUas?: FieldValue;
  };
  /** Event [AuthList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthList/): documented by Asterisk 16 and 22, since 16.0.0. */
  AuthList: {
    Event: "AuthList";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    Username?: FieldValue;
    Md5Cred?: FieldValue;
    Realm?: FieldValue;
    AuthType?: FieldValue;
    Password?: FieldValue;
    NonceLifetime?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    OauthClientid?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    OauthSecret?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    PasswordDigest?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RefreshToken?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUac?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SupportedAlgorithmsUas?: FieldValue;
  };
  /** Event [AuthListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthListComplete/): documented by Asterisk 16 and 22, since 16.0.0. */
  AuthListComplete: {
    Event: "AuthListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [AuthMethodNotAllowed](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/AuthMethodNotAllowed/): documented by Asterisk 16 and 22, since 12.1.0. */
  AuthMethodNotAllowed: {
    Event: "AuthMethodNotAllowed";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    AuthMethod?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
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
      Context?: FieldValue;
      Extension?: FieldValue;
    };
  /** Event [BridgeCreate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeCreate/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeCreate: Partial<BridgeFields> & {
    Event: "BridgeCreate";
  };
  /** Event [BridgeDestroy](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeDestroy/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeDestroy: Partial<BridgeFields> & {
    Event: "BridgeDestroy";
  };
  /** Event [BridgeEnter](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeEnter/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeEnter: ChannelFields & Partial<BridgeFields> & {
    Event: "BridgeEnter";
    SwapUniqueid?: FieldValue;
  };
  /** Event [BridgeInfoChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeInfoChannel/): documented by Asterisk 16 and 22, since 13.0.0. */
  BridgeInfoChannel: ChannelFields & {
    Event: "BridgeInfoChannel";
  };
  /** Event [BridgeInfoComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeInfoComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  BridgeInfoComplete: Partial<BridgeFields> & {
    Event: "BridgeInfoComplete";
    /** Not documented by Asterisk. */
    EventList?: FieldValue;
    /** Not documented by Asterisk. */
    ListItems?: FieldValue;
  };
  /** Event [BridgeLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  BridgeLeave: ChannelFields & Partial<BridgeFields> & {
    Event: "BridgeLeave";
  };
  /** Event `BridgeListComplete`, which Asterisk does not document. */
  BridgeListComplete: {
    Event: "BridgeListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `BridgeListItem`, which Asterisk does not document. */
  BridgeListItem: Partial<BridgeFields> & {
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
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `BridgeTechnologyListItem`, which Asterisk does not document. */
  BridgeTechnologyListItem: {
    Event: "BridgeTechnologyListItem";
    BridgeTechnology?: FieldValue;
    BridgeType?: FieldValue;
    BridgePriority?: FieldValue;
    BridgeSuspended?: FieldValue;
  };
  /** Event [BridgeVideoSourceUpdate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/BridgeVideoSourceUpdate/): documented by Asterisk 16 and 22, since 13.13.0 and 14.2.0. */
  BridgeVideoSourceUpdate: Partial<BridgeFields> & {
    Event: "BridgeVideoSourceUpdate";
    BridgePreviousVideoSource?: FieldValue;
  };
  /** Event `CCAvailable`, which Asterisk does not document. */
  CCAvailable: {
    Event: "CCAvailable";
    CoreID?: FieldValue;
    Callee?: FieldValue;
    Service?: FieldValue;
  };
  /** Event `CCCallerRecalling`, which Asterisk does not document. */
  CCCallerRecalling: {
    Event: "CCCallerRecalling";
    CoreID?: FieldValue;
    Caller?: FieldValue;
  };
  /** Event `CCCallerStartMonitoring`, which Asterisk does not document. */
  CCCallerStartMonitoring: {
    Event: "CCCallerStartMonitoring";
    CoreID?: FieldValue;
    Caller?: FieldValue;
  };
  /** Event `CCCallerStopMonitoring`, which Asterisk does not document. */
  CCCallerStopMonitoring: {
    Event: "CCCallerStopMonitoring";
    CoreID?: FieldValue;
    Caller?: FieldValue;
  };
  /** Event `CCFailure`, which Asterisk does not document. */
  CCFailure: {
    Event: "CCFailure";
    CoreID?: FieldValue;
    Caller?: FieldValue;
    Reason?: FieldValue;
  };
  /** Event `CCMonitorFailed`, which Asterisk does not document. */
  CCMonitorFailed: {
    Event: "CCMonitorFailed";
    CoreID?: FieldValue;
    Callee?: FieldValue;
  };
  /** Event `CCOfferTimerStart`, which Asterisk does not document. */
  CCOfferTimerStart: {
    Event: "CCOfferTimerStart";
    CoreID?: FieldValue;
    Caller?: FieldValue;
    Expires?: FieldValue;
  };
  /** Event `CCRecallComplete`, which Asterisk does not document. */
  CCRecallComplete: {
    Event: "CCRecallComplete";
    CoreID?: FieldValue;
    Caller?: FieldValue;
  };
  /** Event `CCRequestAcknowledged`, which Asterisk does not document. */
  CCRequestAcknowledged: {
    Event: "CCRequestAcknowledged";
    CoreID?: FieldValue;
    Caller?: FieldValue;
  };
  /** Event `CCRequested`, which Asterisk does not document. */
  CCRequested: {
    Event: "CCRequested";
    CoreID?: FieldValue;
    Caller?: FieldValue;
    Callee?: FieldValue;
  };
  /** Event [Cdr](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Cdr/): documented by Asterisk 16 and 22, since 13.2.0. */
  Cdr: {
    Event: "Cdr";
    AccountCode?: FieldValue;
    Source?: FieldValue;
    Destination?: FieldValue;
    DestinationContext?: FieldValue;
    CallerID?: FieldValue;
    Channel?: FieldValue;
    DestinationChannel?: FieldValue;
    LastApplication?: FieldValue;
    LastData?: FieldValue;
    StartTime?: FieldValue;
    AnswerTime?: FieldValue;
    EndTime?: FieldValue;
    Duration?: FieldValue;
    BillableSeconds?: FieldValue;
    Disposition?: KnownFieldValue<
      "NO ANSWER" | "FAILED" | "BUSY" | "ANSWERED" | "CONGESTION"
    >;
    AMAFlags?: KnownFieldValue<"OMIT" | "BILLING" | "DOCUMENTATION">;
    UniqueID?: FieldValue;
    UserField?: FieldValue;
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
    AccountCode?: FieldValue;
    CallerIDnum?: FieldValue;
    CallerIDname?: FieldValue;
    CallerIDani?: FieldValue;
    CallerIDrdnis?: FieldValue;
    CallerIDdnid?: FieldValue;
    Exten?: FieldValue;
    Context?: FieldValue;
    Application?: FieldValue;
    AppData?: FieldValue;
    EventTime?: FieldValue;
    AMAFlags?: KnownFieldValue<"OMIT" | "BILLING" | "DOCUMENTATION">;
    UniqueID?: FieldValue;
    LinkedID?: FieldValue;
    Userfield?: FieldValue;
    Peer?: FieldValue;
    PeerAccount?: FieldValue;
    Extra?: FieldValue;
  };
  /** Event [ChallengeResponseFailed](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChallengeResponseFailed/): documented by Asterisk 16 and 22, since 12.1.0. */
  ChallengeResponseFailed: {
    Event: "ChallengeResponseFailed";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Challenge?: FieldValue;
    Response?: FieldValue;
    ExpectedResponse?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [ChallengeSent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChallengeSent/): documented by Asterisk 16 and 22, since 12.1.0. */
  ChallengeSent: {
    Event: "ChallengeSent";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Challenge?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event `ChannelHungup`, which Asterisk does not document. */
  ChannelHungup: {
    Event: "ChannelHungup";
    Channel?: FieldValue;
  };
  /** Event `ChannelsHungupListComplete`, which Asterisk does not document. */
  ChannelsHungupListComplete: {
    Event: "ChannelsHungupListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ChannelTalkingStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChannelTalkingStart/): documented by Asterisk 16 and 22, since 12.4.0. */
  ChannelTalkingStart: ChannelFields & {
    Event: "ChannelTalkingStart";
  };
  /** Event [ChannelTalkingStop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ChannelTalkingStop/): documented by Asterisk 16 and 22, since 12.4.0. */
  ChannelTalkingStop: ChannelFields & {
    Event: "ChannelTalkingStop";
    Duration?: FieldValue;
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
    Conference?: FieldValue;
  };
  /** Event [ConfbridgeJoin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeJoin/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeJoin: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeJoin";
    Conference?: FieldValue;
    Admin?: KnownFieldValue<"Yes" | "No">;
    Muted?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeLeave: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeLeave";
    Conference?: FieldValue;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeList/): documented by Asterisk 16 and 22, since 13.20.0 and 15.3.0. */
  ConfbridgeList: ChannelFields & {
    Event: "ConfbridgeList";
    Conference?: FieldValue;
    Admin?: KnownFieldValue<"Yes" | "No">;
    MarkedUser?: KnownFieldValue<"Yes" | "No">;
    WaitMarked?: KnownFieldValue<"Yes" | "No">;
    EndMarked?: KnownFieldValue<"Yes" | "No">;
    Waiting?: KnownFieldValue<"Yes" | "No">;
    Muted?: KnownFieldValue<"Yes" | "No">;
    Talking?: KnownFieldValue<"Yes" | "No">;
    AnsweredTime?: FieldValue;
    /** Not documented by Asterisk. */
    EndMarkedAny?: FieldValue;
  };
  /** Event `ConfbridgeListComplete`, which Asterisk does not document. */
  ConfbridgeListComplete: {
    Event: "ConfbridgeListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ConfbridgeListRooms](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeListRooms/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  ConfbridgeListRooms: {
    Event: "ConfbridgeListRooms";
    Conference?: FieldValue;
    Parties?: FieldValue;
    Marked?: FieldValue;
    Locked?: KnownFieldValue<"Yes" | "No">;
    Muted?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event `ConfbridgeListRoomsComplete`, which Asterisk does not document. */
  ConfbridgeListRoomsComplete: {
    Event: "ConfbridgeListRoomsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ConfbridgeMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeMute/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeMute: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeMute";
    Conference?: FieldValue;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeRecord](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeRecord/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeRecord: Partial<BridgeFields> & {
    Event: "ConfbridgeRecord";
    Conference?: FieldValue;
  };
  /** Event [ConfbridgeStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeStart/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeStart: Partial<BridgeFields> & {
    Event: "ConfbridgeStart";
    Conference?: FieldValue;
  };
  /** Event [ConfbridgeStopRecord](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeStopRecord/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeStopRecord: Partial<BridgeFields> & {
    Event: "ConfbridgeStopRecord";
    Conference?: FieldValue;
  };
  /** Event [ConfbridgeTalking](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeTalking/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeTalking: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeTalking";
    Conference?: FieldValue;
    TalkingStatus?: KnownFieldValue<"on" | "off">;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ConfbridgeUnmute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ConfbridgeUnmute/): documented by Asterisk 16 and 22, since 12.0.0. */
  ConfbridgeUnmute: ChannelFields & Partial<BridgeFields> & {
    Event: "ConfbridgeUnmute";
    Conference?: FieldValue;
    Admin?: KnownFieldValue<"Yes" | "No">;
  };
  /** Event [ContactList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactList/): documented by Asterisk 16 and 22, since 16.0.0. */
  ContactList: {
    Event: "ContactList";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    ViaAddr?: FieldValue;
    ViaPort?: FieldValue;
    QualifyTimeout?: FieldValue;
    CallId?: FieldValue;
    RegServer?: FieldValue;
    PruneOnBoot?: FieldValue;
    Path?: FieldValue;
    Endpoint?: FieldValue;
    AuthenticateQualify?: FieldValue;
    Uri?: FieldValue;
    QualifyFrequency?: FieldValue;
    UserAgent?: FieldValue;
    ExpirationTime?: FieldValue;
    OutboundProxy?: FieldValue;
    Status?: KnownFieldValue<
      "Reachable" | "Unreachable" | "NonQualified" | "Unknown"
    >;
    RoundtripUsec?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: FieldValue;
  };
  /** Event [ContactListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactListComplete/): documented by Asterisk 16 and 22, since 16.0.0. */
  ContactListComplete: {
    Event: "ContactListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ContactStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactStatus/): documented by Asterisk 16 and 22, since 13.5.0. */
  ContactStatus: {
    Event: "ContactStatus";
    URI?: FieldValue;
    ContactStatus?: KnownFieldValue<
      | "Unknown"
      | "Unreachable"
      | "Reachable"
      | "Unqualified"
      | "Removed"
      | "Updated"
    >;
    AOR?: FieldValue;
    EndpointName?: FieldValue;
    RoundtripUsec?: FieldValue;
  };
  /** Event [ContactStatusDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ContactStatusDetail/): documented by Asterisk 16 and 22, since 13.0.0. */
  ContactStatusDetail: {
    Event: "ContactStatusDetail";
    AOR?: FieldValue;
    URI?: FieldValue;
    Status?: KnownFieldValue<
      "Reachable" | "Unreachable" | "NonQualified" | "Unknown"
    >;
    RoundtripUsec?: FieldValue;
    EndpointName?: FieldValue;
    UserAgent?: FieldValue;
    RegExpire?: FieldValue;
    ViaAddress?: FieldValue;
    CallID?: FieldValue;
    ID?: FieldValue;
    AuthenticateQualify?: FieldValue;
    OutboundProxy?: FieldValue;
    Path?: FieldValue;
    QualifyFrequency?: FieldValue;
    QualifyTimeout?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Qualify2xxOnly?: FieldValue;
  };
  /** Event `ContactStatusDetailComplete`, which Asterisk does not document. */
  ContactStatusDetailComplete: {
    Event: "ContactStatusDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [CoreShowChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CoreShowChannel/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  CoreShowChannel: ChannelFields & {
    Event: "CoreShowChannel";
    BridgeId?: FieldValue;
    Application?: FieldValue;
    ApplicationData?: FieldValue;
    Duration?: FieldValue;
  };
  /** Event `CoreShowChannelMap`, which Asterisk does not document. */
  CoreShowChannelMap: {
    Event: "CoreShowChannelMap";
    Channel?: FieldValue;
    ConnectedChannel?: FieldValue;
  };
  /** Event [CoreShowChannelMapComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CoreShowChannelMapComplete/): documented by Asterisk 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  CoreShowChannelMapComplete: {
    Event: "CoreShowChannelMapComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [CoreShowChannelsComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/CoreShowChannelsComplete/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  CoreShowChannelsComplete: {
    Event: "CoreShowChannelsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [DAHDIChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DAHDIChannel/): documented by Asterisk 16 and 22, since 12.0.0. */
  DAHDIChannel: ChannelFields & {
    Event: "DAHDIChannel";
    DAHDIGroup?: FieldValue;
    DAHDISpan?: FieldValue;
    DAHDIChannel?: FieldValue;
  };
  /** Event `DAHDIShowChannels`, which Asterisk does not document. */
  DAHDIShowChannels: {
    Event: "DAHDIShowChannels";
    DAHDIChannel?: FieldValue;
    Channel?: FieldValue;
    Uniqueid?: FieldValue;
    AccountCode?: FieldValue;
    Signalling?: FieldValue;
    SignallingCode?: FieldValue;
    Context?: FieldValue;
    DND?: FieldValue;
    Alarm?: FieldValue;
    Description?: FieldValue;
  };
  /** Event `DAHDIShowChannelsComplete`, which Asterisk does not document. */
  DAHDIShowChannelsComplete: {
    Event: "DAHDIShowChannelsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
    Items?: FieldValue;
  };
  /** Event `DAHDIShowStatus`, which Asterisk does not document. */
  DAHDIShowStatus: {
    Event: "DAHDIShowStatus";
  };
  /** Event `DAHDIShowStatusComplete`, which Asterisk does not document. */
  DAHDIShowStatusComplete: {
    Event: "DAHDIShowStatusComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
    Items?: FieldValue;
  };
  /** Event `DBGetComplete`, which Asterisk does not document. */
  DBGetComplete: {
    Event: "DBGetComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `DBGetResponse`, which Asterisk does not document. */
  DBGetResponse: {
    Event: "DBGetResponse";
    Family?: FieldValue;
    Key?: FieldValue;
    Val?: FieldValue;
  };
  /** Event `DBGetTreeComplete`, which Asterisk does not document. */
  DBGetTreeComplete: {
    Event: "DBGetTreeComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `DBGetTreeResponse`, which Asterisk does not document. */
  DBGetTreeResponse: {
    Event: "DBGetTreeResponse";
    Key?: FieldValue;
    Val?: FieldValue;
  };
  /** Event [DeadlockStart](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DeadlockStart/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  DeadlockStart: {
    Event: "DeadlockStart";
    Mutex?: FieldValue;
  };
  /** Event `DeviceEntry`, which Asterisk does not document. */
  DeviceEntry: {
    Event: "DeviceEntry";
  };
  /** Event `DevicelistComplete`, which Asterisk does not document. */
  DevicelistComplete: {
    Event: "DevicelistComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [DeviceStateChange](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DeviceStateChange/): documented by Asterisk 16 and 22, since 13.0.0. */
  DeviceStateChange: {
    Event: "DeviceStateChange";
    Device?: FieldValue;
    State?: FieldValue;
  };
  /** Event [DeviceStateListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DeviceStateListComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  DeviceStateListComplete: {
    Event: "DeviceStateListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [DialBegin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialBegin/): documented by Asterisk 16 and 22, since 12.0.0. */
  DialBegin: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "DialBegin";
    DialString?: FieldValue;
  };
  /** Event [DialEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  DialEnd: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "DialEnd";
    DialStatus?: KnownFieldValue<
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
    Forward?: FieldValue;
  };
  /** Event [DialState](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialState/): documented by Asterisk 16 and 22, since 14.0.0. */
  DialState: Partial<ChannelFields> & PrefixedFields<"Dest", ChannelFields> & {
    Event: "DialState";
    DialStatus?: KnownFieldValue<"RINGING" | "PROCEEDING" | "PROGRESS">;
    Forward?: FieldValue;
  };
  /** Event [DNDState](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DNDState/): documented by Asterisk 16 and 22, since 12.0.0. */
  DNDState: {
    Event: "DNDState";
    DAHDIChannel?: FieldValue;
    Status?: KnownFieldValue<"enabled" | "disabled">;
  };
  /** Event [DTMFBegin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DTMFBegin/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  DTMFBegin: ChannelFields & {
    Event: "DTMFBegin";
    Digit?: FieldValue;
    Direction?: KnownFieldValue<"Received" | "Sent">;
  };
  /** Event [DTMFEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DTMFEnd/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  DTMFEnd: ChannelFields & {
    Event: "DTMFEnd";
    Digit?: FieldValue;
    DurationMs?: FieldValue;
    Direction?: KnownFieldValue<"Received" | "Sent">;
  };
  /** Event [EndpointDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointDetail/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointDetail: {
    Event: "EndpointDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    Context?: FieldValue;
    /** Documented by Asterisk 16 alone. */
    Disallow?: FieldValue;
    Allow?: FieldValue;
    DtmfMode?: FieldValue;
    RtpIpv6?: FieldValue;
    RtpSymmetric?: FieldValue;
    IceSupport?: FieldValue;
    UsePtime?: FieldValue;
    ForceRport?: FieldValue;
    RewriteContact?: FieldValue;
    Transport?: FieldValue;
    OutboundProxy?: FieldValue;
    MohSuggest?: FieldValue;
    "100rel"?: FieldValue;
    Timers?: FieldValue;
    TimersMinSe?: FieldValue;
    TimersSessExpires?: FieldValue;
    Auth?: FieldValue;
    OutboundAuth?: FieldValue;
    Aors?: FieldValue;
    MediaAddress?: FieldValue;
    IdentifyBy?: FieldValue;
    DirectMedia?: FieldValue;
    DirectMediaMethod?: FieldValue;
    TrustConnectedLine?: FieldValue;
    SendConnectedLine?: FieldValue;
    ConnectedLineMethod?: FieldValue;
    DirectMediaGlareMitigation?: FieldValue;
    DisableDirectMediaOnNat?: FieldValue;
    Callerid?: FieldValue;
    CalleridPrivacy?: FieldValue;
    CalleridTag?: FieldValue;
    TrustIdInbound?: FieldValue;
    TrustIdOutbound?: FieldValue;
    SendPai?: FieldValue;
    SendRpid?: FieldValue;
    SendDiversion?: FieldValue;
    Mailboxes?: FieldValue;
    AggregateMwi?: FieldValue;
    MediaEncryption?: FieldValue;
    MediaEncryptionOptimistic?: FieldValue;
    UseAvpf?: FieldValue;
    ForceAvp?: FieldValue;
    MediaUseReceivedTransport?: FieldValue;
    OneTouchRecording?: FieldValue;
    InbandProgress?: FieldValue;
    CallGroup?: FieldValue;
    PickupGroup?: FieldValue;
    NamedCallGroup?: FieldValue;
    NamedPickupGroup?: FieldValue;
    DeviceStateBusyAt?: FieldValue;
    T38Udptl?: FieldValue;
    T38UdptlEc?: FieldValue;
    T38UdptlMaxdatagram?: FieldValue;
    FaxDetect?: FieldValue;
    T38UdptlNat?: FieldValue;
    T38UdptlIpv6?: FieldValue;
    T38BindUdptlToMediaAddress?: FieldValue;
    ToneZone?: FieldValue;
    Language?: FieldValue;
    RecordOnFeature?: FieldValue;
    RecordOffFeature?: FieldValue;
    AllowTransfer?: FieldValue;
    UserEqPhone?: FieldValue;
    MohPassthrough?: FieldValue;
    SdpOwner?: FieldValue;
    SdpSession?: FieldValue;
    TosAudio?: FieldValue;
    TosVideo?: FieldValue;
    CosAudio?: FieldValue;
    CosVideo?: FieldValue;
    AllowSubscribe?: FieldValue;
    SubMinExpiry?: FieldValue;
    FromUser?: FieldValue;
    FromDomain?: FieldValue;
    MwiFromUser?: FieldValue;
    RtpEngine?: FieldValue;
    DtlsVerify?: FieldValue;
    DtlsRekey?: FieldValue;
    DtlsCertFile?: FieldValue;
    DtlsPrivateKey?: FieldValue;
    DtlsCipher?: FieldValue;
    DtlsCaFile?: FieldValue;
    DtlsCaPath?: FieldValue;
    DtlsSetup?: FieldValue;
    SrtpTag32?: FieldValue;
    RedirectMethod?: FieldValue;
    SetVar?: FieldValue;
    MessageContext?: FieldValue;
    Accountcode?: FieldValue;
    PreferredCodecOnly?: FieldValue;
    DeviceState?: FieldValue;
    ActiveChannels?: FieldValue;
    SubscribeContext?: FieldValue;
    /** Documented by Asterisk 16 alone. */
    Allowoverlap?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    AllowOverlap?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    OverlapContext?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    AcceptMultipleSdpAnswers?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Acl?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    AllowUnauthenticatedOptions?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    AsymmetricRtpCodec?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    BindRtpToMediaAddress?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Bundle?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsIncomingAnswer?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsIncomingOffer?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsOutgoingAnswer?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    CodecPrefsOutgoingOffer?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    ContactAcl?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    DtlsAutoGenerateCert?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    DtlsFingerprint?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    FaxDetectTimeout?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    FollowEarlyMediaFork?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    G726NonStandard?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    GeolocIncomingCallProfile?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    GeolocOutgoingCallProfile?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Ignore183WithoutSdp?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    IncomingCallOfferPref?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    IncomingMwiMailbox?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    MaxAudioStreams?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    MaxVideoStreams?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    MwiSubscribeReplacesUnsolicited?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    NotifyEarlyInuseRinging?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    OutgoingCallOfferPref?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    ReferBlindProgress?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RpidImmediate?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RtcpMux?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RtpKeepalive?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RtpTimeout?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RtpTimeoutHold?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RtpPortStart?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    RtpPortEnd?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SecurityNegotiation?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SendAoc?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SendHistoryInfo?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    StirShaken?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    StirShakenProfile?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SuppressMohOnSendonly?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SuppressQ850ReasonHeaders?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Tenantid?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    VoicemailExtension?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Webrtc?: FieldValue;
    /** Not documented by Asterisk. */
    FollowRedirectMethods?: FieldValue;
  };
  /** Event [EndpointDetailComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointDetailComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointDetailComplete: {
    Event: "EndpointDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [EndpointList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointList/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointList: {
    Event: "EndpointList";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    Transport?: FieldValue;
    Aor?: FieldValue;
    Auths?: FieldValue;
    OutboundAuths?: FieldValue;
    DeviceState?: FieldValue;
    ActiveChannels?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    Contacts?: RepeatedFieldValue;
  };
  /** Event [EndpointListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/EndpointListComplete/): documented by Asterisk 16 and 22, since 12.0.0. */
  EndpointListComplete: {
    Event: "EndpointListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ExtensionStateListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ExtensionStateListComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  ExtensionStateListComplete: {
    Event: "ExtensionStateListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ExtensionStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ExtensionStatus/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  ExtensionStatus: {
    Event: "ExtensionStatus";
    Exten?: FieldValue;
    Context?: FieldValue;
    Hint?: FieldValue;
    Status?: FieldValue;
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
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Module?: FieldValue;
    ACLName?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [FAXSession](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXSession/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSession: {
    Event: "FAXSession";
    SessionNumber?: FieldValue;
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
    DataRate?: FieldValue;
    ImageResolution?: FieldValue;
    PageNumber?: FieldValue;
    FileName?: RepeatedFieldValue;
    PagesTransmitted?: FieldValue;
    PagesReceived?: FieldValue;
    TotalBadLines?: FieldValue;
  };
  /** Event [FAXSessionsComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXSessionsComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSessionsComplete: {
    Event: "FAXSessionsComplete";
    Total?: FieldValue;
    /** Not documented by Asterisk. */
    EventList?: FieldValue;
    /** Not documented by Asterisk. */
    ListItems?: FieldValue;
  };
  /** Event [FAXSessionsEntry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXSessionsEntry/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXSessionsEntry: {
    Event: "FAXSessionsEntry";
    Channel?: FieldValue;
    Technology?: FieldValue;
    SessionNumber?: FieldValue;
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
    Files?: FieldValue;
  };
  /** Event [FAXStats](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXStats/): documented by Asterisk 16 and 22, since 13.0.0. */
  FAXStats: {
    Event: "FAXStats";
    CurrentSessions?: FieldValue;
    ReservedSessions?: FieldValue;
    TransmitAttempts?: FieldValue;
    ReceiveAttempts?: FieldValue;
    CompletedFAXes?: FieldValue;
    FailedFAXes?: FieldValue;
  };
  /** Event [FAXStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FAXStatus/): documented by Asterisk 16 and 22, since 12.0.0. */
  FAXStatus: ChannelFields & {
    Event: "FAXStatus";
    Operation?: KnownFieldValue<"gateway" | "receive" | "send">;
    Status?: FieldValue;
    LocalStationID?: FieldValue;
    FileName?: RepeatedFieldValue;
  };
  /** Event [Flash](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Flash/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  Flash: ChannelFields & {
    Event: "Flash";
  };
  /** Event [FullyBooted](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/FullyBooted/): documented by Asterisk 16 and 22, since 12.0.0. */
  FullyBooted: {
    Event: "FullyBooted";
    Status?: FieldValue;
    Uptime?: FieldValue;
    LastReload?: FieldValue;
  };
  /** Event [Hangup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Hangup/): documented by Asterisk 16 and 22, since 12.0.0. */
  Hangup: ChannelFields & {
    Event: "Hangup";
    Cause?: FieldValue;
    "Cause-txt"?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    TechCause?: FieldValue;
  };
  /** Event [HangupHandlerPop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupHandlerPop/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupHandlerPop: ChannelFields & {
    Event: "HangupHandlerPop";
    Handler?: FieldValue;
  };
  /** Event [HangupHandlerPush](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupHandlerPush/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupHandlerPush: ChannelFields & {
    Event: "HangupHandlerPush";
    Handler?: FieldValue;
  };
  /** Event [HangupHandlerRun](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupHandlerRun/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupHandlerRun: ChannelFields & {
    Event: "HangupHandlerRun";
    Handler?: FieldValue;
  };
  /** Event [HangupRequest](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/HangupRequest/): documented by Asterisk 16 and 22, since 12.0.0. */
  HangupRequest: ChannelFields & {
    Event: "HangupRequest";
    Cause?: FieldValue;
  };
  /** Event [Hold](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Hold/): documented by Asterisk 16 and 22, since 12.0.0. */
  Hold: ChannelFields & {
    Event: "Hold";
    MusicClass?: FieldValue;
  };
  /** Event [IdentifyDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/IdentifyDetail/): documented by Asterisk 16 and 22, since 13.20.0 and 15.3.0. */
  IdentifyDetail: {
    Event: "IdentifyDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    Endpoint?: FieldValue;
    SrvLookups?: FieldValue;
    Match?: FieldValue;
    MatchHeader?: FieldValue;
    EndpointName?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    MatchRequestUri?: FieldValue;
  };
  /** Event [InboundRegistrationDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InboundRegistrationDetail/): documented by Asterisk 22, since 12.0.0. */
  InboundRegistrationDetail: {
    Event: "InboundRegistrationDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    MinimumExpiration?: FieldValue;
    DefaultExpiration?: FieldValue;
    QualifyTimeout?: FieldValue;
    Qualify2xxOnly?: FieldValue;
    Mailboxes?: FieldValue;
    SupportPath?: FieldValue;
    RemoveUnavailable?: FieldValue;
    VoicemailExtension?: FieldValue;
    MaxContacts?: FieldValue;
    AuthenticateQualify?: FieldValue;
    MaximumExpiration?: FieldValue;
    QualifyFrequency?: FieldValue;
    RemoveExisting?: FieldValue;
    OutboundProxy?: FieldValue;
    Contacts?: RepeatedFieldValue;
    Contact?: FieldValue;
  };
  /** Event `InboundRegistrationDetailComplete`, which Asterisk does not document. */
  InboundRegistrationDetailComplete: {
    Event: "InboundRegistrationDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [InboundSubscriptionDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InboundSubscriptionDetail/): documented by Asterisk 22, since 12.0.0. */
  InboundSubscriptionDetail: {
    Event: "InboundSubscriptionDetail";
    Role?: FieldValue;
    Endpoint?: FieldValue;
    Callid?: FieldValue;
    State?: FieldValue;
    Callerid?: FieldValue;
    SubscriptionType?: KnownFieldValue<"mwi" | "extension_state">;
    Extension?: FieldValue;
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
    Mailboxes?: FieldValue;
  };
  /** Event `InboundSubscriptionDetailComplete`, which Asterisk does not document. */
  InboundSubscriptionDetailComplete: {
    Event: "InboundSubscriptionDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [InvalidAccountID](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InvalidAccountID/): documented by Asterisk 16 and 22, since 12.1.0. */
  InvalidAccountID: {
    Event: "InvalidAccountID";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [InvalidPassword](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InvalidPassword/): documented by Asterisk 16 and 22, since 12.1.0. */
  InvalidPassword: {
    Event: "InvalidPassword";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
    Challenge?: FieldValue;
    ReceivedChallenge?: FieldValue;
    ReceivedHash?: FieldValue;
  };
  /** Event [InvalidTransport](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/InvalidTransport/): documented by Asterisk 16 and 22, since 12.1.0. */
  InvalidTransport: {
    Event: "InvalidTransport";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    AttemptedTransport?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
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
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `ListDialplan`, which Asterisk does not document. */
  ListDialplan: {
    Event: "ListDialplan";
    Context?: FieldValue;
    Extension?: FieldValue;
    ExtensionLabel?: FieldValue;
    Priority?: FieldValue;
    Application?: FieldValue;
    AppData?: FieldValue;
    Registrar?: FieldValue;
    IncludeContext?: FieldValue;
    Switch?: FieldValue;
    IgnorePattern?: FieldValue;
  };
  /** Event [Load](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Load/): documented by Asterisk 16 and 22, since 16.0.0. */
  Load: {
    Event: "Load";
    Module?: FieldValue;
    Status?: KnownFieldValue<"Failure" | "Success" | "Decline">;
  };
  /** Event [LoadAverageLimit](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LoadAverageLimit/): documented by Asterisk 16 and 22, since 12.1.0. */
  LoadAverageLimit: {
    Event: "LoadAverageLimit";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [LocalBridge](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LocalBridge/): documented by Asterisk 16 and 22, since 12.0.0. */
  LocalBridge:
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & {
      Event: "LocalBridge";
      Context?: FieldValue;
      Exten?: FieldValue;
      LocalOptimization?: KnownFieldValue<"Yes" | "No">;
    };
  /** Event [LocalOptimizationBegin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LocalOptimizationBegin/): documented by Asterisk 16 and 22, since 12.0.0. */
  LocalOptimizationBegin:
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & PrefixedFields<"Source", ChannelFields>
    & {
      Event: "LocalOptimizationBegin";
      DestUniqueId?: FieldValue;
      Id?: FieldValue;
    };
  /** Event [LocalOptimizationEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LocalOptimizationEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  LocalOptimizationEnd:
    & PrefixedFields<"LocalOne", ChannelFields>
    & PrefixedFields<"LocalTwo", ChannelFields>
    & {
      Event: "LocalOptimizationEnd";
      Success?: FieldValue;
      Id?: FieldValue;
    };
  /** Event [LogChannel](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/LogChannel/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  LogChannel: {
    Event: "LogChannel";
    Channel?: FieldValue;
  };
  /** Event [MCID](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MCID/): documented by Asterisk 16 and 22, since 12.0.0. */
  MCID: Partial<ChannelFields> & {
    Event: "MCID";
    MCallerIDNumValid?: FieldValue;
    MCallerIDNum?: FieldValue;
    MCallerIDton?: FieldValue;
    MCallerIDNumPlan?: FieldValue;
    MCallerIDNumPres?: FieldValue;
    MCallerIDNameValid?: FieldValue;
    MCallerIDName?: FieldValue;
    MCallerIDNameCharSet?: FieldValue;
    MCallerIDNamePres?: FieldValue;
    MCallerIDSubaddr?: FieldValue;
    MCallerIDSubaddrType?: FieldValue;
    MCallerIDSubaddrOdd?: FieldValue;
    MCallerIDPres?: FieldValue;
    MConnectedIDNumValid?: FieldValue;
    MConnectedIDNum?: FieldValue;
    MConnectedIDton?: FieldValue;
    MConnectedIDNumPlan?: FieldValue;
    MConnectedIDNumPres?: FieldValue;
    MConnectedIDNameValid?: FieldValue;
    MConnectedIDName?: FieldValue;
    MConnectedIDNameCharSet?: FieldValue;
    MConnectedIDNamePres?: FieldValue;
    MConnectedIDSubaddr?: FieldValue;
    MConnectedIDSubaddrType?: FieldValue;
    MConnectedIDSubaddrOdd?: FieldValue;
    MConnectedIDPres?: FieldValue;
  };
  /** Event [MeetmeEnd](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeEnd/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeEnd: {
    Event: "MeetmeEnd";
    Meetme?: FieldValue;
  };
  /** Event [MeetmeJoin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeJoin/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeJoin: Partial<ChannelFields> & {
    Event: "MeetmeJoin";
    Meetme?: FieldValue;
    User?: FieldValue;
  };
  /** Event [MeetmeLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeLeave: Partial<ChannelFields> & {
    Event: "MeetmeLeave";
    Meetme?: FieldValue;
    User?: FieldValue;
    Duration?: FieldValue;
  };
  /** Event [MeetmeList](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeList/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  MeetmeList: {
    Event: "MeetmeList";
    Conference?: FieldValue;
    UserNumber?: FieldValue;
    CallerIDNum?: FieldValue;
    CallerIDName?: FieldValue;
    ConnectedLineNum?: FieldValue;
    ConnectedLineName?: FieldValue;
    Channel?: FieldValue;
    Admin?: FieldValue;
    Role?: FieldValue;
    MarkedUser?: FieldValue;
    Muted?: FieldValue;
    Talking?: FieldValue;
  };
  /** Event `MeetmeListComplete`, which Asterisk does not document. */
  MeetmeListComplete: {
    Event: "MeetmeListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [MeetmeListRooms](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeListRooms/): documented by Asterisk 22, since 16.29.0, 18.15.0 and 19.7.0. */
  MeetmeListRooms: {
    Event: "MeetmeListRooms";
    Conference?: FieldValue;
    Parties?: FieldValue;
    Marked?: FieldValue;
    Activity?: FieldValue;
    Creation?: FieldValue;
    Locked?: FieldValue;
  };
  /** Event `MeetmeListRoomsComplete`, which Asterisk does not document. */
  MeetmeListRoomsComplete: {
    Event: "MeetmeListRoomsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [MeetmeMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeMute/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeMute: Partial<ChannelFields> & {
    Event: "MeetmeMute";
    Meetme?: FieldValue;
    User?: FieldValue;
    Duration?: FieldValue;
    Status?: KnownFieldValue<"on" | "off">;
  };
  /** Event [MeetmeTalking](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeTalking/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeTalking: Partial<ChannelFields> & {
    Event: "MeetmeTalking";
    Meetme?: FieldValue;
    User?: FieldValue;
    Duration?: FieldValue;
    Status?: KnownFieldValue<"on" | "off">;
  };
  /** Event [MeetmeTalkRequest](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MeetmeTalkRequest/): documented by Asterisk 16 and 22, since 12.0.0. */
  MeetmeTalkRequest: Partial<ChannelFields> & {
    Event: "MeetmeTalkRequest";
    Meetme?: FieldValue;
    User?: FieldValue;
    Duration?: FieldValue;
    Status?: KnownFieldValue<"on" | "off">;
  };
  /** Event [MemoryLimit](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MemoryLimit/): documented by Asterisk 16 and 22, since 12.1.0. */
  MemoryLimit: {
    Event: "MemoryLimit";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [MessageWaiting](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MessageWaiting/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  MessageWaiting: Partial<ChannelFields> & {
    Event: "MessageWaiting";
    Mailbox?: FieldValue;
    Waiting?: FieldValue;
    New?: FieldValue;
    Old?: FieldValue;
  };
  /** Event [MiniVoiceMail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MiniVoiceMail/): documented by Asterisk 16 and 22, since 12.0.0. */
  MiniVoiceMail: Partial<ChannelFields> & {
    Event: "MiniVoiceMail";
    Action?: FieldValue;
    Mailbox?: FieldValue;
    Counter?: FieldValue;
  };
  /** Event [MixMonitorMute](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MixMonitorMute/): documented by Asterisk 16 and 22, since 16.17.0 and 18.3.0. */
  MixMonitorMute: ChannelFields & {
    Event: "MixMonitorMute";
    Direction?: FieldValue;
    State?: FieldValue;
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
    Status?: FieldValue;
    Device?: FieldValue;
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
    Class?: FieldValue;
  };
  /** Event [MusicOnHoldStop](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MusicOnHoldStop/): documented by Asterisk 16 and 22, since 12.0.0. */
  MusicOnHoldStop: ChannelFields & {
    Event: "MusicOnHoldStop";
  };
  /** Event [MWIGet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MWIGet/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIGet: {
    Event: "MWIGet";
    Mailbox?: FieldValue;
    OldMessages?: FieldValue;
    NewMessages?: FieldValue;
  };
  /** Event [MWIGetComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/MWIGetComplete/): documented by Asterisk 16 and 22, since 12.1.0. */
  MWIGetComplete: {
    Event: "MWIGetComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [NewAccountCode](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/NewAccountCode/): documented by Asterisk 16 and 22, since 12.0.0. */
  NewAccountCode: ChannelFields & {
    Event: "NewAccountCode";
    OldAccountCode?: FieldValue;
  };
  /** Event [NewCallerid](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/NewCallerid/): documented by Asterisk 16 and 22, since 12.0.0. */
  NewCallerid: ChannelFields & {
    Event: "NewCallerid";
    "CID-CallingPres"?: FieldValue;
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
    Extension?: FieldValue;
    Application?: FieldValue;
    AppData?: FieldValue;
  };
  /** Event [Newstate](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Newstate/): documented by Asterisk 16 and 22, since 12.0.0. */
  Newstate: ChannelFields & {
    Event: "Newstate";
  };
  /** Event [OriginateResponse](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/OriginateResponse/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  OriginateResponse: {
    Event: "OriginateResponse";
    Response?: KnownFieldValue<"Failure" | "Success">;
    Channel?: FieldValue;
    Context?: FieldValue;
    Exten?: FieldValue;
    Application?: FieldValue;
    Data?: FieldValue;
    Reason?: FieldValue;
    Uniqueid?: FieldValue;
    CallerIDNum?: FieldValue;
    CallerIDName?: FieldValue;
    /** Not documented by Asterisk. */
    [header: `ChanVariable(${string})`]: RepeatedFieldValue;
  };
  /** Event [OutboundRegistrationDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/OutboundRegistrationDetail/): documented by Asterisk 22, since 12.0.0. */
  OutboundRegistrationDetail: {
    Event: "OutboundRegistrationDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    MaxRetries?: FieldValue;
    ClientUri?: FieldValue;
    SecurityNegotiation?: FieldValue;
    AuthRejectionPermanent?: FieldValue;
    ServerUri?: FieldValue;
    MaxRandomInitialDelay?: FieldValue;
    SupportPath?: FieldValue;
    RetryInterval?: FieldValue;
    ContactHeaderParams?: FieldValue;
    Expiration?: FieldValue;
    Transport?: FieldValue;
    Line?: FieldValue;
    ContactUser?: FieldValue;
    Endpoint?: FieldValue;
    UserAgent?: FieldValue;
    ForbiddenRetryInterval?: FieldValue;
    OutboundAuth?: FieldValue;
    OutboundProxy?: FieldValue;
    FatalRetryInterval?: FieldValue;
    SupportOutbound?: FieldValue;
    Status?: KnownFieldValue<"Registered" | "Unregistered" | "Rejected">;
    NextReg?: FieldValue;
  };
  /** Event `OutboundRegistrationDetailComplete`, which Asterisk does not document. */
  OutboundRegistrationDetailComplete: {
    Event: "OutboundRegistrationDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
    Registered?: FieldValue;
    NotRegistered?: FieldValue;
  };
  /** Event [OutboundSubscriptionDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/OutboundSubscriptionDetail/): documented by Asterisk 22, since 12.0.0. */
  OutboundSubscriptionDetail: {
    Event: "OutboundSubscriptionDetail";
    Role?: FieldValue;
    Endpoint?: FieldValue;
    Callid?: FieldValue;
    State?: FieldValue;
    Callerid?: FieldValue;
    SubscriptionType?: KnownFieldValue<"mwi" | "extension_state">;
    Extension?: FieldValue;
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
    Mailboxes?: FieldValue;
  };
  /** Event `OutboundSubscriptionDetailComplete`, which Asterisk does not document. */
  OutboundSubscriptionDetailComplete: {
    Event: "OutboundSubscriptionDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ParkedCall](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCall/): documented by Asterisk 16 and 22, since 12.0.0. */
  ParkedCall: PrefixedFields<"Parkee", ChannelFields> & {
    Event: "ParkedCall";
    ParkerDialString?: FieldValue;
    Parkinglot?: FieldValue;
    ParkingSpace?: FieldValue;
    ParkingTimeout?: FieldValue;
    ParkingDuration?: FieldValue;
  };
  /** Event [ParkedCallGiveUp](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCallGiveUp/): documented by Asterisk 16 and 22, since 12.0.0. */
  ParkedCallGiveUp:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & {
      Event: "ParkedCallGiveUp";
      ParkerDialString?: FieldValue;
      Parkinglot?: FieldValue;
      ParkingSpace?: FieldValue;
      ParkingTimeout?: FieldValue;
      ParkingDuration?: FieldValue;
    };
  /** Event `ParkedCallsComplete`, which Asterisk does not document. */
  ParkedCallsComplete: {
    Event: "ParkedCallsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
    Total?: FieldValue;
  };
  /** Event [ParkedCallSwap](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCallSwap/): documented by Asterisk 16 and 22, since 13.5.0. */
  ParkedCallSwap:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & {
      Event: "ParkedCallSwap";
      ParkerDialString?: FieldValue;
      Parkinglot?: FieldValue;
      ParkingSpace?: FieldValue;
      ParkingTimeout?: FieldValue;
      ParkingDuration?: FieldValue;
    };
  /** Event [ParkedCallTimeOut](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ParkedCallTimeOut/): documented by Asterisk 16 and 22, since 12.0.0. */
  ParkedCallTimeOut:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & {
      Event: "ParkedCallTimeOut";
      ParkerDialString?: FieldValue;
      Parkinglot?: FieldValue;
      ParkingSpace?: FieldValue;
      ParkingTimeout?: FieldValue;
      ParkingDuration?: FieldValue;
    };
  /** Event `Parkinglot`, which Asterisk does not document. */
  Parkinglot: {
    Event: "Parkinglot";
    Name?: FieldValue;
    StartSpace?: FieldValue;
    StopSpace?: FieldValue;
    Timeout?: FieldValue;
  };
  /** Event `ParkinglotsComplete`, which Asterisk does not document. */
  ParkinglotsComplete: {
    Event: "ParkinglotsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `PeerEntry`, which Asterisk does not document. */
  PeerEntry: {
    Event: "PeerEntry";
    Channeltype?: FieldValue;
    ObjectName?: FieldValue;
    ChanObjectType?: FieldValue;
    IPaddress?: FieldValue;
    IPport?: FieldValue;
    Port?: FieldValue;
    Mask?: FieldValue;
    Dynamic?: FieldValue;
    Trunk?: FieldValue;
    Encryption?: FieldValue;
    AutoForcerport?: FieldValue;
    Forcerport?: FieldValue;
    AutoComedia?: FieldValue;
    Comedia?: FieldValue;
    VideoSupport?: FieldValue;
    TextSupport?: FieldValue;
    ACL?: FieldValue;
    Status?: FieldValue;
    RealtimeDevice?: FieldValue;
    Description?: FieldValue;
    Accountcode?: FieldValue;
  };
  /** Event `PeerlistComplete`, which Asterisk does not document. */
  PeerlistComplete: {
    Event: "PeerlistComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [PeerStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PeerStatus/): documented by Asterisk 16 and 22, since 12.0.0. */
  PeerStatus: {
    Event: "PeerStatus";
    ChannelType?: FieldValue;
    Peer?: FieldValue;
    PeerStatus?: KnownFieldValue<
      "Unknown" | "Registered" | "Unregistered" | "Rejected" | "Lagged"
    >;
    Cause?: FieldValue;
    Address?: FieldValue;
    Port?: FieldValue;
    Time?: FieldValue;
  };
  /** Event [Pickup](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Pickup/): documented by Asterisk 16 and 22, since 12.0.0. */
  Pickup: Partial<ChannelFields> & PrefixedFields<"Target", ChannelFields> & {
    Event: "Pickup";
  };
  /** Event [PJSIPMaintenanceStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PJSIPMaintenanceStatus/): documented by Asterisk 22, since 20.20.0, 22.10.0 and 23.4.0. */
  PJSIPMaintenanceStatus: {
    Event: "PJSIPMaintenanceStatus";
    Endpoint?: FieldValue;
    Status?: KnownFieldValue<"enabled" | "disabled">;
  };
  /** Event `PJSIPMaintenanceStatusComplete`, which Asterisk does not document. */
  PJSIPMaintenanceStatusComplete: {
    Event: "PJSIPMaintenanceStatusComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [PresenceStateChange](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PresenceStateChange/): documented by Asterisk 16 and 22, since 13.0.0. */
  PresenceStateChange: {
    Event: "PresenceStateChange";
    Presentity?: FieldValue;
    Status?: FieldValue;
    Subtype?: FieldValue;
    Message?: FieldValue;
  };
  /** Event [PresenceStateListComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PresenceStateListComplete/): documented by Asterisk 16 and 22, since 13.0.0. */
  PresenceStateListComplete: {
    Event: "PresenceStateListComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [PresenceStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/PresenceStatus/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  PresenceStatus: {
    Event: "PresenceStatus";
    Exten?: FieldValue;
    Context?: FieldValue;
    Hint?: FieldValue;
    Status?: FieldValue;
    Subtype?: FieldValue;
    Message?: FieldValue;
  };
  /** Event `PRIShowSpans`, which Asterisk does not document. */
  PRIShowSpans: {
    Event: "PRIShowSpans";
    Span?: FieldValue;
    DChannel?: FieldValue;
    Order?: FieldValue;
    Active?: FieldValue;
    Alarm?: FieldValue;
    Up?: FieldValue;
  };
  /** Event `PRIShowSpansComplete`, which Asterisk does not document. */
  PRIShowSpansComplete: {
    Event: "PRIShowSpansComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
    Items?: FieldValue;
  };
  /** Event [QueueCallerAbandon](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueCallerAbandon/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueCallerAbandon: ChannelFields & {
    Event: "QueueCallerAbandon";
    Queue?: FieldValue;
    Position?: FieldValue;
    OriginalPosition?: FieldValue;
    HoldTime?: FieldValue;
  };
  /** Event [QueueCallerJoin](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueCallerJoin/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueCallerJoin: ChannelFields & {
    Event: "QueueCallerJoin";
    Queue?: FieldValue;
    Position?: FieldValue;
    Count?: FieldValue;
  };
  /** Event [QueueCallerLeave](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueCallerLeave/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueCallerLeave: ChannelFields & {
    Event: "QueueCallerLeave";
    Queue?: FieldValue;
    Count?: FieldValue;
    Position?: FieldValue;
  };
  /** Event [QueueEntry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueEntry/): documented by Asterisk 16 and 22, since 16.24.0, 18.10.0 and 19.2.0. */
  QueueEntry: {
    Event: "QueueEntry";
    Queue?: FieldValue;
    Position?: FieldValue;
    Channel?: FieldValue;
    Uniqueid?: FieldValue;
    CallerIDNum?: FieldValue;
    CallerIDName?: FieldValue;
    ConnectedLineNum?: FieldValue;
    ConnectedLineName?: FieldValue;
    Wait?: FieldValue;
    Priority?: FieldValue;
  };
  /** Event `QueueMember`, which Asterisk does not document. */
  QueueMember: {
    Event: "QueueMember";
    Queue?: FieldValue;
    Name?: FieldValue;
    Location?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: FieldValue;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Wrapuptime?: FieldValue;
  };
  /** Event [QueueMemberAdded](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberAdded/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberAdded: {
    Event: "QueueMemberAdded";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Ringinuse?: FieldValue;
    Wrapuptime?: FieldValue;
  };
  /** Event [QueueMemberPause](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberPause/): documented by Asterisk 16 and 22, since 12.2.0. */
  QueueMemberPause: {
    Event: "QueueMemberPause";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Ringinuse?: FieldValue;
    Wrapuptime?: FieldValue;
    /** Documented by Asterisk 16 alone. */
    Reason?: FieldValue;
  };
  /** Event [QueueMemberPenalty](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberPenalty/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberPenalty: {
    Event: "QueueMemberPenalty";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Ringinuse?: FieldValue;
    Wrapuptime?: FieldValue;
  };
  /** Event [QueueMemberRemoved](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberRemoved/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberRemoved: {
    Event: "QueueMemberRemoved";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Ringinuse?: FieldValue;
    Wrapuptime?: FieldValue;
  };
  /** Event [QueueMemberRinginuse](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberRinginuse/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberRinginuse: {
    Event: "QueueMemberRinginuse";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Ringinuse?: FieldValue;
    Wrapuptime?: FieldValue;
  };
  /** Event [QueueMemberStatus](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberStatus/): documented by Asterisk 16 and 22, since 12.0.0. */
  QueueMemberStatus: {
    Event: "QueueMemberStatus";
    Queue?: FieldValue;
    MemberName?: FieldValue;
    Interface?: FieldValue;
    StateInterface?: FieldValue;
    Membership?: KnownFieldValue<"dynamic" | "realtime" | "static">;
    Penalty?: FieldValue;
    CallsTaken?: FieldValue;
    LastCall?: FieldValue;
    LastPause?: FieldValue;
    LoginTime?: FieldValue;
    InCall?: FieldValue;
    Status?: FieldValue;
    Paused?: FieldValue;
    PausedReason?: FieldValue;
    Ringinuse?: FieldValue;
    Wrapuptime?: FieldValue;
  };
  /** Event [QueueParams](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueParams/): documented by Asterisk 16 and 22, since 16.24.0, 18.10.0 and 19.2.0. */
  QueueParams: {
    Event: "QueueParams";
    Max?: FieldValue;
    Strategy?: FieldValue;
    Calls?: FieldValue;
    Holdtime?: FieldValue;
    TalkTime?: FieldValue;
    Completed?: FieldValue;
    Abandoned?: FieldValue;
    ServiceLevelPerf?: FieldValue;
    ServiceLevelPerf2?: FieldValue;
    /** Not documented by Asterisk. */
    Queue?: FieldValue;
    /** Not documented by Asterisk. */
    ServiceLevel?: FieldValue;
    /** Not documented by Asterisk. */
    ServicelevelPerf?: FieldValue;
    /** Not documented by Asterisk. */
    ServicelevelPerf2?: FieldValue;
    /** Not documented by Asterisk. */
    Weight?: FieldValue;
  };
  /** Event `QueueStatusComplete`, which Asterisk does not document. */
  QueueStatusComplete: {
    Event: "QueueStatusComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `QueueSummary`, which Asterisk does not document. */
  QueueSummary: {
    Event: "QueueSummary";
    Queue?: FieldValue;
    LoggedIn?: FieldValue;
    Available?: FieldValue;
    Callers?: FieldValue;
    HoldTime?: FieldValue;
    TalkTime?: FieldValue;
    LongestHoldTime?: FieldValue;
  };
  /** Event `QueueSummaryComplete`, which Asterisk does not document. */
  QueueSummaryComplete: {
    Event: "QueueSummaryComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [ReceiveFAX](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ReceiveFAX/): documented by Asterisk 16 and 22, since 12.0.0. */
  ReceiveFAX: ChannelFields & {
    Event: "ReceiveFAX";
    LocalStationID?: FieldValue;
    RemoteStationID?: FieldValue;
    PagesTransferred?: FieldValue;
    Resolution?: FieldValue;
    TransferRate?: FieldValue;
    FileName?: RepeatedFieldValue;
  };
  /** Event `RegistrationsComplete`, which Asterisk does not document. */
  RegistrationsComplete: {
    Event: "RegistrationsComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [Registry](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Registry/): documented by Asterisk 16 and 22, since 12.0.0. */
  Registry: {
    Event: "Registry";
    ChannelType?: FieldValue;
    Username?: FieldValue;
    Domain?: FieldValue;
    Status?: KnownFieldValue<
      "Registered" | "Unregistered" | "Rejected" | "Failed"
    >;
    Cause?: FieldValue;
  };
  /** Event `RegistryEntry`, which Asterisk does not document. */
  RegistryEntry: {
    Event: "RegistryEntry";
    Host?: FieldValue;
    Port?: FieldValue;
    DNSmgr?: FieldValue;
    Username?: FieldValue;
    Domain?: FieldValue;
    DomainPort?: FieldValue;
    Perceived?: FieldValue;
    Refresh?: FieldValue;
    State?: FieldValue;
    RegistrationTime?: FieldValue;
  };
  /** Event [Reload](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Reload/): documented by Asterisk 16 and 22, since 12.0.0. */
  Reload: {
    Event: "Reload";
    Module?: FieldValue;
    Status?: FieldValue;
  };
  /** Event [Rename](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Rename/): documented by Asterisk 22, since 16.24.0, 18.10.0 and 19.2.0. */
  Rename: {
    Event: "Rename";
    /** Not documented by Asterisk. */
    Channel?: FieldValue;
    /** Not documented by Asterisk. */
    Newname?: FieldValue;
    /** Not documented by Asterisk. */
    Uniqueid?: FieldValue;
    /** Not documented by Asterisk. */
    [header: `ChanVariable(${string})`]: RepeatedFieldValue;
  };
  /** Event [RequestBadFormat](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RequestBadFormat/): documented by Asterisk 16 and 22, since 12.1.0. */
  RequestBadFormat: {
    Event: "RequestBadFormat";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    RequestType?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
    RequestParams?: FieldValue;
  };
  /** Event [RequestNotAllowed](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RequestNotAllowed/): documented by Asterisk 16 and 22, since 12.1.0. */
  RequestNotAllowed: {
    Event: "RequestNotAllowed";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    RequestType?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
    RequestParams?: FieldValue;
  };
  /** Event [RequestNotSupported](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RequestNotSupported/): documented by Asterisk 16 and 22, since 12.1.0. */
  RequestNotSupported: {
    Event: "RequestNotSupported";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    RequestType?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [ResourceListDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/ResourceListDetail/): documented by Asterisk 22, since 13.0.0. */
  ResourceListDetail: {
    Event: "ResourceListDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    FullState?: FieldValue;
    ListItem?: FieldValue;
    NotificationBatchInterval?: FieldValue;
    ResourceDisplayName?: FieldValue;
  };
  /** Event `ResourceListDetailComplete`, which Asterisk does not document. */
  ResourceListDetailComplete: {
    Event: "ResourceListDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [RTCPReceived](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RTCPReceived/): documented by Asterisk 16 and 22, since 12.0.0. */
  RTCPReceived: Partial<ChannelFields> & {
    Event: "RTCPReceived";
    SSRC?: FieldValue;
    PT?: KnownFieldValue<"200(SR)" | "201(RR)">;
    From?: FieldValue;
    RTT?: FieldValue;
    ReportCount?: FieldValue;
    SentNTP?: FieldValue;
    SentRTP?: FieldValue;
    SentPackets?: FieldValue;
    SentOctets?: FieldValue;
    [header: `Report${number}SourceSSRC`]: FieldValue;
    [header: `Report${number}FractionLost`]: FieldValue;
    [header: `Report${number}CumulativeLost`]: FieldValue;
    [header: `Report${number}HighestSequence`]: FieldValue;
    [header: `Report${number}SequenceNumberCycles`]: FieldValue;
    [header: `Report${number}IAJitter`]: FieldValue;
    [header: `Report${number}LSR`]: FieldValue;
    [header: `Report${number}DLSR`]: FieldValue;
  };
  /** Event [RTCPSent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/RTCPSent/): documented by Asterisk 16 and 22, since 12.0.0. */
  RTCPSent: Partial<ChannelFields> & {
    Event: "RTCPSent";
    SSRC?: FieldValue;
    PT?: KnownFieldValue<"200(SR)" | "201(RR)">;
    To?: FieldValue;
    ReportCount?: FieldValue;
    SentNTP?: FieldValue;
    SentRTP?: FieldValue;
    SentPackets?: FieldValue;
    SentOctets?: FieldValue;
    [header: `Report${number}SourceSSRC`]: FieldValue;
    [header: `Report${number}FractionLost`]: FieldValue;
    [header: `Report${number}CumulativeLost`]: FieldValue;
    [header: `Report${number}HighestSequence`]: FieldValue;
    [header: `Report${number}SequenceNumberCycles`]: FieldValue;
    [header: `Report${number}IAJitter`]: FieldValue;
    [header: `Report${number}LSR`]: FieldValue;
    [header: `Report${number}DLSR`]: FieldValue;
  };
  /** Event [SendFAX](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SendFAX/): documented by Asterisk 16 and 22, since 12.0.0. */
  SendFAX: ChannelFields & {
    Event: "SendFAX";
    LocalStationID?: FieldValue;
    RemoteStationID?: FieldValue;
    PagesTransferred?: FieldValue;
    Resolution?: FieldValue;
    TransferRate?: FieldValue;
    FileName?: RepeatedFieldValue;
  };
  /** Event [SessionLimit](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SessionLimit/): documented by Asterisk 16 and 22, since 12.1.0. */
  SessionLimit: {
    Event: "SessionLimit";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [SessionTimeout](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Events/SessionTimeout/): documented by Asterisk 16. */
  SessionTimeout: ChannelFields & {
    Event: "SessionTimeout";
    Source?: KnownFieldValue<"RTPTimeout" | "SIPSessionTimer">;
  };
  /** Event `ShowDialPlanComplete`, which Asterisk does not document. */
  ShowDialPlanComplete: {
    Event: "ShowDialPlanComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
    ListExtensions?: FieldValue;
    ListPriorities?: FieldValue;
    ListContexts?: FieldValue;
  };
  /** Event [Shutdown](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Shutdown/): documented by Asterisk 16 and 22, since 12.0.0. */
  Shutdown: {
    Event: "Shutdown";
    Shutdown?: KnownFieldValue<"Uncleanly" | "Cleanly">;
    Restart?: KnownFieldValue<"True" | "False">;
  };
  /** Event `SIPpeerstatusComplete`, which Asterisk does not document. */
  SIPpeerstatusComplete: {
    Event: "SIPpeerstatusComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [SIPQualifyPeerDone](https://docs.asterisk.org/Asterisk_16_Documentation/API_Documentation/AMI_Events/SIPQualifyPeerDone/): documented by Asterisk 16. */
  SIPQualifyPeerDone: {
    Event: "SIPQualifyPeerDone";
    Peer?: FieldValue;
  };
  /** Event [SoftHangupRequest](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SoftHangupRequest/): documented by Asterisk 16 and 22, since 12.0.0. */
  SoftHangupRequest: ChannelFields & {
    Event: "SoftHangupRequest";
    Cause?: FieldValue;
  };
  /** Event [SpanAlarm](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SpanAlarm/): documented by Asterisk 16 and 22, since 12.0.0. */
  SpanAlarm: {
    Event: "SpanAlarm";
    Span?: FieldValue;
    Alarm?: FieldValue;
  };
  /** Event [SpanAlarmClear](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SpanAlarmClear/): documented by Asterisk 16 and 22, since 12.0.0. */
  SpanAlarmClear: {
    Event: "SpanAlarmClear";
    Span?: FieldValue;
  };
  /** Event [Status](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Status/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  Status: ChannelFields & {
    Event: "Status";
    Type?: FieldValue;
    DNID?: FieldValue;
    EffectiveConnectedLineNum?: FieldValue;
    EffectiveConnectedLineName?: FieldValue;
    TimeToHangup?: FieldValue;
    BridgeID?: FieldValue;
    Application?: FieldValue;
    Data?: FieldValue;
    Nativeformats?: FieldValue;
    Readformat?: FieldValue;
    Readtrans?: FieldValue;
    Writeformat?: FieldValue;
    Writetrans?: FieldValue;
    Callgroup?: FieldValue;
    Pickupgroup?: FieldValue;
    Seconds?: FieldValue;
    /** Not documented by Asterisk. */
    Variable?: RepeatedFieldValue;
  };
  /** Event [StatusComplete](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/StatusComplete/): documented by Asterisk 16 and 22, since 18.26.0, 20.11.0, 21.6.0 and 22.1.0. */
  StatusComplete: {
    Event: "StatusComplete";
    Items?: FieldValue;
    /** Not documented by Asterisk. */
    EventList?: FieldValue;
    /** Not documented by Asterisk. */
    ListItems?: FieldValue;
  };
  /** Event [SuccessfulAuth](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/SuccessfulAuth/): documented by Asterisk 16 and 22, since 12.1.0. */
  SuccessfulAuth: {
    Event: "SuccessfulAuth";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    UsingPassword?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event `TestEvent`, which Asterisk does not document. */
  TestEvent: {
    Event: "TestEvent";
    Type?: FieldValue;
    State?: FieldValue;
    AppFile?: FieldValue;
    AppFunction?: FieldValue;
    AppLine?: FieldValue;
  };
  /** Event [TransportDetail](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/TransportDetail/): documented by Asterisk 16 and 22, since 12.6.0. */
  TransportDetail: {
    Event: "TransportDetail";
    ObjectType?: FieldValue;
    ObjectName?: FieldValue;
    Protocol?: FieldValue;
    Bind?: FieldValue;
    AsycOperations?: FieldValue;
    CaListFile?: FieldValue;
    CaListPath?: FieldValue;
    CertFile?: FieldValue;
    PrivKeyFile?: FieldValue;
    Password?: FieldValue;
    ExternalSignalingAddress?: FieldValue;
    ExternalSignalingPort?: FieldValue;
    ExternalMediaAddress?: FieldValue;
    Domain?: FieldValue;
    VerifyServer?: FieldValue;
    VerifyClient?: FieldValue;
    RequireClientCert?: FieldValue;
    Method?: FieldValue;
    Cipher?: FieldValue;
    LocalNet?: FieldValue;
    Tos?: FieldValue;
    Cos?: FieldValue;
    WebsocketWriteTimeout?: FieldValue;
    EndpointName?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    AllowReload?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    AllowWildcardCerts?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    SymmetricTransport?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveEnable?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveIdleTime?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveIntervalTime?: FieldValue;
    /** Documented by Asterisk 22 alone. */
    TcpKeepaliveProbeCount?: FieldValue;
  };
  /** Event [UnexpectedAddress](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/UnexpectedAddress/): documented by Asterisk 16 and 22, since 12.1.0. */
  UnexpectedAddress: {
    Event: "UnexpectedAddress";
    EventTV?: FieldValue;
    Severity?: KnownFieldValue<"Informational" | "Error">;
    Service?: FieldValue;
    EventVersion?: FieldValue;
    AccountID?: FieldValue;
    SessionID?: FieldValue;
    LocalAddress?: FieldValue;
    RemoteAddress?: FieldValue;
    ExpectedAddress?: FieldValue;
    Module?: FieldValue;
    SessionTV?: FieldValue;
  };
  /** Event [Unhold](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Unhold/): documented by Asterisk 16 and 22, since 12.0.0. */
  Unhold: ChannelFields & {
    Event: "Unhold";
  };
  /** Event [Unload](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Unload/): documented by Asterisk 16 and 22, since 16.0.0. */
  Unload: {
    Event: "Unload";
    Module?: FieldValue;
    Status?: KnownFieldValue<"Success">;
  };
  /** Event [UnParkedCall](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/UnParkedCall/): documented by Asterisk 16 and 22, since 12.0.0. */
  UnParkedCall:
    & PrefixedFields<"Parkee", ChannelFields>
    & PrefixedFields<"Parker", ChannelFields>
    & PrefixedFields<"Retriever", ChannelFields>
    & {
      Event: "UnParkedCall";
      ParkerDialString?: FieldValue;
      Parkinglot?: FieldValue;
      ParkingSpace?: FieldValue;
      ParkingTimeout?: FieldValue;
      ParkingDuration?: FieldValue;
    };
  /** Event [UserEvent](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/UserEvent/): documented by Asterisk 16 and 22, since 12.3.0. */
  UserEvent: Partial<ChannelFields> & {
    Event: "UserEvent";
    UserEvent?: FieldValue;
  };
  /** Event [VarSet](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/VarSet/): documented by Asterisk 16 and 22, since 12.0.0. */
  VarSet: Partial<ChannelFields> & {
    Event: "VarSet";
    Variable?: RepeatedFieldValue;
    Value?: FieldValue;
  };
  /** Event `VoicemailBoxDetail`, which Asterisk does not document. */
  VoicemailBoxDetail: {
    Event: "VoicemailBoxDetail";
  };
  /** Event `VoicemailBoxDetailComplete`, which Asterisk does not document. */
  VoicemailBoxDetailComplete: {
    Event: "VoicemailBoxDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event [VoicemailPasswordChange](https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/VoicemailPasswordChange/): documented by Asterisk 22, since 18.21.0, 20.6.0 and 21.1.0. */
  VoicemailPasswordChange: {
    Event: "VoicemailPasswordChange";
    Context?: FieldValue;
    Mailbox?: FieldValue;
    NewPassword?: FieldValue;
  };
  /** Event `VoicemailUserDetail`, which Asterisk does not document. */
  VoicemailUserDetail: {
    Event: "VoicemailUserDetail";
  };
  /** Event `VoicemailUserDetailComplete`, which Asterisk does not document. */
  VoicemailUserDetailComplete: {
    Event: "VoicemailUserDetailComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
  };
  /** Event `VoicemailUserEntry`, which Asterisk does not document. */
  VoicemailUserEntry: {
    Event: "VoicemailUserEntry";
    VMContext?: FieldValue;
    VoiceMailbox?: FieldValue;
    Fullname?: FieldValue;
    Email?: FieldValue;
    Pager?: FieldValue;
    ServerEmail?: FieldValue;
    MailCommand?: FieldValue;
    Language?: FieldValue;
    TimeZone?: FieldValue;
    Callback?: FieldValue;
    Dialout?: FieldValue;
    UniqueID?: FieldValue;
    ExitContext?: FieldValue;
    SayDurationMinimum?: FieldValue;
    SayEnvelope?: FieldValue;
    SayCID?: FieldValue;
    AttachMessage?: FieldValue;
    AttachmentFormat?: FieldValue;
    DeleteMessage?: FieldValue;
    VolumeGain?: FieldValue;
    CanReview?: FieldValue;
    CallOperator?: FieldValue;
    MaxMessageCount?: FieldValue;
    MaxMessageLength?: FieldValue;
    NewMessageCount?: FieldValue;
    OldMessageCount?: FieldValue;
  };
  /** Event `VoicemailUserEntryComplete`, which Asterisk does not document. */
  VoicemailUserEntryComplete: {
    Event: "VoicemailUserEntryComplete";
    EventList?: FieldValue;
    ListItems?: FieldValue;
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

// Written by tools/generate_catalog.ts: change that, and not this.

/** What is known of the answers: the headers of the response, and the events of a list. */
export interface ActionAnswersMap {
  /** The answer to `Agents`. */
  Agents: {
    items: "Agents";
    completion: "AgentsComplete";
  };
  /** The answer to `BridgeInfo`. */
  BridgeInfo: {
    items: "BridgeInfoChannel";
    completion: "BridgeInfoComplete";
  };
  /** The answer to `BridgeList`. */
  BridgeList: {
    items: "BridgeListItem";
    completion: "BridgeListComplete";
  };
  /** The answer to `BridgeTechnologyList`. */
  BridgeTechnologyList: {
    items: "BridgeTechnologyListItem";
    completion: "BridgeTechnologyListComplete";
  };
  /** The answer to `Challenge`. */
  Challenge: {
    response: {
      Challenge: string;
    };
  };
  /** The answer to `Command`. */
  Command: {
    response: { Output?: string[] };
  };
  /** The answer to `ConfbridgeList`. */
  ConfbridgeList: {
    items: "ConfbridgeList";
    completion: "ConfbridgeListComplete";
  };
  /** The answer to `ConfbridgeListRooms`. */
  ConfbridgeListRooms: {
    items: "ConfbridgeListRooms";
    completion: "ConfbridgeListRoomsComplete";
  };
  /** The answer to `CoreSettings`. */
  CoreSettings: {
    response: {
      AMIversion: string;
      AsteriskVersion: string;
      SystemName: string;
      CoreMaxCalls: number;
      CoreMaxLoadAvg: string;
      CoreRunUser: string;
      CoreRunGroup: string;
      CoreMaxFilehandles: number;
      CoreRealTimeEnabled: string;
      CoreCDRenabled: string;
      CoreHTTPenabled: string;
      SoundsSearchCustomDir?: string;
    };
  };
  /** The answer to `CoreShowChannelMap`. */
  CoreShowChannelMap: {
    items: "CoreShowChannelMap";
    completion: "CoreShowChannelMapComplete";
  };
  /** The answer to `CoreShowChannels`. */
  CoreShowChannels: {
    items: "CoreShowChannel";
    completion: "CoreShowChannelsComplete";
  };
  /** The answer to `CoreStatus`. */
  CoreStatus: {
    response: {
      CoreStartupDate: string;
      CoreStartupTime: string;
      CoreReloadDate: string;
      CoreReloadTime: string;
      CoreCurrentCalls: number;
      CoreProcessedCalls?: number;
    };
  };
  /** The answer to `DAHDIShowChannels`. */
  DAHDIShowChannels: {
    items: "DAHDIShowChannels";
    completion: "DAHDIShowChannelsComplete";
  };
  /** The answer to `DAHDIShowStatus`. */
  DAHDIShowStatus: {
    items: "DAHDIShowStatus";
    completion: "DAHDIShowStatusComplete";
  };
  /** The answer to `DBGet`. */
  DBGet: {
    items: "DBGetResponse";
    completion: "DBGetComplete";
  };
  /** The answer to `DBGetTree`. */
  DBGetTree: {
    items: "DBGetTreeResponse";
    completion: "DBGetTreeComplete";
  };
  /** The answer to `DeviceStateList`. */
  DeviceStateList: {
    items: "DeviceStateChange";
    completion: "DeviceStateListComplete";
  };
  /** The answer to `Events`. */
  Events: {
    response: {
      Events: string;
    };
  };
  /** The answer to `ExtensionState`. */
  ExtensionState: {
    response: {
      Exten: string;
      Context: string;
      Hint: string;
      Status: number;
      StatusText: string;
    };
  };
  /** The answer to `ExtensionStateList`. */
  ExtensionStateList: {
    items: "ExtensionStatus";
    completion: "ExtensionStateListComplete";
  };
  /** The answer to `FAXSession`. */
  FAXSession: {
    items: never;
    completion: "FAXSession";
  };
  /** The answer to `FAXSessions`. */
  FAXSessions: {
    items: "FAXSessionsEntry";
    completion: "FAXSessionsComplete";
  };
  /** The answer to `FAXStats`. */
  FAXStats: {
    items: never;
    completion: "FAXStats";
  };
  /** The answer to `GetConfig`. */
  GetConfig: {
    response: {
      [header: `Category-${string}`]: string | undefined;
      [header: `Line-${string}`]: string | undefined;
    };
  };
  /** The answer to `Getvar`. */
  Getvar: {
    response: {
      Variable: string;
      Value: string;
    };
  };
  /** The answer to `Hangup`. */
  Hangup: {
    items: "ChannelHungup";
    completion: "ChannelsHungupListComplete";
    isOptional: true;
  };
  /** The answer to `IAXpeerlist`. */
  IAXpeerlist: {
    items: "PeerEntry";
    completion: "PeerlistComplete";
  };
  /** The answer to `IAXpeers`. */
  IAXpeers: {
    items: "PeerEntry";
    completion: "PeerlistComplete";
  };
  /** The answer to `IAXregistry`. */
  IAXregistry: {
    items: "RegistryEntry";
    completion: "RegistrationsComplete";
  };
  /** The answer to `ListCategories`. */
  ListCategories: {
    response: {
      [header: `Category-${string}`]: string | undefined;
    };
  };
  /** The answer to `MailboxCount`. */
  MailboxCount: {
    response: {
      Mailbox: string;
      UrgMessages: number;
      NewMessages: number;
      OldMessages: number;
    };
  };
  /** The answer to `MailboxStatus`. */
  MailboxStatus: {
    response: {
      Mailbox: string;
      Waiting: number;
    };
  };
  /** The answer to `MeetmeList`. */
  MeetmeList: {
    items: "MeetmeList";
    completion: "MeetmeListComplete";
  };
  /** The answer to `MeetmeListRooms`. */
  MeetmeListRooms: {
    items: "MeetmeListRooms";
    completion: "MeetmeListRoomsComplete";
  };
  /** The answer to `MixMonitor`. */
  MixMonitor: {
    response: {
      MixMonitorID: string;
    };
  };
  /** The answer to `ModuleCheck`. */
  ModuleCheck: {
    response: {
      Version: string;
    };
  };
  /** The answer to `MWIGet`. */
  MWIGet: {
    items: "MWIGet";
    completion: "MWIGetComplete";
  };
  /** The answer to `ParkedCalls`. */
  ParkedCalls: {
    items: "ParkedCall";
    completion: "ParkedCallsComplete";
  };
  /** The answer to `Parkinglots`. */
  Parkinglots: {
    items: "Parkinglot";
    completion: "ParkinglotsComplete";
  };
  /** The answer to `Ping`. */
  Ping: {
    response: {
      Ping: string;
      Timestamp: string;
    };
  };
  /** The answer to `PJSIPHangup`. */
  PJSIPHangup: {
    items: "ChannelHungup";
    completion: "ChannelsHungupListComplete";
    isOptional: true;
  };
  /** The answer to `PJSIPShowAors`. */
  PJSIPShowAors: {
    items: "AorList";
    completion: "AorListComplete";
  };
  /** The answer to `PJSIPShowAuths`. */
  PJSIPShowAuths: {
    items: "AuthList";
    completion: "AuthListComplete";
  };
  /** The answer to `PJSIPShowContacts`. */
  PJSIPShowContacts: {
    items: "ContactList";
    completion: "ContactListComplete";
  };
  /** The answer to `PJSIPShowEndpoint`. */
  PJSIPShowEndpoint: {
    items:
      | "EndpointDetail"
      | "AorDetail"
      | "AuthDetail"
      | "TransportDetail"
      | "ContactStatusDetail"
      | "IdentifyDetail";
    completion: "EndpointDetailComplete";
  };
  /** The answer to `PJSIPShowEndpoints`. */
  PJSIPShowEndpoints: {
    items: "EndpointList";
    completion: "EndpointListComplete";
  };
  /** The answer to `PJSIPShowMaintenance`. */
  PJSIPShowMaintenance: {
    items: "PJSIPMaintenanceStatus";
    completion: "PJSIPMaintenanceStatusComplete";
  };
  /** The answer to `PJSIPShowRegistrationInboundContactStatuses`. */
  PJSIPShowRegistrationInboundContactStatuses: {
    items: "ContactStatusDetail";
    completion: "ContactStatusDetailComplete";
  };
  /** The answer to `PJSIPShowRegistrationsInbound`. */
  PJSIPShowRegistrationsInbound: {
    items: "InboundRegistrationDetail";
    completion: "InboundRegistrationDetailComplete";
  };
  /** The answer to `PJSIPShowRegistrationsOutbound`. */
  PJSIPShowRegistrationsOutbound: {
    items: "OutboundRegistrationDetail" | "AuthDetail";
    completion: "OutboundRegistrationDetailComplete";
  };
  /** The answer to `PJSIPShowResourceLists`. */
  PJSIPShowResourceLists: {
    items: "ResourceListDetail";
    completion: "ResourceListDetailComplete";
  };
  /** The answer to `PJSIPShowSubscriptionsInbound`. */
  PJSIPShowSubscriptionsInbound: {
    items: "InboundSubscriptionDetail";
    completion: "InboundSubscriptionDetailComplete";
  };
  /** The answer to `PJSIPShowSubscriptionsOutbound`. */
  PJSIPShowSubscriptionsOutbound: {
    items: "OutboundSubscriptionDetail";
    completion: "OutboundSubscriptionDetailComplete";
  };
  /** The answer to `PresenceState`. */
  PresenceState: {
    response: {
      State: string;
      Subtype?: string;
      PresenceMessage?: string;
    };
  };
  /** The answer to `PresenceStateList`. */
  PresenceStateList: {
    items: "PresenceStateChange";
    completion: "PresenceStateListComplete";
  };
  /** The answer to `PRIShowSpans`. */
  PRIShowSpans: {
    items: "PRIShowSpans";
    completion: "PRIShowSpansComplete";
  };
  /** The answer to `QueueStatus`. */
  QueueStatus: {
    items: "QueueParams" | "QueueMember" | "QueueEntry";
    completion: "QueueStatusComplete";
  };
  /** The answer to `QueueSummary`. */
  QueueSummary: {
    items: "QueueSummary";
    completion: "QueueSummaryComplete";
  };
  /** The answer to `ShowDialPlan`. */
  ShowDialPlan: {
    items: "ListDialplan";
    completion: "ShowDialPlanComplete";
  };
  /** The answer to `SIPpeers`. */
  SIPpeers: {
    items: "PeerEntry";
    completion: "PeerlistComplete";
  };
  /** The answer to `SIPpeerstatus`. */
  SIPpeerstatus: {
    items: "PeerStatus";
    completion: "SIPpeerstatusComplete";
  };
  /** The answer to `SIPshowpeer`. */
  SIPshowpeer: {
    response: {
      ObjectName: string;
      Context: string;
      Language: string;
      Accountcode?: string;
      Fromuser?: string;
      Callgroup: string;
      Pickupgroup: string;
      VoiceMailbox: string;
      Callerid: string;
      "Default-Username"?: string;
    };
  };
  /** The answer to `SIPshowregistry`. */
  SIPshowregistry: {
    items: "RegistryEntry";
    completion: "RegistrationsComplete";
  };
  /** The answer to `SKINNYdevices`. */
  SKINNYdevices: {
    items: "DeviceEntry";
    completion: "DevicelistComplete";
  };
  /** The answer to `SKINNYlines`. */
  SKINNYlines: {
    items: "LineEntry";
    completion: "LinelistComplete";
  };
  /** The answer to `Status`. */
  Status: {
    items: "Status";
    completion: "StatusComplete";
  };
  /** The answer to `VoicemailBoxSummary`. */
  VoicemailBoxSummary: {
    items: "VoicemailBoxDetail";
    completion: "VoicemailBoxDetailComplete";
    isOptional: true;
  };
  /** The answer to `VoicemailUsersList`. */
  VoicemailUsersList: {
    items: "VoicemailUserEntry";
    completion: "VoicemailUserEntryComplete";
    isOptional: true;
  };
  /** The answer to `VoicemailUserStatus`. */
  VoicemailUserStatus: {
    items: "VoicemailUserDetail";
    completion: "VoicemailUserDetailComplete";
    isOptional: true;
  };
  /** The answer to `WaitEvent`. */
  WaitEvent: {
    items: string;
    completion: "WaitEventComplete";
  };
}

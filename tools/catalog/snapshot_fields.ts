/**
 * The headers that many events share, whose types `src/catalog/snapshots.ts`
 * holds.
 *
 * @module
 */

/** The headers of a channel, without a prefix, that always come. */
export const CHANNEL_FIELDS: readonly string[] = [
  "Channel",
  "ChannelState",
  "ChannelStateDesc",
  "CallerIDNum",
  "CallerIDName",
  "ConnectedLineNum",
  "ConnectedLineName",
  "Language",
  "AccountCode",
  "Context",
  "Exten",
  "Priority",
  "Uniqueid",
  "Linkedid",
];

/** The headers that only some channels have. */
export const OPTIONAL_CHANNEL_FIELDS: readonly string[] = [
  "Tenantid",
  "ChanVariable",
];

/** The headers of a bridge, without a prefix. */
export const BRIDGE_FIELDS: readonly string[] = [
  "BridgeUniqueid",
  "BridgeType",
  "BridgeTechnology",
  "BridgeCreator",
  "BridgeName",
  "BridgeNumChannels",
  "BridgeVideoSourceMode",
  "BridgeVideoSource",
];

/** The headers that any event can have. */
export const COMMON_EVENT_FIELDS: readonly string[] = [
  "Event",
  "Privilege",
  "Timestamp",
  "ActionID",
  "SystemName",
];

/** The headers that any response can have. */
export const COMMON_RESPONSE_FIELDS: readonly string[] = [
  "Response",
  "ActionID",
  "Message",
  "EventList",
];

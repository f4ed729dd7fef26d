/**
 * The way in which the answer to an action ends. Most end with the response,
 * or, if the response says `EventList: start`, with an event that says
 * `EventList: Complete`. This describes the others.
 */
export interface AnswerShape {
  /**
   * The event that ends the answer, although neither it nor the response has a
   * header `EventList`.
   */
  readonly endsWithEvent?: string;
  /**
   * The event that ends a list that was announced with `EventList: start`,
   * if it comes without `EventList: Complete` (Asterisk 13.0 and 13.1).
   */
  readonly completion?: string;
  /** The event that ends the list until Asterisk 11, if it is not {@linkcode completion}. */
  readonly completionBefore12?: string;
  /** The `Message` of a response without a list, where others are followed by one that they do not announce. */
  readonly messageOfNone?: string;
  /** The name of the list's items, if they carry no ActionID. */
  readonly itemWithoutActionId?: string;
  /** `true` if the answer is free text without a response and without an ActionID. */
  readonly isFreeText?: boolean;
}

const ORDINARY: AnswerShape = {};

const SHAPES: ReadonlyMap<string, AnswerShape> = new Map<string, AnswerShape>([
  // main/manager.c, action_waitevent
  ["waitevent", { endsWithEvent: "WaitEventComplete" }],
  // res/res_fax.c, manager_fax_session and manager_fax_stats
  ["faxsession", { endsWithEvent: "FAXSession" }],
  ["faxstats", { endsWithEvent: "FAXStats" }],
  // main/data.c, manager_data_get, until Asterisk 14: there is no response at all
  ["dataget", { endsWithEvent: "DataGet Tree" }],
  // channels/chan_iax2.c, manager_iax2_show_peers and manager_iax2_show_netstats
  [
    "iaxpeers",
    { itemWithoutActionId: "PeerEntry", completion: "PeerlistComplete" },
  ],
  ["iaxnetstats", { isFreeText: true }],
  // apps/app_queue.c, manager_queues_show, until Asterisk 14
  ["queues", { isFreeText: true }],
  // channels/chan_skinny.c, until Asterisk 20
  ["skinnyshowdevice", { isFreeText: true }],
  ["skinnyshowline", { isFreeText: true }],
  // Lists whose completion has no EventList in Asterisk 13.0 and 13.1
  ["agents", { completion: "AgentsComplete" }],
  ["bridgeinfo", { completion: "BridgeInfoComplete" }],
  ["bridgelist", { completion: "BridgeListComplete" }],
  ["bridgetechnologylist", { completion: "BridgeTechnologyListComplete" }],
  ["dahdishowchannels", { completion: "DAHDIShowChannelsComplete" }],
  [
    "dbget",
    { completion: "DBGetComplete", completionBefore12: "DBGetResponse" },
  ],
  ["iaxpeerlist", { completion: "PeerlistComplete" }],
  ["parkedcalls", { completion: "ParkedCallsComplete" }],
  ["parkinglots", { completion: "ParkinglotsComplete" }],
  ["queuestatus", { completion: "QueueStatusComplete" }],
  ["queuesummary", { completion: "QueueSummaryComplete" }],
  ["sippeerstatus", { completion: "SIPpeerstatusComplete" }],
  ["status", { completion: "StatusComplete" }],
  [
    "voicemailuserslist",
    {
      completion: "VoicemailUserEntryComplete",
      messageOfNone: "There are no voicemail users currently defined.",
    },
  ],
]);

/**
 * Returns the shape of the answer to an action.
 *
 * @param action The action's name, in any case.
 * @param isBefore12 Whether the PBX is Asterisk 11 or older, whose responses do
 * not announce these lists (`astman_send_ack()` instead of
 * `astman_send_listack()`; `main/manager.c`, `apps/app_queue.c`, `main/db.c`).
 * @returns The shape; an empty object for an ordinary one.
 */
export function answerShape(action: string, isBefore12 = false): AnswerShape {
  const shape = SHAPES.get(action.toLowerCase()) ?? ORDINARY;
  if (!isBefore12) return shape;
  const endsWithEvent = shape.completionBefore12 ?? shape.completion;
  return endsWithEvent === undefined ? shape : { ...shape, endsWithEvent };
}

const ITEMS_WITHOUT_ACTION_ID: ReadonlySet<string | undefined> = new Set(
  [...SHAPES.values()].map(({ itemWithoutActionId }) => itemWithoutActionId),
);

/**
 * Reports whether an event may end a list although it carries no ActionID.
 *
 * @param event The event's name, as the PBX spells it.
 * @returns `true` for the names that ends of lists have.
 */
export function mayEndList(event: string): boolean {
  return event.endsWith("Complete");
}

/**
 * Reports whether an event may be part of a list although it carries no
 * ActionID: an item, or the end.
 *
 * @param event The event's name, as the PBX spells it.
 * @returns `true` if only its position shows where it belongs.
 */
export function isItemWithoutActionId(event: string): boolean {
  return ITEMS_WITHOUT_ACTION_ID.has(event) || mayEndList(event);
}

/**
 * Events that carry the ActionID of the action that caused them and yet are not
 * items of its answer: they are sent to everybody (`main/manager_channels.c`,
 * `main/manager.c`, `channels/chan_sip.c`).
 */
const BROADCAST_EVENTS: ReadonlySet<string> = new Set([
  "OriginateResponse",
  "SIPQualifyPeerDone",
  "UserEvent",
]);

/**
 * Reports whether an event is for everybody, whatever ActionID it carries.
 *
 * @param event The event's name, as Asterisk spells it.
 * @returns `true` if it is never an item of a list.
 */
export function isBroadcast(event: string): boolean {
  return BROADCAST_EVENTS.has(event);
}

/** The messages by which Asterisk means an empty list, by action. */
const EMPTY_LISTS: ReadonlyMap<string, RegExp> = new Map([
  ["confbridgelist", /^No active conferences\.$/],
  ["confbridgelistrooms", /^No active conferences\.$/],
  ["dbget", /^Database entry not found$/],
  ["extensionstatelist", /^No dialplan hints are available$/],
  ["meetmelist", /^No active conferences\.$/],
  ["meetmelistrooms", /^No active conferences\.$/],
  ["pjsipshowaors", /^No AORs found$/i],
  ["pjsipshowauths", /^No Auths found$/i],
  ["pjsipshowcontacts", /^No Contacts found$/i],
  ["pjsipshowendpoints", /^No endpoints found$/i],
  ["pjsipshowresourcelists", /^No resource lists found$/i],
]);

/**
 * Reports whether an error response only means that there is nothing to list.
 *
 * @param action The action's name, in any case.
 * @param message The response's `Message`.
 * @returns `true` for the errors by which Asterisk means an empty list.
 */
export function isEmptyList(action: string, message: string): boolean {
  return EMPTY_LISTS.get(action.toLowerCase())?.test(message) ?? false;
}

import type { ActionData } from "../actions/action.ts";
import type { DAMIData } from "../data.ts";
import type { ActionParametersMap } from "./actions.ts";
import type { ActionAnswersMap } from "./answers.ts";
import type { CustomActions, CustomEvents } from "./custom.ts";
import type { EventDataMap } from "./events.ts";
import type { CommonEventFields, CommonResponseFields } from "./snapshots.ts";

/** The names of the actions that are known. Any other name can be sent, too. */
export type ActionName = keyof ActionParametersMap | keyof CustomActions;

/** The names of the events that are known. Any other name can be listened to, too. */
export type EventName = keyof EventDataMap | keyof CustomEvents;

/**
 * The headers of an action. Those that Asterisk documents have types, those
 * that it needs have to be there, and any other can be sent besides.
 *
 * @example
 * ```ts
 * import type { ActionParameters } from "@dami/dami";
 *
 * const call: ActionParameters<"Originate"> = {
 *   Channel: "PJSIP/6001",
 *   Application: "Echo",
 *   Variable: { GREETING: "hello" },
 * };
 * console.log(call.Channel);
 * ```
 */
export type ActionParameters<Name extends string = string> = Name extends
  keyof CustomActions ? ActionData & ParametersOf<CustomActions[Name]>
  : Name extends keyof ActionParametersMap
    ? ActionData & ActionParametersMap[Name]
  : ActionData;

/**
 * The headers of an event. Those that are known have types, and are optional
 * unless they always come; any other can be read besides.
 *
 * @example
 * ```ts
 * import type { EventData } from "@dami/dami";
 *
 * function describe(event: EventData<"Hangup">): string {
 *   return `${event.Channel}: ${event["Cause-txt"]}`;
 * }
 * console.log(describe);
 * ```
 */
export type EventData<Name extends string = string> = Name extends
  keyof CustomEvents
  ? DAMIData & CommonEventFields & { Event: Name } & CustomEvents[Name]
  : Name extends keyof EventDataMap
    ? DAMIData & CommonEventFields & EventDataMap[Name]
  : DAMIData;

/**
 * The items of the list that an action is answered with. Where they are of
 * several kinds, their `Event` tells them apart.
 *
 * @example
 * ```ts
 * import type { ListItem } from "@dami/dami";
 *
 * function describe(item: ListItem<"QueueStatus">): string {
 *   return item.Event === "QueueMember" ? `${item.Name}` : item.Event;
 * }
 * console.log(describe);
 * ```
 */
export type ListItem<Name extends string = string> = AnswerOf<Name> extends
  { items: infer Items extends string } ? EventData<Items> : DAMIData;

/** The response to an action. */
export type ResponseData<Name extends string = string> = AnswerOf<Name> extends
  { response: infer Response } ? DAMIData & CommonResponseFields & Response
  : DAMIData & CommonResponseFields;

/**
 * The whole answer to an action: the response, and, of a list, its items and
 * its completion.
 *
 * @example
 * ```ts
 * import type { ActionResult } from "@dami/dami";
 *
 * function count([, ...events]: ActionResult<"CoreShowChannels">): number {
 *   return events.length - 1;
 * }
 * console.log(count);
 * ```
 */
export type ActionResult<Name extends string = string> = Name extends unknown
  ? AnswerOf<Name> extends {
    items: infer Items extends string;
    completion: infer Completion extends string;
  } ? AnswerOf<Name> extends { isOptional: true } ? [
        response: ResponseData<Name>,
        ...events: (EventData<Items> | EventData<Completion>)[],
      ]
    : [
      response: ResponseData<Name>,
      ...items: EventData<Items>[],
      completion: EventData<Completion>,
    ]
  : [response: ResponseData<Name>, ...events: DAMIData[]]
  : never;

/** The known answer to an action. */
export type AnswerOf<Name extends string> = Name extends keyof CustomActions
  ? CustomActions[Name]
  : Name extends keyof ActionAnswersMap ? ActionAnswersMap[Name]
  : Record<never, never>;

/** The parameters that an action of one's own was given. */
export type ParametersOf<Custom> = Custom extends
  { parameters: infer Parameters } ? Parameters : Record<never, never>;

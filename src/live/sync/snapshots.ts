import type { AmiClient } from "../../client.ts";
import type { DAMIData } from "../../data.ts";
import { AmiResponseError, AmiTimeoutError } from "../../errors.ts";
import type { SnapshotKind } from "../change.ts";
import type { Snapshots } from "../state/pbx_state.ts";

/** A list that tells what is. */
interface Source {
  /** The action that is answered with it. */
  readonly action: string;
  /** The action to try if the user has no right to that one. */
  readonly otherwise?: string;
  /** Whether it is nothing to be told of if there is no such action. */
  readonly isOptional?: boolean;
}

/**
 * What is asked for each kind, in this order: the bridges after the channels
 * and the endpoints last.
 */
const SOURCES: readonly (readonly [SnapshotKind, Source])[] = [
  // The first wants the class system or reporting, the second is happy with
  // call (main/manager.c), and says no less of a channel.
  ["channels", { action: "CoreShowChannels", otherwise: "Status" }],
  ["parking", { action: "ParkedCalls" }],
  ["bridges", { action: "BridgeList" }],
  ["queues", { action: "QueueStatus" }],
  ["devices", { action: "DeviceStateList" }],
  ["extensions", { action: "ExtensionStateList" }],
  ["endpoints", { action: "PJSIPShowEndpoints" }],
  // Asterisk 21 and later have no chan_sip, and few have IAX2.
  ["endpoints", { action: "SIPpeers", isOptional: true }],
  ["endpoints", { action: "IAXpeerlist", isOptional: true }],
];

/** What {@linkcode takeSnapshots} needs. */
export interface SnapshotOptions {
  /** The kinds that are not asked for. */
  readonly except: ReadonlySet<SnapshotKind>;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Takes what could not be had. */
  readonly onProblem: (snapshot: SnapshotKind, error: Error) => void;
}

/**
 * Asks for all that is. All actions are sent at once, and are answered one
 * after the other.
 *
 * @param dami Where to ask.
 * @param options What to ask for.
 * @returns The items of the lists.
 * @throws {AmiConnectionError | AmiClosedError} If there is no connection, or it is lost meanwhile.
 * @throws The signal's reason, if it is aborted.
 */
export async function takeSnapshots(
  dami: AmiClient,
  options: SnapshotOptions,
): Promise<Snapshots> {
  const asked = SOURCES.filter(([kind]) => !options.except.has(kind));
  const outcomes = await Promise.allSettled(
    asked.map(([kind, source]) => ask(dami, kind, source, options)),
  );
  const snapshots: { [Kind in SnapshotKind]?: readonly DAMIData[] } = {};
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === "rejected") throw outcome.reason;
    const kind = asked[index]?.[0];
    if (kind === undefined || outcome.value === undefined) continue;
    snapshots[kind] = [...snapshots[kind] ?? [], ...outcome.value];
  }
  return snapshots;
}

/**
 * Asks for one list; gives nothing if the PBX refuses it.
 *
 * It stands alone because V8 keeps what the functions that an error came
 * through can see for as long as the error is kept: that must not be the other
 * lists.
 */
async function ask(
  dami: AmiClient,
  kind: SnapshotKind,
  source: Source,
  { signal, onProblem }: SnapshotOptions,
): Promise<readonly DAMIData[] | undefined> {
  try {
    return await itemsOf(dami, source, signal);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (!(isMissing(error) && source.isOptional)) onProblem(kind, error);
    return undefined;
  }
}

/**
 * Asks for one queue.
 *
 * @param dami Where to ask.
 * @param queue The queue.
 * @param signal Ends the wait.
 * @returns The items of `QueueStatus`.
 */
export async function takeQueue(
  dami: AmiClient,
  queue: string,
  signal: AbortSignal,
): Promise<readonly DAMIData[]> {
  const [, ...items] = await dami.to(
    "QueueStatus",
    { Queue: queue },
    { signal },
  );
  return items;
}

async function itemsOf(
  dami: AmiClient,
  { action, otherwise }: Source,
  signal: AbortSignal,
): Promise<readonly DAMIData[]> {
  try {
    const [, ...events] = await dami.to<string>(action, {}, { signal });
    return events.slice(0, -1);
  } catch (error) {
    if (error instanceof AmiResponseError) {
      if (error.emptyList) return [];
      if (otherwise !== undefined) {
        return await itemsOf(dami, { action: otherwise }, signal);
      }
    }
    throw error;
  }
}

/** Whether the PBX did not give an answer that it could have given, while the connection lives on. */
function isRefusal(error: unknown): error is Error {
  return error instanceof AmiResponseError || error instanceof AmiTimeoutError;
}

/** Whether there is no such action, as its module is not loaded. */
function isMissing(error: Error): boolean {
  return error.message.includes("Invalid/unknown command");
}

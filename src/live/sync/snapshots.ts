import type { AmiClient } from "../../client.ts";
import type { DAMIData } from "../../data.ts";
import { AmiResponseError, AmiTimeoutError } from "../../errors.ts";
import type { SnapshotKind } from "../change.ts";
import type { Snapshots } from "../state/pbx_state.ts";

/** The client that snapshots are requested from. */
export type Asked = Pick<AmiClient, "to" | "amiVersion">;

/** A list of everything of one kind. */
interface Source {
  /** The action that it answers. */
  readonly action: string;
  /** The action to try if the user lacks the right to that one. */
  readonly otherwise?: string;
  /** `true` if it is no problem that the PBX lacks the action. */
  readonly isOptional?: boolean;
}

/**
 * The lists of each kind, in this order: the bridges after the channels and the
 * endpoints last.
 */
const SOURCES: readonly (readonly [SnapshotKind, Source])[] = [
  // The first needs the class system or reporting, the second only call
  // (main/manager.c), and holds no less about a channel.
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

/** Options of {@linkcode takeSnapshots}. */
export interface SnapshotOptions {
  /** The kinds that are not asked for. */
  readonly except: ReadonlySet<SnapshotKind>;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Takes the kinds that could not be read. */
  readonly onProblem: (snapshot: SnapshotKind, error: Error) => void;
}

/**
 * Asks for everything. All actions are sent at once, and are answered one after
 * the other.
 *
 * @param dami The PBX.
 * @param options The kinds to leave out, and what takes problems.
 * @returns The items of the lists.
 * @throws {AmiConnectionError | AmiClosedError} If there is no connection, or it is lost meanwhile.
 * @throws The signal's reason, if it is aborted.
 */
export async function takeSnapshots(
  dami: Asked,
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
 * Asks for one list; returns `undefined` if the PBX refuses it.
 *
 * It stands alone because an error keeps alive what the functions that it came
 * through can see (V8): that must not be the other lists.
 */
async function ask(
  dami: Asked,
  kind: SnapshotKind,
  source: Source,
  { signal, onProblem }: SnapshotOptions,
): Promise<readonly DAMIData[] | undefined> {
  try {
    return await listOf(dami, source, signal);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (!(isMissing(error) && source.isOptional)) onProblem(kind, error);
    return undefined;
  }
}

/**
 * Asks for one queue.
 *
 * @param dami The PBX.
 * @param queue The queue.
 * @param signal Ends the wait.
 * @returns The items of `QueueStatus`.
 */
export async function takeQueue(
  dami: Asked,
  queue: string,
  signal: AbortSignal,
): Promise<readonly DAMIData[]> {
  return await itemsOf(dami, "QueueStatus", { Queue: queue }, signal);
}

async function listOf(
  dami: Asked,
  { action, otherwise }: Source,
  signal: AbortSignal,
): Promise<readonly DAMIData[]> {
  try {
    return await itemsOf(dami, action, {}, signal);
  } catch (error) {
    if (!(error instanceof AmiResponseError) || otherwise === undefined) {
      throw error;
    }
    return await itemsOf(dami, otherwise, {}, signal);
  }
}

/** Sends an action, and returns what is between its response and its completion. */
async function itemsOf(
  dami: Asked,
  action: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<readonly DAMIData[]> {
  try {
    const [, ...events] = await dami.to<string>(action, headers, { signal });
    return events.slice(0, -1);
  } catch (error) {
    if (error instanceof AmiResponseError && error.emptyList) return [];
    throw error;
  }
}

/**
 * Reports whether the PBX refused an answer, or gave none in time, while the
 * connection lives on.
 *
 * @param error The error.
 * @returns Whether it did.
 */
export function isRefusal(error: unknown): error is Error {
  return error instanceof AmiResponseError || error instanceof AmiTimeoutError;
}

/** Reports whether the PBX has no such action, as its module is not loaded. */
function isMissing(error: Error): boolean {
  return error.message.includes("Invalid/unknown command");
}

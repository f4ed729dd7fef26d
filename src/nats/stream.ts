import {
  DiscardPolicy,
  type JetStreamManager,
  type StreamConfig,
} from "@nats-io/jetstream";
import { millis, nanos, type NatsConnection } from "@nats-io/nats-core";
import { isApiError } from "./journal.ts";
import { STREAM_SUBJECTS } from "./subjects.ts";

/** The error of the server for a missing stream. */
const STREAM_NOT_FOUND = 10_059;

/** The error of the server for more replicas than it has servers. */
const TOO_MANY_REPLICAS = 10_005;

/** The replicas in a cluster: one server may fail. */
const REPLICAS_IN_CLUSTER = 3;

/** The time that the server remembers the ids of messages (milliseconds). It takes about 100 bytes for each. */
const DUPLICATE_WINDOW = 20_000;

/** The settings of a stream, which is created with them if it is missing. */
export interface StreamSettings {
  /** Its name. */
  readonly name: string;
  /** Time that events are kept (milliseconds). */
  readonly maxAge: number;
  /** The most that is kept (bytes). */
  readonly maxBytes: number;
}

/**
 * Returns how many copies of a stream the servers can hold.
 *
 * @param nats The connection.
 */
export function replicasFor(nats: NatsConnection): number {
  return nats.info?.cluster === undefined ? 1 : REPLICAS_IN_CLUSTER;
}

/**
 * Makes the stream if it is missing. An existing one is never changed.
 *
 * @param jsm The manager of JetStream.
 * @param replicas How many copies are wanted.
 * @param settings What it is made with.
 * @returns The time that it keeps events, and the differences of an existing stream, in words.
 * @throws {Error} If the existing stream cannot be used.
 */
export async function ensureStream(
  jsm: JetStreamManager,
  replicas: number,
  settings: StreamSettings,
): Promise<{ maxAge: number; differences: string[] }> {
  const wanted = {
    subjects: [...STREAM_SUBJECTS],
    "max_age": nanos(settings.maxAge),
    "max_bytes": settings.maxBytes,
    discard: DiscardPolicy.Old,
    "duplicate_window": nanos(Math.min(DUPLICATE_WINDOW, settings.maxAge)),
    "allow_direct": true,
    "allow_atomic": true,
  };
  const found = await configOf(jsm, settings.name) ??
    await create(jsm, { name: settings.name, ...wanted }, replicas);
  if (found.allow_atomic !== true) {
    throw new Error(
      `Cannot use the stream '${settings.name}': it must have allow_atomic, which needs nats-server 2.12 or later`,
    );
  }
  const missing = STREAM_SUBJECTS.filter((subject) =>
    !found.subjects?.some((each) => each === subject || each === "dami.>")
  );
  if (missing.length > 0) {
    throw new Error(
      `Cannot use the stream '${settings.name}': it lacks the subjects ${
        missing.join(", ")
      }`,
    );
  }
  const compared = ["max_age", "max_bytes", "discard"] as const;
  const differences = compared.filter((key) => found[key] !== wanted[key])
    .map((key) => `${key} is ${found[key]} instead of ${wanted[key]}`);
  return { maxAge: millis(found.max_age) || Infinity, differences };
}

async function configOf(
  jsm: JetStreamManager,
  name: string,
): Promise<StreamConfig | undefined> {
  try {
    return (await jsm.streams.info(name)).config;
  } catch (error) {
    if (isApiError(error, STREAM_NOT_FOUND)) return undefined;
    throw error;
  }
}

async function create(
  jsm: JetStreamManager,
  config: Partial<StreamConfig> & { name: string },
  replicas: number,
): Promise<StreamConfig> {
  try {
    const made = await jsm.streams.add({ ...config, num_replicas: replicas });
    return made.config;
  } catch (error) {
    // Another bridge that starts at the same time may have been faster.
    const found = await configOf(jsm, config.name);
    if (found !== undefined) return found;
    if (replicas === 1 || !isApiError(error, TOO_MANY_REPLICAS)) throw error;
    return await create(jsm, config, 1);
  }
}

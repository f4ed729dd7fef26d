/**
 * The events of many PBXs on NATS JetStream: for any number of programs, on any
 * machine, including those that were away for a while. It needs `nats-server`
 * 2.12 or later with JetStream, and a client of NATS such as
 * `npm:@nats-io/transport-node`.
 *
 * ## The bridge
 *
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 * import { NatsBridge } from "@dami/dami/nats";
 * import { connect } from "@nats-io/transport-node";
 *
 * const nats = await connect({
 *   servers: "127.0.0.1:4222",
 *   maxReconnectAttempts: -1,
 * });
 * const fleet = new Fleet({
 *   berlin: { hostname: "pbx1.example.org" },
 *   wien: { hostname: "pbx3.example.org" },
 * }, { username: "dami", secret: "mysecret" });
 *
 * const bridge = new NatsBridge({ nats, fleet });
 * bridge.addEventListener("hold", ({ detail: { pbx } }) => {
 *   console.log(`Publishing the events of ${pbx}`);
 * });
 * await bridge.start();
 * await fleet.start();
 * ```
 *
 * The bridge always reads the manager interface, whatever NATS does. While NATS
 * is unreachable, the bridge keeps the events, within the bounds of the option
 * `spool`. Beyond them the oldest are dropped, and a gap says how many.
 *
 * Two or more bridges may run for the same PBXs, on different machines. For
 * each PBX one of them has a lease and publishes; the others listen as well.
 * When it is stopped, another one takes over within a second, and when it dies,
 * within the time of the lease and a second. The new one finds the place of the
 * last published event among those that it has received itself, and continues
 * after it. If it has not received them, a gap says so.
 *
 * ## Reading
 *
 * ```ts
 * import { NatsBus } from "@dami/dami/nats";
 * import { connect } from "@nats-io/transport-node";
 *
 * const nats = await connect({
 *   servers: "127.0.0.1:4222",
 *   maxReconnectAttempts: -1,
 * });
 * const bus = await NatsBus.open(nats);
 * for await (const item of bus.events({ name: "Hangup", since: "all" })) {
 *   if (item.gap !== undefined) {
 *     console.log(`${item.pbx}: events are missing since ${item.gap.from}`);
 *   } else {
 *     console.log(item.pbx, item.id, item.event.Channel);
 *   }
 * }
 * ```
 *
 * With the option `durable`, the server remembers the place of the reader, and
 * the program resumes there, however long it was away: each item comes at least
 * once, and again if it was not acknowledged by `item.ack()`. If the stream has
 * dropped something in the meantime, a gap says so.
 *
 * ## A PBX on the bus
 *
 * {@linkcode NatsBus.pbx} is an `AmiClient`: `LivePbx`, `AsyncAgi` and
 * everything else that takes one work on the bus as they do on their own
 * connection.
 *
 * ```ts
 * import { LivePbx } from "@dami/dami/live";
 * import type { NatsBus } from "@dami/dami/nats";
 *
 * async function work(bus: NatsBus): Promise<void> {
 *   using berlin = bus.pbx("berlin");
 *   using live = await LivePbx.start(berlin);
 *   console.log(live.calls.size);
 *   await berlin.to("QueueAdd", {
 *     Queue: "support",
 *     Interface: "PJSIP/6001",
 *   }, { once: "order-4711" });
 * }
 * console.log(work);
 * ```
 *
 * An action is done at most once. Its error has the outcome: with `"not-sent"`,
 * nothing has reached the PBX; with `"unknown"`, it may have been done. With
 * the option `once`, it can be repeated without harm.
 *
 * {@linkcode NatsBus.fleet} gives several PBXs as a fleet, for `FleetLive` and
 * `@dami/dami/telemetry`: those that are named, or each PBX whose name passes a
 * test, also when a bridge takes it later.
 *
 * Three parties have to allow an action: NATS, by the right to publish on
 * `dami.do.<pbx>.<Action>`; the bridge, by its option `actions.allow`, without
 * which it only does actions that read; and the PBX, by the classes of its
 * user. Permissions should name what is allowed: Asterisk ignores letter case,
 * so that a list of denied actions could be circumvented.
 *
 * ## On the bus
 *
 * | subject | message |
 * | --- | --- |
 * | `dami.event.<pbx>.<Event>` | an event, as JSON |
 * | `dami.gap.<pbx>.<reason>` | `{from, to, reason, missed?}`: events are missing |
 * | `dami.epoch.<pbx>.begin` | `{holder, after}`: a bridge begins to publish, after the message `after` |
 *
 * All of them are in one stream, `DAMI`, in the order in which the PBX sent
 * them. The header `Nats-Msg-Id` is `<pbx>:<epoch>:<sequence>`: the sequence
 * has no holes, so that a reader can prove that it has everything. `Dami-At` is
 * the time at which the bridge received the event (milliseconds since 1970).
 * Events contain what the PBX sends: names and numbers of callers. Who holds
 * which PBX, and whether the PBX is connected, is in the bucket `dami_lease`.
 *
 * A window of messages is stored whole or not at all, and only if the message
 * before it is the last one of its PBX. So nothing is stored twice, nothing
 * overtakes, and a bridge that was asleep while another took over cannot write
 * anything, however long NATS does not answer.
 *
 * @module
 */

export type { BusActionDetail } from "./action_server.ts";
export type {
  BridgeActionsOptions,
  LeaseOptions,
  NatsBridgeOptions,
  SpoolOptions,
  StreamOptions,
} from "./bridge_options.ts";
export type { BusEvents } from "./bus_events.ts";
export { BusFleet } from "./bus_fleet.ts";
export type { BusFleetChoice, FleetBus } from "./bus_fleet.ts";
export type {
  BusEvent,
  BusGap,
  BusGapDetail,
  BusItem,
  BusItemFields,
} from "./bus_item.ts";
export type { BusEventsOptions, NatsBusOptions } from "./bus_options.ts";
export {
  NatsBridge,
  type NatsBridgeDetail,
  type NatsBridgeEventMap,
  type NatsBridgeStats,
} from "./nats_bridge.ts";
export { NatsBus } from "./nats_bus.ts";
export type { NatsClient } from "./nats_client.ts";
export type { PbxBridgeStats } from "./pbx_bridge.ts";
export type { BusGapReason } from "./records.ts";
export type { BusActionArguments, BusActionOptions } from "./remote_actions.ts";
export type { RemotePbx } from "./remote_pbx.ts";

/**
 * The events of many PBXs on NATS JetStream: for any number of programs, on any
 * machine, also for those that were away for a while. It needs `nats-server`
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
 * The manager interface is always read, whatever NATS does. While NATS is away,
 * the bridge keeps the events, within the bounds of the option `spool`. Beyond
 * them the oldest are dropped, and a gap says how many.
 *
 * Two or more bridges may run for the same PBXs, on different machines. For each
 * PBX one of them has a lease and publishes; the others listen along. When it is
 * stopped, another one takes over within a second, and when it dies, within the
 * time of the lease and a second. The new one finds the place of the last
 * published event among those that it has heard itself, and goes on behind it.
 * If it has not heard them, a gap says so.
 *
 * ## On the bus
 *
 * | subject | message |
 * | --- | --- |
 * | `dami.event.<pbx>.<Event>` | an event, as JSON |
 * | `dami.gap.<pbx>.<reason>` | `{from, to, reason, missed?}`: events are missing |
 * | `dami.epoch.<pbx>.begin` | `{holder, after}`: a bridge begins to publish, behind the message `after` |
 *
 * All of them are in one stream, `DAMI`, in the order in which the PBX sent
 * them. The header `Nats-Msg-Id` is `<pbx>:<epoch>:<sequence>`: the sequence has
 * no holes, so that a reader can prove that it has everything. `Dami-At` is the
 * time at which the bridge received the event (milliseconds since 1970). Who
 * holds which PBX, and whether the PBX is connected, is in the bucket
 * `dami_lease`.
 *
 * A window of messages is stored whole or not at all, and only if the message
 * before it is the last one of its PBX. So nothing is stored twice, nothing
 * overtakes, and a bridge that was asleep while another took over can write
 * nothing, however long NATS does not answer.
 *
 * @module
 */

export type {
  LeaseOptions,
  NatsBridgeOptions,
  SpoolOptions,
  StreamOptions,
} from "./bridge_options.ts";
export {
  NatsBridge,
  type NatsBridgeDetail,
  type NatsBridgeEventMap,
  type NatsBridgeStats,
} from "./nats_bridge.ts";
export type { NatsClient } from "./nats_client.ts";
export type { PbxBridgeStats } from "./pbx_bridge.ts";

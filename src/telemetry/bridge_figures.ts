import type { Figure } from "./figure.ts";
import type { TelemetryBridge, TelemetryBridgePbx } from "./sources.ts";

/** A bridge at a moment. */
export type BridgeReading = ReturnType<TelemetryBridge["stats"]>;

/** The figures of a bridge to NATS. */
export const BRIDGE_FIGURES: readonly Figure<BridgeReading>[] = [
  {
    name: "dami.bus.connected",
    unit: "",
    kind: "gauge",
    description: "1 while the bridge is connected to NATS, otherwise 0",
    read: ({ isConnected }) => [{ value: isConnected ? 1 : 0 }],
  },
  {
    name: "dami.bus.spool",
    unit: "By",
    kind: "gauge",
    description: "Size of the events that wait in the bridge",
    read: ({ spoolBytes }) => [{ value: spoolBytes }],
  },
];

function figure(
  kind: "counter" | "gauge",
  name: string,
  unit: string,
  description: string,
  of: (bridge: TelemetryBridgePbx) => number,
): Figure<TelemetryBridgePbx> {
  return {
    name,
    unit,
    kind,
    description,
    read: (bridge) => [{ value: of(bridge) }],
  };
}

/** The figures of a bridge to NATS for each PBX. */
export const BRIDGE_PBX_FIGURES: readonly Figure<TelemetryBridgePbx>[] = [
  figure(
    "gauge",
    "dami.lease.held",
    "",
    "1 while this bridge publishes the events of the PBX, otherwise 0",
    ({ holds }) => holds ? 1 : 0,
  ),
  figure(
    "counter",
    "dami.bus.published",
    "{message}",
    "Messages that NATS has stored",
    ({ published }) => published,
  ),
  figure(
    "counter",
    "dami.bus.resent",
    "{window}",
    "Messages that were sent to NATS again, or looked up there",
    ({ resent }) => resent,
  ),
  figure(
    "gauge",
    "dami.bus.spooled",
    "{event}",
    "Events that wait to be stored by NATS",
    ({ spooled }) => spooled,
  ),
  figure(
    "counter",
    "dami.bus.dropped",
    "{event}",
    "Events that were dropped because too many were waiting for NATS",
    ({ dropped }) => dropped,
  ),
  figure(
    "counter",
    "dami.bus.gaps",
    "{gap}",
    "Gaps that were announced on the bus",
    ({ gaps }) => gaps,
  ),
];

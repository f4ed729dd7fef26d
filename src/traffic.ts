/** Which way bytes went: from the PBX, or to it. */
export type Direction = "received" | "sent";

/**
 * Takes bytes as they are read or written. They are overwritten after it
 * returns, and it must not throw.
 */
export type OnTraffic = (bytes: Uint8Array, direction: Direction) => void;

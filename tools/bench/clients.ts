import { PEERS } from "./peers.ts";

/** Something that is measured. */
export interface ClientInfo {
  /** Its name in the report. */
  name: string;
  /** Its version, where it has one of its own. */
  version: string | undefined;
  /** Its file in `clients/`. */
  module: string;
  /** DAMI, a client from npm, or what no client can go below. */
  kind: "dami" | "peer" | "floor";
}

/** The name of DAMI in the report. */
export const DAMI_NAME = "DAMI";

/** The name of bare line cutting in the report. */
export const LINES_FLOOR = "bare TextLineStream";

/** The name of reading and decoding in the report. */
export const DECODE_FLOOR = "read and decode alone";

/** The name of sending and receiving without a client in the report. */
export const ACTIONS_FLOOR = "bare write and read";

/** All that are measured, in the order of the report. */
export const CLIENTS: readonly ClientInfo[] = [
  { name: DAMI_NAME, version: undefined, module: "dami.ts", kind: "dami" },
  ...Object.entries(PEERS).map(([name, version]): ClientInfo => ({
    name,
    version,
    module: `${name}.mjs`,
    kind: "peer",
  })),
  floor(LINES_FLOOR, "text_line_stream.ts"),
  floor(DECODE_FLOOR, "decode.ts"),
  floor(ACTIONS_FLOOR, "write_and_read.ts"),
];

function floor(name: string, module: string): ClientInfo {
  return { name, version: undefined, module, kind: "floor" };
}

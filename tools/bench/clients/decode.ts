import { END_EVENT } from "../traffic.ts";
import type { Floor } from "./client.ts";
import { login, requestReplay } from "./_raw_connection.ts";

const END = `Event: ${END_EVENT}\r\n\r\n`;

/**
 * Connects what only reads bytes and decodes them.
 *
 * @param port The port of the PBX.
 * @returns The floor.
 */
export async function connectFloor(port: number): Promise<Floor> {
  const conn = await login(port);
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  return {
    async replay(count) {
      await requestReplay(conn, count);
      for (let tail = ""; tail !== END;) {
        const read = await conn.read(buffer);
        if (read === null) throw new Error("The PBX has closed the connection");
        const text = decoder.decode(buffer.subarray(0, read), { stream: true });
        // What was read may end within the end.
        tail = (tail + text.slice(-END.length)).slice(-END.length);
      }
    },
  };
}

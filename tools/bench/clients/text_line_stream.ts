import { TextLineStream } from "@std/streams/text-line-stream";
import type { Floor } from "./client.ts";
import { login, requestReplay } from "./_raw_connection.ts";

/**
 * Connects the bare `TextDecoderStream` → `TextLineStream`, which only counts
 * the frames.
 *
 * @param port The port of the PBX.
 * @returns The floor.
 */
export async function connectFloor(port: number): Promise<Floor> {
  const conn = await login(port);
  const lines = conn.readable
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream())
    .getReader();
  return {
    async replay(count) {
      await requestReplay(conn, count);
      // The response and the end are frames as well.
      for (let frames = 0; frames < count + 2;) {
        const { value, done } = await lines.read();
        if (done) throw new Error("The PBX has closed the connection");
        if (value === "") frames++;
      }
    },
  };
}

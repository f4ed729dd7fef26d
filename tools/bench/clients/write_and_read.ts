import type { Floor } from "./client.ts";
import { login } from "./_raw_connection.ts";

const END = "\r\n\r\n";

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    count++;
  }
  return count;
}

/**
 * Connects what only writes actions and reads until there are as many answers.
 *
 * @param port The port of the PBX.
 * @returns The floor.
 */
export async function connectFloor(port: number): Promise<Floor> {
  const conn = await login(port);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let lastId = 0;

  async function askTogether(together: number): Promise<void> {
    let actions = "";
    for (let i = 0; i < together; i++) {
      const id = ++lastId;
      actions += `Action: Getvar\r\nActionID: ${id}\r\nVariable: v${id}${END}`;
    }
    await conn.write(encoder.encode(actions));
    let tail = "";
    for (let answers = 0; answers < together;) {
      const read = await conn.read(buffer);
      if (read === null) throw new Error("The PBX has closed the connection");
      const text = tail + decoder.decode(buffer.subarray(0, read));
      answers += countOf(text, END);
      // What was read may end within the end of an answer.
      tail = text.endsWith(END) ? "" : text.slice(1 - END.length);
    }
  }

  return {
    async ask(count, together) {
      for (let asked = 0; asked < count; asked += together) {
        await askTogether(together);
      }
    },
  };
}

import type { AmiFrame } from "./frame_writer.ts";

/** The response that refuses an action. */
export function errorFrame(message: string): AmiFrame {
  return { Response: "Error", Message: message };
}

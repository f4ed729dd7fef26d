import {
  type CapturedFrame,
  itemsOf,
  outputOf,
  parseCapture,
  trafficOf,
} from "./capture.ts";
import { arrange, Traffic } from "./traffic.ts";

const CAPTURES = new URL("../../tests/captures/", import.meta.url);

/** The ActionID of `dialplan show default` in the capture. */
const COMMAND_WITH_OUTPUT = "17";

/** All that was captured and is sent again. */
export interface Captured {
  /** Events. */
  traffic: Traffic;
  /** Items of the list of channels, without ActionID. */
  items: string[];
  /** Lines of output of a console command. */
  output: string[];
}

async function readFrames(name: string): Promise<CapturedFrame[]> {
  return parseCapture(await Deno.readTextFile(new URL(name, CAPTURES)));
}

/**
 * Reads the captured sessions.
 *
 * @returns What is sent of them.
 */
export async function readCaptured(): Promise<Captured> {
  const calls = await readFrames("calls-22.txt");
  return {
    traffic: new Traffic(arrange(trafficOf(calls))),
    items: itemsOf(calls, "CoreShowChannel"),
    output: outputOf(await readFrames("lists-16.txt"), COMMAND_WITH_OUTPUT),
  };
}

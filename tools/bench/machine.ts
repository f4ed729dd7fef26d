import type { PeerRuntime } from "./peers.ts";

async function read(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    // Only Linux has it.
    return "";
  }
}

/** Returns the date, such as `2026-11-27`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Describes the machine, and what ran on it.
 *
 * @param runtime What ran the clients from npm.
 * @returns One line.
 */
export async function describeMachine(runtime: PeerRuntime): Promise<string> {
  const cpu = /^model name\s*:\s*(.*)$/m.exec(await read("/proc/cpuinfo"))
    ?.[1] ?? Deno.build.arch;
  const system = /^PRETTY_NAME="(.*)"$/m.exec(await read("/etc/os-release"))
    ?.[1] ?? Deno.build.os;
  const gigabytes = Deno.systemMemoryInfo().total / 2 ** 30;
  return [
    `${cpu}, ${navigator.hardwareConcurrency} cores`,
    `${Math.round(gigabytes)} GB`,
    `${system}, kernel ${Deno.osRelease()}`,
    `Deno ${Deno.version.deno} (V8 ${Deno.version.v8})`,
    `the npm clients on ${runtime.name} ${runtime.version}`,
    today(),
  ].join(" · ");
}

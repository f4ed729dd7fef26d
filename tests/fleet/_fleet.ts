import { Fleet, type FleetPbxOptions } from "../../src/fleet/fleet.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { AT_ONCE, CREDENTIALS } from "../_faults.ts";

/** The options that all PBXs of the tests share. */
export const COMMON: FleetPbxOptions = {
  ...CREDENTIALS,
  timeout: 5_000,
  reconnect: AT_ONCE,
};

/** Embedded PBXs by name, and a fleet of them. */
export class TestFleet implements AsyncDisposable {
  readonly servers = new Map<string, AmiServer>();
  readonly fleet: Fleet;

  constructor(
    names: readonly string[] = ["berlin", "wien"],
    common: FleetPbxOptions = {},
  ) {
    for (const name of names) this.servers.set(name, AmiServer.start());
    this.fleet = new Fleet(
      Object.fromEntries(
        [...this.servers].map(([name, { port }]) => [name, { port }]),
      ),
      { ...COMMON, ...common },
    );
  }

  /** The PBX of a name. */
  server(name: string): AmiServer {
    const server = this.servers.get(name);
    if (server === undefined) throw new Error(`There is no server ${name}`);
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.fleet.close();
    for (const server of this.servers.values()) await server.close();
  }
}

/** A fleet that is started. */
export async function started(
  names?: readonly string[],
  common?: FleetPbxOptions,
): Promise<TestFleet> {
  const test = new TestFleet(names, common);
  await test.fleet.start();
  return test;
}

/** The events of the fleet itself as they come, with the names of their PBXs. */
export function lifecycleOf(fleet: Fleet): string[] {
  const log: string[] = [];
  const types = [
    "add",
    "remove",
    "connect",
    "login",
    "disconnect",
    "reconnecting",
    "gap",
    "close",
  ] as const;
  for (const type of types) {
    fleet.addEventListener(type, ({ detail }) => {
      log.push(`${type} ${detail.pbx}`);
    });
  }
  return log;
}

/** A port of this machine where nothing listens. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

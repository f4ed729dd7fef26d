import { Fleet } from "../../src/fleet/fleet.ts";
import {
  NatsBridge,
  type NatsBridgeOptions,
  NatsBus,
  type NatsBusOptions,
} from "../../src/nats/nats.ts";
import type { AmiServerOptions } from "../../src/testing/ami_server.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { until } from "../_waiting.ts";
import type { TestBus } from "./_nats.ts";
import { NumberedPbx } from "./_numbered.ts";

/** A PBX, a bridge that holds it, and a bus that reads it. */
export class Bridged implements AsyncDisposable {
  readonly pbx: NumberedPbx;
  readonly fleet: Fleet;
  readonly bridge: NatsBridge;
  readonly bus: NatsBus;

  private constructor(
    pbx: NumberedPbx,
    fleet: Fleet,
    bridge: NatsBridge,
    bus: NatsBus,
  ) {
    this.pbx = pbx;
    this.fleet = fleet;
    this.bridge = bridge;
    this.bus = bus;
  }

  static async start(
    test: TestBus,
    options: Partial<NatsBridgeOptions> = {},
    busOptions: NatsBusOptions & { user?: string } = {},
    serverOptions: AmiServerOptions = {},
  ): Promise<Bridged> {
    const { user, ...others } = busOptions;
    const pbx = new NumberedPbx(serverOptions);
    const fleet = new Fleet({ berlin: { port: pbx.server.port } }, COMMON);
    await fleet.start();
    const bridge = new NatsBridge({
      nats: await test.connect(undefined, user === undefined ? user : "bridge"),
      fleet,
      lease: { ttl: 2_000 },
      ...options,
    });
    await bridge.start();
    await until(() => bridge.holds("berlin"));
    const nats = await test.connect(undefined, user);
    return new Bridged(pbx, fleet, bridge, await NatsBus.open(nats, others));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.bus.close();
    await this.bridge.stop();
    this.fleet.close();
    await this.pbx[Symbol.asyncDispose]();
  }
}

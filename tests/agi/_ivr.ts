/**
 * An embedded PBX whose dialplan lets programs lead calls, and a client.
 *
 * @module
 */

import { DAMI, type DAMIOptions } from "../../mod.ts";
import {
  type AgiHandler,
  AsyncAgi,
  type AsyncAgiOptions,
} from "../../src/agi/async_agi.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { CREDENTIALS } from "../_dami.ts";

/** The extensions: one stay in AGI, and two in a row. */
const EXTENSIONS = {
  "100": [
    "Answer()",
    "AGI(agi:async,one,two words)",
    "UserEvent(Left,Status: left)",
    "Wait(60)",
  ],
  "200": ["Answer()", "AGI(agi:async,first)", "AGI(agi:async,second)"],
};

/** A PBX, a client that listens, and what a test does with them. */
export class Ivr implements AsyncDisposable {
  readonly server: AmiServer;
  readonly dami: DAMI;
  /** The errors that the client reports. */
  readonly errors: unknown[] = [];
  readonly #serving: AsyncAgi[] = [];

  private constructor(server: AmiServer, dami: DAMI) {
    this.server = server;
    this.dami = dami;
    dami.addEventListener("error", ({ error }) => this.errors.push(error));
  }

  static async start(options: DAMIOptions = {}): Promise<Ivr> {
    const server = AmiServer.start({ extensions: EXTENSIONS });
    const dami = new DAMI({ port: server.port, timeout: 5_000, ...options });
    await dami.connectAndLogin(CREDENTIALS);
    await dami.listen();
    return new Ivr(server, dami);
  }

  /** Serves calls until the end of the test. */
  serve(handler: AgiHandler, options?: AsyncAgiOptions): AsyncAgi {
    const agi = AsyncAgi.serve(this.dami, handler, options);
    this.#serving.push(agi);
    return agi;
  }

  /** Calls an extension; the near end waits. */
  async call(extension = "100"): Promise<void> {
    await this.dami.to("Originate", {
      Channel: `Local/${extension}@default`,
      Application: "Wait",
      Data: "60",
      Async: true,
    });
  }

  /** Leads one call, and gives what the handler returned. */
  async lead<T>(
    handler: (call: Parameters<AgiHandler>[0]) => Promise<T>,
    extension?: string,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    await using _ = this.serve((call) => handler(call).then(resolve, reject));
    await this.call(extension);
    return await promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#serving.map((agi) => agi.close()));
    this.dami.close();
    await this.server.close();
  }
}

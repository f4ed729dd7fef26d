import {
  AmiServer,
  type AmiServerOptions,
} from "../../src/testing/ami_server.ts";

/** A PBX that sends numbered events. */
export class NumberedPbx implements AsyncDisposable {
  readonly server: AmiServer;
  #sent = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param options The PBX. */
  constructor(options: AmiServerOptions = {}) {
    this.server = AmiServer.start(options);
  }

  /** The number of the last event. */
  get sent(): number {
    return this.#sent;
  }

  /** Sends some events at once. */
  send(count: number): void {
    this.server.emit(
      Array.from({ length: count }, () => ({
        Event: "UserEvent",
        Privilege: "user,all",
        UserEvent: "Numbered",
        N: ++this.#sent,
      })),
    );
  }

  /** Sends some events, again and again. */
  start(count: number, interval: number): void {
    this.#timer = setInterval(() => this.send(count), interval);
  }

  /** Sends no more. */
  stop(): void {
    clearInterval(this.#timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    await this.server.close();
  }
}

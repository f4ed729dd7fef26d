import type { ResolvedOptions } from "../options/options.ts";
import { exposesSecret } from "./login.ts";
import type { SessionKeeperHandlers } from "./session_keeper.ts";

/** Writes to the log what happens to the sessions of one DAMI. */
export class SessionLog {
  readonly #options: ResolvedOptions;
  #warnedOfPlainLogin = false;

  /** @param options The options of DAMI. */
  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /**
   * Adds the log lines to handlers, ahead of what each of them does.
   *
   * @param handlers The handlers.
   * @returns Handlers that log, and then call those.
   */
  ahead(handlers: SessionKeeperHandlers): SessionKeeperHandlers {
    const { logger } = this.#options;
    return {
      connected: (detail) => {
        const { hostname, port, version } = detail;
        logger?.info(
          `Connected to ${hostname}:${port}, AMI version ${version}`,
        );
        this.#warnOfPlainLogin(hostname);
        handlers.connected(detail);
      },
      loggedIn: (detail) => {
        logger?.info(`Logged in as "${detail.username}"`);
        handlers.loggedIn(detail);
      },
      disconnected: (detail) => {
        if (detail.error === undefined) logger?.info("Disconnected");
        else logger?.warn(detail.error.message);
        handlers.disconnected(detail);
      },
      reconnecting: (detail) => {
        logger?.info(`Reconnecting, attempt ${detail.attempt}`);
        handlers.reconnecting(detail);
      },
      gap: (detail) => {
        const { from, to } = detail;
        logger?.warn(
          `Events were missed from ${from.toISOString()} to ${to.toISOString()}`,
        );
        handlers.gap(detail);
      },
      closed: (ending) => handlers.closed(ending),
    };
  }

  #warnOfPlainLogin(hostname: string): void {
    if (this.#warnedOfPlainLogin) return;
    if (!exposesSecret({ ...this.#options, hostname })) return;
    this.#warnedOfPlainLogin = true;
    this.#options.logger?.warn(
      `The secret goes to ${hostname} unencrypted: anybody who can read the traffic can read it`,
    );
  }
}

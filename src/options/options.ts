import type { Encoding } from "../wire/encoding.ts";
import { type Logger, resolveLogger } from "../logger.ts";
import {
  checkBoolean,
  checkEvents,
  checkKnown,
  checkLogger,
  checkTimeout,
  numberRefusal,
  refusal,
  resolveSwitch,
} from "./option_checks.ts";
import type { Direction, OnTraffic } from "../statistics.ts";

/**
 * The bounds of what DAMI keeps in memory. A real PBX stays far below the
 * defaults.
 */
export interface DAMILimits {
  /**
   * The longest line that is read (characters). Exceeding it ends the
   * connection, as nothing after it can be understood.
   *
   * @default {16_777_216}
   */
  maxLineLength?: number;
  /**
   * The most lines that a frame may have. A larger response rejects its action,
   * a larger event is reported and dropped.
   *
   * @default {1_000_000}
   */
  maxHeaders?: number;
  /**
   * The longest frame (characters, and 32 more for each line, which is what a
   * line takes in memory besides). A longer response rejects its action, a
   * longer event is reported and dropped.
   *
   * @default {67_108_864}
   */
  maxFrameLength?: number;
  /**
   * The most frames that the answer to one action may have. Exceeding it
   * rejects the action.
   *
   * @default {1_000_000}
   */
  maxListFrames?: number;
  /**
   * The longest answers that are collected at one time (characters, and 32 more
   * for each line). Exceeding it rejects the action whose answer has grown.
   *
   * @default {268_435_456}
   */
  maxAnswersLength?: number;
  /**
   * The most events that are held until {@linkcode DAMI.listen} is called.
   * Later ones are reported and dropped.
   *
   * @default {10_000}
   */
  maxHeldEvents?: number;
  /**
   * The longest events that are held together until {@linkcode DAMI.listen} is
   * called (characters, and 32 more for each line). Later ones are reported and
   * dropped.
   *
   * @default {67_108_864}
   */
  maxHeldLength?: number;
  /**
   * The most actions that may wait for their answer. Exceeding it rejects the
   * action before it is sent.
   *
   * @default {100_000}
   */
  maxPendingActions?: number;
}

/** The way in which DAMI reconnects. */
export interface ReconnectOptions {
  /**
   * The longest wait before the second attempt (milliseconds). Each wait is a
   * random part of its longest, which doubles from attempt to attempt. The
   * first attempt is made at once. A session that lasts this long resets the
   * count.
   *
   * @default {1_000}
   */
  minDelay?: number;
  /**
   * The longest wait of all (milliseconds).
   *
   * @default {30_000}
   */
  maxDelay?: number;
  /**
   * The most attempts for one loss. `Infinity` never gives up.
   *
   * @default {Infinity}
   */
  maxAttempts?: number;
  /**
   * Retries the first connection like any other, so that a service may start
   * before its PBX does.
   *
   * @default {false}
   */
  firstConnection?: boolean;
  /**
   * Retries a refused login. By default it is final, as a protected PBX
   * bans clients that retry too often.
   *
   * @default {false}
   */
  refusedLogin?: boolean;
}

/** The way in which a dead connection is detected. */
export interface KeepAliveOptions {
  /**
   * The silence after which the PBX is asked for a sign of life (milliseconds).
   *
   * @default {30_000}
   */
  interval?: number;
  /**
   * The time that it may take to answer (milliseconds).
   *
   * @default {10_000}
   */
  timeout?: number;
}

/**
 * The settings of TLS.
 *
 * Deno itself keeps the socket of an abandoned handshake until the peer hangs
 * up. Where the program may connect to its own machine (`--allow-net`, or
 * `--allow-net=pbx.example.com:5039,127.0.0.1`), DAMI closes it at once.
 */
export interface TlsOptions {
  /**
   * The certificates to trust besides those that Deno trusts, as PEM texts:
   * that of the PBX itself, or of its issuer.
   *
   * @default {[]}
   */
  caCerts?: string[];
  /**
   * The name in the certificate of the PBX, if it differs from `hostname`.
   *
   * @default {the option `hostname`}
   */
  serverName?: string;
}

/** Options of {@linkcode DAMI}. */
export interface DAMIOptions {
  /**
   * The host of the PBX, or several addresses of it. Each new connection tries
   * them in their order, the first one first, and takes the first that greets
   * as a manager interface.
   *
   * @default {"127.0.0.1"}
   */
  hostname?: string | readonly string[];
  /**
   * The port of its manager interface.
   *
   * @default {5038}, or `5039` with `tls`
   */
  port?: number;
  /**
   * Encrypts the connection, and sets the certificates to trust.
   *
   * @default {false}
   */
  tls?: boolean | TlsOptions;
  /**
   * The way to log in: with the secret itself, or with an MD5 sum of it and a
   * challenge, which hides the secret but not the session.
   *
   * @default {"plain"}
   */
  authType?: "plain" | "md5";
  /**
   * Reconnects when the connection is lost.
   *
   * @default {false}
   */
  reconnect?: boolean | ReconnectOptions;
  /**
   * Detects a dead connection, by a `Ping` after some silence.
   *
   * @default {true}
   */
  keepAlive?: boolean | KeepAliveOptions;
  /**
   * The destination of log lines: none, the console through `@std/log`, or a
   * logger. Secrets are masked.
   *
   * @default {false}
   */
  logger?: boolean | Logger;
  /**
   * The events to receive: all that the user may read, none, or some classes
   * of them, such as `"call,agent"`.
   *
   * With `"listened"` the PBX sends the classes of those events that are
   * listened to at each moment, by {@linkcode DAMI.on},
   * {@linkcode DAMI.events}, {@linkcode DAMI.originate} or what is built on
   * them. This saves the PBX, the network and the program the rest. What was
   * not asked for cannot be heard a moment later: events that come before
   * there is a listener, `FullyBooted` for one, are not held for
   * {@linkcode DAMI.listen}, and an event that is raised before the PBX has
   * read the new mask is missed. Nothing is missed of
   * what an action brings about, if the listener is added before the action is
   * sent over the same connection. A listener for `"*"`, or for an event that
   * the catalog does not know, means all events. An action `Events` of the
   * program itself ends this.
   *
   * @default {true}
   */
  events?: boolean | string;
  /**
   * The connection for actions that may take long, such as `Command`, `Reload`
   * and `Originate` without `Async`. Until Asterisk has answered one, it sends
   * nothing else on that connection: no event, and no other answer.
   *
   * `"own-connection"` logs in a second time when the first such action is
   * sent, without events, and sends them there. Their order relative to other
   * actions is not kept then, and the user must be allowed to log in twice
   * (`allowmultiplelogin` in `manager.conf`). The options `onLine` and
   * `onBytes` do not see that connection.
   *
   * @default {"same-connection"}
   */
  blocking?: "same-connection" | "own-connection";
  /**
   * The time that connecting may take, and then the time until the greeting
   * (milliseconds), for each address.
   *
   * @default {10_000}
   */
  connectTimeout?: number;
  /**
   * The time to wait for the answer to an action, and for each further frame
   * of a list (milliseconds). `Infinity` waits for ever.
   *
   * @default {60_000}
   */
  timeout?: number;
  /**
   * Selects the values that become numbers, among integers that a number gives
   * back character by character.
   *
   * `"catalog"` converts quantities, and every header that the catalog does not
   * know. What names something stays a string, even if it consists of digits:
   * telephone numbers, extensions, queues, ids. The types of events and answers
   * describe this value.
   *
   * `true` converts every header and `false` none: a header whose type is
   * `string` can then hold a number, and the other way round.
   *
   * @default {"catalog"}
   */
  integers?: boolean | "catalog";
  /**
   * The encoding of the text on the wire. Bytes that are not of the encoding
   * become U+FFFD and harm nothing else.
   *
   * @default {"utf-8"}
   */
  encoding?: Encoding;
  /** Takes every line as it is read, the greeting and empty lines included. */
  onLine?: (line: string) => void;
  /**
   * Takes all bytes as they are read (`"received"`) and written (`"sent"`), in
   * pieces of any size. Sent bytes hold the secret, and are not encrypted yet.
   */
  onBytes?: (bytes: Uint8Array, direction: Direction) => void;
  /** The bounds of what is kept in memory. */
  limits?: DAMILimits;
}

/** The options whose resolved value has a different type from the given one. */
type ResolvedOtherwise =
  | "hostname"
  | "keepAlive"
  | "limits"
  | "logger"
  | "onBytes"
  | "onLine"
  | "reconnect"
  | "tls";

/** An address of the PBX. */
export interface Address {
  /** The host. */
  hostname: string;
  /** The settings of TLS there, if the connection is encrypted. */
  tls: Required<TlsOptions> | undefined;
}

/** All options with their values. */
export interface ResolvedOptions
  extends Required<Omit<DAMIOptions, ResolvedOtherwise>>, Address {
  /** All addresses of the PBX, in the order in which they are tried; the first is that of `hostname`. */
  addresses: readonly Address[];
  /** The way to reconnect, if the connection is to be restored. */
  reconnect: Required<ReconnectOptions> | undefined;
  /** The way to detect a dead connection, if that is wanted. */
  keepAlive: Required<KeepAliveOptions> | undefined;
  /** The destination of log lines, if any. */
  logger: Logger | undefined;
  /** The bounds of what is kept in memory. */
  limits: Required<DAMILimits>;
  /** Takes every line as it is read. */
  onLine: ((line: string) => void) | undefined;
  /** Takes all bytes as they are read and written. */
  onBytes: OnTraffic | undefined;
}

/** The default bounds. */
export const DEFAULT_LIMITS: Readonly<Required<DAMILimits>> = {
  maxLineLength: 16 * 1_024 * 1_024,
  maxHeaders: 1_000_000,
  maxFrameLength: 64 * 1_024 * 1_024,
  maxListFrames: 1_000_000,
  maxAnswersLength: 256 * 1_024 * 1_024,
  maxHeldEvents: 10_000,
  maxHeldLength: 64 * 1_024 * 1_024,
  maxPendingActions: 100_000,
};

const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  "hostname",
  "port",
  "tls",
  "authType",
  "reconnect",
  "keepAlive",
  "logger",
  "events",
  "blocking",
  "connectTimeout",
  "timeout",
  "integers",
  "encoding",
  "onLine",
  "onBytes",
  "limits",
]);

function resolveReconnect(
  value: boolean | ReconnectOptions,
): Required<ReconnectOptions> | undefined {
  const reconnect = resolveSwitch("reconnect", value, {
    minDelay: 1_000,
    maxDelay: 30_000,
    maxAttempts: Infinity,
    firstConnection: false,
    refusedLogin: false,
  });
  if (reconnect === undefined) return undefined;
  const { minDelay, maxDelay, maxAttempts } = reconnect;
  checkTimeout("reconnect.minDelay", minDelay);
  checkTimeout("reconnect.maxDelay", maxDelay);
  if (minDelay === Infinity || maxDelay === Infinity || minDelay > maxDelay) {
    throw new RangeError(
      refusal("reconnect.maxDelay", "finite and at least minDelay", maxDelay),
    );
  }
  const isCount = maxAttempts === Infinity ||
    (Number.isSafeInteger(maxAttempts) && maxAttempts > 0);
  if (!isCount) {
    throw numberRefusal(
      "reconnect.maxAttempts",
      "a positive integer or Infinity",
      maxAttempts,
    );
  }
  checkBoolean("reconnect.firstConnection", reconnect.firstConnection);
  checkBoolean("reconnect.refusedLogin", reconnect.refusedLogin);
  return reconnect;
}

function resolveKeepAlive(
  value: boolean | KeepAliveOptions,
): Required<KeepAliveOptions> | undefined {
  const keepAlive = resolveSwitch("keepAlive", value, {
    interval: 30_000,
    timeout: 10_000,
  });
  if (keepAlive === undefined) return undefined;
  for (const [name, time] of Object.entries(keepAlive)) {
    checkTimeout(`keepAlive.${name}`, time);
    if (time === Infinity) {
      throw new RangeError(refusal(`keepAlive.${name}`, "finite", time));
    }
  }
  return keepAlive;
}

function resolveTls(
  value: boolean | TlsOptions,
  hostname: string,
): Required<TlsOptions> | undefined {
  const tls = resolveSwitch<Required<TlsOptions>>("tls", value, {
    caCerts: [],
    serverName: hostname,
  });
  if (tls === undefined) return undefined;
  const { caCerts, serverName } = tls;
  const isTexts = Array.isArray(caCerts) &&
    caCerts.every((text) => typeof text === "string");
  if (!isTexts) {
    throw new TypeError(
      refusal("tls.caCerts", "an array of PEM texts", caCerts),
    );
  }
  if (typeof serverName !== "string" || serverName === "") {
    throw new TypeError(
      refusal("tls.serverName", "a non-empty string", serverName),
    );
  }
  // A copy, as the program may change its array before DAMI reconnects.
  return { caCerts: [...caCerts], serverName };
}

function resolveLimits(limits: DAMILimits): Required<DAMILimits> {
  if (
    typeof limits !== "object" || limits === null || Array.isArray(limits)
  ) {
    throw new TypeError(refusal("limits", "an object", limits));
  }
  checkKnown(
    Object.keys(limits),
    (name) => Object.hasOwn(DEFAULT_LIMITS, name),
    "limits.",
  );
  const given = Object.entries(limits).filter(([, value]) =>
    value !== undefined
  );
  const resolved: Required<DAMILimits> = {
    ...DEFAULT_LIMITS,
    ...Object.fromEntries(given),
  };
  for (const [name, value] of Object.entries(resolved)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw numberRefusal(`limits.${name}`, "a positive integer", value);
    }
  }
  return resolved;
}

function resolveAddresses(
  hostname: string | readonly string[],
  tls: boolean | TlsOptions,
): [Address, ...Address[]] {
  const hostnames: readonly string[] = typeof hostname === "string"
    ? [hostname]
    : hostname;
  const isHosts = Array.isArray(hostnames) &&
    hostnames.every((host) => typeof host === "string" && host !== "");
  const [first, ...others] = isHosts ? hostnames : [];
  if (first === undefined) {
    throw new TypeError(
      refusal("hostname", "a non-empty string, or an array of them", hostname),
    );
  }
  const addressOf = (hostname: string): Address => ({
    hostname,
    tls: resolveTls(tls, hostname),
  });
  return [addressOf(first), ...others.map(addressOf)];
}

/**
 * Fills in the defaults.
 *
 * @param options The options given.
 * @returns Every option with its value.
 * @throws {TypeError} If an option is unknown or of the wrong type.
 * @throws {RangeError} If a number is out of its range.
 */
export function resolveOptions(options: DAMIOptions = {}): ResolvedOptions {
  checkKnown(Object.keys(options), (name) => KNOWN_OPTIONS.has(name));
  const {
    hostname = "127.0.0.1",
    tls = false,
    port = tls === false ? 5038 : 5039,
    authType = "plain",
    reconnect = false,
    keepAlive = true,
    logger = false,
    events = true,
    blocking = "same-connection",
    connectTimeout = 10_000,
    timeout = 60_000,
    integers = "catalog",
    encoding = "utf-8",
    onLine,
    onBytes,
    limits = {},
  } = options;
  const addresses = resolveAddresses(hostname, tls);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw numberRefusal("port", "an integer from 1 to 65535", port);
  }
  if (authType !== "plain" && authType !== "md5") {
    throw new TypeError(refusal("authType", '"plain" or "md5"', authType));
  }
  checkLogger(logger);
  checkEvents(events);
  if (blocking !== "same-connection" && blocking !== "own-connection") {
    throw new TypeError(
      refusal("blocking", '"same-connection" or "own-connection"', blocking),
    );
  }
  checkTimeout("connectTimeout", connectTimeout);
  checkTimeout("timeout", timeout);
  if (integers !== "catalog" && typeof integers !== "boolean") {
    throw new TypeError(
      refusal("integers", '"catalog", true or false', integers),
    );
  }
  if (encoding !== "utf-8" && encoding !== "latin1") {
    throw new TypeError(refusal("encoding", '"utf-8" or "latin1"', encoding));
  }
  if (onLine !== undefined && typeof onLine !== "function") {
    throw new TypeError(refusal("onLine", "a function", onLine));
  }
  if (onBytes !== undefined && typeof onBytes !== "function") {
    throw new TypeError(refusal("onBytes", "a function", onBytes));
  }
  return {
    ...addresses[0],
    addresses,
    port,
    authType,
    reconnect: resolveReconnect(reconnect),
    keepAlive: resolveKeepAlive(keepAlive),
    logger: resolveLogger(logger),
    events,
    blocking,
    connectTimeout,
    timeout,
    integers,
    encoding,
    onLine,
    onBytes,
    limits: resolveLimits(limits),
  };
}

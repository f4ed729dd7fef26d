/** A PJSIP endpoint of the embedded PBX. */
export interface AmiEndpoint {
  /** The name, such as `6001` for `PJSIP/6001`. */
  name: string;
  /**
   * The contact it is registered with, such as `sip:6001@127.0.0.1:5060`.
   * Without it the endpoint is `Unavailable` and a call to it fails.
   *
   * @default {""}
   */
  contact?: string;
  /**
   * The outcome of a call to it.
   *
   * @default {"answer"}
   */
  onCall?: "answer" | "busy" | "no-answer" | "rejected";
}

/** A SIP peer as `SIPpeers` lists it (Asterisk up to 20). `SIP/name` can be called, and answers. */
export interface AmiPeer {
  /** The name. */
  name: string;
  /**
   * The address it is registered from.
   *
   * @default {"-none-"}
   */
  address?: string;
  /**
   * The port it is registered from.
   *
   * @default {0}
   */
  port?: number;
  /**
   * The value of `Status`, such as `OK (5 ms)`. A peer that is `UNREACHABLE`
   * cannot be called.
   *
   * @default {"Unmonitored"}
   */
  status?: string;
}

/** A member of a queue. */
export interface AmiQueueMember {
  /** The interface that is rung, such as `PJSIP/6001`. */
  interface: string;
  /**
   * The name.
   *
   * @default The interface
   */
  name?: string;
  /**
   * The interface whose state counts, such as `hint:2000@default`.
   *
   * @default The interface
   */
  stateInterface?: string;
  /**
   * The penalty.
   *
   * @default {0}
   */
  penalty?: number;
  /**
   * The device state as a number: 1 not in use, 2 in use, 3 busy, 5
   * unavailable, 6 ringing.
   *
   * @default {1}
   */
  status?: number;
  /**
   * The reason of a pause; the member is not paused without it.
   *
   * @default {undefined}
   */
  pausedReason?: string;
}

/** A queue. */
export interface AmiQueue {
  /** The name. */
  name: string;
  /**
   * The strategy by which members are rung.
   *
   * @default {"ringall"}
   */
  strategy?: string;
  /**
   * The time a member is rung (seconds), `timeout` of queues.conf.
   *
   * @default {undefined}
   */
  timeout?: number;
  /**
   * The time until members are rung again (seconds).
   *
   * @default {5}
   */
  retry?: number;
  /**
   * The rest of a member after a call (seconds).
   *
   * @default {0}
   */
  wrapUpTime?: number;
  /**
   * The most callers that may wait; 0 sets no limit.
   *
   * @default {0}
   */
  maxLength?: number;
  /**
   * Lets callers join while no member can answer.
   *
   * @default {true}
   */
  joinEmpty?: boolean;
  /**
   * Makes callers leave when no member can answer any more.
   *
   * @default {false}
   */
  leaveWhenEmpty?: boolean;
  /**
   * Rings members that are on another call.
   *
   * @default {true}
   */
  ringInUse?: boolean;
  /**
   * The wait up to which a caller counts as served in time (seconds).
   *
   * @default {0}
   */
  serviceLevel?: number;
  /**
   * The members.
   *
   * @default {[]}
   */
  members?: readonly AmiQueueMember[];
}

/**
 * A configuration file for `GetConfig`: category → its lines, such as
 * `"strategy=ringall"`.
 */
export interface AmiConfiguration {
  /** Category → its lines. */
  readonly [category: string]: readonly string[];
}

/** Options of {@linkcode AmiServer.start}. */
export interface AmiServerOptions {
  /**
   * The address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  hostname?: string;
  /**
   * The port to listen on; 0 takes a free one.
   *
   * @default {0}
   */
  port?: number;
  /**
   * The only user.
   *
   * @default {"admin"}
   */
  username?: string;
  /**
   * The password of the user.
   *
   * @default {"mysecret"}
   */
  secret?: string;
  /**
   * The version in the greeting.
   *
   * @default {"11.0.0"}
   */
  amiVersion?: string;
  /**
   * The version that `CoreSettings` and `core show version` report.
   *
   * @default {"22.10.1"}
   */
  asteriskVersion?: string;
  /**
   * The greeting of a new connection; an empty string sends nothing.
   *
   * @default `Asterisk Call Manager/11.0.0` and CRLF, with the AMI version
   */
  greeting?: string;
  /**
   * The time until a refused login is answered (milliseconds); 1,000 in
   * Asterisk.
   *
   * @default {0}
   */
  refusalDelay?: number;
  /**
   * The PJSIP endpoints.
   *
   * @default 6001 and 6002 registered, 6003 not
   */
  endpoints?: readonly AmiEndpoint[];
  /**
   * The SIP peers.
   *
   * @default 6101 and 6102, neither registered
   */
  peers?: readonly AmiPeer[];
  /**
   * The queues.
   *
   * @default `support` with Alice Jones and `Bob: Smith`, `sales` without members
   */
  queues?: readonly AmiQueue[];
  /**
   * The dialplan of every context: extension → its applications, such as
   * `["Answer()", "Wait(1)", "Hangup()"]`. `AGI(agi:async)`, `AGI(agi://…)`,
   * `Answer`, `Busy`, `Congestion`, `Dial(PJSIP/…,seconds)`, `Hangup`, `NoOp`,
   * `Ringing`, `Set`, `UserEvent` and `Wait` (seconds) work as in Asterisk; any
   * other application lasts as long as {@linkcode AmiServerOptions.talkTime}.
   * `Dial` without seconds rings for the `Timeout` of the `Originate`. The name
   * of an endpoint is an extension that dials it. If this option is given, an
   * `Originate` to any other extension is refused, as Asterisk does.
   *
   * @default 1000, 2000 and 2001, which answer and hang up after a while
   */
  extensions?: Readonly<Record<string, readonly string[]>>;
  /**
   * The configuration files for `GetConfig` and `UpdateConfig`: file name → its categories.
   *
   * @default `queues.conf` and `extensions.conf`, made of the queues and the extensions
   */
  configurations?: Readonly<Record<string, AmiConfiguration>>;
  /**
   * The time an endpoint rings before it answers or is busy (milliseconds).
   *
   * @default {20}
   */
  ringTime?: number;
  /**
   * The time two channels talk, and the length of an application that is not
   * simulated (milliseconds).
   *
   * @default {50}
   */
  talkTime?: number;
  /**
   * Puts `Timestamp` into the events of simulated calls, like
   * `timestampevents` of manager.conf.
   *
   * @default {false}
   */
  timestamps?: boolean;
  /**
   * The most that may wait to be written to one client (bytes). A client that
   * reads too slowly is then dropped without warning, as Asterisk does after
   * its `writetimeout`.
   *
   * @default {67108864}
   */
  maxQueuedBytes?: number;
  /**
   * The size (bytes) of the pieces in which data is written; `Infinity` writes
   * everything at once.
   *
   * @default {Infinity}
   */
  pieceBytes?: number;
  /**
   * The certificate and its key, both as PEM: connections are encrypted then.
   *
   * @default {undefined}
   */
  tls?: { cert: string; key: string } | undefined;
}

const DEFAULT_ENDPOINTS: readonly AmiEndpoint[] = [
  { name: "6001", contact: "sip:6001@127.0.0.1:5071" },
  { name: "6002", contact: "sip:6002@127.0.0.1:5072" },
  { name: "6003" },
];

const DEFAULT_PEERS: readonly AmiPeer[] = [{ name: "6101" }, { name: "6102" }];

const DEFAULT_QUEUES: readonly AmiQueue[] = [
  {
    name: "support",
    timeout: 5,
    members: [
      {
        interface: "Local/2000@default",
        name: "Alice Jones",
        stateInterface: "hint:2000@default",
      },
      { interface: "Local/2001@default", name: "Bob: Smith", penalty: 1 },
    ],
  },
  { name: "sales", strategy: "rrmemory" },
];

const DEFAULT_EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  "1000": [
    "Answer()",
    "Wait(1)",
    "Set(FOO=bar: baz)",
    "UserEvent(Custom,Key: va: lue,Näme: Zoë)",
    "Hangup()",
  ],
  "2000": ["Answer()", "Wait(30)", "Hangup()"],
  "2001": ["Answer()", "Wait(3)", "Hangup(21)"],
};

/** The options with their defaults. */
export type ResolvedServerOptions =
  & Required<Omit<AmiServerOptions, "tls">>
  & Pick<AmiServerOptions, "tls">
  & {
    /** `true` if calls may go to any extension, as no dialplan is given. */
    isAnyExtension: boolean;
  };

/**
 * Returns the size of the pieces to write in.
 *
 * @throws {RangeError} If it is neither a positive integer nor `Infinity`.
 */
export function checkedPieceBytes(pieceBytes: number): number {
  const isSize = pieceBytes === Infinity ||
    (Number.isSafeInteger(pieceBytes) && pieceBytes > 0);
  if (isSize) return pieceBytes;
  throw new RangeError(
    `Cannot write in pieces as 'pieceBytes' must be a positive integer or Infinity: current value is ${pieceBytes}`,
  );
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} If an option is out of its range.
 */
export function resolveServerOptions(
  options: AmiServerOptions,
): ResolvedServerOptions {
  const {
    hostname = "127.0.0.1",
    port = 0,
    username = "admin",
    secret = "mysecret",
    amiVersion = "11.0.0",
    asteriskVersion = "22.10.1",
    greeting = `Asterisk Call Manager/${amiVersion}\r\n`,
    refusalDelay = 0,
    endpoints = DEFAULT_ENDPOINTS,
    peers = DEFAULT_PEERS,
    queues = DEFAULT_QUEUES,
    extensions = DEFAULT_EXTENSIONS,
    configurations = {},
    ringTime = 20,
    talkTime = 50,
    timestamps = false,
    maxQueuedBytes = 64 * 1024 * 1024,
    pieceBytes = Infinity,
    tls,
  } = options;
  return {
    hostname,
    port,
    username,
    secret,
    amiVersion,
    asteriskVersion,
    greeting,
    refusalDelay,
    endpoints,
    peers,
    queues,
    extensions,
    isAnyExtension: options.extensions === undefined,
    configurations,
    ringTime,
    talkTime,
    timestamps,
    maxQueuedBytes,
    pieceBytes: checkedPieceBytes(pieceBytes),
    tls,
  };
}

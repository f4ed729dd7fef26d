import { checkedPieceBytes } from "./server/pieces.ts";

/** A PJSIP endpoint of the embedded PBX. */
export interface AmiEndpoint {
  /** The name, such as `6001` for `PJSIP/6001`. */
  name: string;
  /**
   * Where it is registered, such as `sip:6001@127.0.0.1:5060`. Without it the
   * endpoint is `Unavailable` and a call to it fails.
   *
   * @default {""}
   */
  contact?: string;
  /**
   * What happens to a call to it.
   *
   * @default {"answer"}
   */
  onCall?: "answer" | "busy" | "no-answer";
}

/** A SIP peer as `SIPpeers` lists it (Asterisk up to 20). */
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
   * What `Status` says, such as `OK (5 ms)`.
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
   * Why the member is paused; not paused without it.
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
   * How calls are handed to members.
   *
   * @default {"ringall"}
   */
  strategy?: string;
  /**
   * How long a member is rung (seconds), as the configuration file says it.
   *
   * @default {undefined}
   */
  timeout?: number;
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
   * The version that `CoreSettings` and `core show version` tell.
   *
   * @default {"22.10.1"}
   */
  asteriskVersion?: string;
  /**
   * What is sent to a new connection; an empty text sends nothing.
   *
   * @default `Asterisk Call Manager/11.0.0` and CRLF, with the AMI version
   */
  greeting?: string;
  /**
   * How long a refused login waits for its answer (milliseconds); Asterisk
   * takes 1,000.
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
   * `Answer`, `Dial(PJSIP/…)`, `Hangup`, `NoOp`, `Set`, `UserEvent` and `Wait` (seconds) do what they say;
   * any other application lasts as long as
   * {@linkcode AmiServerOptions.talkTime}. The name of an endpoint is an
   * extension that dials it.
   *
   * @default 1000, 2000 and 2001, which answer and hang up after a while
   */
  extensions?: Readonly<Record<string, readonly string[]>>;
  /**
   * The configuration files for `GetConfig`: file name → its categories.
   *
   * @default `queues.conf`, made of the queues
   */
  configurations?: Readonly<Record<string, AmiConfiguration>>;
  /**
   * How long an endpoint rings before it answers or is busy (milliseconds).
   *
   * @default {20}
   */
  ringTime?: number;
  /**
   * How long two channels talk, and how long an application lasts that is not
   * simulated (milliseconds).
   *
   * @default {50}
   */
  talkTime?: number;
  /**
   * Whether the events of simulated calls carry `Timestamp`, as
   * `timestampevents` of manager.conf has it.
   *
   * @default {false}
   */
  timestamps?: boolean;
  /**
   * How much may wait to be written to one client (bytes). A client that reads
   * too slowly is dropped without a word when it is passed, as Asterisk does
   * after its `writetimeout`.
   *
   * @default {67108864}
   */
  maxQueuedBytes?: number;
  /**
   * What is written goes out in pieces of this size (bytes), each one on its
   * own; `Infinity` writes as much as there is.
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
  & Pick<AmiServerOptions, "tls">;

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
    configurations,
    ringTime,
    talkTime,
    timestamps,
    maxQueuedBytes,
    pieceBytes: checkedPieceBytes(pieceBytes),
    tls,
  };
}

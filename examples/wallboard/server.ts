import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { Broadcast } from "./broadcast.ts";

/** The most that a request may say (bytes). */
const MAX_BODY = 1_024;

/** The tokens that can follow `Bearer` (RFC 6750, 2.1). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** The files of the page: path → file and type. */
const FILES: ReadonlyMap<string, readonly [file: string, type: string]> =
  new Map([
    ["/", ["index.html", "text/html"]],
    ["/icon.svg", ["icon.svg", "image/svg+xml"]],
    ["/wallboard.css", ["wallboard.css", "text/css"]],
    ...[
      "agents",
      "calls",
      "chart",
      "choice",
      "choosing",
      "figures",
      "format",
      "lists",
      "pages",
      "pause",
      "queues",
      "rows",
      "sound",
      "store",
      "stream",
      "theme",
      "theme_switch",
      "trouble",
      "wallboard",
    ].map((name): [string, [string, string]] => [
      `/${name}.js`,
      [`${name}.js`, "text/javascript"],
    ]),
  ]);

/** The headers of every response: nothing comes from elsewhere, nothing goes there. */
const SECURITY: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** An order to pause an agent, or to end the pause. */
export interface PauseOrder {
  /** The key of the PBX; `undefined` where there is only one. */
  pbx?: string | undefined;
  /** The interface of the agent. */
  interface: string;
  /** `true` if the agent is to be paused. */
  paused: boolean;
}

/** Options of {@linkcode makeHandler}. */
export interface HandlerOptions {
  /** Sends everything that is shown. */
  broadcast: Broadcast;
  /**
   * The names by which the wallboard may be asked for, besides `localhost` and
   * every IP address.
   *
   * @default {[]}
   */
  names?: readonly string[];
  /** The action that takes a token; without this, no page offers it. */
  pausing?: {
    /** The token that a page needs to pause agents. */
    token: string;
    /**
     * Pauses an agent.
     *
     * @returns The reason why that failed; `undefined` if it did not.
     */
    pause: (order: PauseOrder) => Promise<string | undefined>;
  } | undefined;
}

/** The client of a request. */
export interface ClientInfo {
  /** Its address. */
  readonly remoteAddr: Deno.Addr;
}

/**
 * Makes a handler of requests: for the page, what it shows, and the one action.
 *
 * @param options The things to serve.
 * @returns The handler for `Deno.serve()`.
 * @throws {TypeError} If the token could not be sent in a request.
 */
export async function makeHandler(
  options: HandlerOptions,
): Promise<(request: Request, info: ClientInfo) => Promise<Response>> {
  const { broadcast, names = [], pausing } = options;
  if (pausing !== undefined && !TOKEN.test(pausing.token)) {
    throw new TypeError(
      "Cannot offer actions as the token must consist of letters, digits and -._~+/ alone",
    );
  }
  const files = await readFiles();
  const allowed = new Set(["localhost", ...names.map(lower)]);

  return async (request, info) => {
    const response = await answer(request, info);
    for (const [name, value] of Object.entries(SECURITY)) {
      response.headers.set(name, value);
    }
    return response;
  };

  async function answer(
    request: Request,
    { remoteAddr }: ClientInfo,
  ): Promise<Response> {
    const pathname = pathOf(request);
    if (pathname === undefined) return text(400, "The request has no address");
    if (!isOwnHost(request, allowed)) {
      return text(421, "This is not the name of the wallboard: see --name");
    }
    if (pathname === "/pause" && pausing !== undefined) {
      return await pauseAgent(request, pausing);
    }
    const file = files.get(pathname);
    if (file === undefined && pathname !== "/events") {
      return text(404, "No such page");
    }
    // Nobody would read the events that a HEAD asks for.
    const isHead = request.method === "HEAD" && file !== undefined;
    if (request.method !== "GET" && !isHead) {
      return text(405, "The wallboard can only be read", { allow: "GET" });
    }
    if (file === undefined) return broadcast.connect(addressOf(remoteAddr));
    const { body, type } = file;
    return new Response(body, {
      headers: {
        "content-type": `${type}; charset=utf-8`,
        "cache-control": "no-cache",
      },
    });
  }
}

/** Returns the address of a client, without its port. */
function addressOf(address: Deno.Addr): string {
  return "hostname" in address ? address.hostname : "";
}

/** Returns the path of a request; `undefined` if its `Host` is malformed. */
function pathOf(request: Request): string | undefined {
  try {
    return new URL(request.url).pathname;
  } catch {
    return undefined;
  }
}

interface File {
  body: string;
  type: string;
}

async function readFiles(): Promise<ReadonlyMap<string, File>> {
  const entries = [...FILES].map(
    async ([path, [name, type]]): Promise<[string, File]> => {
      const url = new URL(`page/${name}`, import.meta.url);
      return [path, { body: await Deno.readTextFile(url), type }];
    },
  );
  return new Map(await Promise.all(entries));
}

/**
 * Reports whether the request asks for the wallboard by a name of its own. A
 * page from elsewhere whose name was made to lead here (DNS rebinding) asks by
 * the name of that page.
 */
function isOwnHost(request: Request, allowed: ReadonlySet<string>): boolean {
  const host = request.headers.get("host");
  // A name is needed to rebind it: an address is what it is.
  const url = URL.parse(`http://${host ?? ""}`);
  if (host === null || url === null) return false;
  const { hostname } = url;
  return allowed.has(hostname) || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}

async function pauseAgent(
  request: Request,
  { token, pause }: NonNullable<HandlerOptions["pausing"]>,
): Promise<Response> {
  if (request.method !== "POST") {
    return text(405, "Pausing takes POST", { allow: "POST" });
  }
  // A browser always says where the request comes from.
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (origin !== null && URL.parse(origin)?.host !== host) {
    return text(403, "The request comes from another page");
  }
  const [, given = ""] =
    /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!isSame(given, token)) {
    return text(401, "The token is not the right one", {
      "www-authenticate": "Bearer",
    });
  }
  const order = readOrder(await readBody(request));
  if (order === undefined) {
    return text(400, 'Say {"interface": "…", "paused": true} in JSON');
  }
  const problem = await pause(order);
  return problem === undefined
    ? new Response(null, { status: 204 })
    : text(409, problem);
}

/** Compares two texts in a time that reveals nothing about them. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((each) =>
    createHash("sha256").update(Buffer.from(each)).digest()
  );
  return first !== undefined && second !== undefined &&
    timingSafeEqual(first, second);
}

/** Returns the body of a request; empty if it is too long or was cut off. */
async function readBody(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let body = "";
  try {
    for await (const chunk of request.body ?? []) {
      body += decoder.decode(chunk, { stream: true });
      if (body.length > MAX_BODY) return "";
    }
  } catch {
    // The client has gone in the middle of it.
    return "";
  }
  return body;
}

function readOrder(json: string): PauseOrder | undefined {
  try {
    const order: unknown = JSON.parse(json);
    if (typeof order !== "object" || order === null) return undefined;
    if (!("interface" in order) || !("paused" in order)) return undefined;
    const { interface: member, paused } = order;
    if (typeof member !== "string" || typeof paused !== "boolean") {
      return undefined;
    }
    const pbx = "pbx" in order ? order.pbx : undefined;
    if (pbx !== undefined && typeof pbx !== "string") return undefined;
    return { interface: member, paused, ...(pbx !== undefined && { pbx }) };
  } catch {
    return undefined;
  }
}

function text(
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}

function lower(name: string): string {
  return name.toLowerCase();
}

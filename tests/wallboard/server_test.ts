import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Broadcast } from "../../examples/wallboard/broadcast.ts";
import {
  makeHandler,
  type PauseOrder,
} from "../../examples/wallboard/server.ts";

const URL_BASE = "http://127.0.0.1:8080";

function request(path: string, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  if (!headers.has("host")) headers.set("host", "127.0.0.1:8080");
  return new Request(`${URL_BASE}${path}`, { ...init, headers });
}

/** The client of every request here. */
const INFO = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
} as const;

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

Deno.test("The server gives the page and all that it needs, guarded", async () => {
  using broadcast = new Broadcast(() => new Map());
  const handle = await makeHandler({ broadcast });
  const seen = new Set<string>();
  const wanted = ["/"];
  for (const path of wanted) {
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await handle(request(path), INFO);
    assertEquals(response.status, 200, path);
    const { headers } = response;
    const policy = headers.get("content-security-policy") ?? "";
    assertMatch(policy, /default-src 'none'; script-src 'self';/);
    assert(!policy.includes("unsafe"));
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("access-control-allow-origin"), null);
    const body = await response.text();
    const names = body.matchAll(/(?:href|src)="([^"#]+)"|from "\.(\/[^"]+)"/g);
    for (const [, attribute, module] of names) {
      wanted.push(module ?? `/${attribute}`);
    }
    // Nothing inline, and nothing from elsewhere.
    assert(!/<script>|<style|\son\w+=|style="/.test(body), path);
    assert(
      !/https?:/.test(body.replaceAll("http://www.w3.org/2000/svg", "")),
      path,
    );
  }
  assertEquals(seen.size, 22);
});

Deno.test("The server is asked by an address or by its own name alone", async () => {
  using broadcast = new Broadcast(() => new Map());
  const handle = await makeHandler({ broadcast, names: ["Wall.example"] });
  const status = async (host: string) =>
    await statusOf(await handle(request("/", { headers: { host } }), INFO));
  for (
    const host of [
      "127.0.0.1:8080",
      "localhost:8080",
      "[::1]:8080",
      "192.0.2.1",
      "wall.example",
      "WALL.example:8080",
    ]
  ) assertEquals(await status(host), 200, host);
  for (
    const host of ["evil.example", "127.0.0.1.evil.example", "localhost.", "/"]
  ) assertEquals(await status(host), 421, host);
});

Deno.test("The server has no other pages, and takes no other methods", async () => {
  using broadcast = new Broadcast(() => new Map());
  const handle = await makeHandler({ broadcast });
  for (const path of ["/main.ts", "/../main.ts", "/%2e%2e/main.ts", "/page/"]) {
    assertEquals(await statusOf(await handle(request(path), INFO)), 404, path);
  }
  for (const method of ["POST", "PUT", "DELETE"]) {
    const response = await handle(request("/", { method }), INFO);
    assertEquals(await statusOf(response), 405);
  }
  const head = await handle(request("/events", { method: "HEAD" }), INFO);
  assertEquals(await statusOf(head), 405);
  assertEquals(broadcast.clients, 0);
});

const ORDER = JSON.stringify({ interface: "PJSIP/6101", paused: true });

function pauseRequest(
  headers: Record<string, string>,
  body: string = ORDER,
): Request {
  return request("/pause", { method: "POST", body, headers });
}

Deno.test("The server offers no action without a token", async () => {
  using broadcast = new Broadcast(() => new Map());
  const handle = await makeHandler({ broadcast });
  for (const authorization of ["", "Bearer", "Bearer undefined"]) {
    const response = await handle(pauseRequest({ authorization }), INFO);
    assertEquals(await statusOf(response), 404);
  }
});

Deno.test("The server pauses an agent for those who have the token", async () => {
  using broadcast = new Broadcast(() => new Map());
  const orders: PauseOrder[] = [];
  const handle = await makeHandler({
    broadcast,
    pausing: {
      token: "s3cret",
      pause: (order) => {
        orders.push(order);
        const isKnown = order.interface === "PJSIP/6101";
        return Promise.resolve(isKnown ? undefined : "Interface not found");
      },
    },
  });
  const status = async (
    headers: Record<string, string>,
    body?: string,
  ) => await statusOf(await handle(pauseRequest(headers, body), INFO));

  assertEquals(await status({}), 401);
  for (const token of ["", "s3cre", "s3crett", "S3CRET", "s3cret x"]) {
    assertEquals(await status({ authorization: `Bearer ${token}` }), 401);
  }
  assertEquals(await status({ authorization: "Basic s3cret" }), 401);
  const authorization = "Bearer s3cret";
  assertEquals(
    await status({ authorization, origin: "https://evil.example" }),
    403,
  );
  assertEquals(await status({ authorization, origin: "null" }), 403);
  for (const body of ["", "[]", "{", '{"interface":"PJSIP/6101"}', "null"]) {
    assertEquals(await status({ authorization }, body), 400, body);
  }
  const long = JSON.stringify({ interface: "x".repeat(2_000), paused: true });
  assertEquals(await status({ authorization }, long), 400);
  const get = await handle(
    request("/pause", { headers: { authorization } }),
    INFO,
  );
  assertEquals(await statusOf(get), 405);
  assertEquals(orders, []);

  assertEquals(await status({ authorization, origin: URL_BASE }), 204);
  assertEquals(orders, [{ interface: "PJSIP/6101", paused: true }]);
  const unknown = JSON.stringify({ interface: "PJSIP/1", paused: false });
  const response = await handle(pauseRequest({ authorization }, unknown), INFO);
  assertEquals(response.status, 409);
  assertEquals(await response.text(), "Interface not found\n");
});

Deno.test("The server refuses a token that no request could bring", async () => {
  using broadcast = new Broadcast(() => new Map());
  for (const token of ["", " ", "two words", "ü", "a\nb"]) {
    const pausing = { token, pause: () => Promise.resolve(undefined) };
    await assertRejects(
      () => makeHandler({ broadcast, pausing }),
      TypeError,
      "must consist of letters",
    );
  }
});

/**
 * Sends bytes to a wallboard that is served, and returns what it answers.
 *
 * @param text What is sent.
 * @param isCut Whether the client ends after it, in the middle of a request.
 */
async function exchange(text: string, isCut = false): Promise<string> {
  using broadcast = new Broadcast(() => new Map());
  const handle = await makeHandler({
    broadcast,
    pausing: { token: "s3cret", pause: () => Promise.resolve(undefined) },
  });
  const failures: unknown[] = [];
  await using server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: (error) => {
      failures.push(error);
      return new Response(null, { status: 500 });
    },
  }, handle);
  const { port } = server.addr;
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(new TextEncoder().encode(text));
  if (isCut) await conn.closeWrite();
  const answer = await new Response(conn.readable).text();
  assertEquals(failures, []);
  return answer;
}

Deno.test("The server refuses a malformed Host, guarded as every answer", async () => {
  for (const host of ["a b", "[::1", "%", "wall:port"]) {
    const answer = await exchange(
      `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    assertMatch(answer, /^HTTP\/1.1 4(00|21) /, host);
    assertMatch(answer, /content-security-policy: default-src 'none'/i, host);
  }
});

Deno.test("The server bears a body that is cut off", async () => {
  await exchange(
    "POST /pause HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer s3cret\r\n" +
      'Content-Length: 100\r\n\r\n{"interface":',
    true,
  );
});

/**
 * Tells every connected browser when somebody hangs up: a web server with a
 * page and a WebSocket, fed by the events of the PBX.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/hangup_notifier.ts --listen 8000
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { parseArgs } from "node:util";

// Where the PBX is: from the command line, else from the environment.
const { values } = parseArgs({
  options: {
    hostname: {
      type: "string",
      default: Deno.env.get("DAMI_HOSTNAME") ?? "127.0.0.1",
    },
    port: { type: "string", default: Deno.env.get("DAMI_PORT") ?? "5038" },
    username: {
      type: "string",
      default: Deno.env.get("DAMI_USERNAME") ?? "admin",
    },
    secret: {
      type: "string",
      default: Deno.env.get("DAMI_SECRET") ?? "mysecret",
    },
    // The port of the web page.
    listen: { type: "string", default: "8000" },
  },
});
const { hostname, port, username, secret, listen } = values;

const PAGE = `<!DOCTYPE html>
<title>Hang-ups</title>
<h1>Hang-ups</h1>
<ul></ul>
<script>
  const socket = new WebSocket(location.href.replace("http", "ws"));
  socket.onmessage = ({ data }) => {
    const { channel, cause } = JSON.parse(data);
    const item = document.createElement("li");
    item.textContent = channel + ": " + cause;
    document.querySelector("ul").prepend(item);
  };
</script>
`;

const browsers = new Set<WebSocket>();

/** Answers a browser: the WebSocket if it asks for one, else the page. */
function handle(request: Request): Response {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return new Response(PAGE, {
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  }
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.addEventListener("open", () => browsers.add(socket));
  socket.addEventListener("close", () => browsers.delete(socket));
  return response;
}

const dami = new DAMI({ hostname, port: Number(port), events: "call" });
await dami.connectAndLogin({ username, secret });
await dami.listen();

dami.on("Hangup", (event) => {
  const message = JSON.stringify({
    channel: event.Channel,
    cause: event["Cause-txt"],
  });
  for (const browser of browsers) browser.send(message);
});

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(listen),
  onListen: (address) =>
    console.log(`Open http://127.0.0.1:${address.port}/ in a browser`),
}, handle);

// Without the PBX there is nothing to tell any more.
dami.addEventListener("disconnect", async () => {
  console.log("The connection to the PBX has ended");
  for (const browser of browsers) browser.close();
  await server.shutdown();
});

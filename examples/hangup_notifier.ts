/**
 * Reports every hang-up to all connected browsers: a web server with a page and
 * a WebSocket, fed by the events of the PBX.
 *
 * ```sh
 * deno run --allow-net --allow-env examples/hangup_notifier.ts 8000
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { findPbx } from "./pbx.ts";

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

/** Answers a browser with the WebSocket if it asks for one, else with the page. */
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

const pbx = findPbx();
const dami = new DAMI({ ...pbx.address, events: "call" });
await dami.connectAndLogin(pbx.user);
await dami.listen();

dami.on("Hangup", (event) => {
  const message = JSON.stringify({
    channel: event.Channel,
    cause: event["Cause-txt"],
  });
  for (const browser of browsers) browser.send(message);
});

// The first argument is the port of the page; by default a free one is taken.
const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.args[0] ?? 0),
  onListen() {},
}, handle);

Deno.addSignalListener("SIGINT", async () => {
  await dami.disconnect();
  Deno.exit();
});
const { hostname, port } = server.addr;
console.log(`Open http://${hostname}:${port}/; press Ctrl-C to stop`);

// Without the PBX nothing is left to report.
dami.addEventListener("disconnect", async () => {
  console.log("The connection to the PBX has ended");
  for (const browser of browsers) browser.close();
  await server.shutdown();
  Deno.exit();
});

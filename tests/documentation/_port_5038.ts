// Runs before a documented program, which connects to port 5038 of some host as
// printed: the PBX of the test listens on the port in the environment instead.
// Likewise with NATS, which is connected to by way of Node's own API.
import net from "node:net";

const natsPort = Deno.env.get("DAMI_TEST_NATS_PORT");
const createConnection: (...args: unknown[]) => net.Socket =
  net.createConnection;
if (natsPort !== undefined) {
  net.createConnection = (first: unknown, ...rest: unknown[]) =>
    createConnection(first === 4222 ? Number(natsPort) : first, ...rest);
}

const port = Number(Deno.env.get("DAMI_TEST_PORT"));
const connect: typeof Deno.connect = Deno.connect;

Object.defineProperty(Deno, "connect", {
  value: (options: Deno.ConnectOptions) =>
    connect(
      options.port === 5038
        ? { ...options, hostname: "127.0.0.1", port }
        : options,
    ),
});

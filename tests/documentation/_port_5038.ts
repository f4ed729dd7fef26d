// Runs before a documented program, which connects to port 5038 of some host as
// printed: the PBX of the test listens on the port in the environment instead.
// Likewise with NATS, which is connected to by way of Node's own API. Where it
// serves, another program may be on the port that is printed.
import net from "node:net";

const natsPort = Deno.env.get("DAMI_TEST_NATS_PORT");
const create = net.createConnection;

Object.defineProperty(net, "createConnection", {
  value: (first: unknown, ...rest: unknown[]): unknown =>
    Reflect.apply(create, net, [
      first === 4222 && natsPort !== undefined ? Number(natsPort) : first,
      ...rest,
    ]),
});

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

const serve = Deno.serve;

Object.defineProperty(Deno, "serve", {
  value: (options: Deno.ServeTcpOptions & Deno.ServeInit<Deno.NetAddr>) =>
    serve({ ...options, port: 0 }),
});

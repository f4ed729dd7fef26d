// Runs before a documented program, which connects to port 5038 as printed: the
// PBX of the test listens on the port in the environment instead.
const port = Number(Deno.env.get("DAMI_TEST_PORT"));
const connect: typeof Deno.connect = Deno.connect;

Object.defineProperty(Deno, "connect", {
  value: (options: Deno.ConnectOptions) =>
    connect({ ...options, port: options.port === 5038 ? port : options.port }),
});

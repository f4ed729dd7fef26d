// Runs before a documented program, which connects to port 5038 of some host as
// printed: the PBX of the test listens on the port in the environment instead.
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

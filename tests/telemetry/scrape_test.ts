import { assert, assertEquals } from "@std/assert";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { metricsHandler } from "../../src/telemetry/metrics_handler.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import type { Prometheus } from "../../tools/prometheus.ts";
import { listening } from "../_faults.ts";
import { freePort } from "../fleet/_fleet.ts";
import { prometheusTest, promtool } from "./_prometheus.ts";

const QUEUE = {
  name: "sales",
  members: [{ interface: "PJSIP/6001", name: "Alice" }],
};

prometheusTest(
  "promtool finds nothing wrong with the metrics of the embedded PBX",
  async (programs) => {
    await using server = AmiServer.start({ queues: [QUEUE] });
    await using dami = await listening(server);
    using live = await LivePbx.start(dami);
    const handler = metricsHandler(dami, { live });
    const text = await handler(new Request("http://localhost/metrics")).text();
    assert(text.includes("asterisk_queue_members"));
    // It prints what it would rather have named or described otherwise.
    const { success, said } = await promtool(
      programs,
      ["check", "metrics"],
      text,
    );
    assert(success, said);
    assertEquals(said, "");
  },
);

/** A Prometheus that scrapes one address every 200 ms. */
class Scraper implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #folder: string;
  readonly #port: number;
  readonly #log: Promise<string>;

  private constructor(
    process: Deno.ChildProcess,
    folder: string,
    port: number,
  ) {
    this.#process = process;
    this.#folder = folder;
    this.#port = port;
    this.#log = new Response(process.stderr).text();
  }

  static async start(
    { prometheus }: Prometheus,
    target: string,
  ): Promise<Scraper> {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(
      `${folder}/prometheus.yml`,
      [
        "global: { scrape_interval: 200ms, scrape_timeout: 200ms }",
        "scrape_configs:",
        "  - job_name: dami",
        `    static_configs: [{ targets: ["${target}"] }]`,
      ].join("\n"),
    );
    const port = freePort();
    const process = new Deno.Command(prometheus, {
      args: [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    return new Scraper(process, folder, port);
  }

  /** Asks until the answer has a value. */
  async query(query: string): Promise<string> {
    const url = `http://127.0.0.1:${this.#port}/api/v1/query?query=${
      encodeURIComponent(query)
    }`;
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      try {
        const value = valueIn(await (await fetch(url)).json());
        if (value !== undefined) return value;
      } catch {
        // It does not listen yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Prometheus has no answer to ${query}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.status;
    await this.#log;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** The value of the first series in an answer. */
function valueIn(answer: {
  data?: { result?: { value?: [number, string] }[] };
}): string | undefined {
  return answer.data?.result?.[0]?.value?.[1];
}

prometheusTest(
  "Prometheus scrapes /metrics, and answers what the queue looks like",
  async (programs) => {
    await using server = AmiServer.start({ queues: [QUEUE] });
    await using dami = await listening(server);
    using live = await LivePbx.start(dami);
    const call = server.queueCall("sales", { onRing: () => "no-answer" });
    await using web = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      metricsHandler(dami, { live }),
    );
    await using scraper = await Scraper.start(
      programs,
      `127.0.0.1:${web.addr.port}`,
    );
    assertEquals(
      await scraper.query('asterisk_queue_callers{queue="sales"} == 1'),
      "1",
    );
    assertEquals(await scraper.query("dami_connected"), "1");
    assertEquals(
      await scraper.query(
        "histogram_quantile(0.9, dami_listeners_duration_seconds_bucket) < 1 > bool 0",
      ),
      "1",
    );
    call.hangUp();
    await call.ended;
  },
);

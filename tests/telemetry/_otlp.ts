/**
 * A receiver of OTLP as JSON, and a program that sends it there.
 *
 * @module
 */

import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";
import { reachableRegistry, withRegistry } from "../../tools/deno.ts";

const registry = await reachableRegistry();

const PROGRAM = fileURLToPath(
  new URL("./_observed_program.ts", import.meta.url),
);

/** The longest time that the program may take (milliseconds). */
const DEADLINE = 60_000;

/** A value of an attribute. */
export type Value = string | number | boolean | readonly Value[];

/** Attributes by their names. */
export type AttributeMap = Readonly<Record<string, Value>>;

/** A span that was received. */
export interface ReceivedSpan {
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 for internal, 3 for a client. */
  readonly kind: number;
  /** The beginning (milliseconds since 1970). */
  readonly begin: number;
  /** The end (milliseconds since 1970). */
  readonly end: number;
  readonly attributes: AttributeMap;
  /** 2 for an error. */
  readonly status: number;
  readonly message: string;
}

/** A value of a metric that was received. */
export interface ReceivedPoint {
  readonly attributes: AttributeMap;
  /** The value; the count of a histogram. */
  readonly value: number;
  readonly bounds: readonly number[];
}

/** A metric that was received, as it was last. */
export interface ReceivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: "sum" | "gauge" | "histogram";
  readonly isMonotonic: boolean;
  readonly points: readonly ReceivedPoint[];
}

// deno-lint-ignore no-explicit-any -- JSON of another program, in a test
type Json = any;

function valueOf(value: Json): Value {
  const [[kind, content] = ["", ""]] = Object.entries<Json>(value);
  if (kind === "arrayValue") return (content.values ?? []).map(valueOf);
  return kind === "intValue" ? Number(content) : content;
}

function attributesOf(attributes: Json): AttributeMap {
  return Object.fromEntries(
    attributes.map(({ key, value }: Json) => [key, valueOf(value)]),
  );
}

function spanOf(scope: string, span: Json): ReceivedSpan {
  return {
    scope,
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    begin: Number(span.startTimeUnixNano) / 1e6,
    end: Number(span.endTimeUnixNano) / 1e6,
    attributes: attributesOf(span.attributes),
    status: span.status.code,
    message: span.status.message,
  };
}

function metricOf(metric: Json): ReceivedMetric {
  const kind = metric.sum ? "sum" : metric.gauge ? "gauge" : "histogram";
  const { dataPoints, isMonotonic = false } = metric[kind];
  return {
    name: metric.name,
    unit: metric.unit,
    description: metric.description,
    kind,
    isMonotonic,
    points: dataPoints.map((point: Json) => ({
      attributes: attributesOf(point.attributes),
      value: Number(point.asDouble ?? point.asInt ?? point.count),
      bounds: point.explicitBounds ?? [],
    })),
  };
}

/** The data that a program has exported. */
export class Exported {
  readonly spans: ReceivedSpan[] = [];
  /** The metrics of DAMI by name, as they were last. */
  readonly metrics = new Map<string, ReceivedMetric>();
  /** Everything, as it came. */
  raw = "";

  take(body: string): void {
    this.raw += body;
    const content: Json = JSON.parse(body);
    for (const { scopeSpans } of content.resourceSpans ?? []) {
      for (const { scope, spans } of scopeSpans) {
        this.spans.push(
          ...spans.map((span: Json) => spanOf(scope.name, span)),
        );
      }
    }
    for (const { scopeMetrics } of content.resourceMetrics ?? []) {
      for (const { scope, metrics } of scopeMetrics) {
        if (scope.name !== "@dami/dami") continue;
        for (const metric of metrics) {
          this.metrics.set(metric.name, metricOf(metric));
        }
      }
    }
  }

  /** The spans of a name. */
  named(name: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  /** Every text that was exported of DAMI, except for the ids of calls, which are times. */
  get texts(): string[] {
    const points = [...this.metrics.values()].flatMap(({ points }) => points);
    const { spans } = this;
    const attributes = [...points, ...spans].flatMap(({ attributes }) =>
      Object.entries(attributes)
    ).filter(([name]) => name !== "asterisk.call.id").flat(2);
    const texts = spans.flatMap(({ name, message }) => [name, message]);
    return [...attributes, ...texts].filter((text) => typeof text === "string");
  }

  /** The value of a metric with these attributes; fails if there is none. */
  value(name: string, attributes: AttributeMap = {}): number {
    const points =
      this.metrics.get(name)?.points.filter((point) =>
        Object.entries(attributes).every(([key, value]) =>
          point.attributes[key] === value
        )
      ) ?? [];
    assert(points.length === 1, `${name} has ${points.length} such values`);
    return points[0]?.value ?? NaN;
  }
}

/**
 * Runs the observed program, and gives what it has exported.
 *
 * @param options The options of the program.
 */
export async function exportedBy(
  options: { identities?: boolean; fleet?: boolean } = {},
): Promise<Exported> {
  const exported = new Exported();
  const done = Promise.withResolvers<void>();
  let isDone = false;
  let exports = 0;
  await using web = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      if (isDone && request.url.endsWith("/metrics")) exports++;
      exported.take(await request.text());
      // The first one may have been read before the program was done.
      if (exports > 1 && exported.named("call").length > 0) done.resolve();
      return Response.json({});
    },
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(
      ["run", "-A", PROGRAM, JSON.stringify(options)],
      registry,
    ),
    env: {
      OTEL_DENO: "true",
      OTEL_DENO_CONSOLE: "ignore",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${web.addr.port}`,
      OTEL_METRIC_EXPORT_INTERVAL: "150",
      OTEL_BSP_SCHEDULE_DELAY: "50",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  const said = (async () => {
    let text = "";
    for await (
      const part of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      text += part;
      isDone ||= text.includes("done");
    }
  })();
  const timer = setTimeout(
    () => done.reject(new Error("The program took too long")),
    DEADLINE,
  );
  try {
    await Promise.race([
      done.promise,
      child.status.then(async () => {
        throw new Error(`The program ended: ${await errors}`);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    try {
      // Deno exports once more before it exits, which takes its time.
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await Promise.all([child.stdin.close(), child.status, said, errors]);
  }
  return exported;
}

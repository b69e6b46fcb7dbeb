/** What an operator watches: requests, durations, the event loop, the page cache, papers and index. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ServerContext } from "./context.ts";

export type Metrics = {
  observe(request: { route: string; method: string; status: number; ms: number }): void;
  /** A page served from the cache: only counted, its duration is below what the buckets tell apart. */
  observeHit(route: string, status: number): void;
  observeMiss(): void;
  /** Prometheus text format 0.0.4. */
  text(): Promise<string>;
  contentType: string;
};

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const LOOP_RESOLUTION_MS = 10;

export function createMetrics({ store, discovery }: Pick<ServerContext, "store" | "discovery">): Metrics {
  const registry = new Registry();
  const requests = new Counter({
    name: "paperwire_http_requests_total",
    help: "Requests answered, by route pattern, method and status.",
    labelNames: ["route", "method", "status"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "paperwire_http_request_duration_seconds",
    help: "Time to answer requests that were not served from the page cache.",
    labelNames: ["route"],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const cache = new Counter({
    name: "paperwire_page_cache_total",
    help: "Pages looked up in the page cache.",
    labelNames: ["result"],
    registers: [registry],
  });
  const [hits, misses] = [cache.labels("hit"), cache.labels("miss")];
  addGauges(registry, { store, discovery });
  const bound = new Map<string, { inc(): void }>();
  return {
    observe({ route, method, status, ms }) {
      requests.labels(route, method, String(status)).inc();
      durations.labels(route).observe(ms / 1000);
    },
    observeHit(route, status) {
      const key = `${status} ${route}`;
      let counter = bound.get(key);
      if (!counter) bound.set(key, (counter = requests.labels(route, "GET", String(status))));
      counter.inc();
      hits.inc();
    },
    observeMiss: () => misses.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function addGauges(registry: Registry, { store, discovery }: Pick<ServerContext, "store" | "discovery">): void {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  // The histogram's values include its own resolution.
  const delaySeconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - LOOP_RESOLUTION_MS / 1000);
  gauge("paperwire_event_loop_delay_p50_seconds", "Event loop delay since the last look, median.", () =>
    delaySeconds(loop.percentile(50)),
  );
  gauge("paperwire_event_loop_delay_p99_seconds", "Event loop delay since the last look, 99th percentile.", () => {
    const value = delaySeconds(loop.percentile(99));
    loop.reset();
    return value;
  });
  gauge("paperwire_papers", "Papers in the store.", () => store.papers.count());
  gauge("paperwire_index_papers", "Papers the search index has learnt.", () => discovery.indexing().done);
  gauge("process_resident_memory_bytes", "Resident memory of the process.", () => process.memoryUsage.rss());
  gauge("process_uptime_seconds", "Time since the process started.", () => process.uptime());
}

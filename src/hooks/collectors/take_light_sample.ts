import type { Facts } from "../facts.ts";
import type { CollectOptions } from "./collect_options.ts";
import { assembleFacts } from "./kernel/assemble_facts.ts";
import { createTreeRecorder } from "./kernel/tree_recorder.ts";

/**
 * Looks at a tree once, at what the kernel shows, in a few milliseconds and without touching anything. Other ends of
 * pipes and sockets are looked for in the tree only, and use of the processor is that of the whole life.
 *
 * @param options what to look at; `sampleTimeMs` and `signal` do not matter
 * @returns the facts of this moment
 */
export function takeLightSample(options: CollectOptions): Facts {
  const startMs = performance.now();
  const takenAtEpochMs = Date.now();
  const recorder = createTreeRecorder(options);
  recorder.takeSnapshot(true);
  const facts = assembleFacts(options, recorder, {
    scan: undefined,
    unixPeers: undefined,
    stacks: new Map(),
    collectors: [],
    takenAtEpochMs,
  });
  const ms = performance.now() - startMs;
  return { ...facts, collectors: [{ name: "kernel", pid: 0, status: "ok", ms }, ...facts.collectors] };
}

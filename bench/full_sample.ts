import { sampleProcess } from "../src/hooks/sample_process.ts";
import type { Figure, Measurement } from "./figure.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";
import { startTree } from "./process_tree.ts";

const ROUNDS = 20;
const WARM_UPS = 2;
const SAMPLE_TIME_MS = 1000;

/** What a full sample takes beyond the time it is asked to watch. */
export const fullSample: Figure = {
  name: "full_sample",
  needs: ["perl", "eu-stack"],
  measure: async () => [await measureTree(1, 150), await measureTree(20, 600)],
};

async function measureTree(processes: number, maxExtraMs: number): Promise<Measurement> {
  await using tree = await startTree(processes);
  const { sample, stack } = await medianInTurn(ROUNDS, WARM_UPS, {
    sample: async () => {
      const startMs = performance.now();
      await sampleProcess(tree.pid, { sampleTimeMs: SAMPLE_TIME_MS });
      return performance.now() - startMs;
    },
    stack: () => timeCommand("eu-stack", ["-p", String(tree.pid)]),
  });
  const extraMs = sample - SAMPLE_TIME_MS;
  return {
    what: `full sample of ${
      processes === 1 ? "one process" : `a tree of ${processes}`
    }, beyond its ${SAMPLE_TIME_MS} ms`,
    median: inMs(extraMs),
    peer: `one eu-stack of one process: ${inMs(stack)}`,
    ratio: extraMs / stack,
    budget: `at most ${maxExtraMs} ms`,
    met: extraMs <= maxExtraMs,
  };
}

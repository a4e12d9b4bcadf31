import { sampleProcess } from "../src/hooks/sample_process.ts";
import type { Figure, Measurement } from "./figure.ts";
import { buildHungPrograms } from "./hung_programs.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";

const ROUNDS = 10;
const WARM_UPS = 1;
const SAMPLE_TIME_MS = 1000;
const MAX_EXTRA_MS = 1000;

/** What a full sample takes beyond its time, where several runtimes have to be asked. */
export const mixedTree: Figure = {
  name: "mixed_tree",
  needs: ["gcc", "javac", "node", "python3", "eu-stack"],
  async measure() {
    await using programs = await buildHungPrograms();
    const measurements: Measurement[] = [];
    {
      await using tree = await programs.startMixedTree();
      measurements.push(await measureSample(tree.pid, "20 processes, 5 each of Python, Node, Java and C"));
    }
    {
      await using tree = await programs.startNodes(8);
      measurements.push(await measureSample(tree.pid, "8 Node processes and their parent"));
    }
    return measurements;
  },
};

async function measureSample(pid: number, what: string): Promise<Measurement> {
  const { sample, stack } = await medianInTurn(ROUNDS, WARM_UPS, {
    sample: async () => {
      const startMs = performance.now();
      await sampleProcess(pid, { sampleTimeMs: SAMPLE_TIME_MS });
      return performance.now() - startMs;
    },
    stack: () => timeCommand("eu-stack", ["-p", String(pid)]),
  });
  const extraMs = sample - SAMPLE_TIME_MS;
  return {
    what: `full sample of ${what}, beyond its ${SAMPLE_TIME_MS} ms`,
    median: inMs(extraMs),
    peer: `one eu-stack of the first process: ${inMs(stack)}`,
    ratio: extraMs / stack,
    budget: `at most ${MAX_EXTRA_MS} ms`,
    met: extraMs <= MAX_EXTRA_MS,
  };
}

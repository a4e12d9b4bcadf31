import { lightSample } from "../src/hooks/light_sample.ts";
import { host } from "../src/runtime/host.ts";
import type { Figure } from "./figure.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";
import { startTree } from "./process_tree.ts";

const ROUNDS = 50;
const WARM_UPS = 5;
const MAX_MEDIAN_MS = 5;

/** What a look at one process costs that touches nothing. */
export const lightSampleFigure: Figure = {
  name: "light_sample",
  needs: ["perl", "ps"],
  async measure() {
    await using tree = await startTree(1);
    const { light, ps } = await medianInTurn(ROUNDS, WARM_UPS, {
      light: () => {
        const startMs = performance.now();
        lightSample({
          runtime: host,
          rootPid: tree.pid,
          ownsSession: true,
          cookie: "",
          seen: [],
          outputPipes: [],
        });
        return Promise.resolve(performance.now() - startMs);
      },
      ps: () => timeCommand("ps", ["-L", "-o", "pid,lwp,stat,wchan,args", "-p", String(tree.pid)]),
    });
    return [{
      what: "light sample of one process",
      median: inMs(light),
      peer: `ps -L: ${inMs(ps)}`,
      ratio: light / ps,
      budget: `under ${MAX_MEDIAN_MS} ms`,
      met: light < MAX_MEDIAN_MS,
    }];
  },
};

import { ProcessDriver } from "../src/driver/process_driver.ts";
import { waitUntil } from "../tests/support/wait_until.ts";
import type { Figure } from "./figure.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";
import { countSession, startTree, treeCommand } from "./process_tree.ts";

const PROCESSES = 200;
const ROUNDS = 20;
const WARM_UPS = 2;

/** How long it takes from the decision to end a tree until none of its processes is left. */
export const endTree: Figure = {
  name: "end_tree",
  needs: ["perl", "pkill"],
  async measure() {
    const { prekill, pkill } = await medianInTurn(ROUNDS, WARM_UPS, {
      prekill: async () => {
        const controller = new AbortController();
        const driver = new ProcessDriver({
          command: treeCommand(PROCESSES),
          stdin: "null",
          signal: controller.signal,
        });
        const ended = driver.run();
        await waitUntil(
          `${PROCESSES} processes are there`,
          () => driver.pid > 0 && countSession(driver.pid) === PROCESSES,
        );
        const startMs = performance.now();
        controller.abort();
        await ended;
        const ms = performance.now() - startMs;
        if (countSession(driver.pid) > 0) {
          throw new Error("Cannot measure the end of the tree: processes are left");
        }
        return ms;
      },
      pkill: async () => {
        await using tree = await startTree(PROCESSES);
        const startMs = performance.now();
        await timeCommand("pkill", ["-KILL", "-s", String(tree.pid)]);
        await waitUntil("the tree has ended", () => countSession(tree.pid) === 0);
        return performance.now() - startMs;
      },
    });
    return [{
      what: `ending a tree of ${PROCESSES} processes, until none is left`,
      median: inMs(prekill),
      peer: `pkill -KILL -s: ${inMs(pkill)}`,
      ratio: prekill / pkill,
      budget: "",
      met: undefined,
    }];
  },
};

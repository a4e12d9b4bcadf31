import type { Figure } from "./figure.ts";
import { inMs, median } from "./measure.ts";

const MAX_MEDIAN_MS = 5;

/** How late the hook is called after the deadline, while 64 children write. */
export const deadline: Figure = {
  name: "deadline",
  needs: ["perl"],
  async measure() {
    const script = new URL("deadline_drivers.ts", import.meta.url).pathname;
    // The children's output goes through the drivers to stdout, so the figures come on stderr.
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", script],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    const { hookLateMs, timerLateMs }: { hookLateMs: number[]; timerLateMs: number[] } = JSON.parse(
      new TextDecoder().decode(stderr),
    );
    const hook = median(hookLateMs);
    const timer = median(timerLateMs);
    return [{
      what: `deadline to hook, 64 noisy children (worst ${inMs(Math.max(...hookLateMs))})`,
      median: inMs(hook),
      peer: `a plain setTimeout in the same process: ${inMs(timer)}`,
      ratio: hook / timer,
      budget: `median under ${MAX_MEDIAN_MS} ms`,
      met: hook < MAX_MEDIAN_MS,
    }];
  },
};

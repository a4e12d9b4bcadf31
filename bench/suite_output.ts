import type { Figure, Measurement } from "./figure.ts";
import { inMs, median, percentile } from "./measure.ts";

const HERE = new URL(".", import.meta.url).pathname;
const CHILDREN = 64;
const ROUNDS = 3;
const MAX_LATE_MS = 50;
const MAX_GROWTH_MIB = 64;

interface Load {
  readonly what: string;
  /** What each child runs: it never ends by itself. */
  readonly script: string;
  /** When the first reaches its timeout, and how long after it the next. */
  readonly firstMs: number;
  readonly stepMs: number;
}

const LOADS: readonly Load[] = [
  {
    what: "64 children that each print 50 MiB at once",
    script: "head -c 52428800 /dev/zero; exec sleep 100",
    firstMs: 400,
    stepMs: 40,
  },
  {
    what: "64 children that print without end for 10 s",
    script:
      `exec perl -e '$| = 1; while (1) { print "noise " x 16, "\\n"; select undef, undef, undef, 0.001 }'`,
    firstMs: 2000,
    stepMs: 125,
  },
];

/** How late limits are told while 64 tests print into their logs, beside what timers of any program suffer then. */
export const suiteOutput: Figure = {
  name: "suite_output",
  needs: ["perl"],
  async measure() {
    const folder = await Deno.makeTempDir();
    try {
      const measurements: Measurement[] = [];
      for (const load of LOADS) measurements.push(...await measureLoad(folder, load));
      return measurements;
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
};

async function measureLoad(folder: string, load: Load): Promise<Measurement[]> {
  const late: number[] = [];
  const floor: number[] = [];
  const grownMib: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    floor.push(...await timerLateness(folder, load));
    const run = await runDriver(folder, load);
    late.push(...run.lateMs);
    grownMib.push(run.grownMib);
  }
  const lateMs = percentile(late, 99);
  const floorMs = percentile(floor, 99);
  const growth = median(grownMib);
  return [
    {
      what: `lateness of limits, ${load.what} (p99; median ${inMs(median(late))})`,
      median: inMs(lateMs),
      peer: `timers of a program that does nothing else: ${inMs(floorMs)} (median ${inMs(median(floor))})`,
      ratio: lateMs / floorMs,
      budget: `at most ${MAX_LATE_MS} ms more`,
      met: lateMs - floorMs <= MAX_LATE_MS,
    },
    {
      what: `growth of the driver's memory, ${load.what}`,
      median: `${growth.toFixed(0)} MiB`,
      peer: `budget: ${MAX_GROWTH_MIB} MiB`,
      ratio: growth / MAX_GROWTH_MIB,
      budget: `at most ${MAX_GROWTH_MIB} MiB`,
      met: growth <= MAX_GROWTH_MIB,
    },
  ];
}

async function runDriver(folder: string, { script, firstMs, stepMs }: Load): Promise<{
  readonly lateMs: number[];
  readonly grownMib: number;
}> {
  const sessionDir = `${folder}/session`;
  const args = [sessionDir, String(firstMs), String(stepMs), "sh", "-c", script];
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `${HERE}suite_output_driver.ts`, ...args],
    stdin: "null",
    stderr: "inherit",
  }).output();
  await Deno.remove(sessionDir, { recursive: true });
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The same children, started by a shell, and timers at the same times beside them. */
async function timerLateness(folder: string, { script, firstMs, stepMs }: Load): Promise<number[]> {
  const logs = `${folder}/logs`;
  await Deno.mkdir(logs);
  const timers = new Deno.Command(Deno.execPath(), {
    args: ["run", `${HERE}timer_lateness.ts`, String(firstMs), String(stepMs), String(CHILDREN)],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const children = new Deno.Command("sh", {
    args: [
      "-c",
      `i=0; while [ $i -lt ${CHILDREN} ]; do sh -c "$2" > "$1/$i" & i=$((i+1)); done; wait`,
      "sh",
      logs,
      script,
    ],
    detached: true,
    stdin: "null",
  }).spawn();
  const { stdout } = await timers.output();
  Deno.kill(-children.pid, "SIGKILL");
  await children.status;
  await Deno.remove(logs, { recursive: true });
  return JSON.parse(new TextDecoder().decode(stdout));
}

import { createPythonStackSource } from "../src/hooks/collectors/python/python_stack_source.ts";
import { host } from "../src/runtime/host.ts";
import type { Figure, Measurement } from "./figure.ts";
import { buildHungPrograms } from "./hung_programs.ts";
import { inMs, median, percentile, timeCommand } from "./measure.ts";

const FIRST_LOOKS = 40;
const LATER_LOOKS = 200;
const MAX_MS = 20;
const FIRST_LOOK = new URL("python_first_look.ts", import.meta.url).pathname;
const SIGNAL = new AbortController().signal;

const PROGRAMS = [
  { way: "queue", what: "9 threads that hold and want locks" },
  { way: "tasks", what: "13 asyncio tasks" },
] as const;

/** What it takes to read threads, locks and tasks of one Python process from its memory. */
export const pythonRead: Figure = {
  name: "python_read",
  needs: ["gcc", "javac", "python3", "eu-stack"],
  async measure() {
    await using programs = await buildHungPrograms();
    const measurements: Measurement[] = [];
    for (const { way, what } of PROGRAMS) {
      await using program = await programs.startPython(way);
      const stackMs: number[] = [];
      const first: number[] = [];
      for (let round = 0; round < FIRST_LOOKS; round++) {
        first.push(await firstLook(program.pid));
        stackMs.push(await timeCommand("eu-stack", ["-p", String(program.pid)]));
      }
      const later = await laterLooks(program.pid);
      const peerMs = median(stackMs);
      measurements.push(tell(`reading Python with ${what}, first look`, first, peerMs));
      measurements.push(tell(`reading Python with ${what}, later looks`, later, peerMs));
    }
    return measurements;
  },
};

async function firstLook(pid: number): Promise<number> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", FIRST_LOOK, String(pid)],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot measure "${FIRST_LOOK}": it says why above`);
  return Number(new TextDecoder().decode(stdout));
}

async function laterLooks(pid: number): Promise<number[]> {
  const times: number[] = [];
  for (let look = 0; look <= LATER_LOOKS; look++) {
    const source = createPythonStackSource(host);
    const startMs = performance.now();
    await source.takeSnapshot([{ pid, command: ["python3"], threadCount: 1, busy: false }], SIGNAL);
    if (look > 0) times.push(performance.now() - startMs);
  }
  return times;
}

function tell(what: string, times: readonly number[], peerMs: number): Measurement {
  const p95 = percentile(times, 95);
  return {
    what: `${what} (p95 ${inMs(p95)})`,
    median: inMs(median(times)),
    peer: `one eu-stack of it: ${inMs(peerMs)}`,
    ratio: median(times) / peerMs,
    budget: `p95 at most ${MAX_MS} ms`,
    met: p95 <= MAX_MS,
  };
}

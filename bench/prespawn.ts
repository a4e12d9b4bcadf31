import type { Job } from "../src/prespawn/job.ts";
import { runnerPath } from "../src/prespawn/runner_path.ts";
import { runnerProgramOf } from "../src/prespawn/runner_program_of.ts";
import { WaitingRunner } from "../src/prespawn/waiting_runner.ts";
import type { WarmStart } from "../src/prespawn/warm_start.ts";
import { warmTestOf } from "../src/prespawn/warm_test_of.ts";
import { host } from "../src/runtime/host.ts";
import type { Child } from "../src/runtime/port.ts";
import { isOnPath } from "../tests/support/is_on_path.ts";
import type { Figure, Measurement } from "./figure.ts";
import { inMs, median, percentile } from "./measure.ts";
import { FIRST_LINE, PRESPAWN_ROWS, type PrespawnRow } from "./prespawn_rows.ts";

const ROUNDS = 100;
const WARM_UPS = 3;
const READY_LIMIT_MS = 30_000;

/** From the hand-out of the job to the first line of the test, against a cold start of the same test, in turn. */
export const prespawn: Figure = {
  name: "prespawn",
  needs: [],
  async measure() {
    const measurements: Measurement[] = [];
    for (const row of PRESPAWN_ROWS) {
      const [program] = row.command;
      if (!program.startsWith("/") && !isOnPath(program)) {
        console.error(`bench: ${row.what} is skipped: ${program} is not installed`);
        continue;
      }
      measurements.push(await measureRow(row));
    }
    return measurements;
  },
};

async function measureRow(row: PrespawnRow): Promise<Measurement> {
  const directory = host.files.makeTempDirectory("prekill-bench-");
  try {
    for (const [name, text] of Object.entries(row.files)) {
      await Deno.writeTextFile(`${directory}/${name}`, text);
    }
    const { start, job } = await startOf(row, directory);
    const coldMs: number[] = [];
    const warmMs: number[] = [];
    const memory: number[] = [];
    for (let round = -WARM_UPS; round < ROUNDS; round++) {
      const cold = await timeCold(row, directory);
      const warm = await timeWarm(start, job, `${directory}/ready`);
      if (round < 0) continue;
      coldMs.push(cold);
      warmMs.push(warm.ms);
      memory.push(warm.kib);
    }
    const ratio = median(warmMs) / median(coldMs);
    return {
      what: `${row.what}: from the job to its first line (p95 ${inMs(percentile(warmMs, 95))}; waits with ${
        Math.round(median(memory) / 1024)
      } MiB of its own)`,
      median: inMs(median(warmMs)),
      peer: `cold: ${inMs(median(coldMs))} (p95 ${inMs(percentile(coldMs, 95))})`,
      ratio,
      budget: row.parts === undefined ? "" : `at most 1/${row.parts}`,
      met: row.parts === undefined ? undefined : ratio <= 1 / row.parts,
    };
  } finally {
    host.files.remove(directory, { recursive: true });
  }
}

async function startOf(row: PrespawnRow, cwd: string): Promise<{ start: WarmStart; job: Job }> {
  const name = runnerProgramOf(row.command[0]);
  const path = name === undefined ? undefined : await runnerPath(name, { runtime: host });
  const env = host.environment();
  const found = warmTestOf(row.command, { cwd, env, preloads: row.preloads, runnerPath: () => path });
  if (found === undefined) throw new Error(`Cannot start "${row.command.join(" ")}" warm`);
  const { start, main, args } = found;
  return { start, job: { v: 1, main, args, env, cwd } };
}

async function timeCold({ command: [program, ...args] }: PrespawnRow, cwd: string): Promise<number> {
  const startMs = performance.now();
  const child = host.spawn({
    program,
    args,
    cwd,
    newSession: true,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  });
  return await untilFirstLine(child, startMs);
}

async function timeWarm(
  start: WarmStart,
  job: Job,
  readyPath: string,
): Promise<{ ms: number; kib: number }> {
  const runner = new WaitingRunner({ start, output: { kind: "piped" }, readyPath }, host);
  try {
    await runner.ready(READY_LIMIT_MS);
  } finally {
    host.files.remove(readyPath);
  }
  const kib = ownMemoryKib(runner.pid);
  const startMs = performance.now();
  const child = await runner.give(job);
  const errors = child.stderr!.cancel();
  const ms = await untilFirstLine(child, startMs);
  await errors;
  return { ms, kib };
}

async function untilFirstLine(child: Child, startMs: number): Promise<number> {
  const reader = child.stdout!.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (!text.includes(FIRST_LINE)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`Cannot measure a test that does not print "${FIRST_LINE}": ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  const ms = performance.now() - startMs;
  while (!(await reader.read()).done);
  await child.exited;
  return ms;
}

/** Memory that would be free without the process. */
function ownMemoryKib(pid: number): number {
  const text = host.files.readText(`/proc/${pid}/smaps_rollup`) ?? "";
  return [...text.matchAll(/^Private_\w+:\s*(\d+) kB$/gm)].reduce(
    (total, match) => total + Number(match[1]),
    0,
  );
}

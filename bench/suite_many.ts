import { inMs, median } from "./measure.ts";
import type { Figure } from "./figure.ts";
import { suiteCommand, writeBundle } from "./suite_command.ts";

const FEW = 1000;
const MANY = 10_000;
const JOBS = 4;
const ROUNDS = 3;
const MAX_SLOWDOWN = 1.1;
const MAX_MIB = 150;
const MAX_START_MS = 100;
const POLL_MS = 20;

interface RunFigures {
  readonly ms: number;
  readonly peakMib: number;
  /** From the start of the command to that of the first test. */
  readonly firstTestMs: number;
}

/** How time and memory grow from 1,000 to 10,000 tests, and how soon the first starts: the command, from the bundle. */
export const suiteMany: Figure = {
  name: "suite_many",
  needs: [],
  async measure() {
    const folder = await Deno.makeTempDir();
    try {
      await writeBundle();
      const few: RunFigures[] = [];
      const many: RunFigures[] = [];
      const fromSource: RunFigures[] = [];
      await run(folder, FEW, "bundle");
      for (let round = 0; round < ROUNDS; round++) {
        few.push(await run(folder, FEW, "bundle"));
        many.push(await run(folder, MANY, "bundle"));
        fromSource.push(await run(folder, FEW, "source"));
      }
      const msPerTest = median(many.map(({ ms }) => ms)) / MANY;
      const fewMsPerTest = median(few.map(({ ms }) => ms)) / FEW;
      const peakMib = median(many.map((one) => one.peakMib));
      const fewPeakMib = median(few.map((one) => one.peakMib));
      const startMs = median(few.map(({ firstTestMs }) => firstTestMs));
      const sourceStartMs = median(fromSource.map(({ firstTestMs }) => firstTestMs));
      return [
        {
          what: `each of ${MANY} tests, ${JOBS} at a time`,
          median: inMs(msPerTest),
          peer: `each of ${FEW} tests: ${inMs(fewMsPerTest)}`,
          ratio: msPerTest / fewMsPerTest,
          budget: `at most ${MAX_SLOWDOWN} ×`,
          met: msPerTest <= fewMsPerTest * MAX_SLOWDOWN,
        },
        {
          what: `peak memory of the driver, ${MANY} tests`,
          median: `${peakMib.toFixed(0)} MiB`,
          peer: `${FEW} tests: ${fewPeakMib.toFixed(0)} MiB`,
          ratio: peakMib / fewPeakMib,
          budget: `under ${MAX_MIB} MiB`,
          met: peakMib < MAX_MIB,
        },
        {
          what: "from the start of the command to the first test",
          median: inMs(startMs),
          peer: `from source: ${inMs(sourceStartMs)}`,
          ratio: startMs / sourceStartMs,
          budget: `under ${MAX_START_MS} ms`,
          met: Math.max(startMs, sourceStartMs) < MAX_START_MS,
        },
      ];
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
};

let sessions = 0;

async function run(folder: string, count: number, source: "bundle" | "source"): Promise<RunFigures> {
  const list = `${folder}/list-${count}`;
  await Deno.writeTextFile(list, Array.from({ length: count }, (_, index) => `test_${index}\n`).join(""));
  const sessionDir = `${folder}/session-${++sessions}`;
  const { program, args } = suiteCommand(source, { list, sessionDir, jobs: JOBS });
  const startedAtMs = Date.now();
  const startMs = performance.now();
  const child = new Deno.Command(program, {
    args: [...args],
    cwd: folder,
    stdin: "null",
    stdout: "null",
  }).spawn();
  let peakMib = 0;
  const poll = setInterval(() => peakMib = Math.max(peakMib, peakOf(child.pid)), POLL_MS);
  const { success } = await child.status;
  const ms = performance.now() - startMs;
  clearInterval(poll);
  if (!success) throw new Error(`Cannot measure ${count} tests: the run fails, as is said above`);
  const events = (await Deno.readTextFile(`${sessionDir}/events.ndjson`)).split("\n");
  const first: { atMs: number } = JSON.parse(events.find((line) => line.includes('"attempt-started"'))!);
  await Deno.remove(sessionDir, { recursive: true });
  return { ms, peakMib, firstTestMs: first.atMs - startedAtMs };
}

/** In MiB; 0 when the process is gone. */
function peakOf(pid: number): number {
  try {
    const peakKib = /^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
    return Number(peakKib ?? 0) / 1024;
  } catch {
    return 0;
  }
}

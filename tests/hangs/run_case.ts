import type { SampleDocument } from "../../src/sample_document.ts";
import { markedProcesses } from "../support/marked_processes.ts";
import { waitUntil } from "../support/wait_until.ts";
import type { HangCase } from "./hang_case.ts";
import type { CaseRun } from "./judge_case.ts";
import { exists } from "../support/exists.ts";

/** How to start a case. */
export interface RunCaseOptions {
  /** The prekill to try: program and first arguments. */
  readonly prekill: readonly string[];
  /** The environment of the case, without what this module adds. */
  readonly env: Readonly<Record<string, string>>;
  /** Where copies of its samples go, as `<case>.sample`; a later run of the case replaces them. Nowhere when undefined. */
  readonly samplesDir?: string | undefined;
}

/** prekill gets this much longer than its own time limits before it is ended itself. */
const PATIENCE_MS = 60_000;
/** Time to start: a first guess, doubled until the case was ready early enough. */
const START_MS = 3000;
const MAX_START_MS = 48_000;
const GRACE = "2s";
/** What prekill exits with when the time limit ran out. */
const TIMED_OUT = [124, 137];

/**
 * Starts a case as a user would, under `prekill exec` with an open, silent stdin, and waits until prekill has ended
 * it. The limit is one that the case has hung for `readyMs` by, however slow the machine is. What is left alive is
 * killed by pid; the case's folder of temporary files is removed.
 *
 * @param hang the case, built
 * @param options what to run it with
 * @returns what was left behind
 * @throws {Error} when the case never prints READY
 */
export async function runCase(hang: HangCase, options: RunCaseOptions): Promise<CaseRun> {
  for (let startMs = START_MS;; startMs *= 2) {
    const { run, readyAfterMs } = await runOnce(hang, startMs + hang.readyMs, options);
    if (readyAfterMs !== undefined && readyAfterMs <= startMs) return run;
    const ranOutOfTime = TIMED_OUT.includes(run.exitCode);
    if (readyAfterMs === undefined && (!ranOutOfTime || startMs >= MAX_START_MS)) {
      throw new Error(`Cannot judge "${hang.name}": it was never ready; stderr: ${run.stderr.trim()}`);
    }
  }
}

async function runOnce(
  hang: HangCase,
  limitMs: number,
  { prekill, env, samplesDir }: RunCaseOptions,
): Promise<{ run: CaseRun; readyAfterMs: number | undefined }> {
  const mark = crypto.randomUUID();
  const folder = Deno.makeTempDirSync({ prefix: "hangs-" });
  const sessionDir = `${folder}/session`;
  Deno.mkdirSync(`${folder}/work`);
  const [program, ...args] = prekill;
  const startMs = performance.now();
  const child = new Deno.Command(program!, {
    args: [
      ...args,
      ...[
        "exec",
        "--timeout",
        `${limitMs}ms`,
        "--grace",
        GRACE,
        "--session-dir",
        sessionDir,
        "--name",
        hang.name,
      ],
      ...["--", ...hang.start],
    ],
    cwd: `${hang.folder}/${hang.cwd}`,
    env: { ...env, TMPDIR: `${folder}/work`, HANG_CASE: mark, HANG_FACTS: `${folder}/facts` },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const patience = setTimeout(() => child.kill("SIGKILL"), limitMs + PATIENCE_MS);
  try {
    let readyAfterMs: number | undefined;
    const stderr = readText(child.stderr);
    const stdout = readText(child.stdout, (text) => {
      if (readyAfterMs === undefined && /^READY/m.test(text)) readyAfterMs = performance.now() - startMs;
    });
    const { code } = await child.status;
    const survivors = await endSurvivors(mark);
    await stdout;
    if (samplesDir !== undefined) copySamples(sessionDir, samplesDir, hang.name);
    const run = {
      ...readSample(sessionDir),
      facts: readFacts(folder),
      exitCode: code,
      survivors,
      stderr: await stderr,
    };
    return { run, readyAfterMs };
  } finally {
    clearTimeout(patience);
    await child.stdin.close().catch(() => {});
    Deno.removeSync(folder, { recursive: true });
  }
}

/** What prekill left alive is a fault; KILL takes a moment to take effect, so one look is not enough. */
async function endSurvivors(mark: string): Promise<string[]> {
  const alive = () => markedProcesses("HANG_CASE", mark);
  const gone = await waitUntil("prekill has ended the case", () => alive().length === 0, 2000).catch(() =>
    false
  );
  if (gone) return [];
  const survivors = alive();
  for (const { pid } of survivors) {
    try {
      Deno.kill(pid, "SIGKILL");
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return survivors.map(({ pid, command }) => `${command} (pid ${pid})`);
}

function readSample(sessionDir: string): { document: SampleDocument | undefined; text: string } {
  const names = exists(sessionDir) ? [...Deno.readDirSync(sessionDir)].map(({ name }) => name).sort() : [];
  const json = names.find((name) => name.endsWith(".sample.json"));
  const text = names.find((name) => name.endsWith(".sample"));
  return {
    document: json === undefined ? undefined : JSON.parse(Deno.readTextFileSync(`${sessionDir}/${json}`)),
    text: text === undefined ? "" : Deno.readTextFileSync(`${sessionDir}/${text}`),
  };
}

function copySamples(sessionDir: string, samplesDir: string, name: string): void {
  if (!exists(sessionDir)) return;
  Deno.mkdirSync(samplesDir, { recursive: true });
  for (const file of Deno.readDirSync(sessionDir)) {
    const suffix = /\.sample(\.json)?(\.gz)?$/.exec(file.name)?.[0];
    if (suffix !== undefined) {
      Deno.copyFileSync(`${sessionDir}/${file.name}`, `${samplesDir}/${name}${suffix}`);
    }
  }
}

function readFacts(folder: string): Map<string, string> {
  const text = exists(`${folder}/facts`) ? Deno.readTextFileSync(`${folder}/facts`) : "";
  return new Map(
    text.split("\n").filter((line) => line.includes("=")).map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

async function readText(
  stream: ReadableStream<Uint8Array>,
  onText?: (soFar: string) => void,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    onText?.(text);
  }
  return text;
}

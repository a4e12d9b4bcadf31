/**
 * `deno task hangs`: starts the programs of `cases/`, `more/` and `fresh/` under `prekill exec`, compares the samples
 * with what is known about each program, and prints the score. `corpus_arguments.ts` has the options.
 */
import { isOnPath } from "../support/is_on_path.ts";
import { readCorpusArguments } from "./corpus_arguments.ts";
import { fingerprintFaults } from "./fingerprint_faults.ts";
import { type HangCase, loadHangCases, programsOf } from "./hang_case.ts";
import { describeVerdict, isRight, judgeCase, type Verdict } from "./judge_case.ts";
import { runCase, type RunCaseOptions } from "./run_case.ts";
import { compareWithGoals, countCases, GOALS, type JudgedCase, type Score, scoreCases } from "./score.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const AT_ONCE = 2;
const SCORE_COLUMNS = ["cause", "culprit", "mention"] as const;

const choice = readCorpusArguments(Deno.args, loadHangCases(`${ROOT}tests/hangs`));
if ("problem" in choice) {
  console.error(`hangs: ${choice.problem}`);
  Deno.exit(2);
}
const { json, samplesDir, twice } = choice;
const ownPrekill = [Deno.execPath(), "run", "-A", `--config=${ROOT}deno.json`, `${ROOT}cli.ts`];
const options: RunCaseOptions = {
  prekill: choice.prekill ?? ownPrekill,
  env: { PATH: searchPath() },
  samplesDir,
};
/** Of each case, its fingerprint in each run. */
const fingerprints = new Map<string, string[]>();
let judged: JudgedCase[] = [];
const waiting = [...choice.cases];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let hang = waiting.shift(); hang !== undefined; hang = waiting.shift()) {
    const one = await judge(hang);
    judged.push(one);
    if (!json) console.log(lineOf(one));
  }
}));
judged.sort((a, b) => a.hang.name < b.hang.name ? -1 : 1);
judged = withFingerprintFaults(judged);

const scores = scoreCases(judged);
const goals = compareWithGoals(judged);
const { passed, failed, unexplained, skipped } = countCases(judged);
if (json) {
  const cases = judged.map(({ hang, ...rest }) => ({ name: hang.name, cause: hang.cause, ...rest }));
  console.log(JSON.stringify({ scores, goals, cases }));
} else {
  console.log();
  console.log(`${"".padEnd(16)} cases ${SCORE_COLUMNS.map((name) => name.padStart(12)).join("")}`);
  for (const score of scores) console.log(rowOf(score));
  console.log();
  for (const { aspect, right, total, met } of goals) {
    const goal = `goal: ${aspect} right in ${GOALS[aspect] * 100} % of all cases`;
    console.log(`${goal}: ${percentOf(right, total)}, ${met ? "met" : "missed"}`);
  }
  if (unexplained > 0) console.log(`${unexplained} not explained rightly, which is not counted as failed`);
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failed} failed`);
}
if (failed > 0) Deno.exit(1);

async function judge(hang: HangCase): Promise<JudgedCase> {
  const missing = programsOf(hang).filter((program) => !isOnPath(program, options.env.PATH));
  if (missing.length > 0) return { hang, skipped: `${missing.join(" and ")} not installed` };
  try {
    await build(hang);
    const verdict = await judgeRun(hang);
    if (!twice.has(hang.name)) return { hang, verdict };
    const second = await judgeRun(hang);
    const faults = [...verdict.faults, ...second.faults.map((fault) => `${fault} in the second run`)];
    return { hang, verdict: { ...isRight(verdict) ? second : verdict, faults } };
  } catch (error) {
    const faults = [error instanceof Error ? error.message : String(error)];
    const verdict: Verdict = {
      causeRight: false,
      culpritRight: false,
      unmentioned: hang.mention,
      faults,
      fingerprint: undefined,
      said: "nothing",
    };
    return { hang, verdict };
  }
}

async function judgeRun(hang: HangCase): Promise<Verdict> {
  const verdict = judgeCase(hang, await runCase(hang, options));
  const { fingerprint } = verdict;
  if (fingerprint !== undefined) {
    fingerprints.set(hang.name, [...fingerprints.get(hang.name) ?? [], fingerprint]);
  }
  return verdict;
}

/** What only shows when all have run. */
function withFingerprintFaults(cases: readonly JudgedCase[]): JudgedCase[] {
  const faults = fingerprintFaults([...fingerprints].map(([name, list]) => ({ name, fingerprints: list })));
  return cases.map((one) => {
    const found = faults.get(one.hang.name);
    if (found === undefined || "skipped" in one) return one;
    if (!json) { for (const fault of found) console.log(`wrong ${one.hang.name.padEnd(16)} ${fault}`); }
    return { ...one, verdict: { ...one.verdict, faults: [...one.verdict.faults, ...found] } };
  });
}

async function build(hang: HangCase): Promise<void> {
  if (hang.build === null) return;
  const [program, ...args] = hang.build;
  const built = await new Deno.Command(program!, { args, cwd: hang.folder, env: options.env }).output();
  if (!built.success) {
    throw new Error(`Cannot build "${hang.name}": ${new TextDecoder().decode(built.stderr).trim()}`);
  }
}

function lineOf(one: JudgedCase): string {
  const head = `${one.hang.name.padEnd(16)} ${one.hang.language.padEnd(18)} ${one.hang.cause.padEnd(12)}`;
  if ("skipped" in one) return `skip  ${head} ${one.skipped}`;
  const { verdict, hang } = one;
  return isRight(verdict)
    ? `ok    ${head} ${verdict.said}`
    : `wrong ${head} ${describeVerdict(hang, verdict)}`;
}

function rowOf(score: Score): string {
  const cells = SCORE_COLUMNS.map((name) => percentOf(score[name], score.total).padStart(12));
  return `${score.group.padEnd(16)} ${String(score.total).padStart(5)} ${cells.join("")}`;
}

function percentOf(right: number, total: number): string {
  // Never rounded up to a goal that is missed.
  return `${right} = ${Math.floor(100 * right / total)} %`;
}

/**
 * The Deno that runs this comes first; the Node and Bun of `node_modules` serve where the system has none, and so stand
 * last, although npx has put them first.
 */
function searchPath(): string {
  const denoFolder = Deno.execPath().replace(/\/[^/]*$/, "");
  const folders = (Deno.env.get("PATH") ?? "/usr/bin:/bin").split(":");
  const system = folders.filter((folder) => !folder.endsWith("/node_modules/.bin"));
  return [denoFolder, ...system, `${ROOT}node_modules/.bin`].join(":");
}

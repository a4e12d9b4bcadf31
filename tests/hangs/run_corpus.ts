/**
 * `deno task hangs [--native] [--json] [--prekill COMMAND] [CASE...]`: starts the programs of `cases/` and `more/` under
 * `prekill exec`, compares the samples with what is known about each program, and prints the score.
 */
import { isOnPath } from "../support/is_on_path.ts";
import { type HangCase, isNative, loadHangCases, programsOf } from "./hang_case.ts";
import { describeVerdict, isRight, judgeCase } from "./judge_case.ts";
import { runCase, type RunCaseOptions } from "./run_case.ts";
import { countCases, type JudgedCase, NATIVE_GOAL, scoreCases } from "./score.ts";

const USAGE = "usage: deno task hangs [--native] [--json] [--prekill COMMAND] [CASE...]";
const ROOT = new URL("../..", import.meta.url).pathname;
/** Folders of cases: the corpus as it was given, and what was added after the first rules stood. */
const CORPORA = ["cases", "more"];
const AT_ONCE = 2;

const choice = readArguments(Deno.args);
const options: RunCaseOptions = { prekill: choice.prekill, env: { PATH: searchPath() } };
const judged: JudgedCase[] = [];
const waiting = [...choice.cases];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let hang = waiting.shift(); hang !== undefined; hang = waiting.shift()) {
    const one = await judge(hang);
    judged.push(one);
    if (!choice.json) console.log(lineOf(one));
  }
}));

judged.sort((a, b) => a.hang.name < b.hang.name ? -1 : 1);
const scores = scoreCases(judged);
const { passed, failed, unexplained, skipped } = countCases(judged);
if (choice.json) {
  const cases = judged.map(({ hang, ...rest }) => ({ name: hang.name, cause: hang.cause, ...rest }));
  console.log(JSON.stringify({ scores, cases }));
} else {
  console.log();
  for (const { group, right, total } of scores) {
    const percent = Math.round(100 * right / total);
    console.log(
      `${group.padEnd(16)} ${String(right).padStart(3)} of ${String(total).padEnd(3)} ${percent} %`,
    );
  }
  console.log();
  console.log(`the goal for C, shell and Perl is ${NATIVE_GOAL * 100} %`);
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
    return { hang, verdict: judgeCase(hang, await runCase(hang, options)) };
  } catch (error) {
    const faults = [error instanceof Error ? error.message : String(error)];
    const verdict = { causeRight: false, culpritRight: false, unmentioned: [], faults, said: "nothing" };
    return { hang, verdict };
  }
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

function readArguments(
  args: readonly string[],
): { cases: HangCase[]; json: boolean; prekill: readonly string[] } {
  const all = CORPORA.flatMap((folder) => loadHangCases(`${ROOT}tests/hangs/${folder}`));
  const names: string[] = [];
  let json = false;
  let native = false;
  let prekill: readonly string[] = [
    Deno.execPath(),
    "run",
    "-A",
    `--config=${ROOT}deno.json`,
    `${ROOT}cli.ts`,
  ];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg === "--json") json = true;
    else if (arg === "--native") native = true;
    else if (arg === "--prekill") {
      prekill = (args[++index] ?? fail(USAGE)).split(/\s+/).filter((word) => word !== "");
    } else if (arg.startsWith("-")) fail(USAGE);
    else if (all.some(({ name }) => name === arg)) names.push(arg);
    else fail(`Cannot run the case "${arg}": there is no such folder in tests/hangs/cases or more`);
  }
  const cases = all.filter((hang) =>
    (names.length === 0 || names.includes(hang.name)) && (!native || isNative(hang))
  );
  return { cases, json, prekill };
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

function fail(reason: string): never {
  console.error(`hangs: ${reason}`);
  Deno.exit(2);
}

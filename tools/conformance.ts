/**
 * Runs the conformance suite of the runtime port on Deno, on Node and on Bun, and says in one line each what came of
 * it. Node (24 or later) and Bun are those of `node_modules/.bin` after `npm install`, else those on `PATH`.
 *
 *     deno run -A tools/conformance.ts [deno|node|bun]...
 */

const SUITE = "tests/conformance";
/** Only a broken suite takes so long. */
const TIME_LIMIT_MS = 180_000;
const TEST_TIME_LIMIT_MS = 60_000;
const MIN_NODE_MAJOR = 24;
/** How much of a failed suite's output is shown. */
const SHOWN_LINES = 80;

interface Subject {
  readonly name: string;
  /** Programs to try in turn; the first that runs and is new enough is taken. */
  readonly programs: readonly string[];
  readonly minMajor: number;
  args(files: readonly string[]): string[];
  /** Find the numbers of tests in the output. */
  readonly counts: { readonly passed: RegExp; readonly failed: RegExp; readonly skipped: RegExp };
}

const SUBJECTS: readonly Subject[] = [
  {
    name: "deno",
    programs: [Deno.execPath()],
    minMajor: 2,
    args: () => ["test", "-A", "--quiet", SUITE],
    counts: { passed: /\| (\d+) passed/, failed: /\| (\d+) failed/, skipped: /\| (\d+) ignored/ },
  },
  {
    name: "node",
    programs: ["node_modules/.bin/node", "node", "node24"],
    minMajor: MIN_NODE_MAJOR,
    args: (files) => [
      "--test",
      "--test-isolation=none",
      "--test-reporter=tap",
      `--test-timeout=${TEST_TIME_LIMIT_MS}`,
      ...files,
    ],
    counts: { passed: /^# pass (\d+)/m, failed: /^# fail (\d+)/m, skipped: /^# skipped (\d+)/m },
  },
  {
    name: "bun",
    programs: ["node_modules/.bin/bun", "bun"],
    minMajor: 1,
    args: () => ["test", `--timeout=${TEST_TIME_LIMIT_MS}`, SUITE],
    counts: { passed: /^ *(\d+) pass/m, failed: /^ *(\d+) fail/m, skipped: /^ *(\d+) skip/m },
  },
];

/** What a program printed and whether it exited 0. */
interface Output {
  readonly success: boolean;
  readonly text: string;
}

async function run(program: string, args: readonly string[]): Promise<Output> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      env: { NO_COLOR: "1" },
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    }).output();
    return { success, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
  } catch (error) {
    return { success: false, text: String(error) };
  }
}

/** The program to take and its version, or undefined. */
async function find(subject: Subject): Promise<{ program: string; version: string } | undefined> {
  for (const program of subject.programs) {
    const { success, text } = await run(program, ["--version"]);
    const version = /\d+\.\d+\.\d+/.exec(text)?.[0];
    if (success && version !== undefined && parseInt(version) >= subject.minMajor) {
      return { program, version };
    }
  }
  return undefined;
}

/** Prints one line, and the end of the output when the suite fails. */
async function runSuite(subject: Subject, files: readonly string[]): Promise<boolean> {
  const found = await find(subject);
  if (found === undefined) {
    console.log(`${subject.name}: not found, or older than ${subject.minMajor}; npm install brings it`);
    return false;
  }
  const startMs = performance.now();
  const { success, text } = await run(found.program, subject.args(files));
  const { counts } = subject;
  const [passed, failed, skipped] = [counts.passed, counts.failed, counts.skipped]
    .map((pattern) => Number(pattern.exec(text)?.[1] ?? 0)) as [number, number, number];
  const ok = success && passed > 0;
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const numbers = `${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`;
  console.log(`${subject.name} ${found.version}: ${ok ? "ok" : "FAILED"}, ${numbers}`);
  if (!ok) console.log(text.split("\n").slice(-SHOWN_LINES).join("\n"));
  return ok;
}

Deno.chdir(new URL("..", import.meta.url));
const files = Array.from(Deno.readDirSync(SUITE), (entry) => `${SUITE}/${entry.name}`)
  .filter((path) => path.endsWith(".test.ts")).sort();
const chosen = SUBJECTS.filter((subject) => Deno.args.length === 0 || Deno.args.includes(subject.name));
let allOk = chosen.length > 0;
for (const subject of chosen) allOk = await runSuite(subject, files) && allOk;
Deno.exit(allOk ? 0 : 1);

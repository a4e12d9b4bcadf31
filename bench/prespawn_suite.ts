import { denoTests } from "./deno_tests.ts";
import type { Figure, Measurement } from "./figure.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";

const CLI = new URL("../cli.ts", import.meta.url).pathname;
const TESTS = 200;
const JOBS = 2;
const ROUNDS = 3;
/** As long as a test waits for a server or a timer: the processors are free then. */
const WAIT_MS = 50;

/** One suite that runs cold and with processes that start beforehand. */
interface Suite {
  readonly what: string;
  readonly runner: string;
  /** Texts by names. */
  readonly files: Readonly<Record<string, string>>;
  /** Options of the warm run. */
  readonly options: readonly string[];
  /** So many times the speed of the cold run is wanted. */
  readonly minSpeedup: number;
}

/** Modules of the standard library that take about 100 ms to load together. */
const PYTHON_IMPORTS =
  "import asyncio, concurrent.futures, ctypes, decimal, email.mime.text, http.client, sqlite3, unittest.mock, xml.dom.minidom";

const SUITES: readonly Suite[] = [
  {
    what: "Python tests with 100 ms of shared imports, forked",
    runner: "python",
    files: numbered(
      "_test.py",
      (number) => `${PYTHON_IMPORTS}\nassert decimal.Decimal(${number}) == ${number}\n`,
    ),
    options: ["--prespawn=fork", "--preload=auto"],
    minSpeedup: 5,
  },
  {
    what: `node:test files that wait ${WAIT_MS} ms`,
    runner: "node-test",
    files: numbered(".test.mjs", (number) =>
      `import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import test from "node:test";
test("part ${number}", async () => assert.equal(await setTimeout(${WAIT_MS}, ${number}), ${number}));
`),
    options: [],
    minSpeedup: 1.3,
  },
  {
    what: `Deno tests that wait ${WAIT_MS} ms`,
    runner: "deno-test",
    files: denoTests(TESTS),
    options: [],
    minSpeedup: 1.3,
  },
  {
    what: "node:test files that only compute, the worst case",
    runner: "node-test",
    files: numbered(".test.mjs", (number) =>
      `import test from "node:test";
test("part ${number}", () => { for (const end = performance.now() + 30; performance.now() < end;); });
`),
    options: [],
    minSpeedup: 0.95,
  },
];

/** Whole suites on two processors, cold and with processes that start before their turn. */
export const prespawnSuite: Figure = {
  name: "prespawn_suite",
  needs: ["node", "python3"],
  async measure() {
    const measurements: Measurement[] = [];
    for (const suite of SUITES) measurements.push(await measureSuite(suite));
    return measurements;
  },
};

async function measureSuite({ what, runner, files, options, minSpeedup }: Suite): Promise<Measurement> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
    const run = async (more: readonly string[]): Promise<number> => {
      const args = ["run", "-q", "-j", String(JOBS), "--runner", runner, ...more];
      const ms = await timeCommand(Deno.execPath(), ["run", "-A", "--no-check", CLI, ...args], folder);
      // The history would order the tests.
      await Deno.remove(`${folder}/.prekill`, { recursive: true });
      return ms;
    };
    const { cold, warm } = await medianInTurn(ROUNDS, 1, {
      cold: () => run(["--prespawn=off"]),
      warm: () => run(options),
    });
    return {
      what: `${TESTS} ${what}, ${JOBS} at a time`,
      median: inMs(warm),
      peer: `cold: ${inMs(cold)}`,
      ratio: cold / warm,
      budget: `at least ${minSpeedup} × the speed`,
      met: cold / warm >= minSpeedup,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function numbered(ending: string, textOf: (number: number) => string): Record<string, string> {
  const numbers = Array.from({ length: TESTS }, (_, index) => index);
  return Object.fromEntries(
    numbers.map((number) => [`part_${String(number).padStart(3, "0")}${ending}`, textOf(number)]),
  );
}

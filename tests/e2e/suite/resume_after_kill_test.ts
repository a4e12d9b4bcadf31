import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { markedProcesses } from "../../support/marked_processes.ts";
import { cliCommand, runCli } from "../../support/run_cli.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** What a test does, by the first word of its name, and what it comes to with two retries. */
const KINDS: Readonly<Record<string, { readonly script: string; readonly becomes: string }>> = {
  passes: { script: 'touch "$TMPDIR/file"', becomes: "passed 1" },
  fails: { script: "echo broken; exit 1", becomes: "failed 3" },
  betters: { script: '[ "$PREKILL_ATTEMPT" -ge 2 ]', becomes: "flaky 2" },
  crashes: { script: "kill -KILL $$", becomes: "crashed 3" },
  lasts: { script: "sleep 0.1", becomes: "passed 1" },
  leaks: { script: "sleep 1000 & setsid sleep 1000 >/dev/null 2>&1 &", becomes: "passed 1" },
};
const NAMES = Object.keys(KINDS).flatMap((kind) =>
  Array.from({ length: 6 }, (_, index) => `${kind} ${index}`)
);
const SCRIPT = Object.entries(KINDS).map(([kind, { script }]) => `${kind}*) ${script};;`).join("\n");
const KILLS = 10;
/** So much the journal grows at the most from one kill to the next; where that is too much for ten, there are fewer. */
const MAX_GROWTH_BYTES = 9000;
const SEED = 20_261_122;
const MARK = "PREKILL_TEST_MARK";

/** Numbers from 0 to 1 by chance, the same ones for the same seed (a linear congruential generator). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

Deno.test("run settles each test once, whenever its driver is killed, and when that happens again to each resume", async () => {
  await withTempDir(async (cwd) => {
    const env = { [MARK]: cwd, TMPDIR: `${cwd}/temp`, PREKILL_ID: "" };
    Deno.mkdirSync(env.TMPDIR);
    Deno.writeTextFileSync(`${cwd}/list`, NAMES.join("\n"));
    const journal = `${cwd}/s/events.ndjson`;
    const first = [
      ...["run", "-j2", "-q", "--retries", "2", "--no-hook", "--session-dir", "s", "--list-from", "list"],
      ...["--", "sh", "-c", `case $1 in\n${SCRIPT}\nesac`, "sh", "{}"],
    ];
    const random = chance(SEED);
    let kills = 0;
    for (
      let args = first, isKilled = true;
      isKilled && kills < KILLS;
      args = ["run", "-q", "--resume", "s"]
    ) {
      const sizeBytes = sizeOf(journal) + Math.floor(random() * MAX_GROWTH_BYTES);
      isKilled = await killAt(args, { cwd, env }, () => sizeOf(journal) > sizeBytes);
      if (isKilled) kills++;
    }
    assert(kills > 0, "the run came to its end before it could be killed");
    await waitUntil("the guards have ended what ran", () => markedProcesses(MARK, cwd).length === 0);
    const { code, stderr } = await runCli(["run", "--resume", "s"], { cwd, env });
    assertEquals(code, 1, stderr);
    checkJournal(Deno.readTextFileSync(journal), `${cwd}/s`);
    await waitUntil("nothing runs", () => markedProcesses(MARK, cwd).length === 0);
    await waitUntil("no temporary folder is left", () => [...Deno.readDirSync(env.TMPDIR)].length === 0);
  });
});

/** Starts prekill, and kills it when something holds; tells whether it had not come to its end by itself. */
async function killAt(
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
  isTime: () => boolean,
): Promise<boolean> {
  const [program, ...rest] = cliCommand(args);
  const driver = new Deno.Command(program, {
    ...{ args: rest, cwd, env, stdin: "null", stdout: "null", stderr: "null" } as const,
  }).spawn();
  let hasEnded = false;
  const ended = driver.status.then(() => hasEnded = true);
  await waitUntil("the driver is to be killed", () => hasEnded || isTime());
  const isKilled = !hasEnded;
  if (isKilled) driver.kill("SIGKILL");
  await ended;
  return isKilled;
}

function checkJournal(text: string, sessionDir: string): void {
  const events = text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as SuiteEvent];
    } catch {
      return [];
    }
  });
  const settled = events.filter((event) => event.kind === "test-settled");
  const expected = NAMES.map((name) => `${name} ${KINDS[name.split(" ")[0]!]!.becomes}`);
  assertEquals(
    settled.map(({ name, status, attempts }) => `${name} ${status} ${attempts}`).sort(),
    expected.sort(),
  );
  assertEquals(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
  const attempts = events.filter((event) => event.kind === "attempt-settled");
  const numbers = attempts.map(({ testId, attempt }) => `${testId} ${attempt}`);
  assertEquals(new Set(numbers).size, numbers.length, "an attempt was made twice");
  const logs = attempts.flatMap(({ logPath }) => logPath === undefined ? [] : [`${sessionDir}/${logPath}`]);
  for (const log of logs) assertEquals(Deno.readTextFileSync(log), "broken\n");
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}

/**
 * A runner of one's own: finds the tests below a folder, runs them, tells of each hang as it is explained, and writes a
 * JUnit file.
 *
 *     deno run -A examples/run_suite.ts FOLDER
 */
import {
  discoverTests,
  formatDuration,
  host,
  loadConfig,
  parseDuration,
  renderJunit,
  reportOptions,
  RunFold,
  runSuite,
} from "../mod.ts";

const [cwd = Deno.cwd()] = Deno.args;
const config = loadConfig(host.files, { cwd });
const { tests, problems, lookedFor } = await discoverTests({
  paths: [],
  config,
  settings: { timeoutMs: parseDuration("1s") },
  cwd,
}, host);
if (problems.length > 0 || tests.length === 0) {
  console.error(problems[0] ?? lookedFor);
  Deno.exit(2);
}

const sessionDir = `${cwd}/.prekill/${crypto.randomUUID()}`;
const fold = new RunFold();
let exitCode = 0;
for await (const event of runSuite(tests, { ...config.run, cwd, sessionDir, sampleTimeMs: 100 })) {
  fold.add(event);
  switch (event.kind) {
    case "sampled":
      console.log(`${event.testId} hangs: ${event.hook.diagnosis?.summary ?? "nobody knows why"}`);
      break;
    case "test-settled":
      console.log(`${event.name}: ${event.status} after ${formatDuration(event.elapsedMs)}`);
      break;
    case "run-settled":
      exitCode = event.exitCode;
  }
}
Deno.writeTextFileSync(`${sessionDir}/junit.xml`, renderJunit(fold.summary(), reportOptions(sessionDir)));
console.log(`report: ${sessionDir}/junit.xml`);
Deno.exit(exitCode);

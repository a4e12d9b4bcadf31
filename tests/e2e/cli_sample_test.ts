import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const QUICK = "--sample-time=100ms";

async function withSleeper(test: (pid: string) => Promise<void>): Promise<void> {
  const child = new Deno.Command("sleep", { args: ["1000"], stdin: "null", stdout: "null", stderr: "null" })
    .spawn();
  try {
    await test(String(child.pid));
    const state = Deno.readTextFileSync(`/proc/${child.pid}/stat`).split(") ")[1];
    assertMatch(state ?? "", /^S/, "it runs on");
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

Deno.test("sample explains a live process on stdout and leaves it running", async () => {
  await withSleeper(async (pid) => {
    const { code, stdout, stderr } = await runCli(["sample", pid, QUICK]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, `sleep (pid ${pid})`);
    assert(!stdout.includes("\x1b"));
  });
});

Deno.test("sample prints the document as one line of JSON, when asked", async () => {
  await withSleeper(async (pid) => {
    const { stdout } = await runCli(["sample", "--json", QUICK, pid]);
    const document = JSON.parse(stdout);
    assertEquals([document.schema, document.diagnosis.cause], ["prekill.sample/1", "sleep"]);
    assertEquals(stdout.trimEnd().includes("\n"), false);
  });
});

Deno.test("sample writes files only when a directory is given", async () => {
  await withTempDir(async (cwd) => {
    await withSleeper(async (pid) => {
      await runCli(["sample", QUICK, pid], { cwd });
      assertEquals([...Deno.readDirSync(cwd)], []);
      const { stderr } = await runCli(["sample", QUICK, "--session-dir=out", pid], { cwd });
      assertEquals(stderr.trimEnd().split("\n"), [
        `prekill: sample: ${cwd}/out/sleep-${pid}.sample`,
        `prekill: sample: ${cwd}/out/sleep-${pid}.sample.json`,
      ]);
    });
  });
});

Deno.test("sample exits with 2 and one sentence when it cannot look", async () => {
  for (const pid of ["999999999", "9999999999"]) {
    const { code, stdout, stderr } = await runCli(["sample", QUICK, pid]);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^prekill: Cannot sample the process "\d+": [^\n]*\n$/);
  }
});

Deno.test("sample refuses to look at prekill itself", async () => {
  const cli = new URL("../../cli.ts", import.meta.url).pathname;
  // The shell becomes prekill, so that its own pid is the one it is given.
  const script = `exec "$0" run -A --no-check "$1" sample $$`;
  const { code, stderr } = await new Deno.Command("sh", { args: ["-c", script, Deno.execPath(), cli] })
    .output();
  assertEquals(code, 2);
  assertStringIncludes(new TextDecoder().decode(stderr), "it is prekill itself");
});

Deno.test("doctor shows what can be collected, for people and as JSON", async () => {
  const text = await runCli(["doctor"]);
  assert(text.code === 0 || text.code === 1);
  assertStringIncludes(text.stdout, "This machine:");
  const json = await runCli(["doctor", "--json"]);
  const report = JSON.parse(json.stdout);
  assertEquals([json.code, report.schema], [text.code, "prekill.doctor/1"]);
  assertEquals(report.healthy, json.code === 0);
  for (const name of ["system", "ptrace", "eu-stack", "ss", "python", "java"]) {
    assert(report.checks.some((check: { name: string }) => check.name === name), name);
  }
  const python = report.checks.find((check: { name: string }) => check.name === "python");
  if (isOnPath("python3")) assertMatch(python.detail, /^\d+\.\d+\.\d+: read from memory/);
  assert(text.stdout.trimEnd().split("\n").length <= 50, "it fits on a screen");
});

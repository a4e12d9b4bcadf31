import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { readYaml } from "../../support/read_yaml.ts";
import { type PrekillFolder, withPrekillOnPath } from "../../support/with_prekill_on_path.ts";

/** Writes four tests that pass and one that hangs. */
function writeTests({ cwd }: PrekillFolder): void {
  Deno.mkdirSync(`${cwd}/tests`);
  for (const number of [1, 2, 3, 4]) {
    Deno.writeTextFileSync(`${cwd}/tests/test_${number}`, "#!/bin/sh\n", { mode: 0o755 });
  }
  Deno.writeTextFileSync(`${cwd}/tests/test_stuck`, "#!/bin/sh\nexec sleep 1000\n", { mode: 0o755 });
}

Deno.test({
  name: "examples/parallel runs shards by GNU parallel, and reports on all of them as one run",
  ignore: !isOnPath("parallel"),
  fn: async () => {
    await withPrekillOnPath("examples/parallel", async (folder) => {
      writeTests(folder);
      const { code, output } = await folder.run(["sh", "run_shards.sh", "tests", "3"], { TIMEOUT: "1s" });
      assertEquals(code, 1, output);
      assertMatch(output, /\n5 tests in [^\n]*: 4 passed, 1 timed out\n/);
      assertMatch(Deno.readTextFileSync(`${folder.cwd}/junit.xml`), /tests="5" failures="1" errors="0"/);
    });
  },
});

Deno.test({
  name: "examples/slurm runs an array as shards on a Slurm of one node",
  ignore: !["sbatch", "slurmctld", "slurmd", "munged"].every((name) =>
    isOnPath(name, "/usr/bin:/usr/sbin")
  ) ||
    Deno.uid() !== 0,
  fn: async (context) => {
    await withPrekillOnPath("examples/slurm", async (folder) => {
      writeTests(folder);
      const { cwd, run } = folder;
      // Slurm's daemons are ended by the script.
      const submitted = await run([
        ...["timeout", "120", "bash", "one_node.sh", "sbatch", "--wait", "--array=1-2"] as [
          string,
          ...string[],
        ],
        ...[`--export=ALL,FOLDER=tests,TIMEOUT=1s,SESSIONS=${cwd}/sessions`, "tests.sbatch"],
      ]);
      if (submitted.output.includes("Slurm has not started")) {
        // As in a container that gives no machine to look at.
        return void await context.step({ name: "needs a Slurm that starts", ignore: true, fn: () => {} });
      }
      // That of the task that failed.
      assertEquals(submitted.code, 1, submitted.output);
      const { code, output } = await run(["prekill", "report", "sessions/1", "sessions/2"]);
      assertEquals(code, 1);
      assertMatch(output, /\n5 tests in [^\n]*: 4 passed, 1 timed out\n/);
      const logs = [...Deno.readDirSync(cwd)].filter(({ name }) => name.endsWith(".out"));
      assertEquals(logs.length, 2);
    });
  },
});

Deno.test("examples/kubernetes is an indexed job whose pods are the shards of one run", async () => {
  const job = readYaml("examples/kubernetes/tests.yaml");
  assertEquals([job.apiVersion, job.kind], ["batch/v1", "Job"]);
  const { completionMode, completions, parallelism, backoffLimit, activeDeadlineSeconds, template } =
    job.spec;
  assertEquals([completionMode, completions, parallelism, backoffLimit], ["Indexed", 4, 4, 0]);
  const { restartPolicy, containers, volumes } = template.spec;
  const [{ command, env, volumeMounts, image }] = containers;
  assertEquals([restartPolicy, containers.length, typeof image], ["Never", 1, "string"]);
  assertEquals(volumeMounts[0].name, volumes[0].name);
  const variables: Record<string, string> = {};
  for (const { name, value } of env) {
    // Kubernetes refuses a manifest with a number here.
    assertEquals(typeof value, "string", name);
    variables[name] = value;
  }
  assertEquals(variables["PREKILL_SHARDS"], String(completions));
  assertEquals(variables["SESSIONS"], volumeMounts[0].mountPath);
  assert(activeDeadlineSeconds > 50 * 60);
  await withPrekillOnPath(undefined, async (folder) => {
    writeTests(folder);
    Deno.removeSync(`${folder.cwd}/tests/test_stuck`);
    const sessions = `${folder.cwd}/sessions`;
    for (let index = 0; index < completions; index++) {
      const pod = { ...variables, SESSIONS: sessions, JOB_COMPLETION_INDEX: String(index) };
      const { code, output } = await folder.run(command, pod);
      assertEquals(code, 0, output);
    }
    const all = await folder.run(["sh", "-c", "prekill report sessions/*"]);
    assertEquals(all.code, 0, all.output);
    assertStringIncludes(all.output, ": 4 passed\n");
    Deno.removeSync(`${sessions}/2`, { recursive: true });
    const some = await folder.run(["sh", "-c", "prekill report sessions/*"]);
    assertEquals(some.code, 1, some.output);
    assertStringIncludes(some.output, "Shard 3 of 4 is missing\n");
  });
});

Deno.test("examples/gitlab runs shards in parallel jobs, and a job that reports on all of them", async () => {
  const pipeline = readYaml("examples/gitlab/.gitlab-ci.yml");
  for (const [name, job] of Object.entries<{ stage?: string; extends?: string }>(pipeline)) {
    if (name === "stages" || name.startsWith(".")) continue;
    assert(pipeline.stages.includes(job.stage), name);
    assert(job.extends === undefined || job.extends in pipeline, name);
  }
  const { tests, "all-tests": all, check } = pipeline;
  assertEquals([all.needs, tests.artifacts.when], [["tests"], "always"]);
  await withPrekillOnPath(undefined, async (folder) => {
    writeTests(folder);
    Deno.removeSync(`${folder.cwd}/tests/test_stuck`);
    for (let index = 1; index <= tests.parallel; index++) {
      const env = {
        CI_NODE_INDEX: String(index),
        CI_NODE_TOTAL: String(tests.parallel),
        CI_PIPELINE_ID: "7",
      };
      const { code, output } = await folder.run(
        ["bash", "-eo", "pipefail", "-c", tests.script.join("\n")],
        env,
      );
      assertEquals(code, 0, output);
      assertStringIncludes(
        Deno.readTextFileSync(`${folder.cwd}/${tests.artifacts.reports.junit}`),
        "<testsuite",
      );
    }
    const { code, output } = await folder.run(["bash", "-eo", "pipefail", "-c", all.script.join("\n")]);
    assertEquals(code, 0, output);
    assertStringIncludes(output, ": 4 passed\n");
    assertStringIncludes(Deno.readTextFileSync(`${folder.cwd}/${all.artifacts.paths[0]}`), "<html");
    Deno.writeTextFileSync(`${folder.cwd}/Makefile`, "check:\n\texit 3\n");
    const made = await folder.run(["bash", "-eo", "pipefail", "-c", check.script.join("\n")]);
    assertEquals(made.code, isOnPath("make") ? 2 : 127, made.output);
  });
});

import { discoverTests } from "../../../src/suite/discovery/discover_tests.ts";
import { host } from "../../../src/runtime/host.ts";
import { runSuite } from "../../../src/suite/run_suite.ts";
import { assertEquals } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** A file and what it comes to. */
interface Modelled {
  readonly text: string;
  readonly becomes?: string;
  readonly isProgram?: boolean;
}

/** Runs all tests of a project, and compares their statuses with the model's. */
async function runProject(project: Readonly<Record<string, Modelled>>): Promise<void> {
  await withTempDir(async (dir) => {
    for (const [name, { text, isProgram }] of Object.entries(project)) {
      await Deno.mkdir(`${dir}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${dir}/${name}`, text, { mode: isProgram ? 0o755 : 0o644 });
    }
    const config = { folder: dir, run: {}, tests: {}, overrides: [], exclude: [".prekill/**"] };
    const { tests, problems } = await discoverTests({ paths: [], config, cwd: dir }, host);
    assertEquals(problems, []);
    const statuses: Record<string, string> = {};
    for await (
      const event of runSuite(tests, { sessionDir: `${dir}/.prekill/s`, cwd: dir, jobs: 2, hook: false })
    ) {
      if (event.kind === "test-settled") statuses[event.file] = event.status;
    }
    const sorted = Object.entries(statuses).sort(([a], [b]) => a < b ? -1 : 1);
    const expected = Object.entries(project).flatMap(([file, { becomes }]) =>
      becomes === undefined ? [] : [[file, becomes]]
    );
    assertEquals(sorted as string[][], expected.sort(([a], [b]) => a! < b! ? -1 : 1));
  });
}

Deno.test("discoverTests() and runSuite() run Deno tests and programs as their authors meant them", () =>
  runProject({
    "deno.json": { text: '{"tasks": {"test": "deno test --allow-env=HOME --no-check"}}' },
    "good_test.ts": { text: 'Deno.test("good", () => void Deno.env.get("HOME"));', becomes: "passed" },
    "denied_test.ts": {
      text: 'Deno.test("denied", () => void Deno.readTextFileSync("x"));',
      becomes: "failed",
    },
    "a*b_test.ts": { text: 'Deno.test("good", () => {});', becomes: "passed" },
    "aXb_test.ts": { text: 'Deno.test("bad", () => { throw new Error(); });', becomes: "failed" },
    "-odd 'name'_test.ts": { text: 'Deno.test("good", () => {});', becomes: "passed" },
    "bin/test_skips me": { text: "#!/bin/sh\nexit 77\n", becomes: "skipped", isProgram: true },
    "bin/test_fails": { text: "#!/bin/sh\nexit 1\n", becomes: "failed", isProgram: true },
    "bin/test_data": { text: "not a program" },
  }));

Deno.test({
  name: "discoverTests() and runSuite() run node:test files as their authors meant them",
  ignore: !isOnPath("node"),
  fn: () =>
    runProject({
      "package.json": { text: "{}" },
      "good.test.mjs": { text: 'import test from "node:test";\ntest("good", () => {});', becomes: "passed" },
      "bad.test.mjs": {
        text: 'import test from "node:test";\ntest("bad", () => { throw new Error(); });',
        becomes: "failed",
      },
    }),
});

Deno.test({
  name: "discoverTests() and runSuite() run modules of unittest, with what they import beside them",
  ignore: !isOnPath("python3"),
  fn: () =>
    runProject({
      "one/helper.py": { text: "ONE = 1\n" },
      "one/test_same.py": {
        text: unittestOf("import helper", "self.assertEqual(helper.ONE, 1)"),
        becomes: "passed",
      },
      "two/test_same.py": { text: unittestOf("", "self.fail()"), becomes: "failed" },
      "package/__init__.py": { text: "" },
      "package/test_inner.py": {
        text: unittestOf("from package import __path__", "pass"),
        becomes: "passed",
      },
    }),
});

function unittestOf(imports: string, body: string): string {
  return `import unittest\n${imports}\nclass T(unittest.TestCase):\n    def test(self):\n        ${body}\n`;
}

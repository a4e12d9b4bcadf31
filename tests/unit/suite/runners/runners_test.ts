import { discoverTests } from "../../../../src/suite/discovery/discover_tests.ts";
import { denoExcludes } from "../../../../src/suite/runners/deno_excludes.ts";
import { host } from "../../../../src/runtime/host.ts";
import { assertEquals } from "../../../support/assert.ts";
import { withTempDir } from "../../../support/with_temp_dir.ts";

/**
 * The commands of the tests in a folder with these files, each as `file: command`, without the folder's own path. The run
 * starts in the folder, or in one below.
 */
async function commandsIn(
  tree: Readonly<Record<string, string>>,
  paths: readonly string[] = [],
  below = "",
): Promise<string[]> {
  const commands: string[] = [];
  await withTempDir(async (root) => {
    for (const [name, text] of Object.entries(tree)) {
      await Deno.mkdir(`${root}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${root}/${name}`, text);
    }
    const dir = below === "" ? root : `${root}/${below}`;
    const config = { folder: dir, run: {}, tests: {}, overrides: [], exclude: [] };
    const { tests, problems } = await discoverTests({ paths, config, cwd: dir }, host);
    for (const { file, command, cwd } of tests) {
      const where = cwd === undefined || cwd === dir ? "" : ` in ${cwd.slice(dir.length + 1)}`;
      commands.push(`${file}: ${command.join(" ").replaceAll(dir, "DIR")}${where}`);
    }
    commands.push(...problems);
  });
  return commands;
}

Deno.test("the runner of a script is that of the nearest project, which is where it runs", async () => {
  const tree = {
    "deno.json": '{"tasks": {"test": "deno test --allow-read --parallel --trace-leaks"}}',
    "a_test.ts": 'import { test } from "node:test";',
    "web/package.json": '{"devDependencies": {"vitest": "1"}}',
    "web/src/b.test.ts": "",
    "web/node_modules/.bin/vitest": "",
    "old/package.json": '{"scripts": {"test": "jest --coverage"}}',
    "old/c.test.js": "",
    "bun/bun.lock": "",
    "bun/pkg/package.json": "{}",
    "bun/pkg/d.test.ts": "",
    "node/package.json": "{}",
    "node/e.test.mjs": "",
    "node/f_test.js": 'const test = require("bun:test");',
  };
  assertEquals(await commandsIn(tree), [
    "a_test.ts: deno test --no-prompt --allow-read --trace-leaks ./a_test.ts",
    "bun/pkg/d.test.ts: bun test ./d.test.ts in bun/pkg",
    "node/e.test.mjs: node --test-reporter=spec ./e.test.mjs in node",
    "node/f_test.js: bun test ./f_test.js in node",
    "old/c.test.js: npx --no-install jest --runTestsByPath ./c.test.js in old",
    "web/src/b.test.ts: DIR/web/node_modules/.bin/vitest run src/b.test.ts --exclude **/?*b.test.ts in web",
  ]);
});

Deno.test("the runner of a script without a project is Deno, unless it was written for another", async () => {
  const tree = {
    "a_test.ts": "",
    "b.test.mjs": 'import test from "node:test";',
    "c.test.ts": 'import { expect } from "bun:test";',
    "d.ts": 'Deno.test("d", () => {});',
    "e.ts": "",
    "f.py": "",
  };
  assertEquals(await commandsIn(tree, ["*.ts", "*.mjs", "*.py"]), [
    "a_test.ts: deno test --no-prompt -A ./a_test.ts",
    "c.test.ts: bun test ./c.test.ts",
    "d.ts: deno test --no-prompt -A ./d.ts",
    "e.ts: deno run --no-prompt -A ./e.ts",
    "b.test.mjs: node --test-reporter=spec ./b.test.mjs",
    "f.py: python3 ./f.py",
  ]);
});

Deno.test("the runner of a project with both configurations is the one that the file imports", async () => {
  const tree = {
    "deno.jsonc": "{ // none\n}",
    "package.json": '{"type": "module"}',
    "a.test.ts": 'import { test } from "vitest";',
    "b.test.ts": 'import test from "node:test";',
    "c.test.ts": "",
  };
  assertEquals(await commandsIn(tree), [
    "a.test.ts: npx --no-install vitest run a.test.ts --exclude **/?*a.test.ts",
    "b.test.ts: deno test --no-prompt -A ./b.test.ts",
    "c.test.ts: deno test --no-prompt -A ./c.test.ts",
  ]);
});

Deno.test("a package whose script is a bare node --test gets the tests that Node would find", async () => {
  const tree = {
    "package.json":
      '{"scripts": {"test": "npm run lint && npm run test:unit", "test:unit": "c8 --100 node --test"}}',
    "lib/a.js": "",
    "lib/test-b.mjs": "",
    "test/c.js": 'require("node:test")',
    "test/deep/d.cjs": "",
    "test/e.json": "",
    "test/f.js": 'import { it } from "vitest";',
    "vitest/package.json": '{"scripts": {"test": "vitest"}}',
    "vitest/test/g.js": "",
  };
  const run = (file: string): string => `${file}: node --test-reporter=spec ./${file}`;
  assertEquals(await commandsIn(tree), ["lib/test-b.mjs", "test/c.js", "test/deep/d.cjs"].map(run));
  assertEquals(await commandsIn(tree, ["test/*"]), [run("test/c.js")]);
  const named = { ...tree, "package.json": '{"scripts": {"test": "node --test lib/*.js"}}' };
  assertEquals(await commandsIn(named), []);
});

Deno.test("the runner of a Python module is pytest where the project or the module is for it, else unittest", async () => {
  const unittest = "import unittest\n";
  const tree = {
    "plain/test_a.py": unittest,
    "plain/test_b.py": "import pytest\n",
    "plain/test_c.py": "def test_c():\n    pass\n",
    "conf/conftest.py": "",
    "conf/sub/test_d.py": unittest,
    "toml/pyproject.toml": "[project]\n[tool.pytest.ini_options]\n",
    "toml/tests/e_test.py": unittest,
    "venv_project/setup.py": "",
    "venv_project/.venv/bin/python": "",
    "venv_project/pkg/__init__.py": "",
    "venv_project/pkg/test_f.py": unittest,
  };
  assertEquals(await commandsIn(tree), [
    "conf/sub/test_d.py: python3 -m pytest ./conf/sub/test_d.py",
    "plain/test_a.py: python3 -m unittest test_a",
    "plain/test_b.py: python3 -m pytest ./plain/test_b.py",
    "plain/test_c.py: python3 -m pytest ./plain/test_c.py",
    "toml/tests/e_test.py: python3 -m pytest ./tests/e_test.py in toml",
    "venv_project/pkg/test_f.py: DIR/venv_project/.venv/bin/python -m unittest pkg.test_f in venv_project",
  ]);
});

Deno.test("pytest's testpaths say what is a test, when the whole project is looked through", async () => {
  const tree = {
    "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
    "bench/test_a.py": "",
    "tests/sub/test_b.py": "",
  };
  const b = "tests/sub/test_b.py: python3 -m pytest ./tests/sub/test_b.py";
  assertEquals(await commandsIn(tree), [b]);
  assertEquals(await commandsIn(tree, ["bench"]), ["bench/test_a.py: python3 -m pytest ./bench/test_a.py"]);
});

Deno.test("deno test gets a URL for a name that it would take for a glob", async () => {
  const [command] = await commandsIn({ "a*b {c}_test.ts": "" });
  assertEquals(command, "a*b {c}_test.ts: deno test --no-prompt -A file://DIR/a%2Ab%20%7Bc%7D_test.ts");
});

Deno.test("damaged project files are as if they were empty", async () => {
  const tree = {
    "deno/deno.json": "{",
    "deno/a_test.ts": "",
    "node/package.json": "[]]",
    "node/b.test.js": "",
  };
  assertEquals(await commandsIn(tree), [
    "deno/a_test.ts: deno test --no-prompt -A ./a_test.ts in deno",
    "node/b.test.js: node --test-reporter=spec ./b.test.js in node",
  ]);
});

Deno.test("denoExcludes() leaves out what the configuration names, for tests found in folders", async () => {
  const isExcluded = denoExcludes({
    exclude: ["./a/", "b/*_test.ts", "!a/keep", 3],
    test: { exclude: ["c.ts"] },
  });
  const paths = [
    "a",
    "a/x/y_test.ts",
    "a/keep/z_test.ts",
    "b/x_test.ts",
    "b/c/x_test.ts",
    "c.ts",
    "d.ts",
    "ab/x",
  ];
  assertEquals(paths.filter(isExcluded), ["a", "a/x/y_test.ts", "b/x_test.ts", "c.ts"]);
  for (const odd of [undefined, null, 3, { exclude: "a" }, { test: [] }]) {
    assertEquals(denoExcludes(odd)("a"), false);
  }
  const tree = { "deno.json": '{"exclude": ["a"]}', "a/x_test.ts": "", "b_test.ts": "" };
  const b = "b_test.ts: deno test --no-prompt -A ./b_test.ts";
  assertEquals(await commandsIn(tree), [b]);
  assertEquals(await commandsIn(tree, ["b_test.ts", "a/x_test.ts"]), [
    b,
    "a/x_test.ts: deno test --no-prompt -A ./a/x_test.ts",
  ]);
});

Deno.test("tests of a workspace run from its root, as `deno test` runs them there", async () => {
  const tree = {
    "deno.json":
      '{"workspace": ["./one", "packages/*"], "exclude": ["one/data"], "tasks": {"test": "deno test -R"}}',
    "one/deno.json": '{"tasks": {"test": "deno test -W"}, "exclude": ["more"]}',
    "one/a_test.ts": "",
    "one/data/b_test.ts": "",
    "one/more/c_test.ts": "",
    "packages/two/deno.jsonc": "{}",
    "packages/two/d_test.ts": "",
    "other/deno.json": "{}",
    "other/e_test.ts": "",
  };
  assertEquals(await commandsIn(tree), [
    "one/a_test.ts: deno test --no-prompt -R ./one/a_test.ts",
    "other/e_test.ts: deno test --no-prompt -A ./e_test.ts in other",
    "packages/two/d_test.ts: deno test --no-prompt -R ./packages/two/d_test.ts",
  ]);
  assertEquals(await commandsIn(tree, [], "one"), ["a_test.ts: deno test --no-prompt -W ./a_test.ts"]);
});

import { discoverTests } from "../../../../src/suite/discovery/discover_tests.ts";
import type { DiscoveredTests, DiscoverOptions } from "../../../../src/suite/discovery/discover_options.ts";
import { loadConfig } from "../../../../src/suite/config/load_config.ts";
import { host } from "../../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../../support/assert.ts";
import { withTempDir } from "../../../support/with_temp_dir.ts";

type Tree = Readonly<Record<string, string>>;

/** Finds tests in a folder with these files; names that end in `*` are executable, without the star. */
function inTree(
  tree: Tree,
  options: Partial<DiscoverOptions>,
  check: (found: DiscoveredTests, dir: string) => void | Promise<void>,
): Promise<void> {
  return withTempDir(async (dir) => {
    for (const [name, text] of Object.entries(tree)) {
      const path = `${dir}/${name.replace(/\*$/, "")}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(path, text, { mode: name.endsWith("*") ? 0o755 : 0o644 });
    }
    const cwd = dir;
    const config = loadConfig(host.files, { cwd });
    await check(await discoverTests({ paths: [], config, cwd, ...options }, host), dir);
  });
}

function names({ tests }: DiscoveredTests): string[] {
  return tests.map(({ file, runner }) => `${file} ${runner}`);
}

const PROJECT: Tree = {
  "deno.json": "{}",
  "a_test.ts": "",
  "a.ts": "",
  "b.spec.ts": "",
  "sub/b.test.js": "",
  "sub/helper_test": "",
  "sub/run_test*": "",
  "sub/run*": "",
  "node_modules/x/x_test.ts": "",
  ".hidden/y_test.ts": "",
  "dist/z_test.ts": "",
};

Deno.test("discoverTests() finds what is called like a test in the whole folder, when nothing is named", () =>
  inTree(PROJECT, {}, (found, dir) => {
    assertEquals(names(found), ["a_test.ts deno-test", "sub/b.test.js deno-test", "sub/run_test executable"]);
    const [first] = found.tests;
    assertEquals(first?.command as readonly string[], ["deno", "test", "--no-prompt", "-A", "./a_test.ts"]);
    assertEquals([first?.cwd, first?.testId, first?.name], [dir, "a_test.ts", "a_test.ts"]);
    assertEquals([found.problems, found.warnings], [[], []]);
  }));

Deno.test("discoverTests() takes files, folders and globs, each file once, in the order in which they are named", () =>
  inTree(PROJECT, { paths: ["sub/run", "sub", "./sub/../a_test.ts", "**/*.{ts,js}"] }, (found) => {
    assertEquals(names(found), [
      "sub/run executable",
      "sub/b.test.js deno-test",
      "sub/run_test executable",
      "./sub/../a_test.ts deno-test",
      "a.ts deno",
      "b.spec.ts deno-test",
    ]);
    assertEquals(found.tests.map(({ testId }) => testId)[3], "a_test.ts");
  }));

Deno.test("discoverTests() takes of a glob that ends in a star the tests and programs", () =>
  inTree(PROJECT, { paths: ["sub/*", "*"] }, (found) => {
    const expected = [
      "sub/b.test.js deno-test",
      "sub/run executable",
      "sub/run_test executable",
      "a_test.ts deno-test",
    ];
    assertEquals(names(found), expected);
  }));

Deno.test("discoverTests() says what is wrong with what was named, and finds the rest", () =>
  inTree(
    { "a_test.ts": "", "README": "" },
    { paths: ["a_test.ts", "no\u001b.ts", "README", ""] },
    (found) => {
      assertEquals(found.tests.length, 1);
      assertEquals(found.problems, [
        'Cannot find "no\\x1b.ts": does not exist; name a file, a folder or a glob',
        'Cannot find "": the name is empty; name a file, a folder or a glob',
        'Cannot run "README": it is neither executable nor a script of a known kind; make it executable, name a runner with --runner, or give the command after --',
      ]);
    },
  ));

Deno.test("discoverTests() does not bury the first problems under thousands of others", () =>
  inTree({}, { paths: Array.from({ length: 1000 }, (_, number) => `no${number}`) }, ({ problems }) => {
    assertEquals(problems.length, 21);
    assertEquals(problems.at(-1), "There are 980 more messages like these");
  }));

Deno.test("discoverTests() says what it looked for, when there is nothing", () =>
  inTree({ "a.txt": "" }, { paths: ["*.ts", "no/**"] }, (found) => {
    assertEquals([found.tests, found.problems], [[], []]);
    assert(
      found.lookedFor.startsWith('Cannot find any test in "*.ts", "no/**": looked for *_test.{ts'),
      found.lookedFor,
    );
  }));

Deno.test("discoverTests() keeps odd names as they are, and from being options", () => {
  const odd = [
    "a b_test.ts",
    'it\'s "it"_test.ts',
    "line\nbreak_test.ts",
    "-x_test.ts",
    "[a]_test.ts",
    "ü_test.ts",
  ];
  return inTree(Object.fromEntries(odd.map((name) => [name, ""])), { paths: [...odd, "."] }, (found) => {
    assertEquals(found.tests.map(({ file }) => file), odd);
    assertEquals(found.tests.map(({ command }) => command.at(-1)!), odd.map((name) => `./${name}`));
  });
});

Deno.test({
  name: "discoverTests() warns of names that are not UTF-8",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inTree({ "a_test.ts": "" }, {}, async (_found, cwd) => {
      await new Deno.Command("sh", { args: ["-c", `printf x > "$(printf 'b\\377_test.ts')"`], cwd }).output();
      const found = await discoverTests({ paths: [], config: loadConfig(host.files, { cwd }), cwd }, host);
      assertEquals(names(found), ["a_test.ts deno-test"]);
      assertEquals(found.warnings, [
        `Cannot look at "${cwd}/b\ufffd_test.ts": its name is not UTF-8; what is there is not run`,
      ]);
    }),
});

Deno.test("discoverTests() does not follow links to folders, nor circles of them", () =>
  inTree({ "sub/a_test.ts": "" }, {}, async (_found, cwd) => {
    await Deno.symlink(cwd, `${cwd}/sub/circle`);
    await Deno.symlink(`${cwd}/sub/a_test.ts`, `${cwd}/linked_test.ts`);
    const found = await discoverTests({ paths: [], config: loadConfig(host.files, { cwd }), cwd }, host);
    assertEquals(names(found), ["linked_test.ts deno-test", "sub/a_test.ts deno-test"]);
  }));

Deno.test("discoverTests() fills the command in for each file, and takes listed names that are no files", () =>
  inTree(PROJECT, { listed: ["test_os", "-q"], command: ["python3", "-m", "test", "{}"] }, (found) => {
    assertEquals(names(found), ["test_os command", "-q command"]);
    assertEquals(found.tests.map(({ command }) => command.join(" ")), [
      "python3 -m test test_os",
      "python3 -m test ./-q",
    ]);
    assertEquals(found.tests[0]?.cwd, undefined);
  }));

Deno.test("discoverTests() wants listed names to be files, without a command", () =>
  inTree(PROJECT, { listed: ["a_test.ts", "*.ts", "sub", "a_test.ts"] }, (found) => {
    assertEquals(names(found), ["a_test.ts deno-test"]);
    assertEquals(found.problems, [
      'Cannot find "*.ts": does not exist; name a file, a folder or a glob',
      'Cannot run "sub": it is a folder; list the files in it',
    ]);
  }));

Deno.test("discoverTests() repeats tests, each under an id of its own", () =>
  inTree({ "a_test.ts": "", "a_test.ts#2": "" }, {
    paths: ["a_test.ts#2", "a_test.ts"],
    repeat: 3,
    command: ["true"],
  }, ({ tests }) => {
    assertEquals(tests.map(({ testId }) => testId), [
      "a_test.ts#2",
      "a_test.ts#2#2",
      "a_test.ts#2#3",
      "a_test.ts",
      "a_test.ts#3",
      "a_test.ts#4",
    ]);
  }));

Deno.test("discoverTests() applies the configuration: files, exclusions, and overrides of which the later wins", () => {
  const prekill = JSON.stringify({
    timeout: "10s",
    env: { A: "1", B: "1" },
    files: ["src"],
    exclude: ["fixtures/**", "src/skip*"],
    overrides: [
      { files: "slow_test.ts", timeout: "1m", env: { B: "2" } },
      { files: "src/*", retries: 2 },
      { files: "slow_*", serial: true, retries: 1 },
    ],
  });
  const tree = {
    "prekill.json": prekill,
    "src/a_test.ts": "",
    "src/slow_test.ts": "",
    "src/skip_test.ts": "",
    "top_test.ts": "",
    "fixtures/f_test.ts": "",
  };
  return inTree(
    tree,
    { overrides: [{ files: ["src/a*"], group: "db" }], settings: { graceMs: 5 } },
    ({ tests }) => {
      const shown = tests.map((
        { file, timeoutMs, env, retries, isSerial, group, graceMs },
      ) => [file, timeoutMs, env, retries, isSerial, group, graceMs]);
      assertEquals(shown as unknown[], [
        ["src/a_test.ts", 10_000, { A: "1", B: "1" }, 2, undefined, "db", 5],
        ["src/slow_test.ts", 60_000, { A: "1", B: "2" }, 1, true, undefined, 5],
      ]);
    },
  );
});

Deno.test("discoverTests() runs what --runner says, whatever the file is called", () =>
  inTree({ "x.txt": "" }, { paths: ["x.txt"], settings: { runner: "node" } }, (found) => {
    assertEquals(found.tests[0]?.command as readonly string[], ["node", "./x.txt"]);
  }));

import { denoFlags } from "../../../../src/suite/runners/deno_flags.ts";
import { callsBareNodeTest } from "../../../../src/suite/runners/node_test_files.ts";
import { testScript } from "../../../../src/suite/runners/test_script.ts";
import { nodeFlags } from "../../../../src/suite/runners/node_flags.ts";
import { pytestPaths } from "../../../../src/suite/runners/pytest_paths.ts";
import { toldByImports } from "../../../../src/suite/runners/told_by_imports.ts";
import { workspaceHas } from "../../../../src/suite/runners/workspace_has.ts";
import { assertEquals } from "../../../support/assert.ts";

Deno.test("callsBareNodeTest() tells a node --test that finds its tests itself", () => {
  const scripts = ["node --test", "c8 node --import tsx --test", "node --test --test-reporter=dot && tsc"];
  assertEquals(scripts.map(callsBareNodeTest), [true, false, true]);
  for (const script of ["", "node test.js", "node --test test/*.js", "node --test-only", "deno --test"]) {
    assertEquals(callsBareNodeTest(script), false, script);
  }
});

Deno.test("testScript() follows what is called, and ends where scripts call each other", () => {
  assertEquals(
    testScript({ test: "yarn a", a: "npm run test; pnpm run-script b:c", "b:c": "x" }),
    [
      "yarn a",
      "npm run test; pnpm run-script b:c",
      "x",
    ].join("\n"),
  );
  assertEquals(testScript({}), "");
  assertEquals(testScript({ test: "npm run toString" }), "npm run toString");
  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [n === 0 ? "test" : `s${n}`, `npm run s${n + 1}`]),
  );
  assertEquals(testScript(many).split("\n").length, 20);
});

Deno.test("denoFlags() takes the options of a plain test task, then the configured permissions, then all", () => {
  const flagsOf = (test: unknown): string => denoFlags({ tasks: { test } }).join(" ");
  assertEquals(flagsOf("deno test -A --unstable-kv --parallel tests/"), "-A --unstable-kv");
  assertEquals(flagsOf({ command: "deno test --allow-net=example.org" }), "--allow-net=example.org");
  assertEquals(flagsOf("deno test"), "");
  assertEquals(flagsOf("deno test -- -A"), "");
  assertEquals(flagsOf("deno fmt && deno test --allow-read"), "-A");
  assertEquals(flagsOf("vitest"), "-A");
  assertEquals(denoFlags({ test: { permissions: { read: true } } }).join(" "), "-P");
  for (const odd of [undefined, null, 3, [], { tasks: 3 }, { tasks: { test: 4 } }]) {
    assertEquals(denoFlags(odd).join(" "), "-A");
  }
});

Deno.test("workspaceHas() tells members by path and by glob, in each way to name them", () => {
  assertEquals(workspaceHas({ workspace: ["./a/"] }, "a"), true);
  assertEquals(workspaceHas({ workspace: { members: ["x/*"] } }, "x/y"), true);
  assertEquals(workspaceHas({ workspace: ["x/*"] }, "x/y/z"), false);
  for (
    const odd of [undefined, null, 3, { workspace: "a" }, { workspace: { members: {} } }, { workspace: [3] }]
  ) {
    assertEquals(workspaceHas(odd, "a"), false);
  }
});

Deno.test("nodeFlags() gives what a Node needs for TypeScript, or says that it takes none", () => {
  const shown = (name: string, version: string, hasTsx = false): string => {
    const told = nodeFlags(name, version, hasTsx);
    return "problem" in told ? "problem" : told.flags.join(" ");
  };
  assertEquals(shown("a.js", "18.0.0"), "");
  assertEquals(shown("a.ts", "20.19.0"), "problem");
  assertEquals(shown("a.mts", "22.6.0"), "--experimental-strip-types");
  assertEquals(shown("a.ts", "22.18.0"), "");
  assertEquals(shown("a.ts", "23.5.0"), "--experimental-strip-types");
  assertEquals(shown("a.ts", "24.0.0"), "");
  assertEquals(shown("a.tsx", "24.0.0"), "problem");
  assertEquals(shown("a.tsx", "18.0.0", true), "--import tsx");
});

Deno.test("toldByImports() knows imports of each kind, and is not held up by hostile text", () => {
  assertEquals(toldByImports('import { it } from "@jest/globals"'), "jest");
  assertEquals(toldByImports("const t = await import('node:test')"), "node-test");
  assertEquals(toldByImports('import "vitest"'), "vitest");
  assertEquals(toldByImports('import { assert } from "jsr:@std/assert"'), "deno-test");
  assertEquals(toldByImports('import x from "__proto__"'), undefined);
  // It would not end today, if it were tried at every place anew.
  for (const text of ["from ", 'import("', "require(", "from\n", " "]) {
    assertEquals(toldByImports(`from${text.repeat(100_000)}`), undefined);
  }
});

Deno.test("pytestPaths() reads testpaths in each of its files, and tells a file that is not for pytest", () => {
  const toml = "[a]\ntestpaths = 'x'\n[tool.pytest]\n# testpaths = 1\n";
  assertEquals(
    pytestPaths("pyproject.toml", `${toml}testpaths = [\n  "t", # the "tests"\n  'u v',\n]\nq = "w"`),
    [
      ...["t", "u", "v"],
    ],
  );
  assertEquals(pytestPaths("pyproject.toml", `${toml}testpaths = "t"\n[tool.x]\n`), ["t"]);
  assertEquals(pytestPaths("pyproject.toml", `${toml}[tool.x]\ntestpaths = "t"\n`), []);
  assertEquals(pytestPaths("pyproject.toml", "[tool.other]\n"), undefined);
  assertEquals(pytestPaths("setup.cfg", "[tool:pytest]\ntestpaths =\n    a # one\n    b\nx = c\n"), [
    "a",
    "b",
  ]);
  assertEquals(pytestPaths("tox.ini", "[tox]\ntestpaths = a\n"), undefined);
  assertEquals(pytestPaths("pytest.ini", "[pytest]\ntestpaths = a b\n"), ["a", "b"]);
  assertEquals(pytestPaths("setup.py", "[pytest]\n"), undefined);
});

import plugin, { importVisitor, resolveImport } from "../../tools/house_lint.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { exists } from "../support/exists.ts";

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

function problemsOf(path: string, text: string): string[] {
  return Deno.lint.runPlugin(plugin, path, text).map((found) => found.message);
}

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory && entry.name !== "cases") yield* sourceFiles(path);
    else if (entry.isFile && entry.name.endsWith(".ts")) yield path;
  }
}

function houseFiles(): string[] {
  const folders = ["src", "tools", "bench", "tests"].map((name) => `${ROOT}/${name}`);
  const entries = ["mod.ts", "cli.ts"].map((name) => `${ROOT}/${name}`).filter(exists);
  return [...entries, ...folders.flatMap((folder) => [...sourceFiles(folder)])];
}

function importsOf(path: string): string[] {
  const imports: Deno.lint.Plugin = {
    name: "imports",
    rules: {
      list: {
        create: (context) => importVisitor((node, specifier) => context.report({ node, message: specifier })),
      },
    },
  };
  return Deno.lint.runPlugin(imports, path, Deno.readTextFileSync(path))
    .map((found) => resolveImport(path, found.message))
    .filter((target) => target !== undefined);
}

/** The first circle of imports, as the paths along it; undefined when there is none. */
function findCycle(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const target of imports.get(path) ?? []) {
      const cycle = visit(target, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** Paths of this repository that a text names: link targets, and paths in code quotes. */
function namedPaths(markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]!);
  const quoted = [...markdown.matchAll(/`((?:src|docs|examples|tests|bench|tools|\.ci)\/[\w./-]+)`/g)];
  return [...links, ...quoted.map((match) => match[1]!)];
}

Deno.test("house lint finds nothing, when it reads every file", () => {
  const problems = houseFiles().flatMap((path) =>
    problemsOf(path, Deno.readTextFileSync(path)).map((message) =>
      `${path.slice(ROOT.length + 1)}: ${message}`
    )
  );
  assertEquals(problems, []);
});

Deno.test("house lint refuses an import from a room above, when it is a type or dynamic too", () => {
  const cases: [string, string][] = [
    ["src/duration.ts", `import { host } from "./runtime/host.ts";`],
    ["src/runtime/deno.ts", `import type { Facts } from "../hooks/facts.ts";`],
    ["src/hooks/linux.ts", `export * from "../driver/driver_options.ts";`],
    ["src/driver/process_driver.ts", `await import("../prespawn/pool.ts");`],
    ["src/report/junit.ts", `export { host } from "../runtime/host.ts";`],
    ["src/hooks/collectors/kernel/fds.ts", `import { main } from "../../../cli/main.ts";`],
    ["src/driver/process_driver.ts", `import { main } from "../../cli.ts";`],
  ];
  for (const [path, text] of cases) {
    assertEquals(problemsOf(`${ROOT}/${path}`, text).length, 1, `${path}: ${text}`);
  }
});

Deno.test("house lint allows imports from the rooms below", () => {
  const cases: [string, string][] = [
    ["src/hooks/collectors/kernel/fds.ts", `import { host } from "../../../runtime/host.ts";`],
    ["src/driver/process_driver.ts", `import { join } from "../std/path.ts";`],
    ["src/cli/exec.ts", `import { HookedDriver } from "../driver/hooked_driver.ts";`],
    ["src/report/junit.ts", `import type { Outcome } from "../outcome.ts";`],
    ["src/runtime/deno.ts", `import { messageOf } from "../errors.ts";`],
    ["src/version.ts", `import config from "../deno.json" with { type: "json" };`],
  ];
  for (const [path, text] of cases) assertEquals(problemsOf(`${ROOT}/${path}`, text), [], path);
});

Deno.test("house lint refuses the host's names, when the file is not in src/runtime", () => {
  const uses = [
    `Deno.exit(1);`,
    `console.log(1);`,
    `process.exit(1);`,
    `Bun.spawn([]);`,
    `import { readFile } from "node:fs";`,
    `await import("node:fs");`,
  ];
  for (const use of uses) {
    assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, use).length, 1, use);
    assertEquals(problemsOf(`${ROOT}/src/runtime/deno.ts`, use), [], use);
    assertEquals(problemsOf(`${ROOT}/tools/test.ts`, use), [], use);
  }
  for (
    const own of [
      "for (const process of [])",
      "function see(process) {}",
      "([process]) =>",
      "({ process }) =>",
    ]
  ) {
    assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, `${own} process.pid;`), [], own);
  }
  assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, `// Deno.exit(1)\nconst text = "console.log(1)";`), []);
});

Deno.test("house lint refuses what Node 20 lacks, when the file is in src", () => {
  const uses = [
    "Map.groupBy([], String);",
    "Promise.withResolvers();",
    "Promise.try(() => {});",
    "{ await using suite = run(); }",
    "{ using file = open(); }",
    "map.values().some(Boolean);",
  ];
  for (const use of uses) {
    assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, use).length, 1, use);
    assertEquals(problemsOf(`${ROOT}/tools/test.ts`, use), [], use);
  }
  assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, "const groups = new Map();\ngroups.get(1);"), []);
  assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, "[...map.values()].some(Boolean);"), []);
  assertEquals(problemsOf(`${ROOT}/src/cli/exec.ts`, "Object.values(map).some(Boolean);"), []);
});

Deno.test("house lint refuses a file, when it has more than 250 lines", () => {
  const path = `${ROOT}/src/cli/exec.ts`;
  assertEquals(problemsOf(path, "let a;\n".repeat(251)).length, 1);
  assertEquals(problemsOf(path, "let a;\n".repeat(250)), []);
});

Deno.test("findCycle() names the circle, when modules import each other", () => {
  const circle = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]]);
  assertEquals(findCycle(circle), ["b", "c", "b"]);
  assertEquals(findCycle(new Map([["a", ["b", "c"]], ["b", ["c"]]])), undefined);
});

Deno.test("no file imports itself in a circle, when types are counted too", () => {
  const imports = new Map(houseFiles().map((path) => [path, importsOf(path)]));
  assert(imports.size > 0);
  assertEquals(findCycle(imports), undefined);
});

Deno.test("every file that the documents name exists", () => {
  const documents = ["README.md", "CHANGELOG.md", "bench/README.md", ...docs()].filter((name) =>
    exists(`${ROOT}/${name}`)
  );
  const missing = documents.flatMap((name) => {
    const folder = name.includes("/") ? `${ROOT}/${name.slice(0, name.lastIndexOf("/"))}` : ROOT;
    return namedPaths(Deno.readTextFileSync(`${ROOT}/${name}`))
      .filter((path) => !exists(`${folder}/${path}`) && !exists(`${ROOT}/${path}`))
      .map((path) => `${name}: ${path}`);
  });
  assertEquals(missing, []);
});

function docs(): string[] {
  if (!exists(`${ROOT}/docs`)) return [];
  return [...Deno.readDirSync(`${ROOT}/docs`)].filter((entry) => entry.name.endsWith(".md")).map((entry) =>
    `docs/${entry.name}`
  );
}

/** What each test prints. */
export const FIRST_LINE = "first line";

/** One test whose warm start is measured. */
export interface PrespawnRow {
  readonly what: string;
  /** Starts the test cold, in a directory that holds the files; it prints `FIRST_LINE`. */
  readonly command: readonly [string, ...string[]];
  /** Texts by names. */
  readonly files: Readonly<Record<string, string>>;
  /** Modules that the runner loads before. */
  readonly preloads: readonly string[];
  /** The warm start may take so many times less than the cold one; undefined without a budget. */
  readonly parts: number | undefined;
}

/** Modules of the standard library that take about 100 ms to load. */
const PYTHON_IMPORTS = [
  "asyncio",
  "concurrent.futures",
  "ctypes",
  "decimal",
  "email.mime.text",
  "http.client",
  "logging.config",
  "multiprocessing.managers",
  "sqlite3",
  "ssl",
  "unittest.mock",
  "urllib.request",
  "xml.dom.minidom",
  "xmlrpc.client",
];

const NODE_IMPORTS = ["node:assert/strict", "node:fs", "node:path", "node:test"];

/** A Deno project whose `package.json` has dependencies: what comes from npm brings Deno's layer for Node along. */
const NPM_PROJECT = {
  "deno.json": '{ "nodeModulesDir": "none" }\n',
  "package.json": '{ "dependencies": { "jsonc-parser": "3.3.1" } }\n',
};

/** What `bench/prespawn.ts` measures. */
export const PRESPAWN_ROWS: readonly PrespawnRow[] = [
  {
    what: "python with 100 ms of imports",
    command: ["python3", "a_test.py"],
    files: { "a_test.py": `import ${PYTHON_IMPORTS.join(", ")}\nprint("${FIRST_LINE}", flush=True)\n` },
    preloads: PYTHON_IMPORTS,
    parts: 50,
  },
  {
    what: "node, ESM",
    command: ["node", "a.mjs"],
    files: {
      "a.mjs": `${
        NODE_IMPORTS.map((name) => `import "${name}";`).join("\n")
      }\nconsole.log("${FIRST_LINE}");\n`,
    },
    preloads: NODE_IMPORTS,
    parts: 15,
  },
  {
    what: "bun run",
    command: ["bun", "run", "./a.ts"],
    files: { "a.ts": `console.log("${FIRST_LINE}");\n` },
    preloads: [],
    parts: 1.5,
  },
  {
    what: "bun test",
    command: ["bun", "test", "./a.test.ts"],
    files: {
      "a.test.ts":
        `import { test } from "bun:test";\nconsole.log("${FIRST_LINE}");\ntest("first", () => {});\n`,
    },
    preloads: [],
    parts: 1.5,
  },
  {
    what: "deno run",
    command: ["deno", "run", "-A", "a.ts"],
    files: { "a.ts": `console.log("${FIRST_LINE}");\n` },
    preloads: [],
    parts: 4,
  },
  {
    what: "deno test",
    command: ["deno", "test", "-A", "a_test.ts"],
    files: { "a_test.ts": `console.log("${FIRST_LINE}");\nDeno.test("first", () => {});\n` },
    preloads: [],
    parts: 12,
  },
  {
    what: "deno run with an npm package",
    command: ["deno", "run", "-A", "a.ts"],
    files: { ...NPM_PROJECT, "a.ts": `import "jsonc-parser";\nconsole.log("${FIRST_LINE}");\n` },
    preloads: ["jsonc-parser"],
    parts: 4,
  },
  {
    what: "deno test with an npm package",
    command: ["deno", "test", "-A", "--no-check", "a_test.ts"],
    files: {
      ...NPM_PROJECT,
      "a_test.ts": `import "jsonc-parser";\nconsole.log("${FIRST_LINE}");\nDeno.test("first", () => {});\n`,
    },
    preloads: ["jsonc-parser"],
    parts: 12,
  },
];

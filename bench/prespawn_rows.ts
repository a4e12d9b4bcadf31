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
];

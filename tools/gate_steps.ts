import type { Step } from "./step.ts";

/** The entry points that users import, whose documentation must be complete. */
const PUBLIC_MODULES = [
  "mod.ts",
  "cli.ts",
  ...["hooks", "suite", "prespawn", "report"].map((name) => `src/${name}/mod.ts`),
];

/** The gate, fast enough to run before each commit. */
export const GATE_STEPS: readonly Step[] = [
  { name: "format", command: ["deno", "fmt", "--check"] },
  { name: "lint", command: ["deno", "lint"] },
  { name: "documentation", command: ["deno", "doc", "--lint", ...PUBLIC_MODULES] },
  { name: "types", command: ["deno", "check"] },
  {
    name: "unit and documentation tests",
    command: [
      "deno",
      "test",
      "-A",
      "--no-check",
      "--doc",
      "--parallel",
      "--reporter=dot",
      "README.md",
      "src",
      "tests/unit",
    ],
    countsTests: true,
  },
];

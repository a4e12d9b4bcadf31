/** `deno task bench [NAME...]`: measures the figures and prints them as rows of the table in `bench/README.md`. */
import { isOnPath } from "../tests/support/is_on_path.ts";
import type { Figure, Measurement } from "./figure.ts";

/** Loaded one by one: what a figure imports must not slow down another. */
const FIGURES: Readonly<Record<string, () => Promise<Figure>>> = {
  exec_true: async () => (await import("./exec_true.ts")).execTrue,
  deadline: async () => (await import("./deadline.ts")).deadline,
  light_sample: async () => (await import("./light_sample.ts")).lightSampleFigure,
  full_sample: async () => (await import("./full_sample.ts")).fullSample,
  mixed_tree: async () => (await import("./mixed_tree.ts")).mixedTree,
  python_read: async () => (await import("./python_read.ts")).pythonRead,
  output: async () => (await import("./output.ts")).output,
  end_tree: async () => (await import("./end_tree.ts")).endTree,
  suite_true: async () => (await import("./suite_true.ts")).suiteTrue,
  prespawn: async () => (await import("./prespawn.ts")).prespawn,
  prespawn_suite: async () => (await import("./prespawn_suite.ts")).prespawnSuite,
  suite_many: async () => (await import("./suite_many.ts")).suiteMany,
  suite_output: async () => (await import("./suite_output.ts")).suiteOutput,
};

const names = Deno.args.length > 0 ? Deno.args : Object.keys(FIGURES);
const unknown = names.find((name) => FIGURES[name] === undefined);
if (unknown !== undefined) {
  console.error(`bench: there is no figure "${unknown}"; there are ${Object.keys(FIGURES).join(", ")}`);
  Deno.exit(2);
}

const machine = describeMachine();
let missed = 0;
console.log("| date | machine | what | median | compared with | ratio | budget | |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const name of names) {
  const figure = await FIGURES[name]!();
  const missing = figure.needs.filter((program) => !isOnPath(program));
  if (missing.length > 0) {
    console.error(`bench: ${name} is skipped: ${missing.join(" and ")} not installed`);
    continue;
  }
  for (const measurement of await figure.measure()) {
    console.log(rowOf(measurement));
    if (measurement.met === false) missed++;
  }
}
if (missed > 0) Deno.exit(1);

function rowOf({ what, median, peer, ratio, budget, met }: Measurement): string {
  const date = new Date().toISOString().slice(0, 10);
  const verdict = met === undefined ? "" : met ? "met" : "missed";
  return `| ${
    [date, machine, what, median, peer, `${ratio.toFixed(ratio < 0.1 ? 3 : 2)} ×`, budget, verdict].join(
      " | ",
    )
  } |`;
}

function describeMachine(): string {
  const model = /^model name\s*:\s*(.*)$/m.exec(readFile("/proc/cpuinfo"))?.[1] ?? Deno.build.arch;
  return `${navigator.hardwareConcurrency} × ${model}, Deno ${Deno.version.deno}`;
}

function readFile(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

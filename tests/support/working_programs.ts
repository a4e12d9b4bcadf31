import type { Cause } from "../../src/sample_document.ts";

const FIXTURES = new URL("../fixtures/at_work/", import.meta.url).pathname;

/** A program that is not hung. */
export interface WorkingProgramCase {
  readonly name: string;
  /** Program and arguments; what must be built stands in `built`. */
  command(built: string): readonly [string, ...string[]];
  /** Programs that it needs on `PATH`. */
  readonly needs: readonly string[];
  /** What may be said of it as proven, for it is true; of all others nothing may. */
  readonly truths?: readonly Cause[];
  /** What the summary has to say, where that does not depend on the moment. */
  readonly says?: RegExp;
}

function python(way: string, more: Partial<WorkingProgramCase> = {}): WorkingProgramCase {
  return {
    name: `Python: ${way}`,
    command: () => ["python3", `${FIXTURES}at_work.py`, way],
    needs: ["python3"],
    ...more,
  };
}

function shell(
  way: string,
  needs: readonly string[],
  more: Partial<WorkingProgramCase> = {},
): WorkingProgramCase {
  return { name: `sh: ${way}`, command: () => ["sh", `${FIXTURES}at_work.sh`, way], needs, ...more };
}

function node(way: string, more: Partial<WorkingProgramCase> = {}): WorkingProgramCase {
  return {
    name: `Node: ${way}`,
    command: () => ["node", "--inspect-port=0", `${FIXTURES}at_work.cjs`, way],
    needs: ["node"],
    ...more,
  };
}

function java(way: string, more: Partial<WorkingProgramCase> = {}): WorkingProgramCase {
  return {
    name: `Java: ${way}`,
    command: (built) => ["java", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", built, "AtWork", way],
    needs: ["javac"],
    ...more,
  };
}

function native(way: string, more: Partial<WorkingProgramCase> = {}): WorkingProgramCase {
  return { name: `C: ${way}`, command: (built) => [`${built}/at_work_c`, way], needs: ["gcc"], ...more };
}

/** Programs of many kinds that are at work, and look hung to who looks once or knows little. */
export const WORKING_PROGRAMS: readonly WorkingProgramCase[] = [
  python("compute", { truths: ["cpu-bound"], says: /of a core/ }),
  python("print-slowly"),
  python("serve-idly"),
  python("poll-database"),
  python("chat"),
  python("hash-in-pool", { truths: ["cpu-bound"] }),
  python("take-turns", { truths: ["cpu-bound"] }),
  python("produce-and-consume"),
  python("contend-for-lock"),
  python("compute-in-processes"),
  python("talk-by-pipes"),
  shell("compile", ["gcc"], { truths: ["cpu-bound"] }),
  shell("short-sleeps", []),
  shell("long-sleep", [], { truths: ["sleep"], says: /sleeps for 2 s/ }),
  shell("sort", ["sort"], { truths: ["cpu-bound"] }),
  shell("gzip", ["gzip"], { truths: ["cpu-bound"] }),
  shell("make", ["make"], { truths: ["cpu-bound"] }),
  shell("search", ["find", "grep"], { truths: ["cpu-bound"] }),
  shell("lock-turns", ["flock"]),
  node("serve", { truths: ["cpu-bound"] }),
  node("pipe", { truths: ["cpu-bound"] }),
  node("askWorkers", { truths: ["cpu-bound"] }),
  java("allocate", { truths: ["cpu-bound"] }),
  java("count"),
  java("hand-over", { truths: ["cpu-bound"] }),
  java("take-turns", { truths: ["cpu-bound"] }),
  native("contend"),
  native("take-turns", { truths: ["cpu-bound"] }),
  native("ping-pong", { truths: ["cpu-bound"] }),
  {
    name: "Go: channels",
    command: (built) => [`${built}/at_work_go`],
    needs: ["go"],
    truths: ["cpu-bound"],
  },
  {
    name: "Perl: count words",
    command: () => ["perl", `${FIXTURES}at_work.pl`],
    needs: ["perl"],
    truths: ["cpu-bound"],
    says: /of a core/,
  },
  {
    name: "Deno: serve under load",
    command: () => [Deno.execPath(), "run", "-A", "--no-check", `${FIXTURES}serve_under_load.mjs`],
    needs: [],
    truths: ["cpu-bound"],
  },
  {
    name: "Bun: serve under load",
    command: () => ["bun", `${FIXTURES}serve_under_load.mjs`],
    needs: ["bun"],
    truths: ["cpu-bound"],
  },
];

/**
 * Builds those of the programs that need a compiler which is there.
 *
 * @param directory gets what is built
 * @param isThere whether a compiler is
 */
export async function buildWorkingPrograms(
  directory: string,
  isThere: (program: string) => boolean,
): Promise<void> {
  const builds: readonly (readonly [string, ...string[]])[] = [
    ["javac", "-g", "-d", directory, `${FIXTURES}AtWork.java`],
    ["gcc", "-g", "-O1", "-pthread", "-o", `${directory}/at_work_c`, `${FIXTURES}at_work.c`],
    ["go", "build", "-o", `${directory}/at_work_go`, `${FIXTURES}at_work.go`],
  ];
  for (const [compiler, ...args] of builds.filter(([compiler]) => isThere(compiler))) {
    const { success } = await new Deno.Command(compiler, {
      args,
      env: { GOCACHE: `${directory}/cache`, GO111MODULE: "off", GOFLAGS: "", GOTOOLCHAIN: "local" },
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot build "${args.at(-1)}": see the compiler's message above`);
  }
}

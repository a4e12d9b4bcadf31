import bun from "./runners/bun.cjs" with { type: "text" };
import deno from "./runners/deno.mjs" with { type: "text" };
import forkServer from "./runners/fork_server.py" with { type: "text" };
import node from "./runners/node.cjs" with { type: "text" };
import python from "./runners/python.py" with { type: "text" };

/** The runner programs, by the names of their files. Loaded when one is needed. */
export const RUNNER_PROGRAMS: Readonly<Record<string, string>> = {
  "bun.cjs": bun,
  "deno.mjs": deno,
  "fork_server.py": forkServer,
  "node.cjs": node,
  "python.py": python,
};

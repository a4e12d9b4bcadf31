import type { Figure } from "./figure.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const ROUNDS = 40;
const WARM_UPS = 5;
const MAX_RATIO = 1.6;
const MAX_RATIO_BINARY = 4;

/**
 * What it costs to put prekill in front of a command that ends at once, from the bundle with warm code caches, and as the
 * binary that Bun makes.
 */
export const execTrue: Figure = {
  name: "exec_true",
  needs: ["timeout"],
  async measure() {
    const folder = await Deno.makeTempDir();
    try {
      await timeCommand(Deno.execPath(), ["run", "-A", `${ROOT}tools/bundle.ts`]);
      const binary = `${folder}/prekill`;
      await timeCommand(Deno.execPath(), ["run", "-A", `${ROOT}tools/compile_bun.ts`, "--output", binary]);
      await Deno.writeTextFile(`${folder}/empty.js`, "");
      const run = ["run", "-A", "--no-config", "--no-npm", "--no-lock"];
      const { exec, empty, compiled, gnu } = await medianInTurn(ROUNDS, WARM_UPS, {
        exec: () =>
          timeCommand(Deno.execPath(), [
            ...run,
            `${ROOT}dist/bundle/prekill.js`,
            "exec",
            "-t",
            "10m",
            "--",
            "/bin/true",
          ]),
        empty: () => timeCommand(Deno.execPath(), [...run, `${folder}/empty.js`]),
        compiled: () => timeCommand(binary, ["exec", "-t", "10m", "--", "/bin/true"]),
        gnu: () => timeCommand("timeout", ["10m", "/bin/true"]),
      });
      const what = "exec of /bin/true";
      return [
        {
          what,
          median: inMs(exec),
          peer: `empty program on Deno: ${inMs(empty)}`,
          ratio: exec / empty,
          budget: `at most ${MAX_RATIO} ×`,
          met: exec / empty <= MAX_RATIO,
        },
        {
          what,
          median: inMs(exec),
          peer: `GNU timeout: ${inMs(gnu)}`,
          ratio: exec / gnu,
          budget: "",
          met: undefined,
        },
        {
          what: `${what}, the binary made by Bun`,
          median: inMs(compiled),
          peer: `GNU timeout: ${inMs(gnu)}`,
          ratio: compiled / gnu,
          budget: `at most ${MAX_RATIO_BINARY} ×`,
          met: compiled / gnu <= MAX_RATIO_BINARY,
        },
      ];
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
};

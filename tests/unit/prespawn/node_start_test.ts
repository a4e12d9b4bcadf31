import { nodeStart } from "../../../src/prespawn/node_start.ts";
import { assertEquals } from "../../support/assert.ts";

function startOf(cold: string) {
  const command = cold.split(" ") as [string, ...string[]];
  const found = nodeStart(command, {
    cwd: "/project",
    env: {},
    preloads: [],
    runnerFile: "/runners/node.cjs",
  });
  return found && { command: found.start.command.join(" "), main: found.main, args: found.args };
}

Deno.test("nodeStart() puts the runner program behind the options, and a placeholder in place of the file", () => {
  assertEquals(startOf("node --test-reporter=spec ./a.test.mjs -r b"), {
    command: "node --test-reporter=spec --require /runners/node.cjs prekill",
    main: "./a.test.mjs",
    args: ["-r", "b"],
  });
});

Deno.test("nodeStart() takes the value of an option for no file", () => {
  assertEquals(startOf("node --import tsx -r ./own.cjs ./a.ts"), {
    command: "node --import tsx -r ./own.cjs --require /runners/node.cjs prekill.ts",
    main: "./a.ts",
    args: [],
  });
});

Deno.test("nodeStart() is undefined when no file is run, or more than that", () => {
  for (
    const cold of ["node", "node --test ./a.mjs", "node -e 1 x", "node --watch ./a.mjs", "node -- a.mjs"]
  ) {
    assertEquals(startOf(cold), undefined, cold);
  }
});

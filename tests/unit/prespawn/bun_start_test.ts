import { bunStart } from "../../../src/prespawn/bun_start.ts";
import { assert, assertEquals } from "../../support/assert.ts";

function startOf(cold: string) {
  const command = cold.split(" ") as [string, ...string[]];
  return bunStart(command, { cwd: "/project", env: {}, preloads: [], runnerFile: "/runners/bun.cjs" });
}

Deno.test("bunStart() starts the cold command with the runner program as its first preload", () => {
  const found = startOf("bun test --preload=own.ts ./a.test.ts -x");
  assertEquals(
    found?.start.command.slice(4).join(" "),
    "bun test --preload=/runners/bun.cjs --preload=own.ts ./a.test.ts -x",
  );
  assertEquals([found?.start.runner, found?.main, found?.args], ["bun-test", "./a.test.ts", ["-x"]]);
  assertEquals(startOf("bun run ./a.ts")?.start.runner, "bun");
});

Deno.test("bunStart() keeps what is for the runner program out of the environment of Bun", () => {
  const script = startOf("bun run ./a.ts")?.start.command[2] ?? "";
  assert(script.includes("unset PREKILL_READY PREKILL_PRELOAD"), script);
});

Deno.test("bunStart() is undefined when the command runs a script of package.json, or more than one file", () => {
  for (const cold of ["bun run build", "bun ./a.ts", "bun test --parallel ./a.test.ts", "bun --version"]) {
    assertEquals(startOf(cold), undefined, cold);
  }
});

import { denoStart } from "../../../src/prespawn/deno_start.ts";
import { assertEquals } from "../../support/assert.ts";

/** The command of the start for a cold command, joined. */
function commandFor(cold: string, inspector = false): string | undefined {
  const command = cold.split(" ") as [string, ...string[]];
  const options = { command, cwd: "/project", env: {}, preloads: [], runnerFile: "/runners/deno.mjs" };
  return denoStart({ ...options, inspector })?.command.join(" ");
}

Deno.test("denoStart() puts the runner program before all options of the command", () => {
  assertEquals(
    commandFor("deno test --no-prompt -A --preload=own.ts ./a_test.ts"),
    "deno test --preload=/runners/deno.mjs --no-prompt -A --preload=own.ts ./a_test.ts",
  );
  assertEquals(commandFor("deno run -A a.ts -- -x"), "deno run --preload=/runners/deno.mjs -A a.ts -- -x");
});

Deno.test("denoStart() names the runner after the subcommand", () => {
  const options = { cwd: "/project", env: {}, preloads: [], runnerFile: "/runners/deno.mjs" };
  assertEquals(denoStart({ ...options, command: ["deno", "test", "-A", "a.ts"] })?.runner, "deno-test");
  assertEquals(denoStart({ ...options, command: ["deno", "run", "-A", "a.ts"] })?.runner, "deno");
});

Deno.test("denoStart() is undefined when the runner program could not wait", () => {
  for (
    const flags of [
      "",
      " --allow-read",
      " --allow-env",
      " -E -W=out",
      " --allow-env=HOME --allow-write",
      " -A --deny-env=HOME",
      " -A --deny-write",
      " -P",
      " -P=ci",
      " --permission-set=ci",
    ]
  ) {
    assertEquals(commandFor(`deno test${flags} ./a_test.ts`), undefined, flags);
  }
  assertEquals(commandFor("deno test -E -W ./a_test.ts") === undefined, false);
  assertEquals(commandFor("deno test --allow-write --allow-env ./a_test.ts") === undefined, false);
});

Deno.test("denoStart() takes what stands after the file for arguments", () => {
  assertEquals(commandFor("deno run ./a.ts -A"), undefined);
  assertEquals(commandFor("deno run -A ./a.ts --deny-env") === undefined, false);
});

Deno.test("denoStart() is undefined for what checks types after the preloads, and for other subcommands", () => {
  assertEquals(commandFor("deno run -A --check ./a.ts"), undefined);
  assertEquals(commandFor("deno run -A --check=all ./a.ts"), undefined);
  assertEquals(commandFor("deno test -A --check ./a.ts") === undefined, false);
  assertEquals(commandFor("deno bench -A ./a.ts"), undefined);
  assertEquals(commandFor("deno"), undefined);
  assertEquals(commandFor("deno test -A"), undefined);
  assertEquals(commandFor("deno run -A -"), undefined);
  assertEquals(commandFor("deno test -A --parallel ./tests"), undefined);
});

Deno.test("denoStart() opens an inspector when asked, unless the command has one", () => {
  assertEquals(
    commandFor("deno test -A ./a.ts", true),
    "deno test --inspect=127.0.0.1:0 --inspect-publish-uid=http --preload=/runners/deno.mjs -A ./a.ts",
  );
  assertEquals(
    commandFor("deno test -A --inspect ./a.ts", true),
    "deno test --preload=/runners/deno.mjs -A --inspect ./a.ts",
  );
});

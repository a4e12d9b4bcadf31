import { warmOwnTest } from "../../../src/prespawn/warm_own_test.ts";
import { assertEquals } from "../../support/assert.ts";

const PLACE = { cwd: "/project", env: { LANG: "C" }, preloads: ["common.rb"] };

Deno.test("warmOwnTest() gives the test as it stands in the cold command, and what follows it", () => {
  const test = { command: ["ruby", "-w", "./a_test.rb", "--fast"], file: "a_test.rb", ...PLACE };
  assertEquals(warmOwnTest(["ruby", "/tools/runner.rb"], test), {
    start: {
      runner: "runner.rb",
      command: ["ruby", "/tools/runner.rb"],
      runnerFile: "/tools/runner.rb",
      ...PLACE,
    },
    main: "./a_test.rb",
    args: ["--fast"],
  });
});

Deno.test("warmOwnTest() names the file, where the cold command does not", () => {
  const { main, args } = warmOwnTest(["runner"], { command: ["make", "test"], file: "a_test.rb", ...PLACE });
  assertEquals([main, args], ["a_test.rb", []]);
});

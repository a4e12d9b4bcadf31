import { assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withPrekillOnPath } from "../../support/with_prekill_on_path.ts";

const PYTHON = "/usr/bin/python3";
const hasPytest = isOnPath("python3", "/usr/bin") &&
  new Deno.Command(PYTHON, { args: ["-m", "pytest", "--version"], stdout: "null", stderr: "null" })
    .outputSync().success;
const VITEST = "vitest@3.2.4";

Deno.test({
  name: "exec explains a pytest that hangs by the line of the test, and exits with 124",
  ignore: !hasPytest,
  fn: async () => {
    await withPrekillOnPath("examples/pytest", async ({ run }) => {
      const { code, output } = await run(["prekill", "exec", "-t", "5s", "--", PYTHON, "-m", "pytest", "-q"]);
      assertEquals(code, 124, output);
      assertMatch(output, /waits in Queue\.get [^]*at\s(prekill: )?test_waits_for_an_answer/);
    });
  },
});

Deno.test({
  name: "run runs each file of pytest by itself, and writes JUnit with the cause of the one that hung",
  ignore: !hasPytest,
  fn: async () => {
    await withPrekillOnPath("examples/pytest", async ({ cwd, run }) => {
      const options = ["-t", "5s", "--junit", "junit.xml"];
      const { code, output } = await run(["prekill", "run", ...options]);
      assertEquals(code, 1, output);
      assertStringIncludes(output, "2 tests in ");
      assertMatch(
        Deno.readTextFileSync(`${cwd}/junit.xml`),
        /tests="2" failures="1" errors="0"[^]*name="test_stuck.py"[^]*<failure [^>]*waits in Queue\.get/,
      );
    });
  },
});

Deno.test("exec explains a node --test that hangs by the server that keeps it, and exits with 124", async () => {
  await withPrekillOnPath("examples/node_test", async ({ run }) => {
    const { code, output } = await run(["prekill", "exec", "-t", "5s", "-k", "2s", "--", "node", "--test"]);
    assertEquals(code, 124, output);
    assertMatch(output, /prekill: net-accept \(\w+\): node --test waits for stuck\.test\.mjs/);
    assertMatch(output, /Its event loop keeps: a server at 127\.0\.0\.1:\d+/);
  });
});

Deno.test("exec explains a Vitest that hangs and exits with 124", async (context) => {
  await withPrekillOnPath("examples/vitest", async ({ run }) => {
    const installed = await run(["npm", "install", "--no-audit", "--no-fund", "--no-save", VITEST]);
    // Without a registry there is nothing to test with.
    if (installed.code !== 0) {
      return void await context.step({ name: "needs npm", ignore: true, fn: () => {} });
    }
    const { code, output } = await run([
      ...["prekill", "exec", "-t", "10s", "--"] as [string, ...string[]],
      ...["node_modules/.bin/vitest", "run"],
    ]);
    assertEquals(code, 124, output);
    // On a busy machine it may not have come to the test itself.
    assertMatch(output, /prekill: [\w-]+ \(\w+\): [^]*node \(vitest/);
  });
});

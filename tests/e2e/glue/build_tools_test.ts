import { assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withPrekillOnPath } from "../../support/with_prekill_on_path.ts";

Deno.test({
  name: "CTest starts each test under prekill, and shows why one failed that hung",
  ignore: !isOnPath("cmake"),
  fn: async () => {
    await withPrekillOnPath("examples/ctest", async ({ cwd, run }) => {
      const configured = await run(["cmake", "-B", "build", "-DPREKILL_TIMEOUT=1s"]);
      assertEquals(configured.code, 0, configured.output);
      const built = await run(["cmake", "--build", "build"]);
      assertEquals(built.code, 0, built.output);
      const tested = await run([
        ...["ctest", "--test-dir", "build", "--output-on-failure"] as [string, ...string[]],
        ...["--output-junit", "junit.xml"],
      ]);
      assertEquals(tested.code, 8, tested.output);
      assertMatch(tested.output, /quick \.+ +Passed[^]*stuck \.+\*\*\*Failed/);
      assertMatch(tested.output, /prekill: pipe-read \(proven\): stuck \(pid \d+\) waits to read the pipe/);
      assertMatch(
        Deno.readTextFileSync(`${cwd}/build/junit.xml`),
        /name="stuck"[^]*status="fail"[^]*prekill: pipe-read/,
      );
    });
  },
});

Deno.test({
  name:
    "make -j2 fails with 124 for a recipe that hung, runs the others, and shares its jobs through prekill",
  ignore: !isOnPath("make"),
  fn: async () => {
    await withPrekillOnPath("examples/make", async ({ run }) => {
      const { code, output } = await run(["make", "-j2", "-k", "check", "TIMEOUT=2s"]);
      assertEquals(code, 2, output);
      assertMatch(output, /make: \*\*\* \[Makefile:\d+: stuck\] Error 124/);
      assertMatch(output, /prekill: sleep \(\w+\): sh -c 'sleep 1000 \| cat' waits, through cat, for sleep/);
      assertStringIncludes(output, "make[1]: Leaving directory");
      assertEquals(output.match(/jobserver|Error \d+/g), ["Error 124"]);
    });
  },
});

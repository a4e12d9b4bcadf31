import { sparesCore } from "../../../src/prespawn/spares_core.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("sparesCore() is true, when fewer tests and starting runners are there than processors", () => {
  assertEquals(sparesCore({ running: 1, starting: 0, runnable: 9, cpuCount: 2 }), true);
  assertEquals(sparesCore({ running: 0, starting: 1, runnable: undefined, cpuCount: 2 }), true);
});

Deno.test("sparesCore() is false, when as many tests run as there are processors and none is known to wait", () => {
  assertEquals(sparesCore({ running: 2, starting: 0, runnable: undefined, cpuCount: 2 }), false);
  assertEquals(sparesCore({ running: 2, starting: 0, runnable: 2, cpuCount: 2 }), false);
  assertEquals(sparesCore({ running: 0, starting: 2, runnable: 2, cpuCount: 2 }), false);
});

Deno.test("sparesCore() is true, when tests only wait, until as many runners start as there are processors", () => {
  assertEquals(sparesCore({ running: 8, starting: 0, runnable: 0, cpuCount: 2 }), true);
  assertEquals(sparesCore({ running: 8, starting: 1, runnable: 0, cpuCount: 2 }), true);
  assertEquals(sparesCore({ running: 8, starting: 2, runnable: 0, cpuCount: 2 }), false);
});

import { parseLastRan } from "../../../src/hooks/collectors/kernel/parse_last_ran.ts";
import { parseSchedstat } from "../../../src/hooks/collectors/kernel/parse_schedstat.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("parseSchedstat() reads the time in the queue in milliseconds", () => {
  assertEquals(parseSchedstat("71560 56318000 2\n"), 56.318);
  assertEquals(parseSchedstat("0 0\n"), undefined);
  assertEquals(parseSchedstat(""), undefined);
});

Deno.test("parseLastRan() reads when a thread last ran, and nothing from a text that was cut before", () => {
  const head =
    "head (16617, #threads: 1)\n----\nse.exec_start                                :      12209094.842845\n";
  assertEquals(parseLastRan(head), 12209094.842845);
  assertEquals(parseLastRan("head (16617, #threads: 1)\nse.exec_start   :   122"), 122);
  assertEquals(parseLastRan("se.exec_start : 0.0\n"), undefined);
  assertEquals(parseLastRan("nonsense"), undefined);
});

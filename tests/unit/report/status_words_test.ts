import { countWords } from "../../../src/report/status_words.ts";
import { noCounts } from "../../../src/status_counts.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("countWords() names what there is, the worst last, and more than one error in the plural", () => {
  assertEquals(countWords(noCounts()), "no tests");
  const counts = { ...noCounts(), "timed-out": 2, passed: 3, error: 1, "not-run": 1 };
  assertEquals(countWords(counts), "3 passed, 1 not run, 1 error, 2 timed out");
  assertEquals(countWords({ ...counts, error: 2 }), "3 passed, 1 not run, 2 errors, 2 timed out");
});

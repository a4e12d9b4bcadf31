import sampleSchema from "../../../schema/sample.schema.json" with { type: "json" };
import { CAUSE_WORDS } from "../../../src/cause_words.ts";
import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { toSampleDocument } from "../../../src/hooks/sample/to_document.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { GOLDEN_EVENTS } from "../../support/golden_run.ts";
import { eventProblems, sampleProblems } from "../../support/published_schemas.ts";
import { recordedFacts } from "../../support/recorded_facts.ts";

Deno.test("events.schema.json holds for each event of the recorded run", () => {
  assertEquals(GOLDEN_EVENTS.flatMap(eventProblems), []);
});

Deno.test("sample.schema.json holds for samples of the corpus, and has each cause", () => {
  for (const name of ["fanout", "bank-transfer", "ingest-loop", "stage-run", "go-mutex", "python-locks"]) {
    const facts = recordedFacts(name);
    const document = toSampleDocument(facts, diagnose(facts), {
      testName: name,
      testFile: name,
      attempt: 1,
      command: [name],
      cwd: "/srv",
      reason: "timeout",
      elapsedMs: 60_000,
      outputTail: "",
      sampleEnvironment: false,
    });
    assertEquals(sampleProblems(document), [], name);
  }
  assertEquals(sampleSchema.$defs.Diagnosis.properties.cause.enum, Object.keys(CAUSE_WORDS));
});

Deno.test("the schemas refuse what is of another type", () => {
  assert(eventProblems({ seq: 1, atMs: 1, id: "a", kind: "slow", testId: "a" }).length > 0);
  assert(eventProblems({ seq: 1, atMs: 1, id: "a", kind: "slow", testId: "a", elapsedMs: "1" }).length > 0);
  assertEquals(eventProblems({ seq: 1, atMs: 1, id: "a", kind: "of the future" }), []);
  assert(sampleProblems({ schema: "prekill.sample/1" }).length > 0);
});

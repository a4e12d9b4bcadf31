import { digestSample, type SampleDigest } from "../../../src/report/sample_digest.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { sampleText } from "../../support/sample_text.ts";

const ORIGIN = { file: "/s/job-7.sample.json", modifiedMs: 5000 };

function digest(text: string): SampleDigest {
  const found = digestSample(text, ORIGIN);
  assert("diagnosis" in found, JSON.stringify(found));
  return found;
}

function problemOf(text: string): string | undefined {
  const found = digestSample(text, ORIGIN);
  return "problem" in found ? found.problem : undefined;
}

Deno.test("digestSample() keeps test, time and diagnosis", () => {
  const { file, test, takenAtEpochMs, diagnosis } = digest(sampleText());
  assertEquals([file, test, takenAtEpochMs], [ORIGIN.file, "jobs", Date.UTC(2026, 0, 31, 10, 15)]);
  assertEquals([diagnosis.cause, diagnosis.program, diagnosis.tid], ["sleep", "job", undefined]);
});

Deno.test("digestSample() takes the document of a user's hook, which has a diagnosis only", () => {
  const { diagnosis } = JSON.parse(sampleText());
  const found = digest(JSON.stringify({ diagnosis, collectors: [] }));
  assertEquals([found.test, found.takenAtEpochMs], ["job", 5000]);
});

Deno.test("digestSample() says what a file is that is no sample", () => {
  assertEquals(problemOf(sampleText().slice(0, -9)), "cut off or no JSON");
  assertEquals(problemOf(""), "cut off or no JSON");
  assertEquals(
    problemOf(sampleText().replace("sample/1", "sample/2\\u001b")),
    "of the schema prekill.sample/2\\x1b",
  );
  assertEquals(problemOf('{"schema":1}'), "no sample");
  for (
    const text of ["null", "[]", "1", '{"diagnosis":null}', sampleText({ diagnosis: { fingerprint: "" } })]
  ) {
    assertEquals(problemOf(text), "JSON without a diagnosis", text);
  }
  for (const cause of ["toString", "__proto__", "nonsense", 5]) {
    assertEquals(
      problemOf(sampleText({ diagnosis: { cause: cause as "sleep" } })),
      "JSON without a diagnosis",
    );
  }
});

Deno.test("digestSample() makes texts printable and short, and lists of bounded length, when they are hostile", () => {
  const { diagnosis, test } = digest(sampleText({
    test: "a\x1b[2J",
    takenAt: "soon",
    diagnosis: {
      summary: "x".repeat(1e6),
      evidence: [1, null, ...Array(1000).fill("seen")] as string[],
      chain: Array(1000).fill("link"),
      pid: "7" as unknown as number,
    },
  }));
  assertEquals(test, "a\\x1b[2J");
  assertEquals([diagnosis.summary.length, diagnosis.evidence.length, diagnosis.chain.length], [
    4000,
    100,
    100,
  ]);
  assertEquals([diagnosis.evidence[0], diagnosis.chain[0]], [
    "",
    { pid: 0, program: "", waits: "", onPid: undefined },
  ]);
  assertEquals(diagnosis.pid, 0);
});

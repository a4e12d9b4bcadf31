import { countTests } from "../../tools/count_tests.ts";
import type { HangCase } from "../hangs/hang_case.ts";
import { type CaseRun, isRight, judgeCase } from "../hangs/judge_case.ts";
import { countCases, type JudgedCase, scoreCases } from "../hangs/score.ts";
import type { Confidence, SampleDocument } from "../../src/sample_document.ts";
import { assert, assertEquals } from "../support/assert.ts";

const hang: HangCase = {
  name: "queue",
  language: "bash+C",
  build: null,
  start: ["bash", "queue.sh"],
  cwd: ".",
  readyMs: 1500,
  cause: "net-read",
  alsoAccept: ["net-accept"],
  rootProgram: "drain.bin",
  mentionNative: ["127.0.0.1:{port}", "Drain_All"],
  folder: "/nowhere",
};

function runWith(
  cause: string,
  changes: Partial<CaseRun> & { pid?: number; confidence?: Confidence } = {},
): CaseRun {
  const { pid = 7, confidence = "likely", ...rest } = changes;
  const document = {
    diagnosis: { cause, confidence, pid, program: "drain.bin" },
    processes: [{ pid: 6, name: "bash", command: ["bash", "queue.sh"] }, {
      pid: 7,
      name: "drain.bin",
      command: ["./drain.bin"],
    }],
  } as unknown as SampleDocument;
  return {
    document,
    text: "drain_all() reads from 127.0.0.1:4711",
    facts: new Map([["port", "4711"]]),
    exitCode: 124,
    survivors: [],
    stderr: "",
    ...rest,
  };
}

Deno.test("judgeCase() finds nothing wrong, when cause, culprit and mentions are right", () => {
  assert(isRight(judgeCase(hang, runWith("net-read"))));
  assert(isRight(judgeCase(hang, runWith("net-accept", { exitCode: 137 }))));
});

Deno.test("judgeCase() names each thing that is wrong, when the answer is not the case's", () => {
  assertEquals(judgeCase(hang, runWith("sleep")).causeRight, false);
  assertEquals(judgeCase(hang, runWith("net-read", { pid: 6 })).culpritRight, false);
  assertEquals(judgeCase(hang, runWith("net-read", { text: "" })).unmentioned, [
    "127.0.0.1:4711",
    "Drain_All",
  ]);
  assertEquals(judgeCase(hang, runWith("net-read", { exitCode: 0 })).faults, ["exit code 0"]);
  assertEquals(judgeCase(hang, runWith("net-read", { survivors: ["sleep 9"] })).faults, [
    "left alive: sleep 9",
  ]);
  assertEquals(judgeCase(hang, runWith("sleep", { confidence: "proven" })).faults, ["calls sleep proven"]);
  assertEquals(judgeCase(hang, runWith("", { document: undefined, stderr: "a\nb\n" })).faults, [
    "no sample; stderr: a | b",
  ]);
});

Deno.test("judgeCase() finds a mention, when it stands on two lines", () => {
  const run = runWith("net-read", { text: "reads from 127.0.0.1:4711,\n      in drain_all()" });
  const wide = { ...hang, mentionNative: ["127.0.0.1:{port}, in Drain_All"] };
  assertEquals(judgeCase(wide, run).unmentioned, []);
});

Deno.test("judgeCase() expects the command's own exit code, when it has exited and its output is held", () => {
  const held = { ...hang, cause: "output-held" };
  assertEquals(judgeCase(held, runWith("output-held", { exitCode: 0 })).faults, []);
  assertEquals(judgeCase(held, runWith("output-held", { exitCode: 124 })).faults, ["exit code 124"]);
});

Deno.test("scoreCases() scores causes, C with shell and Perl, and all; skipped ones nowhere", () => {
  const judged: JudgedCase[] = [
    { hang, verdict: judgeCase(hang, runWith("net-read")) },
    { hang: { ...hang, language: "python" }, verdict: judgeCase(hang, runWith("sleep")) },
    { hang: { ...hang, language: "java" }, skipped: "java not installed" },
  ];
  assertEquals(scoreCases(judged), [
    { group: "net-read", right: 1, total: 2 },
    { group: "C, shell, Perl", right: 1, total: 1 },
    { group: "all", right: 1, total: 2 },
  ]);
  assertEquals(countCases(judged), { passed: 1, failed: 0, unexplained: 1, skipped: 1 });
});

Deno.test("countCases() fails wrong answers of C, shell and Perl, when fewer than nine in ten are right", () => {
  const right: JudgedCase = { hang, verdict: judgeCase(hang, runWith("net-read")) };
  const wrong: JudgedCase = { hang, verdict: judgeCase(hang, runWith("sleep")) };
  const nineRight = Array.from({ length: 9 }, () => right);
  assertEquals(countCases([...nineRight, wrong]).failed, 0);
  assertEquals(countCases([...nineRight.slice(1), wrong]).failed, 1);
});

Deno.test("countTests() adds up summaries, when they are coloured or have steps", () => {
  const output =
    "\x1b[32mok\x1b[0m | 8 passed | 0 failed \x1b[2m(63ms)\x1b[0m\nok | 2 passed (3 steps) | 1 failed (1s)\n" +
    "5 passed, 2 failed\n";
  assertEquals(countTests(output), { passed: 15, failed: 3 });
  assertEquals(countTests("nothing ran"), { passed: 0, failed: 0 });
});

import { readCorpusArguments } from "../hangs/corpus_arguments.ts";
import { fingerprintFaults } from "../hangs/fingerprint_faults.ts";
import { countTests } from "../../tools/count_tests.ts";
import type { HangCase } from "../hangs/hang_case.ts";
import { type CaseRun, isRight, judgeCase } from "../hangs/judge_case.ts";
import { compareWithGoals, countCases, type JudgedCase, scoreCases } from "../hangs/score.ts";
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
  mention: ["127.0.0.1:{port}", "Drain_All"],
  corpus: "cases",
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
  const wide = { ...hang, mention: ["127.0.0.1:{port}, in Drain_All"] };
  assertEquals(judgeCase(wide, run).unmentioned, []);
});

Deno.test("judgeCase() expects the command's own exit code, when it has exited and its output is held", () => {
  const held = { ...hang, cause: "output-held" };
  assertEquals(judgeCase(held, runWith("output-held", { exitCode: 0 })).faults, []);
  assertEquals(judgeCase(held, runWith("output-held", { exitCode: 124 })).faults, ["exit code 124"]);
});

const RIGHT: JudgedCase = { hang, verdict: judgeCase(hang, runWith("net-read")) };
const WRONG_CAUSE: JudgedCase = { hang, verdict: judgeCase(hang, runWith("sleep")) };
const UNMENTIONED: JudgedCase = { hang, verdict: judgeCase(hang, runWith("net-read", { text: "" })) };

function rightAnd(count: number, other: JudgedCase, otherCount = 1): JudgedCase[] {
  return [...Array(count).fill(RIGHT), ...Array(otherCount).fill(other)];
}

Deno.test("scoreCases() scores causes, C with shell and Perl, each corpus, and all; skipped ones nowhere", () => {
  const judged: JudgedCase[] = [
    RIGHT,
    {
      hang: { ...hang, language: "python", corpus: "fresh" },
      verdict: judgeCase(hang, runWith("sleep", { pid: 6, text: "" })),
    },
    { hang: { ...hang, language: "java" }, skipped: "java not installed" },
  ];
  const half = { total: 2, cause: 1, culprit: 1, mention: 1 };
  const full = { total: 1, cause: 1, culprit: 1, mention: 1 };
  assertEquals(scoreCases(judged), [
    { group: "net-read", ...half },
    { group: "C, shell, Perl", ...full },
    { group: "cases/", ...full },
    { group: "fresh/", total: 1, cause: 0, culprit: 0, mention: 0 },
    { group: "all", ...half },
  ]);
});

Deno.test("compareWithGoals() asks for 95 % of causes and culprits and 90 % of mentions, whatever was skipped", () => {
  assertEquals(compareWithGoals(rightAnd(19, WRONG_CAUSE)).map(({ met }) => met), [true, true, true]);
  assertEquals(compareWithGoals(rightAnd(18, WRONG_CAUSE)).map(({ met }) => met), [false, true, true]);
  assertEquals(compareWithGoals(rightAnd(18, UNMENTIONED, 2)).map(({ met }) => met), [true, true, true]);
  assertEquals(compareWithGoals(rightAnd(17, UNMENTIONED, 2)).map(({ met }) => met), [true, true, false]);
  assertEquals(compareWithGoals([{ hang, skipped: "java not installed" }]), []);
});

Deno.test("countCases() fails an answer that is wrong, when the goal for that respect is missed", () => {
  assertEquals(countCases(rightAnd(19, WRONG_CAUSE)), { passed: 19, failed: 0, unexplained: 1, skipped: 0 });
  assertEquals(countCases(rightAnd(18, WRONG_CAUSE)), { passed: 18, failed: 1, unexplained: 0, skipped: 0 });
  const mixed = [...rightAnd(17, WRONG_CAUSE, 2), UNMENTIONED];
  assertEquals(countCases(mixed), { passed: 17, failed: 2, unexplained: 1, skipped: 0 });
});

Deno.test("countCases() fails a fault, whatever the goals say", () => {
  const proven = { hang, verdict: judgeCase(hang, runWith("sleep", { confidence: "proven" })) };
  assertEquals(countCases(rightAnd(99, proven)).failed, 1);
});

Deno.test("fingerprintFaults() tells of one hang with two fingerprints and of two hangs with one", () => {
  const faults = fingerprintFaults([
    { name: "steady", fingerprints: ["a", "a"] },
    { name: "shaky", fingerprints: ["b", "c"] },
    { name: "alike", fingerprints: ["d"] },
    { name: "equal", fingerprints: ["d", "d"] },
  ]);
  assertEquals([...faults], [
    ["shaky", ["its fingerprint differs from run to run: b, c"]],
    ["alike", ["has the fingerprint of equal"]],
    ["equal", ["has the fingerprint of alike"]],
  ]);
});

Deno.test("readCorpusArguments() runs a few cases twice, and all or those named when asked", () => {
  const all = ["fanout", "queue"].map((name) => ({ ...hang, name }));
  const read = (...args: string[]): unknown => {
    const choice = readCorpusArguments(args, all);
    return "problem" in choice ? choice.problem : [choice.cases.map(({ name }) => name), [...choice.twice]];
  };
  assertEquals(read(), [["fanout", "queue"], ["fanout"]]);
  assertEquals(read("--twice"), [["fanout", "queue"], ["fanout", "queue"]]);
  assertEquals(read("fanout"), [["fanout"], []]);
  assertEquals(read("--twice", "queue"), [["queue"], ["queue"]]);
  assertEquals(
    read("nowhere"),
    'Cannot run the case "nowhere": no folder of tests/hangs has a case of this name',
  );
});

Deno.test("countTests() adds up summaries, when they are coloured or have steps", () => {
  const output =
    "\x1b[32mok\x1b[0m | 8 passed | 0 failed \x1b[2m(63ms)\x1b[0m\nok | 2 passed (3 steps) | 1 failed (1s)\n" +
    "5 passed, 2 failed\n";
  assertEquals(countTests(output), { passed: 15, failed: 3 });
  assertEquals(countTests("nothing ran"), { passed: 0, failed: 0 });
});

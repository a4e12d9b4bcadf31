import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { renderSample } from "../../../src/hooks/sample/render_sample.ts";
import { renderVerdict } from "../../../src/hooks/sample/render_verdict.ts";
import { type SampleContext, toSampleDocument } from "../../../src/hooks/sample/to_document.ts";
import type { Facts } from "../../../src/hooks/facts.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { BUSY, facts, file, process, stack, thread } from "../../support/facts_builder.ts";
import { recordedFacts } from "../../support/recorded_facts.ts";

const GOLDEN = ["csv-filter", "fanout", "grid-move", "log-export", "repo-sync", "stage-run", "tile-cache"];

const CHILD = { kind: "child" } as const;

function context(rest: Partial<SampleContext> = {}): SampleContext {
  return {
    testName: "case",
    testFile: "case",
    attempt: 1,
    command: ["case"],
    cwd: "/srv",
    reason: "timeout",
    elapsedMs: 60_000,
    outputTail: "started\nREADY\n",
    sampleEnvironment: false,
    ...rest,
  };
}

function render(subject: Facts, rest: Partial<SampleContext> = {}): string {
  return renderSample(toSampleDocument(subject, diagnose(subject), context(rest)));
}

for (const name of GOLDEN) {
  Deno.test(`renderSample() writes what tests/golden/${name}.sample holds, when given the facts of ${name}`, () => {
    const text = render(recordedFacts(name), { testName: name });
    const path = new URL(`../../golden/${name}.sample`, import.meta.url);
    if (Deno.env.get("PREKILL_UPDATE_GOLDEN") === "1") Deno.writeTextFileSync(path, text);
    assertEquals(text, Deno.readTextFileSync(path));
  });
}

Deno.test("renderSample() puts the answer on the first screen, when the tree is large", () => {
  const children = Array.from({ length: 300 }, (_, index) => process(200 + index, { command: ["worker"] }));
  const text = render(facts([process(100, { wait: { kind: "child" } }), ...children, process(999, BUSY)]));
  const screen = text.split("\n").slice(0, 24).join("\n");
  assertStringIncludes(screen, "burns CPU");
  assertStringIncludes(screen, "to blame  program (pid 999)");
  assertStringIncludes(text, "… and 102 more processes");
});

Deno.test("renderSample() folds a pool to one line, when its threads idle in the same place", () => {
  const pool = Array.from({ length: 20 }, (_, index) =>
    thread(101 + index, {
      name: `worker-${index}`,
      wait: { kind: "futex", address: `0x${index}`, shape: "other" },
      stacks: [stack("futex_wait", "pop@queue.c:4", "run@pool.c:8")],
    }));
  const text = render(facts([process(100, { threads: [thread(100, BUSY), ...pool] })]));
  assertMatch(text, /20 threads \(worker-0, worker-1, worker-2, …\): sleeping, in futex/);
  assertEquals(text.includes("worker-7"), false);
});

Deno.test("renderSample() shows control characters, when names, paths or output hold some", () => {
  const evil = "a\x1b[2J\x07\u202e";
  const subject = process(100, {
    name: evil,
    command: [evil],
    cwd: evil,
    fds: [file(3, "file", evil)],
    threads: [thread(100, { name: evil, ...BUSY, stacks: [stack(evil)] })],
  });
  const text = render(facts([subject]), { testName: evil, outputTail: `${evil}\r\n` });
  // deno-lint-ignore no-control-regex
  assertEquals(/[\x00-\x09\x0b-\x1f\x7f\u202e]/.test(text), false);
  assertStringIncludes(text, "a\\x1b[2J\\x07\\u202e");
});

Deno.test("renderSample() ends with the last forty lines of the output", () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  const text = render(facts([process(100, BUSY)]), { outputTail: `${lines.join("\n")}\n` });
  assertStringIncludes(text, "END OF THE OUTPUT (last 40 lines)");
  assertEquals(text.includes("line 59"), false);
  assert(text.endsWith("  line 99\n"));
});

Deno.test("renderSample() says what was missing and how to get it", () => {
  const missing = { name: "eu-stack", pid: 0, status: "missing", ms: 0, detail: "install elfutils" } as const;
  const text = render(facts([process(100, BUSY)], { collectors: [missing] }));
  assertStringIncludes(text, "- eu-stack is missing: install elfutils");
});

Deno.test("renderSample() counts the calls of a recursion, when a function calls itself", () => {
  const deep = stack("leaf@a.c:1", ...Array.from({ length: 9999 }, () => "walk@a.c:7"), "main@a.c:9");
  const text = render(facts([process(100, { threads: [thread(100, { ...BUSY, stacks: [deep] })] })]));
  assertStringIncludes(text, "walk × 9999 (a.c:7)");
  assert(text.split("\n").length < 60);
});

Deno.test("renderSample() leaves out the middle of a chain, when it is too long for a screen", () => {
  const parents = Array.from(
    { length: 500 },
    (_, index) => process(101 + index, { ppid: 100 + index, wait: CHILD }),
  );
  const text = render(
    facts([process(100, { wait: CHILD }), ...parents, process(900, { ppid: 600, ...BUSY })]),
  );
  const screen = text.split("PROCESSES")[0]!;
  assertStringIncludes(screen, "… 494 more …");
  assertStringIncludes(
    screen,
    "through program, program, program, program, 494 more, program and program, for",
  );
  assert(screen.split("\n").length < 45);
});

Deno.test("renderVerdict() takes two to six sentences, when there is a chain", () => {
  const diagnosis = diagnose(recordedFacts("stage-run"));
  const text = renderVerdict(diagnosis);
  assertMatch(
    text,
    /^signal-wait \((proven|likely)\): ci\.sh waits, through plan\.pl, stage\.py and step\.sh, for/,
  );
  assertStringIncludes(text, "  chain: ci.sh (");
  assertStringIncludes(text, "  try:   Find out who should send SIGUSR1");
});

Deno.test("renderVerdict() leaves room for the command's name before each line, when it wraps", () => {
  for (const name of ["stage-run", "csv-filter", "repo-sync"]) {
    const lines = renderVerdict(diagnose(recordedFacts(name))).split("\n");
    assertEquals(lines.filter((line) => `prekill: ${line}`.length > 100), []);
  }
});

Deno.test("toSampleDocument() leaves the environment out or redacts it, as asked", () => {
  const subject = facts([process(100, BUSY)], { environment: { HOME: "/home/a", API_TOKEN: "t" } });
  assertEquals(toSampleDocument(subject, diagnose(subject), context()).environment, undefined);
  assertEquals(
    toSampleDocument(subject, diagnose(subject), context({ sampleEnvironment: true })).environment,
    {
      API_TOKEN: "[redacted]",
      HOME: "/home/a",
    },
  );
});

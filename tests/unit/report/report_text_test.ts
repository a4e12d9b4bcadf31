import { cutToWidth } from "../../../src/report/cut_to_width.ts";
import { codeBlock, escapeMarkdown } from "../../../src/report/escape_markdown.ts";
import { escapeMarkup } from "../../../src/report/escape_markup.ts";
import { findLine } from "../../../src/report/find_line.ts";
import { tailLines } from "../../../src/report/tail_lines.ts";
import type { ReportedAttempt } from "../../../src/report/run_summary.ts";
import { assertEquals } from "../../support/assert.ts";

function attempt(tail: string, summary?: string): ReportedAttempt {
  const hook = summary === undefined ? undefined : {
    reason: "timeout" as const,
    status: "ok" as const,
    ms: 1,
    lateMs: 1,
    files: [],
    diagnosis: {
      cause: "sleep" as const,
      confidence: "likely" as const,
      summary,
      pid: 1,
      program: "a",
      fingerprint: "f",
      evidence: ["It is at main (app_test.py:30)"],
      chain: [],
    },
  };
  return {
    testId: "a",
    attempt: 1,
    status: "failed",
    outcome: { kind: "exited", code: 1 },
    elapsedMs: 1,
    outputBytes: 1,
    tail,
    hook,
  };
}

Deno.test("tailLines() drops colours and what was written over, and makes the rest printable", () => {
  const tail = "\n\x1b[1;31mred\x1b[0m\r\n 10%\r 90%\n\ta\x07b\u202e\n\n \n";
  assertEquals(tailLines(tail, 10), ["red", " 90%", "    a\\x07b\\u202e"]);
  assertEquals(tailLines("a\nb\nc\n", 2), ["b", "c"]);
  assertEquals(tailLines("x".repeat(5000), 2)[0]?.length, 1001);
  assertEquals([tailLines(undefined, 2), tailLines("\n \n", 2)], [[], []]);
});

Deno.test("findLine() finds the line of the test's own file, where it hangs or what was printed last", () => {
  const file = "tests/app_test.py";
  assertEquals(findLine(file, attempt("", "waits at wait (app_test.py:12)")), 12);
  assertEquals(findLine(file, attempt("", "waits")), 30);
  assertEquals(
    findLine(file, attempt('File "/srv/tests/app_test.py", line 7, in a\napp_test.py:9: boom')),
    9,
  );
  assertEquals(findLine(file, attempt('File "/srv/tests/app_test.py", line 7, in a')), 7);
  assertEquals(
    findLine(file, attempt("my_app_test.py:3 app_test.pyc:4 app_test.py:0 app_test.py:")),
    undefined,
  );
  assertEquals(findLine("/", attempt("/:1")), undefined);
});

Deno.test("cutToWidth() counts columns, not characters", () => {
  assertEquals(cutToWidth("abcdef", 6), "abcdef");
  assertEquals(cutToWidth("abcdefg", 6), "abcde…");
  assertEquals(cutToWidth("日本語日本語", 6), "日本…");
  assertEquals(cutToWidth("日本語", 6), "日本語");
  assertEquals(cutToWidth("e\u0301e\u0301e\u0301", 3), "e\u0301e\u0301e\u0301");
});

Deno.test("escapeMarkdown() leaves no markup, and names of files readable", () => {
  assertEquals(escapeMarkdown("src/app_test.ts (pid 7)"), "src/app_test.ts (pid 7)");
  assertEquals(
    escapeMarkdown("a|b `c` *d* [e](f) <g> &h; _i_"),
    String.raw`a\|b \`c\` \*d\* \[e\](f) &lt;g&gt; &amp;h; \_i\_`,
  );
  assertEquals(escapeMarkdown("- a"), "&#8203;- a");
  assertEquals(escapeMarkdown("1. a"), "&#8203;1. a");
  assertEquals(escapeMarkdown("# a\n# b"), String.raw`\# a\\n\# b`);
  assertEquals(escapeMarkdown("@team"), "@&#8203;team");
});

Deno.test("codeBlock() has a fence that its lines cannot end", () => {
  assertEquals(codeBlock(["a"]), "```text\na\n```");
  assertEquals(codeBlock(["````", "b"]), "`````text\n````\nb\n`````");
});

Deno.test("escapeMarkup() replaces what XML cannot hold", () => {
  assertEquals(escapeMarkup(`<a b="c" d='e'>&]]>`), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;]]&gt;");
  assertEquals(escapeMarkup("\0\x1b\ufffe\ud800\t\n"), "\ufffd\ufffd\ufffd\ufffd\t\n");
});

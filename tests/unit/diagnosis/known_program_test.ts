import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, pipe, process } from "../../support/facts_builder.ts";

const MAKE_TOKENS = [pipe(3, "read", 9, [100, 101]), pipe(4, "write", 9, [100, 101])];

Deno.test("diagnose() says child-wait, when tail follows a file by looking at it every so often", () => {
  const { cause, summary } = diagnose(facts([
    process(100, { command: ["sh", "logs.sh"], wait: { kind: "child" } }),
    process(101, {
      command: ["tail", "-n", "5", "-f", "app.log"],
      wait: { kind: "sleep", durationMs: 1000 },
    }),
  ]));
  assertEquals(cause, "child-wait");
  assertStringIncludes(summary, "follows app.log as it grows and never ends by itself");
});

Deno.test("diagnose() follows make to its child, when it waits for a token of its job server", () => {
  const { cause, pid, chain } = diagnose(facts([
    process(100, { name: "make", command: ["make", "-j2"], wait: { kind: "child" }, fds: MAKE_TOKENS }),
    process(101, { name: "make", command: ["make"], wait: { kind: "read", fd: 3 }, fds: MAKE_TOKENS }),
    process(102, { ppid: 101, command: ["sleep", "900"], wait: { kind: "sleep", durationMs: 900_000 } }),
  ]));
  assertEquals([cause, pid], ["sleep", 102]);
  assertStringIncludes(chain[1]!.waits, "(or for a token of make's job server, to start one more)");
});

Deno.test("diagnose() names the job server, when a program without children waits for a token", () => {
  const { cause, summary } = diagnose(facts([
    process(100, { name: "make", command: ["make", "-j2"], wait: { kind: "child" }, fds: MAKE_TOKENS }),
    process(101, { command: ["lto"], wait: { kind: "read", fd: 3 }, fds: [MAKE_TOKENS[0]!] }),
  ]));
  assertEquals(cause, "pipe-read");
  assertStringIncludes(
    summary,
    "waits for a token of make's job server (--jobserver-auth, the pipe at descriptor 3)",
  );
});

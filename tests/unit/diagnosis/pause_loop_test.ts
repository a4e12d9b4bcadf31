import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, process } from "../../support/facts_builder.ts";

const pause = (durationMs: number) => ({ kind: "sleep", durationMs }) as const;

Deno.test("diagnose() blames the script, when it starts one short sleep after the other", () => {
  const diagnosis = diagnose(facts([
    process(100, { command: ["bash", "ready.sh"], wait: { kind: "child" } }),
    process(140, { command: ["sleep", "0.2"], ageMs: 170, wait: pause(200) }),
  ]));
  assertEquals([diagnosis.cause, diagnosis.confidence, diagnosis.pid], ["sleep", "likely", 100]);
  assertStringIncludes(
    diagnosis.summary,
    "ready.sh (pid 100) pauses for 200 ms at a time (sleep) and has run for 1 min",
  );
});

Deno.test("diagnose() says that a program goes on, when it writes between its pauses", () => {
  const io = { readBytes: 0, writtenBytes: 12 };
  const { summary } = diagnose(facts([process(100, { io, wait: pause(1000) })]));
  assertStringIncludes(summary, "it goes on between the pauses, for it wrote 12 bytes");
});

Deno.test("diagnose() proves no sleep, when the process has run for many times as long", () => {
  const { cause, confidence, summary } = diagnose(facts([process(100, { wait: pause(0.4) })]));
  assertEquals([cause, confidence], ["sleep", "likely"]);
  assertStringIncludes(summary, "pauses for less than a millisecond at a time");
});

Deno.test("diagnose() proves the sleep of a child, when the child's whole life has been that sleep", () => {
  const { confidence, pid } = diagnose(facts([
    process(100, { wait: { kind: "child" } }),
    process(101, { command: ["sleep", "900"], ageMs: 60_000, wait: pause(900_000) }),
  ]));
  assertEquals([confidence, pid], ["proven", 101]);
});

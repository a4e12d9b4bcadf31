import { collectFacts } from "../../../src/hooks/collectors/collect_facts.ts";
import type { CollectOptions } from "../../../src/hooks/collectors/collect_options.ts";
import type { StackSource } from "../../../src/hooks/collectors/stack_source.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";

/** What is collected does not matter here: it is whoever started this program. */
function options(signal: AbortSignal): CollectOptions {
  return {
    runtime: host,
    rootPid: host.parentPid,
    ownsSession: false,
    cookie: "",
    seen: [],
    outputPipes: [],
    sampleTimeMs: 0,
    signal,
  };
}

function sourceWith(takeSnapshot: StackSource["takeSnapshot"]): StackSource {
  return { takeSnapshot, finish: () => Promise.resolve(), stacks: () => new Map(), records: () => [] };
}

Deno.test("collectFacts() says so and keeps the rest, when a source fails", async () => {
  let finished = 0;
  const failing = sourceWith(() => {
    throw new Error("no such thing");
  });
  const other = { ...sourceWith(() => Promise.resolve()), finish: () => Promise.resolve(void finished++) };
  const facts = await collectFacts(options(new AbortController().signal), [failing, other]);
  const failed = facts.collectors.filter(({ status }) => status === "failed");
  assertEquals(failed[0]?.detail, "a collector failed, which is a fault of prekill: no such thing");
  assertEquals([facts.snapshots, finished], [3, 1]);
});

Deno.test("collectFacts() waits until a source has let go of what it holds, when it is aborted", async () => {
  const controller = new AbortController();
  let holds = true;
  const source = sourceWith(async (_targets, signal) => {
    controller.abort();
    // Such as a debugger that has been told to end, and needs some turns of the event loop for it.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    holds = !signal.aborted;
  });
  await collectFacts(options(controller.signal), [source]);
  assertEquals(holds, false);
});

import { addArguments } from "../../../src/hooks/collectors/native/add_arguments.ts";
import type { ThreadStack } from "../../../src/hooks/collectors/native/thread_stack.ts";
import { assertEquals } from "../../support/assert.ts";
import { stack } from "../../support/facts_builder.ts";

const SEEN: ThreadStack = {
  tid: 7,
  language: "native",
  frames: [
    { function: "read", module: "/lib/libc.so.6" },
    { function: "take", file: "a.c", line: 5, arguments: "count=3" },
    { function: "main", file: "a.c", line: 9, arguments: "argc=1" },
    { function: undefined, module: "/lib/libc.so.6" },
  ],
};

Deno.test("addArguments() adds what the debugger saw, when function and line are the same", () => {
  const [merged] = addArguments([stack("read", "take@a.c:5", "main@a.c:9", "__libc_start_main")], SEEN);
  assertEquals(merged?.frames.map((frame) => frame.arguments), [undefined, "count=3", "argc=1", undefined]);
});

Deno.test("addArguments() adds nothing to a call that is another one, or to what it calls", () => {
  const [merged] = addArguments([stack("take@a.c:5", "main@a.c:10")], SEEN);
  assertEquals(merged?.frames.map((frame) => frame.arguments), [undefined, undefined]);
});

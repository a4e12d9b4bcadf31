import { callKey } from "../../../src/hooks/collectors/kernel/call_key.ts";
import type { Wait } from "../../../src/hooks/facts.ts";
import { assertEquals } from "../../support/assert.ts";
import { fdTable, openFile } from "../../support/fake_decode_context.ts";

function keyOf(link: string, wait: Wait): string {
  const line = { kind: "call", number: 0, args: [3n, 0n], stackPointer: 9n } as const;
  return callKey(line, { number: 0, name: "read", text: "", wait }, { fds: fdTable([openFile(3, link)]) });
}

Deno.test("callKey() tells calls apart, when their descriptor leads elsewhere", () => {
  const read: Wait = { kind: "read", fd: 3 };
  assertEquals(keyOf("pipe:[1]", read), keyOf("pipe:[1]", read));
  assertEquals(keyOf("pipe:[1]", read) === keyOf("pipe:[2]", read), false);
});

Deno.test("callKey() takes the wait of a loop for the same, when one of its files has changed", () => {
  const loop: Wait = { kind: "poll", fds: [{ fd: 3, events: ["read"] }], epoll: true };
  assertEquals(keyOf("socket:[1]", loop), keyOf("socket:[2]", loop));
});

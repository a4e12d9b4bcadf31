import { findReplacing } from "../../../src/hooks/collectors/native/find_replacing.ts";
import type { Files } from "../../../src/runtime/port.ts";
import { assertEquals } from "../../support/assert.ts";

/** A line of `/proc/PID/stat` whose name holds what separates its fields. */
function stat(startStack: number): string {
  const fields = Array.from({ length: 49 }, (_, index) => index === 25 ? startStack : 1);
  return `7 (a) b) ${fields.join(" ")}\n`;
}

Deno.test("findReplacing() finds the process that executed another program, when it looked twice", async () => {
  let looks = 0;
  const files = {
    readText: (path: string) => path === "/proc/7/stat" ? stat(++looks) : stat(1),
  } as Partial<Files> as Files;
  assertEquals([...await findReplacing(files, [7, 8], new AbortController().signal)], [7]);
});

import { parseAddr2line } from "../../../src/hooks/collectors/native/parse_addr2line.ts";
import { assertEquals } from "../../support/assert.ts";

/** Recorded with elfutils 0.188. */
const RECORDED = `0x0000555bf8f8d22a
main
/tmp/ns/dead.c:9:2
0x0000555bf8f8d0a0
_start
??:0
0x0000555bf8f8d18e
take inlined at /tmp/ns/dead.c:6:59 in worker
/tmp/ns/dead.c:5:75
worker
/tmp/ns/dead.c:6 (discriminator 2)
0x0000000000000123
??
??:0
`;

Deno.test("parseAddr2line() lists inlined functions before those they were inlined into", () => {
  assertEquals<unknown>([...parseAddr2line(RECORDED)], [
    [0x555bf8f8d22a, [{ function: "main", file: "/tmp/ns/dead.c", line: 9 }]],
    [0x555bf8f8d0a0, [{ function: "_start" }]],
    [0x555bf8f8d18e, [
      { function: "take", file: "/tmp/ns/dead.c", line: 5 },
      { function: "worker", file: "/tmp/ns/dead.c", line: 6 },
    ]],
    [0x123, [{ function: undefined }]],
  ]);
});

import { parseEuStack } from "../../../src/hooks/collectors/native/parse_eu_stack.ts";
import { assertEquals } from "../../support/assert.ts";

/** Of a stripped C program, a C++ program, and what goes wrong: recorded with elfutils 0.188. */
const RECORDED = `PID 11123 - process
TID 11123:
#0  0x00007fc2b5cb412b __GI___lll_lock_wait - /usr/lib/x86_64-linux-gnu/libc.so.6
    [93ac61ec5a8eb1396f9fbd350e3169a558528a40]@0x7fc2b5c2e000+0x8612b
#1  0x000055aa091f422b - /tmp/a dir - old/dead_s
    [0b939e566b7c4d9ad74eaf082ea01ecd055f9ecd]@0x55aa091f3000+0x122a
#2  0x00007fc2b5c55305 __libc_start_main@@GLIBC_2.34 - /usr/lib/x86_64-linux-gnu/libc.so.6
TID 11125:
TID 11126:
#0  0x0000564093881420 poll@plt
#1  0x00005640938814f8 app::Less<3 - 2>::operator-(int) const - /tmp/x_g
    [31b9a30a7d271a1ea3d5cef2aa76e37ed9842d2b]@0x564093880000+0x14f7
#10 0x00007ffd9a1f7b11 __vdso_clock_gettime - [vdso: 11123]
#11 0x00000000deadbeef ??
`;

Deno.test("parseEuStack() reads names, modules and places of each thread", () => {
  const threads = parseEuStack(RECORDED);
  assertEquals(threads.map(({ tid, language }) => [tid, language]), [[11123, "native"], [11126, "native"]]);
  const libc = "/usr/lib/x86_64-linux-gnu/libc.so.6";
  assertEquals(threads[0]!.frames, [
    {
      function: "__GI___lll_lock_wait",
      module: libc,
      moduleBase: 0x7fc2b5c2e000,
      moduleOffset: 0x8612b,
    },
    {
      function: undefined,
      module: "/tmp/a dir - old/dead_s",
      moduleBase: 0x55aa091f3000,
      moduleOffset: 0x122a,
    },
    { function: "__libc_start_main@@GLIBC_2.34", module: libc },
  ]);
});

Deno.test("parseEuStack() takes a dash in a name for the name's, when a module follows", () => {
  const [, thread] = parseEuStack(RECORDED);
  assertEquals(thread!.frames.map((frame) => [frame.function, frame.module]), [
    ["poll@plt", undefined],
    ["app::Less<3 - 2>::operator-(int) const", "/tmp/x_g"],
    ["__vdso_clock_gettime", "[vdso: 11123]"],
    [undefined, undefined],
  ]);
});

Deno.test("parseEuStack() finds nothing in the output of a failure", () => {
  assertEquals(parseEuStack(""), []);
  assertEquals(parseEuStack("PID 7 - process\nTID 7:\nTID 8:\n"), []);
});

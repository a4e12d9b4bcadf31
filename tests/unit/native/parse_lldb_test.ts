import { parseLldb } from "../../../src/hooks/collectors/native/parse_lldb.ts";
import { assertEquals } from "../../support/assert.ts";

/** Recorded with lldb 14, of programs in C, C++ and Rust. */
const RECORDED = `(lldb) process attach --pid 20473
Process 20473 stopped
* thread #1, name = 'dead_g', stop reason = signal SIGSTOP
    frame #0: 0x00007fd5d34c912b libc.so.6\`__GI___lll_lock_wait at futex-internal.h:146:13
(lldb) thread list
Process 20473 stopped
* thread #1: tid = 20473, 0x00007fd5d34c912b libc.so.6\`__GI___lll_lock_wait, name = 'dead_g', stop reason = signal SIGSTOP
  thread #2: tid = 0x4ffb, 0x00007fd5d34c912b libc.so.6\`__GI___lll_lock_wait, name = 'dead_g', stop reason = signal SIGSTOP
(lldb) thread backtrace all --count 64
* thread #1, name = 'dead_g', stop reason = signal SIGSTOP
  * frame #0: 0x00007fd5d34c912b libc.so.6\`__GI___lll_lock_wait at futex-internal.h:146:13
    frame #1: 0x00007fd5d34c9115 libc.so.6\`__GI___lll_lock_wait(futex=0x000055805438c060, private=0) at lowlevellock.c:49:7
    frame #2: 0x000055e5735a322b dead_s\`___lldb_unnamed_symbol18 + 146
    frame #3: 0x00007fd5d346a24a libc.so.6\`__libc_start_call_main(main=(dead_g\`main at dead.c:7:24), argc=1) at libc_start_call_main.h:58:16
    frame #4: 0x00005580543890a1 dead_g\`_start + 33
  thread #2, name = 'mover', stop reason = signal SIGSTOP
    frame #0: 0x000055805438918f dead_g\`worker [inlined] take(m=<unavailable>) at dead.c:5:75
    frame #1: 0x000055803681a345 x_g\`main [inlined] std::function<int ()>::operator(this=0x00007ffe40d4ab30)() const at std_function.h:591:9
    frame #2: 0x000055803681a49f x_g\`std::_Function_handler<int(), main()::<lambda()> >::_M_invoke(__functor=<unavailable>) at std_function.h:290:30
    frame #3: 0x000055b02f00871b r_v0\`<fn() as core::ops::function::FnOnce<()>>::call_once((null)=(r_v0\`r::main at r.rs:4), (null)=<unavailable>) at function.rs:250:5
    frame #4: 0x000055b02f00871c r_v0\`app::run(int)
(lldb) detach
Process 20473 detached
`;

Deno.test("parseLldb() names threads by the list and leaves values of arguments out", () => {
  const threads = parseLldb(RECORDED);
  const shown = threads.map(({ tid, frames }) => [
    tid,
    ...frames.map((frame) => [frame.function, frame.module, frame.file, frame.line]),
  ]);
  assertEquals<unknown>(shown, [
    [
      20473,
      ["__GI___lll_lock_wait", "libc.so.6", "futex-internal.h", 146],
      ["__GI___lll_lock_wait", "libc.so.6", "lowlevellock.c", 49],
      [undefined, "dead_s", undefined, undefined],
      ["__libc_start_call_main", "libc.so.6", "libc_start_call_main.h", 58],
      ["_start", "dead_g", undefined, undefined],
    ],
    [
      0x4ffb,
      ["take", "dead_g", "dead.c", 5],
      ["std::function<int ()>::operator(this=0x00007ffe40d4ab30)() const", "x_g", "std_function.h", 591],
      ["std::_Function_handler<int(), main()::<lambda()> >::_M_invoke", "x_g", "std_function.h", 290],
      ["<fn() as core::ops::function::FnOnce<()>>::call_once", "r_v0", "function.rs", 250],
      ["app::run(int)", "r_v0", undefined, undefined],
    ],
  ]);
});

Deno.test("parseLldb() finds nothing where lldb may not attach", () => {
  assertEquals(parseLldb("error: attach failed: Operation not permitted\n"), []);
});

import { parseGdb } from "../../../src/hooks/collectors/native/parse_gdb.ts";
import { assertEquals } from "../../support/assert.ts";

/** Recorded with gdb 13.1, of programs in C, C++ and Rust. */
const RECORDED = `[New LWP 19491]
[Thread debugging using libthread_db enabled]
Using host libthread_db library "/lib/x86_64-linux-gnu/libthread_db.so.1".
futex_wait (private=..., expected=..., futex_word=...) at ../sysdeps/nptl/futex-internal.h:146

Thread 2 (Thread 0x7f7d543486c0 (LWP 19491) "a (LWP 5) b"):
#0  futex_wait (private=..., expected=..., futex_word=...) at ../sysdeps/nptl/futex-internal.h:146
#1  0x000055816937a18f in take (m=...) at dead.c:5
#2  0x00007fef750d44a3 in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
#3  <signal handler called>
#4  std::_Function_handler<int(), main()::<lambda()> >::_M_invoke(const std::_Any_data &) (__functor=...) at /usr/include/c++/12/bits/std_function.h:290
#5  0x0000561c26eaa345 in std::function<int ()>::operator()() const (this=0x7ffd989d9930) at x.cc:591
#6  core::ops::function::FnOnce::call_once<fn(), (dyn core::ops::function::Fn<(), Output=i32> + Send)> () at function.rs:250
#7  0x00007fef750d44a4 in read () from /lib/libc.so.6

Thread 1 (process 19489):
#0  0x000055c8261f322b in ?? ()
[Inferior 1 (process 19489) detached]
`;

Deno.test("parseGdb() reads functions, source lines and libraries of each thread", () => {
  const threads = parseGdb(RECORDED);
  assertEquals(threads.map(({ tid }) => tid), [19491, 19489]);
  const frame = (name?: string, file?: string, line?: number, module?: string): unknown => (
    { function: name, file, line, module }
  );
  assertEquals<unknown>(threads[0]!.frames, [
    frame("futex_wait", "../sysdeps/nptl/futex-internal.h", 146),
    frame("take", "dead.c", 5),
    frame(undefined, undefined, undefined, "/lib/x86_64-linux-gnu/libstdc++.so.6"),
    { function: "<signal handler called>" },
    frame(
      "std::_Function_handler<int(), main()::<lambda()> >::_M_invoke(const std::_Any_data &)",
      "/usr/include/c++/12/bits/std_function.h",
      290,
    ),
    {
      function: "std::function<int ()>::operator()() const",
      file: "x.cc",
      line: 591,
      module: undefined,
      arguments: "this=0x7ffd989d9930",
    },
    frame(
      "core::ops::function::FnOnce::call_once<fn(), (dyn core::ops::function::Fn<(), Output=i32> + Send)>",
      "function.rs",
      250,
    ),
    frame("read", undefined, undefined, "/lib/libc.so.6"),
  ]);
  assertEquals<unknown>(threads[1]!.frames, [frame()]);
});

Deno.test("parseGdb() finds nothing where gdb may not attach", () => {
  assertEquals(parseGdb("ptrace: Operation not permitted.\n"), []);
});

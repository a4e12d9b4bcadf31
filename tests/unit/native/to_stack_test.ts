import type { RawFrame } from "../../../src/hooks/collectors/native/thread_stack.ts";
import { isCLibrary, type StackLookups, toStack } from "../../../src/hooks/collectors/native/to_stack.ts";
import type { Frame } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";

const NOTHING: StackLookups = { places: new Map(), names: new Map() };

function frames(raw: RawFrame, lookups: Partial<StackLookups> = {}): readonly Frame[] {
  return toStack({ tid: 1, language: "native", frames: [raw] }, { ...NOTHING, ...lookups }).frames;
}

Deno.test("toStack() names code without a symbol by its place in the module", () => {
  assertEquals(frames({ module: "/tmp/app", moduleBase: 0x400000, moduleOffset: 0x122a }), [
    { function: "app+0x122a" },
  ]);
  assertEquals(frames({ module: "/tmp/app" }), [{ function: "app" }]);
  assertEquals(frames({}), [{ function: "??" }]);
});

Deno.test("toStack() leaves out the inside of the C library that has no name, unless that is all", () => {
  const inside = { address: 0x7f10, module: "/lib/libc.so.6", moduleBase: 0x7000, moduleOffset: 0xf10 };
  const own = {
    address: 0x5010,
    module: "/bin/app",
    moduleBase: 0x5000,
    moduleOffset: 0x10,
    function: "main",
  };
  const names = (frames: RawFrame[]): string[] =>
    toStack({ tid: 1, language: "native", frames }, NOTHING).frames.map((frame) => frame.function);
  assertEquals(names([inside, own, inside]), ["main"]);
  assertEquals(names([inside]), ["libc.so.6+0xf10"]);
});

Deno.test("toStack() says the module where there is no source", () => {
  assertEquals(frames({ function: "poll@@GLIBC_2.2.5", module: "/usr/lib/libc.so.6" }), [
    { function: "poll", file: "libc.so.6" },
  ]);
  assertEquals(frames({ function: "main" }), [{ function: "main" }]);
});

Deno.test("toStack() puts inlined functions before the one they are in", () => {
  const places = new Map([["/tmp/app+16", [
    { function: "take", file: "a.c", line: 5 },
    { function: "worker", file: "a.c", line: 6 },
  ]]]);
  const raw = { function: "worker.isra.0", module: "/tmp/app", moduleBase: 4096, moduleOffset: 16 };
  const expected = [{ function: "take", file: "a.c", line: 5 }, { function: "worker", file: "a.c", line: 6 }];
  assertEquals(frames(raw, { places }), expected);
  assertEquals(frames({ ...raw, function: undefined }, { places }), expected);
});

Deno.test("toStack() keeps to perf's name, when the place belongs to another function", () => {
  const places = new Map([["/tmp/app+16", [{ function: "app::work(int)", file: "a.cc", line: 6 }]]]);
  const raw = { module: "/tmp/app", moduleOffset: 16 };
  assertEquals(frames({ ...raw, function: "app::work" }, { places }), [
    { function: "app::work(int)", file: "a.cc", line: 6 },
  ]);
  assertEquals(frames({ ...raw, function: "app::rest" }, { places }), [{
    function: "app::rest",
    file: "app",
  }]);
});

Deno.test("toStack() keeps the inside of the C library out, whichever debug information is installed", () => {
  const module = "/usr/lib/x86_64-linux-gnu/libc.so.6";
  const places = new Map([[`${module}+16`, [
    { function: "futex_wait", file: "futex-internal.h", line: 146 },
    { function: "__lll_lock_wait", file: "lowlevellock.c", line: 49 },
  ]]]);
  const raw = { module, moduleBase: 4096, moduleOffset: 16 };
  const expected = [{ function: "__lll_lock_wait", file: "libc.so.6" }];
  assertEquals(frames({ ...raw, function: "__lll_lock_wait" }, { places }), expected);
  assertEquals(frames(raw, { places }), expected);
});

Deno.test("toStack() writes mangled names readably, where they were looked up", () => {
  const names = new Map([["_ZN3app3runEv", "app::run()"]]);
  assertEquals(frames({ function: "_ZN3app3runEv" }, { names }), [{ function: "app::run()" }]);
  assertEquals(frames({ function: "_ZN3app3runEv" }), [{ function: "_ZN3app3runEv" }]);
});

Deno.test("isCLibrary() knows glibc and musl by their files", () => {
  const libraries = ["/lib/libc.so.6", "libc-2.31.so", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"];
  libraries.push(
    "/lib/ld-musl-x86_64.so.1",
    "libc.musl-x86_64.so.1",
    "libpthread-2.31.so",
    "libpthread.so.0",
  );
  for (const module of libraries) assertEquals(isCLibrary(module), true, module);
  const others = ["/usr/lib/libcurl.so.4", "libcrypto.so.3", "/tmp/libc", "ld", "libcap.so.2", "[vdso: 1]"];
  for (const module of others) assertEquals(isCLibrary(module), false, module);
});

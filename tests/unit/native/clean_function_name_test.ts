import { cleanFunctionName } from "../../../src/hooks/collectors/native/clean_function_name.ts";
import { demangleRustV0 } from "../../../src/hooks/collectors/native/demangle_rust_v0.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("cleanFunctionName() takes off versions, suffixes of copies and Rust's hashes", () => {
  const expected = {
    "main": "main",
    "__pthread_mutex_lock@GLIBC_2.2.5": "__pthread_mutex_lock",
    "__libc_start_main@@GLIBC_2.34": "__libc_start_main",
    "SSL_read@@OPENSSL_3.0.0": "SSL_read",
    "poll@plt": "poll@plt",
    "invoke(Klass*) [clone .constprop.0]": "invoke(Klass*)",
    "parse.part.0.isra.1": "parse",
    "os::PlatformEvent::park(long)": "os::PlatformEvent::park(long)",
    "r::Bank$LT$T$GT$::transfer::h3081d77731d3ca3f": "r::Bank<T>::transfer",
    "_ZN1r13Bank$LT$T$GT$8transfer17h3081d77731d3ca3fE": "r::Bank<T>::transfer",
    "std::rt::lang_start::_$u7b$$u7b$closure$u7d$$u7d$::ha86af84d9cc65291":
      "std::rt::lang_start::{{closure}}",
    "_$LT$alloc..boxed..Box$LT$F$GT$$u20$as$u20$core..ops..FnOnce$GT$::call_once::h0123456789abcdef":
      "<alloc::boxed::Box<F> as core::ops::FnOnce>::call_once",
    "_ZN3app3runEv": "_ZN3app3runEv",
    "_RNvCs6GmmlP4bgsG_1r4main": "r::main",
    "_Rubbish": "_Rubbish",
  };
  for (const [symbol, name] of Object.entries(expected)) assertEquals(cleanFunctionName(symbol), name);
});

Deno.test("demangleRustV0() writes paths, types, closures, constants and back references", () => {
  const expected = {
    _RNvMCs6GmmlP4bgsG_1rINtB2_4BankmE8transferB2_: "<r::Bank<u32>>::transfer",
    _RNCNvCs6GmmlP4bgsG_1r4main0B3_: "r::main::{closure#0}",
    _RNvYFEuINtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_onceCs6GmmlP4bgsG_1r:
      "<fn() as core::ops::function::FnOnce<()>>::call_once",
    _RINvNtNtCsjrHSEGnQ3l9_3std3sys9backtrace28___rust_begin_short_backtraceFEuuECs6GmmlP4bgsG_1r:
      "std::sys::backtrace::__rust_begin_short_backtrace::<fn(), ()>",
    _RNvMs5_NtNtNtCsjrHSEGnQ3l9_3std4sync6poison5mutexINtB5_5MutexmE4lockCs6GmmlP4bgsG_1r:
      "<std::sync::poison::mutex::Mutex<u32>>::lock",
    _RNSNvYNCNvCs1_1r4main0INtNtCs2_4core3ops6FnOnceuE9call_once6vtableB7_:
      "<r::main::{closure#0} as core::ops::FnOnce<()>>::call_once::{shim:vtable#0}",
    _RINvCs1_1r1fKj4_Kanf_Kb1_Kc61_RShQhE: "r::f::<4, -15, true, 'a', &[u8], &mut u8>",
    _RINvCs1_1r1gDNtB2_2TrEL_TmEAhj3_E: "r::g::<dyn r::Tr, (u32,), [u8; 3]>",
    _RINvCs1_1r1hFUKChEPhE: 'r::h::<unsafe extern "C" fn(u8) -> *const u8>',
    _RINvCs1_1r1kL_mE: "r::k::<u32>",
  };
  for (const [symbol, name] of Object.entries(expected)) assertEquals(demangleRustV0(symbol), name, symbol);
});

Deno.test("demangleRustV0() gives up on what is no Rust symbol, however it is made", () => {
  for (const symbol of ["main", "_R", "_RNv", "_RNvC1r99main", "_RB_", "_RNvB2_1a", "_RINvC1r1fKp"]) {
    assertEquals(demangleRustV0(symbol), undefined, symbol);
  }
  assertEquals(demangleRustV0(`_R${"Nv".repeat(10_000)}C1r`), undefined);
  // Each type is a pair of the one before it, so that the last one would fill the memory.
  const base62 = (value: number): string => value === 0 ? "_" : `${(value - 1).toString(36)}_`;
  let symbol = "INvC1f1g";
  let previous = symbol.length;
  symbol += "m";
  for (let depth = 0; depth < 25; depth++) {
    const position = symbol.length;
    symbol += `TB${base62(previous)}B${base62(previous)}E`;
    previous = position;
  }
  assertEquals(demangleRustV0(`_R${symbol}E`), undefined);
  assertEquals(demangleRustV0("_RINvC1f1gmTB7_B7_EE"), "f::g::<u32, (u32, u32)>");
});

import type { Stack } from "../../../src/sample_document.ts";
import { mergeLanguages } from "../../../src/hooks/sample/merge_languages.ts";
import { assertEquals } from "../../support/assert.ts";
import { stack } from "../../support/facts_builder.ts";

function names(stacks: readonly Stack[]): string[][] {
  return mergeLanguages(stacks).flatMap((merged) =>
    merged.stacks.map((one) => one.frames.map((frame) => frame.function))
  );
}

function of(language: string, ...frames: string[]): Stack {
  return { ...stack(...frames), language };
}

const START = ["PyEval_EvalCode", "run_mod", "pymain_run_python", "Py_BytesMain", "main"];
const RUN = "_PyEval_EvalFrameDefault";

Deno.test("mergeLanguages() puts Python frames in the place of the interpreter's, when each has its own", () => {
  const native = stack("recv", "sock_recv", RUN, "_PyFunction_Vectorcall", "list_sort", RUN, ...START);
  assertEquals(names([of("python", "key", "<module>"), native]), [
    ["recv", "sock_recv", "key", "list_sort", "<module>"],
  ]);
});

Deno.test("mergeLanguages() knows the two ends only, when one run of the interpreter holds several calls", () => {
  const native = stack(
    "write",
    "_io_FileIO_write",
    "PyObject_VectorcallMethod",
    RUN,
    ...START.slice(0, 4),
    "serve@app.c:3",
  );
  assertEquals(names([of("python", "save", "run", "<module>"), native]), [
    ["write", "_io_FileIO_write", "save", "run", "<module>", "serve"],
  ]);
});

Deno.test("mergeLanguages() keeps the named leaves, when the interpreter has no symbols", () => {
  const native = stack("read", "python3.11+0x12ab", "python3.11+0x99", "main@app.c:1");
  assertEquals(names([of("python", "load"), native]), [["read", "load"]]);
});

Deno.test("mergeLanguages() adds what the innermost Java frame is in, and nothing below compiled code", () => {
  const native = stack("pthread_cond_wait", "Unsafe_Park", "0x7f00aa", "JavaCalls::call_helper");
  assertEquals(names([of("java", "Unsafe.park", "Main.main"), native]), [
    ["pthread_cond_wait", "Unsafe_Park", "Unsafe.park", "Main.main"],
  ]);
});

Deno.test("mergeLanguages() shows JavaScript alone, whatever runs it", () => {
  assertEquals(names([of("javascript", "main"), stack("epoll_wait", "uv_run")]), [["main"]]);
});

Deno.test("mergeLanguages() shows the language alone, when its looks differ and cannot be paired", () => {
  const looks = [of("python", "a", "main"), of("python", "b", "main"), stack("x", RUN), stack("y", RUN)];
  assertEquals(names(looks), [["a", "main"], ["b", "main"]]);
});

Deno.test("mergeLanguages() shows native stacks as they are, when no language was read", () => {
  assertEquals(names([stack("read", "main")]), [["read", "main"]]);
  assertEquals(mergeLanguages([]), []);
});

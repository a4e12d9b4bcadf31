import { parseDebugOffsets } from "../../../src/hooks/collectors/python/parse_debug_offsets.ts";
import { readSuspendedFrame } from "../../../src/hooks/collectors/python/read_suspended_frame.ts";
import { taskLayout } from "../../../src/hooks/collectors/python/task_layout.ts";
import { assertEquals } from "../../support/assert.ts";
import { fakeDebugOffsets, OFFSETS_3_14 } from "../../support/fake_debug_offsets.ts";
import { fakePython } from "../../support/fake_python.ts";

const COROUTINE = 0x100000;
const FRAME = COROUTINE + 72;
const VALUES = FRAME + 80;
const AWAITED = 0x7f0000000010;

/** A coroutine of 3.14 with two values, the upper of which it awaits. */
function fakeCoroutine(state: number) {
  const { image, memory, addCode } = fakePython(
    parseDebugOffsets(new DataView(fakeDebugOffsets(0x030e0af0, OFFSETS_3_14).buffer), 14)!,
  );
  const code = addCode("main", 10);
  memory.map(COROUTINE, 512);
  memory.write(COROUTINE + 67, [state & 0xff]);
  memory.writeWord(FRAME, code + 1);
  memory.writeWord(FRAME + 56, code + 208 + 6);
  memory.writeWord(FRAME + 64, VALUES + 16);
  memory.writeWord(VALUES + 8, AWAITED + 1);
  const read = () => readSuspendedFrame(image, taskLayout("3.14.10")!.coroutine, COROUTINE);
  return {
    memory,
    read,
    raw: { address: FRAME, code, back: 0, offset: 6, isShim: false, isGenerator: true },
  };
}

Deno.test("readSuspendedFrame() finds what a coroutine of 3.14 awaits on top of its values, behind a mark", () => {
  const { read, raw } = fakeCoroutine(-1);
  assertEquals<unknown>(read(), { state: "suspended", raw, awaited: AWAITED });
});

Deno.test("readSuspendedFrame() tells those that have not started, run, yield or have ended from those that await", () => {
  for (const [state, name] of [[-3, "created"], [0, "running"], [-2, "suspended"]] as const) {
    const { read, raw } = fakeCoroutine(state);
    assertEquals<unknown>(read(), { state: name, raw });
  }
  assertEquals(fakeCoroutine(1).read(), "done");
  assertEquals(fakeCoroutine(4).read(), "done");
});

Deno.test("readSuspendedFrame() takes a coroutine whose top of values is not among them for torn", () => {
  const { memory, read } = fakeCoroutine(-1);
  for (const top of [0, VALUES, VALUES - 8, VALUES + 2 ** 20]) {
    memory.writeWord(FRAME + 64, top);
    assertEquals(read(), undefined);
  }
});

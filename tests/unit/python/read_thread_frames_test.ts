import { createFrameNamer } from "../../../src/hooks/collectors/python/name_frame.ts";
import { parseDebugOffsets } from "../../../src/hooks/collectors/python/parse_debug_offsets.ts";
import { PYTHON_TABLES } from "../../../src/hooks/collectors/python/python_tables.ts";
import {
  readThreadFrames,
  type ThreadFrames,
} from "../../../src/hooks/collectors/python/read_thread_frames.ts";
import { assertEquals } from "../../support/assert.ts";
import {
  fakeDebugOffsets,
  OFFSETS_3_14,
  OFFSETS_3_14_FREE_THREADED,
} from "../../support/fake_debug_offsets.ts";
import { fakePython, type FakePythonImage } from "../../support/fake_python.ts";

const GENERATOR = 1;
const INTERPRETER = 3;
const C_STACK = 4;

const fake314 = (): FakePythonImage =>
  fakePython(parseDebugOffsets(new DataView(fakeDebugOffsets(0x030e00f0, OFFSETS_3_14).buffer), 14)!);
const fake314t = (): FakePythonImage => {
  const table = fakeDebugOffsets(0x030e04f0, OFFSETS_3_14_FREE_THREADED, true);
  return fakePython(parseDebugOffsets(new DataView(table.buffer), 14)!);
};
const fake39 = (): FakePythonImage => fakePython(PYTHON_TABLES["3.9"]!);

function read(
  { image, thread }: FakePythonImage,
  isOver = () => false,
): Omit<ThreadFrames, "raw"> | undefined {
  const found = readThreadFrames(image, thread, { name: createFrameNamer(image), isOver });
  if (found === undefined) return undefined;
  const { raw, ...rest } = found;
  assertEquals(raw.length, rest.frames.length);
  return rest;
}

const names = (found: Pick<ThreadFrames, "frames"> | undefined) =>
  found?.frames.map((frame) => frame.function);

Deno.test("readThreadFrames() reads marked pointers of 3.14 and leaves the interpreter's own frames out", () => {
  const python = fake314();
  const shim = python.addFrame(0x700000, 0, C_STACK);
  const main = python.addFrame(python.addCode("main", 10), shim);
  const resumed = python.addFrame(python.addCode("rows", 20), main, GENERATOR);
  const inner = python.addFrame(0x700000, resumed, INTERPRETER);
  python.setTop(python.addFrame(python.addCode("Row.read", 30), inner));
  assertEquals<unknown>(read(python), {
    frames: [
      { function: "Row.read", file: "app.py", line: 30 },
      { function: "rows", file: "app.py", line: 20 },
      { function: "main", file: "app.py", line: 10 },
    ],
    isWhole: true,
    isDeep: false,
  });
});

Deno.test("readThreadFrames() finds the instruction in a thread's own copy of a function", () => {
  const python = fake314t();
  const { memory, image } = python;
  const code = python.addCode("main", 10);
  const copies = python.addText("ascii", []);
  const copy = python.addText("ascii", []);
  const frame = python.addFrame(code, 0);
  memory.writeWord(code + 224, copies);
  memory.writeWord(copies + 8 + 2 * 8, copy);
  memory.writeInt32(frame + 72, 2);
  memory.writeWord(frame + 56, copy + 6);
  python.setTop(frame);
  const found = readThreadFrames(image, python.thread, {
    name: createFrameNamer(image),
    isOver: () => false,
  });
  assertEquals(found?.raw[0]?.offset, 6);
  assertEquals(names(found), ["main"]);
  // Numbers that no thread has.
  memory.writeInt32(frame + 72, -5);
  assertEquals(read(python), undefined);
});

Deno.test("readThreadFrames() leaves out a frame that has not started, and one that runs no code object", () => {
  const python = fake314();
  const main = python.addFrame(python.addCode("main", 10), 0);
  const other = python.addCode("trampoline", 1);
  python.memory.writeWord(other + 8, 0x123450);
  const young = python.addCode("young", 40);
  python.memory.writeInt32(young + python.image.python.layout.code.instructions! - 16, 5);
  python.setTop(python.addFrame(young, python.addFrame(other, main)));
  assertEquals(names(read(python)), ["main"]);
});

Deno.test("readThreadFrames() finds no frames in a thread that runs no Python code", () => {
  assertEquals<unknown>(read(fake314()), { frames: [], isWhole: true, isDeep: false });
});

Deno.test("readThreadFrames() gives up on a circle, a cut chain, foreign memory and freed frames", () => {
  const circle = fake314();
  const first = circle.addFrame(circle.addCode("first", 1), 0);
  const second = circle.addFrame(circle.addCode("second", 2), first);
  circle.memory.writeWord(first + 8, second);
  circle.setTop(second);

  const cut = fake314();
  cut.setTop(cut.addFrame(cut.addCode("rows", 1), 0, GENERATOR));

  const foreign = fake314();
  foreign.setTop(foreign.addFrame(foreign.addCode("main", 1), 0x123456789ab0));

  const freed = fake39();
  const caller = freed.addFrame(freed.addCode("main", 1), 0);
  freed.memory.write(caller + 116, [0]);
  freed.setTop(freed.addFrame(freed.addCode("leaf", 2), caller));

  const finished = fake39();
  const done = finished.addFrame(finished.addCode("rows", 1), 0);
  finished.memory.write(done + 116, [0]);
  finished.setTop(done);

  const untyped = fake39();
  const odd = untyped.addFrame(untyped.addCode("main", 1), 0);
  untyped.memory.writeWord(odd + 8, 0x123450);
  untyped.setTop(odd);

  for (const python of [circle, cut, foreign, freed, finished, untyped]) {
    assertEquals(read(python), undefined);
  }
});

Deno.test("readThreadFrames() looks again until two looks agree", () => {
  const python = fake314();
  const main = python.addFrame(python.addCode("main", 10), 0);
  const code = python.addCode("leaf", 20);
  const leaves = [python.addFrame(code, main), python.addFrame(code, main), python.addFrame(code, main)];
  python.setTop(leaves[0]!);
  const topAddress = python.thread + 72;
  let looks = 0;
  python.memory.onRead = (address) => {
    if (address === topAddress) python.setTop(leaves[Math.min(looks++, 2)]!);
  };
  assertEquals(names(read(python)), ["leaf", "main"]);
  assertEquals(looks, 4);
});

Deno.test("readThreadFrames() keeps of a thread that never stands still only what is certain", () => {
  const python = fake314();
  const main = python.addFrame(python.addCode("main", 10), 0);
  const code = python.addCode("leaf", 20);
  const leaves = [python.addFrame(code, main), python.addFrame(code, main)];
  let looks = 0;
  python.memory.onRead = (address) => {
    if (address === python.thread + 72) python.setTop(leaves[looks++ % 2]!);
  };
  const found = read(python);
  assertEquals([names(found), found?.isWhole], [["main"], false]);
});

Deno.test("readThreadFrames() keeps the 2000 innermost frames of a deep recursion", () => {
  const python = fake314();
  const code = python.addCode("down", 10);
  let frame = python.addFrame(python.addCode("main", 1), 0);
  for (let depth = 0; depth < 2000; depth++) frame = python.addFrame(code, frame);
  python.setTop(frame);
  const found = read(python);
  assertEquals([found?.frames.length, found?.frames.at(-1)?.function, found?.isWhole, found?.isDeep], [
    2000,
    "down",
    true,
    true,
  ]);
});

Deno.test("readThreadFrames() makes one attempt when time is up", () => {
  const python = fake314();
  python.setTop(python.addFrame(python.addCode("rows", 1), 0, GENERATOR));
  let looks = 0;
  python.memory.onRead = (address) => {
    if (address === python.thread + 72) looks++;
  };
  assertEquals(read(python, () => true), undefined);
  assertEquals(looks, 1);
});

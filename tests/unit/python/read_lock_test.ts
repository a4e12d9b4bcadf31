import { contextManagers } from "../../../src/hooks/collectors/python/context_managers.ts";
import { parseDebugOffsets } from "../../../src/hooks/collectors/python/parse_debug_offsets.ts";
import type { PythonImage } from "../../../src/hooks/collectors/python/python_image.ts";
import {
  createPythonObjects,
  type PythonObjects,
} from "../../../src/hooks/collectors/python/python_objects.ts";
import { readLock } from "../../../src/hooks/collectors/python/read_lock.ts";
import { assertEquals } from "../../support/assert.ts";
import { fakeDebugOffsets, OFFSETS_3_14 } from "../../support/fake_debug_offsets.ts";
import { fakePython } from "../../support/fake_python.ts";

const META = 0x100000;
const IS_TYPE = 2 ** 31;
const IS_TEXT = 2 ** 28;

/** A CPython 3.14 with types and objects made up in memory. */
function fakeObjects() {
  const layout = parseDebugOffsets(new DataView(fakeDebugOffsets(0x030e00f0, OFFSETS_3_14).buffer), 14)!;
  const { image, memory, addText } = fakePython(layout);
  let next = META;
  const allocate = (byteLength: number): number => {
    const address = next;
    memory.map(address, byteLength);
    next += 0x1000;
    return address;
  };
  const meta = allocate(512);
  memory.writeWord(meta + 168, IS_TYPE);
  const addType = (name: string, { flags = 0, basicBytes = 0 } = {}): number => {
    const type = allocate(512);
    const text = allocate(64);
    memory.write(text, new TextEncoder().encode(name));
    memory.writeWord(type + 8, meta);
    memory.writeWord(type + 24, text);
    memory.writeWord(type + 32, basicBytes);
    memory.writeWord(type + 168, flags);
    return type;
  };
  const addObject = (type: number): number => {
    const object = allocate(64);
    memory.writeWord(object + 8, type);
    return object;
  };
  const addName = (name: string, type: number): number => {
    const text = addText("ascii", [...name].map((letter) => letter.charCodeAt(0)));
    memory.writeWord(text + 8, type);
    return text;
  };
  const python: PythonImage = { ...image, python: { ...image.python, version: "3.14.0" } };
  const objects: PythonObjects = createPythonObjects(python)!;
  return { image: python, objects, memory, addType, addObject, addName };
}

Deno.test("readLock() reads the one-byte locks of 3.14, whose waits the kernel's words do not tell apart", () => {
  const { image, objects, memory, addType, addObject } = fakeObjects();
  const lock = addObject(addType("_thread.lock", { basicBytes: 24 }));
  const id = `0x${lock.toString(16)}`;
  const read = () => readLock(image, objects, lock);
  const common = {
    id,
    address: lock,
    type: "threading.Lock",
    ownerId: undefined,
    futex: undefined,
    parked: lock + 16,
  };
  assertEquals<unknown>(read(), { ...common, isLocked: false });
  memory.write(lock + 16, [3]);
  assertEquals<unknown>(read(), { ...common, isLocked: true });
  memory.write(lock + 16, [2]);
  assertEquals(read()?.isLocked, false);
});

Deno.test("readLock() tells who has a reentrant lock of 3.14", () => {
  const { image, objects, memory, addType, addObject } = fakeObjects();
  const lock = addObject(addType("_thread.RLock", { basicBytes: 40 }));
  memory.writeWord(lock + 24, 0x7f0000001000);
  assertEquals(readLock(image, objects, lock)?.ownerId, undefined);
  memory.write(lock + 16, [1]);
  assertEquals(readLock(image, objects, lock)?.ownerId, 0x7f0000001000);
});

Deno.test("readLock() tells older locks from those of one byte by their size, as patch releases of 3.13 differ", () => {
  const { image, objects, memory, addType, addObject } = fakeObjects();
  const lock = addObject(addType("_thread.lock", { basicBytes: 40 }));
  const reentrant = addObject(addType("_thread.RLock", { basicBytes: 48 }));
  for (const object of [lock, reentrant]) memory.writeWord(object + 16, 0x7f0000002001);
  const read = () => [lock, reentrant].map((object) => readLock(image, objects, object)?.isLocked);
  assertEquals(read(), [false, false]);
  memory.write(lock + 32, [1]);
  memory.writeWord(reentrant + 32, 2);
  assertEquals(read(), [true, true]);
  assertEquals(readLock(image, objects, lock)?.futex, 0x7f0000002001);
});

Deno.test("readLock() refuses objects of other types, and what is no object", () => {
  const { image, objects, addType, addObject } = fakeObjects();
  assertEquals(readLock(image, objects, addObject(addType("list"))), undefined);
  assertEquals(readLock(image, objects, addObject(0x123450)), undefined);
  assertEquals(readLock(image, objects, 3), undefined);
});

Deno.test("contextManagers() finds the object beside the unbound __exit__ of 3.14", () => {
  const { image, objects, memory, addType, addObject, addName } = fakeObjects();
  const textType = addType("str", { flags: IS_TEXT });
  const lock = addObject(addType("_thread.lock"));
  const descriptorType = addType("method_descriptor");
  const exit = addObject(descriptorType);
  memory.writeWord(exit + 24, addName("__exit__", textType));
  const enter = addObject(descriptorType);
  memory.writeWord(enter + 24, addName("__enter__", textType));
  assertEquals(contextManagers(image, objects, [lock, exit, lock, enter, lock]), [lock]);
  assertEquals(contextManagers(image, objects, [lock, enter, exit]), []);
});

Deno.test("contextManagers() finds the object of `async with`, which is none of `with`", () => {
  const { image, objects, memory, addType, addObject, addName } = fakeObjects();
  const lock = addObject(addType("Lock"));
  const exit = addObject(addType("method_descriptor"));
  memory.writeWord(exit + 24, addName("__aexit__", addType("str", { flags: IS_TEXT })));
  assertEquals(contextManagers(image, objects, [exit, lock], "__aexit__"), [lock]);
  assertEquals(contextManagers(image, objects, [exit, lock]), []);
});

Deno.test("createPythonObjects() reads tuples of 3.14, which remember their hash before their elements", () => {
  const { objects, memory, addType, addObject } = fakeObjects();
  const tuple = addObject(addType("tuple", { flags: 2 ** 26 }));
  for (const [index, word] of [2, 987_654, 0x100010, 0x100020].entries()) {
    memory.writeWord(tuple + 16 + index * 8, word);
  }
  assertEquals(objects.items(tuple), [0x100010, 0x100020]);
});

import { parseVirtualThreads } from "../../../src/hooks/collectors/java/parse_virtual_threads.ts";
import { assertEquals } from "../../support/assert.ts";

const RUN = "java.base/java.lang.VirtualThread.run(VirtualThread.java:309)";
const PARK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:582)";

function fileOf(...threads: readonly unknown[]): string {
  return JSON.stringify({
    threadDump: { processId: "1", threadContainers: [{ container: "<root>", threads }] },
  });
}

Deno.test("parseVirtualThreads() reads place and wait, and leaves threads of the kernel out", () => {
  const tasks = parseVirtualThreads(fileOf(
    { tid: "1", name: "main", state: "RUNNABLE", stack: ["Main.main(Main.java:3)"] },
    {
      tid: "22",
      virtual: true,
      name: "left",
      state: "WAITING",
      parkBlocker: { object: "java.util.concurrent.locks.ReentrantLock$NonfairSync@4fc49d48" },
      stack: [
        PARK,
        "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)",
        "java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:323)",
        "app//shop.Cart.add(Cart.java:7)",
        "shop.Cart$$Lambda/0x00007f0000001000.run(Unknown Source)",
        RUN,
      ],
    },
  ));
  assertEquals(tasks, [{
    kind: "virtual-thread",
    language: "java",
    id: "22",
    name: "left",
    state: "WAITING",
    count: 1,
    frames: [
      {
        function: "java.util.concurrent.locks.ReentrantLock.lock",
        file: "java.base/ReentrantLock.java",
        line: 323,
      },
      { function: "shop.Cart.add", file: "Cart.java", line: 7 },
      { function: "shop.Cart$$Lambda.run", file: undefined, line: undefined },
    ],
    waitsFor: "a java.util.concurrent.locks.ReentrantLock",
  }]);
});

Deno.test("parseVirtualThreads() makes one of those in the same place, but not of those in a chain of waits", () => {
  const sleep = "java.base/java.lang.Thread.sleep(Thread.java:540)";
  const sleeper = { virtual: true, name: "", state: "TIMED_WAITING", stack: [PARK, sleep, RUN] };
  const blocked = {
    virtual: true,
    name: "",
    state: "BLOCKED",
    blockedOn: "java.lang.Object@1",
    stack: ["Main.run(Main.java:9)", RUN],
  };
  const tasks = parseVirtualThreads(fileOf(
    { ...sleeper, tid: "5" },
    { ...sleeper, tid: "6" },
    { ...sleeper, tid: "7", monitorsOwned: [{ depth: 1, locks: ["java.lang.Object@1"] }] },
    { ...blocked, tid: "8" },
  ));
  assertEquals(
    tasks?.map(({ id, count, waitsFor, onIds }) => [id, count, waitsFor, onIds]),
    [
      ["5", 2, "the end of its sleep", undefined],
      ["7", 1, "the end of its sleep", undefined],
      ["8", 1, "a java.lang.Object", ["7"]],
    ],
  );
});

Deno.test("parseVirtualThreads() knows them by what started them, since Java 21 does not mark them", () => {
  const tasks = parseVirtualThreads(fileOf(
    { tid: "3", name: "", stack: [PARK, "Main.run(Main.java:9)", RUN] },
    { tid: "4", name: "pool", stack: ["Main.run(Main.java:9)"] },
  ));
  assertEquals(tasks?.map(({ id, name, state }) => [id, name, state]), [["3", "unnamed", "suspended"]]);
});

Deno.test("parseVirtualThreads() does not mind nonsense", () => {
  for (const text of ["", "{", "[]", "null", '{"threadDump":{}}']) {
    assertEquals(parseVirtualThreads(text), undefined);
  }
  const odd = [null, 3, { virtual: true }, {
    virtual: true,
    stack: [1, null, "x", "(", "a(b"],
    monitorsOwned: 3,
  }];
  assertEquals(parseVirtualThreads(fileOf(...odd))?.map(({ frames }) => frames), [[]]);
});

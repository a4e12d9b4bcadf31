import { parseThreadDump } from "../../../src/hooks/collectors/java/parse_thread_dump.ts";
import { plainName } from "../../../src/hooks/collectors/java/plain_name.ts";
import { assertEquals } from "../../support/assert.ts";

const JAVA_8 = `2015-03-01 10:00:00
Full thread dump OpenJDK 64-Bit Server VM (25.412-b08 mixed mode):

"left" #9 prio=5 os_prio=0 tid=0x00007f8a3010d000 nid=0x1a2b waiting for monitor entry [0x00007f8a14ffe000]
   java.lang.Thread.State: BLOCKED (on object monitor)
\tat Bank.pay(Bank.java:12)
\t- waiting to lock <0x00000000d5f0a0b8> (a java.lang.Object)
\t- locked <0x00000000d5f0a0c8> (a java.lang.Object)
\tat Bank$$Lambda$1/1234567.run(Unknown Source)
\tat java.lang.Thread.run(Thread.java:750)

   Locked ownable synchronizers:
\t- <0x00000000d5f0b000> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)
\t- None

"VM Thread" os_prio=0 tid=0x00007f8a30080000 nid=0x1a2c runnable 

JNI global references: 5


Found one Java-level deadlock:
=============================
"right":
  waiting for ownable synchronizer 0x00000000d5f0b000, (a java.util.concurrent.locks.ReentrantLock$NonfairSync),
  which is held by "left"
"left":
  waiting to lock monitor 0x00007f8a0c003828 (object 0x00000000d5f0a0b8, a java.lang.Object),
  which is held by "right"

Java stack information for the threads listed above:
===================================================
"left":
\tat Bank.pay(Bank.java:12)
\t- waiting to lock <0x00000000d5f0a0b8> (a java.lang.Object)

Found 1 deadlock.
`;

Deno.test("parseThreadDump() reads threads, frames and locks, as Java 8 prints them", () => {
  const dump = parseThreadDump(JAVA_8);
  assertEquals(dump?.version, "OpenJDK 8u412");
  assertEquals(dump?.threads, [{
    name: "left",
    nid: 0x1a2b,
    state: "BLOCKED (on object monitor)",
    frames: [{
      function: "Bank.pay",
      file: "Bank.java",
      line: 12,
      isNative: false,
      locks: [
        { action: "enter", id: "0xd5f0a0b8", type: "java.lang.Object" },
        { action: "locked", id: "0xd5f0a0c8", type: "java.lang.Object" },
      ],
    }, {
      function: "Bank$$Lambda$1.run",
      file: undefined,
      line: undefined,
      isNative: false,
      locks: [],
    }, {
      function: "java.lang.Thread.run",
      file: "Thread.java",
      line: 750,
      isNative: false,
      locks: [],
    }],
    synchronizers: [{ id: "0xd5f0b000", type: "java.util.concurrent.locks.ReentrantLock$NonfairSync" }],
  }, { name: "VM Thread", nid: 0x1a2c, frames: [], synchronizers: [] }]);
});

Deno.test("parseThreadDump() reads who holds what, from both forms of a deadlock", () => {
  assertEquals(parseThreadDump(JAVA_8)?.ownerships, [
    {
      id: "0xd5f0b000",
      type: "java.util.concurrent.locks.ReentrantLock$NonfairSync",
      holder: "left",
    },
    { id: "0xd5f0a0b8", type: "java.lang.Object", holder: "right" },
  ]);
});

for (
  const [what, header, expected] of [
    ["of Java 17", `"a b" #1 prio=5 os_prio=0 cpu=4.05ms elapsed=1.7s tid=0x7f nid=0x1e96 runnable  [0x7f]`, [
      "a b",
      0x1e96,
    ]],
    [
      "of Java 25",
      `"main" #3 [131] prio=5 os_prio=0 cpu=4ms elapsed=2s tid=0x7f nid=131 in Object.wait()  [0x7f]`,
      [
        "main",
        131,
      ],
    ],
    ["with quotes in the name", `"say "hi" #2 prio=" #7 daemon prio=5 os_prio=0 tid=0x7f nid=0x10 runnable`, [
      `say "hi" #2 prio=`,
      16,
    ]],
    [
      "of a thread without Java",
      `"GC Thread#0" os_prio=0 cpu=0.05ms elapsed=2.27s tid=0x7f nid=13126 runnable  `,
      [
        "GC Thread#0",
        13126,
      ],
    ],
    ["without a number", `"left":`, undefined],
  ] as const
) {
  Deno.test(`parseThreadDump() reads the line ${what}`, () => {
    const thread = parseThreadDump(`${header}\n`)?.threads[0];
    assertEquals(thread && [thread.name, thread.nid], expected && [...expected]);
  });
}

Deno.test("parseThreadDump() takes the last dump, and none from nonsense", () => {
  assertEquals(parseThreadDump(JAVA_8.replaceAll("left", "old") + JAVA_8)?.threads[0]?.name, "left");
  assertEquals(parseThreadDump(""), undefined);
  assertEquals(parseThreadDump('\u0000"x" nid=\n\tat \n'.repeat(1000)), undefined);
});

Deno.test("parseThreadDump() keeps modules apart from files, and knows native methods", () => {
  const text = `"t" #1 tid=0x7f nid=1 runnable
   java.lang.Thread.State: RUNNABLE
\tat java.lang.Object.wait(java.base@17.0.15/Native Method)
\tat java.lang.Thread.join(java.base@17.0.15/Thread.java:1313)
\tat Main.run(Main.java)
`;
  assertEquals(
    parseThreadDump(text)?.threads[0]?.frames.map(({ file, line, isNative }) => [file, line, isNative]),
    [[undefined, undefined, true], ["java.base/Thread.java", 1313, false], ["Main.java", undefined, false]],
  );
});

Deno.test("plainName() leaves out what differs from run to run", () => {
  for (const name of ["A$$Lambda$2/0x00007f6df5001800.run", "A$$Lambda/0x0000000047040c00.run"]) {
    assertEquals(plainName(name).replace("$2", ""), "A$$Lambda.run");
  }
  assertEquals(plainName("A$$Lambda$1/1234567.run"), "A$$Lambda$1.run");
  assertEquals(plainName("com.shop.Cart.add"), "com.shop.Cart.add");
});

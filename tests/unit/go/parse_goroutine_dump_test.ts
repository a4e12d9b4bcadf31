import { parseGoroutineDump } from "../../../src/hooks/collectors/go/parse_goroutine_dump.ts";
import { assertEquals } from "../../support/assert.ts";

/** As Go 1.19 prints it for SIGQUIT, after a line of the program. */
const DUMP_1_19 = `loaded 3 orders
SIGQUIT: quit
PC=0x402eec m=0 sigcode=0

goroutine 0 [idle]:
runtime.futex()
	/usr/lib/go-1.19/src/runtime/sys_linux_amd64.s:559 +0x21 fp=0x7ffc55985510 sp=0x7ffc55985508 pc=0x465181

goroutine 1 [semacquire, 3 minutes]:
runtime.gopark(0x1000046e4fe?, 0x7fae4aa65638?, 0x0?, 0x60?, 0x7fae4ace55b8?)
	/usr/lib/go-1.19/src/runtime/proc.go:363 +0xd6 fp=0xc000048e40 sp=0xc000048e20 pc=0x437b56
sync.(*WaitGroup).Wait(0x5f5e100?)
	/usr/lib/go-1.19/src/sync/waitgroup.go:139 +0x52 fp=0xc000048f00 sp=0xc000048ed8 pc=0x46f4d2
main.main()
	/srv/my shop/main.go:44 +0x22f fp=0xc000048f80 sp=0xc000048f00 pc=0x4c9d8f
runtime.main()
	/usr/lib/go-1.19/src/runtime/proc.go:250 +0x212 fp=0xc000048fe0 sp=0xc000048f80 pc=0x437792

goroutine 2 [force gc (idle)]:
runtime.gopark(0x0?, 0x0?, 0x0?, 0x0?, 0x0?)
	/usr/lib/go-1.19/src/runtime/proc.go:363 +0xd6 fp=0xc00003afb0 sp=0xc00003af90 pc=0x437b56
created by runtime.init.6
	/usr/lib/go-1.19/src/runtime/proc.go:290 +0x25

goroutine 19 [chan receive, locked to thread]:
main.(*box).take(...)
	/srv/my shop/main.go:15
main.worker(0x0?, {0xc00001, 0x2})
	/srv/my shop/main.go:19 +0x67 fp=0xc0000367c0 sp=0xc000036778 pc=0x4c97c7
created by main.main
	/srv/my shop/main.go:28 +0x98

rax    0x0
rip    0x402eec
`;

/** As later versions print what they add, and a program without symbols of a level. */
const DUMP_1_26 = `fatal error: all goroutines are asleep - deadlock!

goroutine 1 gp=0xc000002380 m=nil [sync.WaitGroup.Wait (durable), synctest bubble 1]:
sync.(*WaitGroup).Wait(0xc00001)
	sync/waitgroup.go:206 +0x52
main.first[...](0xc00002)
	/srv/a.go:3 +0x1
...additional frames elided...
main.main()
	/srv/a.go:9 +0x1d
created by main.run in goroutine 7
	/srv/a.go:1 +0x1

goroutine 34 gp=0xc000103 m=4 mp=0xc00007 [running]:
	goroutine running on other thread; stack unavailable
created by main.main in goroutine 1
	/srv/a.go:5 +0x1

goroutine 40 [select] {"tenant": "blue"}:
net/http.(*persistConn).writeLoop(0xc0001)
	net/http/transport.go:2444 +0xe5
exit status 2
`;

Deno.test("parseGoroutineDump() reads the program's goroutines, with frames of the program only", () => {
  assertEquals<unknown>(parseGoroutineDump(DUMP_1_19), [
    {
      id: 1,
      state: "semacquire, 3 minutes",
      frames: [
        {
          function: "sync.(*WaitGroup).Wait",
          file: "/usr/lib/go-1.19/src/sync/waitgroup.go",
          line: 139,
        },
        { function: "main.main", file: "/srv/my shop/main.go", line: 44 },
      ],
    },
    {
      id: 19,
      state: "chan receive, locked to thread",
      frames: [
        { function: "main.(*box).take", file: "/srv/my shop/main.go", line: 15 },
        { function: "main.worker", file: "/srv/my shop/main.go", line: 19 },
      ],
    },
  ]);
});

Deno.test("parseGoroutineDump() reads what later versions add, and goroutines without a stack", () => {
  const found = parseGoroutineDump(DUMP_1_26);
  assertEquals(found.map(({ id, state }) => [id, state]), [
    [1, "sync.WaitGroup.Wait (durable), synctest bubble 1"],
    [34, "running"],
    [40, "select"],
  ]);
  assertEquals(found.map(({ frames }) => frames.map((frame) => frame.function)), [
    ["sync.(*WaitGroup).Wait", "main.first[...]", "main.main"],
    [],
    ["net/http.(*persistConn).writeLoop"],
  ]);
});

Deno.test("parseGoroutineDump() finds nothing in what is no listing, and takes nonsense calmly", () => {
  assertEquals(parseGoroutineDump(""), []);
  assertEquals(parseGoroutineDump("goroutine leak detected [maybe]:\nmain.main()\n\t/a.go:1\n"), []);
  assertEquals(parseGoroutineDump(`goroutine 1 [${"x".repeat(1000)}]:\nmain.main()\n\t/a.go:1\n`), []);
  assertEquals(
    parseGoroutineDump(`goroutine 7 [select]:\n\t${"/a".repeat(20_000)}:1\n\nmain.late()\n\t/b.go:2\n`),
    [],
  );
});

Deno.test("parseGoroutineDump() takes the last of two listings", () => {
  const text = (state: string): string => `goroutine 1 [${state}]:\nmain.main()\n\t/a.go:1 +0x1\n\n`;
  assertEquals(parseGoroutineDump(text("select") + text("sleep")).map(({ state }) => state), ["sleep"]);
});

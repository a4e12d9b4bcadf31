import { explainTraceDenied } from "../../../src/hooks/collectors/explain_trace_denied.ts";
import type { Files } from "../../../src/runtime/port.ts";
import { assertEquals } from "../../support/assert.ts";

interface World {
  readonly uid?: number;
  readonly ownUid?: number;
  readonly tracer?: number;
  readonly scope?: number;
}

function explain({ uid = 1000, ownUid = 1000, tracer = 0, scope }: World): string {
  const status = (uid: number, tracer: number): string =>
    `Name:\ta\nTracerPid:\t${tracer}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`;
  const texts: Record<string, string | undefined> = {
    "/proc/7/status": status(uid, tracer),
    "/proc/self/status": status(ownUid, 0),
    "/proc/sys/kernel/yama/ptrace_scope": scope === undefined ? undefined : `${scope}\n`,
  };
  return explainTraceDenied({ readText: (path: string) => texts[path] } as Files, 7);
}

Deno.test("explainTraceDenied() says who or what forbids it and what helps", () => {
  assertEquals(explain({ tracer: 9 }), "process 9 is debugging it, and there can be only one debugger");
  assertEquals(explain({ uid: 0 }), "it belongs to another user: run prekill as that user or as root");
  assertEquals(
    explain({ scope: 1 }),
    "kernel.yama.ptrace_scope=1 forbids it: run prekill as root, or sysctl kernel.yama.ptrace_scope=0",
  );
  assertEquals(explain({ scope: 3 }), "kernel.yama.ptrace_scope=3 forbids debuggers until the next boot");
  const container = "the kernel forbids it: in a container, start that with --cap-add=SYS_PTRACE";
  assertEquals(explain({ scope: 0 }), container);
  assertEquals(explain({ ownUid: 0, scope: 1 }), container);
});

import { TreeSweeper } from "../../../src/driver/tree_sweeper.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assertEquals } from "../../support/assert.ts";

interface FakeProcess {
  readonly sid?: number;
  readonly state?: string;
  readonly cookie?: string;
}

/** A Linux with these processes, whose newest pid is `lastPid`; `looks` counts the listings. */
function linux(processes: Readonly<Record<number, FakeProcess>> | undefined, lastPid = 9999) {
  const looks = { count: 0 };
  const texts = new Map([["/proc/loadavg", `0.1 0.2 0.3 1/200 ${lastPid}\n`]]);
  for (const [pid, { sid = 1, state = "S", cookie }] of Object.entries(processes ?? {})) {
    texts.set(`/proc/${pid}/stat`, `${pid} (p) ${state} 1 ${pid} ${sid} ${"0 ".repeat(15)}77 0 0\n`);
    texts.set(`/proc/${pid}/environ`, cookie === undefined ? "A=b\0" : `A=b\0PREKILL_ID=${cookie}\0`);
  }
  const runtime: Runtime = {
    ...host,
    os: "linux",
    files: {
      ...host.files,
      readText: (path) => texts.get(path),
      list: (path) => {
        if (path === "/proc") looks.count++;
        return processes === undefined ? undefined : ["uptime", ...Object.keys(processes)];
      },
    },
  };
  return { sweeper: new TreeSweeper(runtime), looks };
}

Deno.test("TreeSweeper finds who is in the session, and who carries the cookie", async () => {
  const { sweeper } = linux({ 5001: { sid: 5000 }, 5200: { cookie: "left" }, 5300: { cookie: "other" } });
  const [session, cookie, nobody] = [[5000, "a"], [5100, "left"], [5150, "c"]].map(([pid, cookie]) =>
    sweeper.mayHaveLeft(pid as number, cookie as string)
  );
  sweeper.sweep();
  assertEquals(await Promise.all([session, cookie, nobody]), [true, true, false]);
});

Deno.test("TreeSweeper does not count the dead, nor who is older than all that ask", async () => {
  const { sweeper } = linux({ 400: { cookie: "a" }, 5001: { sid: 5000, state: "Z" } });
  const asked = sweeper.mayHaveLeft(5000, "a");
  sweeper.sweep();
  assertEquals(await asked, false);
});

Deno.test("TreeSweeper looks at small pids too, when one of those that ask was started long ago", async () => {
  const { sweeper } = linux({ 400: { cookie: "a" } });
  const [old, young] = [sweeper.mayHaveLeft(5000, "a", 60_000), sweeper.mayHaveLeft(5100, "b", 10)];
  sweeper.sweep();
  assertEquals(await Promise.all([old, young]), [true, false]);
});

Deno.test("TreeSweeper looks at small pids too, when the numbers have come round", async () => {
  const { sweeper } = linux({ 400: { cookie: "a" } }, 410);
  const asked = sweeper.mayHaveLeft(5000, "a");
  sweeper.sweep();
  assertEquals(await asked, true);
});

Deno.test("TreeSweeper says that somebody may be left, when processes cannot be listed", async () => {
  const { sweeper } = linux(undefined);
  const asked = sweeper.mayHaveLeft(5000, "a");
  sweeper.sweep();
  assertEquals(await asked, true);
});

Deno.test("TreeSweeper looks by itself, once for all that ask in the meantime, and not for nobody", async () => {
  const { sweeper, looks } = linux({ 5001: { sid: 5000 } });
  sweeper.sweep();
  assertEquals(looks.count, 0);
  const asked = [sweeper.mayHaveLeft(5000, "a"), sweeper.mayHaveLeft(5100, "b")];
  assertEquals(await Promise.all(asked), [true, false]);
  assertEquals(looks.count, 1);
  assertEquals(await sweeper.mayHaveLeft(5200, "c"), false);
  assertEquals(looks.count, 2);
});

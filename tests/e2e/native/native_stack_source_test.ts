import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { gatherStacks } from "../../support/gather_stacks.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { ownFrames } from "../../support/own_frames.ts";
import { withCProgram } from "../../support/with_c_program.ts";
import { stateOf, withWaitingProgram } from "../../support/with_waiting_program.ts";

const hasTools = (...tools: readonly string[]): boolean => tools.every((tool) => isOnPath(tool));

Deno.test({
  name: "takeSnapshot() finds each thread in the same place three times, with inlined functions and lines",
  ignore: !hasTools("gcc", "eu-stack"),
  fn: () =>
    withCProgram("two_locks", { threadCount: 2 }, async (pid) => {
      const { stacks, records } = await gatherStacks([pid], { tools: ["eu-stack", "eu-addr2line"] });
      assertEquals(stacks.map((stacks) => stacks.map(({ language, count }) => [language, count])), [
        [["native", 3]],
        [["native", 3]],
      ]);
      assertEquals(ownFrames(stacks[0]![0]!.frames), ["main two_locks.c:18"]);
      assertEquals(ownFrames(stacks[1]![0]!.frames), ["take two_locks.c:6", "wait_for_lock two_locks.c:10"]);
      assertEquals(records.map(({ name, status }) => [name, status]), [
        ["eu-stack", "ok"],
        ["eu-addr2line", "ok"],
      ]);
      assertEquals(host.kill(pid, undefined), "sent");
    }),
});

Deno.test({
  name: "finish() reads the values of arguments, when the process is ended afterwards and only then",
  ignore: !hasTools("gcc", "eu-stack", "eu-addr2line", "gdb"),
  fn: () =>
    withCProgram("two_locks", { flags: ["-g", "-fno-inline"], threadCount: 2 }, async (pid) => {
      for (const willBeKilled of [false, true]) {
        const { stacks } = await gatherStacks([pid], { willBeKilled });
        const values = stacks[1]![0]!.frames.flatMap((frame) => frame.arguments ?? []);
        assertEquals(values.includes("unused=0x0"), willBeKilled, values.join("; "));
      }
      assertEquals(stateOf(pid), "S");
    }),
});

Deno.test({
  name: "stacks() names places in a program without symbols, the same in each run",
  ignore: !hasTools("gcc", "eu-stack"),
  fn: async () => {
    const places: string[] = [];
    for (let run = 0; run < 2; run++) {
      await withCProgram("two_locks", { flags: ["-s"], threadCount: 2 }, async (pid) => {
        const { stacks } = await gatherStacks([pid]);
        places.push(ownFrames(stacks[1]![0]!.frames).join());
      });
    }
    assert(/^two_locks\+0x[0-9a-f]+ -:-$/.test(places[0]!), places[0]);
    assertEquals(places[0], places[1]);
  },
});

Deno.test({
  name: "finish() asks gdb once and says how to get more, when eu-stack is missing",
  ignore: !hasTools("gcc", "gdb"),
  fn: () =>
    withCProgram("two_locks", { threadCount: 2 }, async (pid) => {
      const { stacks, records } = await gatherStacks([pid], { tools: ["gdb"] });
      assertEquals(ownFrames(stacks[1]![0]!.frames).filter((frame) => frame.includes("two_locks")), [
        "take two_locks.c:6",
        "wait_for_lock two_locks.c:10",
      ]);
      assertEquals(records.map(({ name, pid, status }) => [name, pid, status]), [
        ["gdb", pid, "ok"],
        ["eu-stack", 0, "missing"],
      ]);
      assertEquals(stateOf(pid), "S");
    }),
});

Deno.test("finish() says once for all processes what is missing, when there is no tool", () =>
  withWaitingProgram(["sleep", "1000"], async (pid) => {
    const { stacks, records } = await gatherStacks([pid, host.pid, pid], { tools: [] });
    assertEquals(stacks, []);
    assertEquals(records, [{
      name: "eu-stack",
      pid: 0,
      status: "missing",
      ms: 0,
      detail: "native stacks are missing: " +
        "install elfutils (apt-get install elfutils, dnf install elfutils, apk add elfutils)",
    }]);
  }));

Deno.test("takeSnapshot() reports a process that has ended, and the others all the same", {
  ignore: !hasTools("eu-stack"),
}, async () => {
  const ended = await new Deno.Command("sh", { args: ["-c", "echo $$"] }).output();
  const endedPid = Number(new TextDecoder().decode(ended.stdout));
  await withWaitingProgram(["sleep", "1000"], async (pid) => {
    const { stacks, records } = await gatherStacks([endedPid, pid], { tools: ["eu-stack"] });
    assertEquals(stacks.length, 1);
    assertEquals(records.map(({ pid, status, detail }) => [pid, status, detail]), [
      [endedPid, "failed", "the process has ended"],
      [pid, "ok", undefined],
    ]);
  });
});

Deno.test(
  "takeSnapshot() leaves a stopped process stopped",
  { ignore: !hasTools("eu-stack") },
  () =>
    withWaitingProgram(["sleep", "1000"], async (pid) => {
      host.kill(pid, "SIGSTOP");
      await waitUntil("it has stopped", () => stateOf(pid) === "T");
      const { stacks } = await gatherStacks([pid]);
      assertEquals(stacks.length, 1);
      assertEquals(stateOf(pid), "T");
    }),
);

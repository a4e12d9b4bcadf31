import { listGroup } from "../../../src/driver/list_group.ts";
import { host } from "../../../src/runtime/host.ts";
import { createLinuxLister } from "../../../src/tree/linux_lister.ts";
import { assertEquals } from "../../support/assert.ts";

const ignore = Deno.build.os !== "linux";
const lister = createLinuxLister(host.files);
const list = (rootPid: number, seen: readonly { pid: number; startTime: number }[]) =>
  listGroup(host.files, lister, { rootPid, seen })?.map(({ pid }) => pid);

/** Starts a script that prints the pids of others before it waits for its input; `ends` when that is closed. */
async function startScript(script: string) {
  const child = new Deno.Command("bash", {
    args: ["-c", `${script}\nread line; kill "$@" $(jobs -p) $other 2>/dev/null`, "bash"],
    stdin: "piped",
    stdout: "piped",
    detached: true,
  }).spawn();
  const reader = child.stdout.getReader();
  const pids = new TextDecoder().decode((await reader.read()).value).trim().split(" ").map(Number);
  reader.releaseLock();
  const end = async (): Promise<void> => {
    await child.stdin.close();
    await child.output();
  };
  return { pid: child.pid, pids, end };
}

Deno.test("listGroup() finds children of children, and nobody in another group", { ignore }, async () => {
  const { pid, pids: [inner, away], end } = await startScript(`
    coproc { sleep 1000 & echo $!; wait; }
    read inner <&"\${COPROC[0]}"
    setsid sleep 1000 >/dev/null & away=$!
    other="$inner $away"
    while [ "$(ps -o pgid= -p $away | tr -d ' ')" = $$ ]; do :; done
    echo $inner $away`);
  try {
    const found = list(pid, []);
    assertEquals(found?.[0], pid);
    assertEquals(found?.includes(inner!), true);
    assertEquals(found?.includes(away!), false);
  } finally {
    await end();
  }
});

Deno.test("listGroup() finds one whose parent has gone, when it was seen before", { ignore }, async () => {
  const { pid, pids: [orphan], end } = await startScript(`
    other=$(sh -c 'sleep 1000 >/dev/null & echo $!')
    echo $other`);
  try {
    const { startTime } = lister.read(orphan!)!;
    assertEquals(list(pid, [])?.includes(orphan!), false);
    assertEquals(list(pid, [{ pid: orphan!, startTime }])?.includes(orphan!), true);
    assertEquals(list(pid, [{ pid: orphan!, startTime: startTime + 1 }])?.includes(orphan!), false);
  } finally {
    await end();
  }
});

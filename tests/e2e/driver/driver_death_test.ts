import { host } from "../../../src/runtime/host.ts";
import { createLinuxLister } from "../../../src/tree/linux_lister.ts";
import { assert, assertStringIncludes } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";

const PROGRAM = new URL("../../support/driver_program.ts", import.meta.url).pathname;

/** Starts a driver in a process of its own; the script must print three `pid=N` lines and `ready`. */
async function startDriver(script: string, session: string): Promise<{
  child: Deno.ChildProcess;
  pids: number[];
  rest: () => Promise<string>;
}> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROGRAM, script, session],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  await waitUntil("the script is ready", async () => {
    const { done, value } = await reader.read();
    text += value ?? "";
    const pidCount = text.match(/pid=\d+\n/g)?.length ?? 0;
    return done || (text.includes("ready") && text.includes("driver=") && pidCount === 3);
  });
  const pids = [...text.matchAll(/pid=(\d+)/g)].map((match) => Number(match[1]));
  const rest = async (): Promise<string> => {
    let tail = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return tail;
      tail += value;
    }
  };
  return { child, pids, rest };
}

function isGone(pid: number): boolean {
  const stat = host.files.readText(`/proc/${pid}/stat`);
  return stat === undefined || /\) [ZX] /.test(stat);
}

/** Whether a driver has started its guard, which it does for processes that live longer than a moment. */
function hasGuard(driverPid: number): boolean {
  const lister = createLinuxLister(host.files);
  return lister.listAll().some(({ pid, ppid }) =>
    ppid === driverPid && lister.command(pid).includes("prekill-guard")
  );
}

const TREE = `echo pid=$$
sh -c 'trap "" TERM; echo pid=$$; while :; do sleep 0.05; done' &
setsid sh -c 'echo pid=$$; echo ready; exec sleep 1000' </dev/null &
wait`;

Deno.test("the guard ends the tree, daemons too, when the driver dies by KILL", async () => {
  const session = Deno.makeTempDirSync();
  const { child, pids, rest } = await startDriver(TREE, session);
  assert(pids.length === 3);
  await waitUntil("the guard is there", () => hasGuard(child.pid));
  child.kill("SIGKILL");
  await child.status;
  await waitUntil("nothing of the tree is left", () => pids.every(isGone));
  await rest();
  Deno.removeSync(session, { recursive: true });
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  Deno.test(`${signal} ends the tree in order and leaves a sample, when sent to the driver`, async () => {
    const session = Deno.makeTempDirSync();
    const { child, pids, rest } = await startDriver(TREE.replace('trap "" TERM; ', ""), session);
    child.kill(signal);
    const [text] = await Promise.all([rest(), child.status]);
    assertStringIncludes(text, `"kind":"cancelled","signal":"${signal}"`);
    for (const pid of pids) assert(isGone(pid), `process ${pid} is left`);
    const names = [...Deno.readDirSync(session)].map((entry) => entry.name);
    assert(names.some((name) => name.endsWith(".sample")), names.join());
    assert(names.includes("events.ndjson"));
    Deno.removeSync(session, { recursive: true });
  });
}

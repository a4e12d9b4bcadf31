import { Prespawner } from "../../../src/prespawn/prespawner.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Child } from "../../../src/runtime/port.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../support/assert.ts";
import { shellRunner, WAITING } from "../../support/shell_runner.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isGone, pidsIn, withPrespawner } from "../../support/with_prespawner.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const PIPED = { output: { kind: "piped", mergeStderr: true } } as const;

async function outputOf(child: Child): Promise<string> {
  return await new Response(child.stdout).text();
}

Deno.test("spawn() gives its arguments and environment to a runner that has started already", async () => {
  const script = `echo $$ >> pids\n${WAITING}\nprintf '%s' "$job"; echo " from $$" >&2; exit 7`;
  await withPrespawner(script, { size: 2 }, async (prespawner, directory) => {
    prespawner.start();
    await waitUntil("both have started", () => pidsIn(directory).length === 2);
    const child = await prespawner.spawn(["a.sh", "-x"], { LANG: "C" });
    assert(pidsIn(directory).slice(0, 2).includes(child.pid));
    assertEquals(child.stdin, undefined);
    const job = {
      v: 1,
      main: "a.sh",
      args: ["-x"],
      env: { PATH: "/usr/bin:/bin", LANG: "C" },
      cwd: directory,
    };
    assertEquals(await outputOf(child), `${JSON.stringify(job)} from ${child.pid}\n`);
    assertEquals(await child.exited, { kind: "exited", code: 7 });
    await waitUntil("another has taken its place", () => pidsIn(directory).length === 3);
  });
});

Deno.test("spawn() uses each runner once, when a thousand are asked for at once", async () => {
  await withPrespawner(`${WAITING}\nexit 3`, { size: 4, output: { kind: "inherit" } }, async (prespawner) => {
    const children = await Promise.all(Array.from({ length: 1000 }, () => prespawner.spawn(["a.sh"])));
    const exits = await Promise.all(children.map(({ exited }) => exited));
    assert(exits.every((exit) => exit.kind === "exited" && exit.code === 3));
  });
});

Deno.test("spawn() moves the log of the runner to the path of the test", async () => {
  const script = `echo early; ${WAITING}\necho out; echo err >&2`;
  await withPrespawner(script, { output: { kind: "log" } }, async (prespawner, directory) => {
    const logPath = `${directory}/test.log`;
    const child = await prespawner.spawn(["a.sh"], {}, { logPath });
    await child.exited;
    assertEquals(Deno.readTextFileSync(logPath), "early\nout\nerr\n");
    await assertRejects(() => prespawner.spawn(["a.sh"]), Error, "give its logPath");
  });
});

Deno.test("start() does nothing, and spawn() starts cold, when the runner does not exist", async () => {
  await withTempDir(async (directory) => {
    const start = { ...await shellRunner(directory, ""), runnerFile: `${directory}/none.sh` };
    const coldCommand = () => ["sh", "-c", "echo cold; echo $LANG >&2"] as const;
    await using cold = new Prespawner({ start, ...PIPED, coldCommand }, host);
    cold.start();
    assertEquals(await outputOf(await cold.spawn(["a.sh"], { LANG: "C" })), "cold\nC\n");
    await using none = new Prespawner({ start, ...PIPED }, host);
    await assertRejects(
      () => none.spawn(["a.sh"]),
      Error,
      `Cannot spawn "a.sh": the runner "${directory}/none.sh" does not exist; give a coldCommand`,
    );
  });
});

Deno.test("spawn() rejects with the reason, when it is aborted while it waits, and leaves the runner to the next", async () => {
  const script = `echo $$ >> pids; [ -e go ] || mkfifo go; read line < go; ${WAITING}\nexit 6`;
  await withPrespawner(script, {}, async (prespawner, directory) => {
    const abort = new AbortController();
    const spawning = prespawner.spawn(["a.sh"], {}, { signal: abort.signal });
    await waitUntil("it has started", () => pidsIn(directory).length === 1);
    abort.abort(new Error("enough"));
    await assertRejects(() => spawning, Error, "enough");
    await assertRejects(() => prespawner.spawn(["a.sh"], {}, { signal: abort.signal }), Error, "enough");
    const next = prespawner.spawn(["a.sh"]);
    await waitUntil("it can open the FIFO", () => host.files.stat(`${directory}/go`)?.kind === "fifo");
    Deno.writeTextFileSync(`${directory}/go`, "go\n");
    const child = await next;
    assertEquals([child.pid], pidsIn(directory).slice(0, 1));
    await child.exited;
  });
});

Deno.test("stop() ends all that wait, when it is called during spawn() and twice", async () => {
  const script = `echo $$ >> pids; trap '' TERM; ${WAITING}\nexit 6`;
  await withPrespawner(script, { size: 2 }, async (prespawner, directory) => {
    prespawner.start();
    await waitUntil("both have started", () => pidsIn(directory).length === 2);
    const spawned = Promise.allSettled(Array.from({ length: 10 }, () => prespawner.spawn(["a.sh"])));
    await Promise.all([prespawner.stop(), prespawner.stop()]);
    await prespawner.stop();
    for (const result of await spawned) {
      if (result.status === "fulfilled") await result.value.exited;
      else assertStringIncludes(result.reason.message, "the prespawner has been stopped");
    }
    for (const pid of pidsIn(directory)) assert(isGone(pid), `${pid} is left`);
  });
});

Deno.test("runners end, when nobody asks for them", async () => {
  await withPrespawner(
    `echo $$ >> pids; ${WAITING}\nexit 8`,
    { idleLimitMs: 50 },
    async (prespawner, directory) => {
      prespawner.start();
      const pid = await waitUntil("it has started", () => pidsIn(directory)[0]);
      await waitUntil("it has ended", () => isGone(pid!));
      assertEquals(await (await prespawner.spawn(["a.sh"])).exited, { kind: "exited", code: 8 });
    },
  );
});

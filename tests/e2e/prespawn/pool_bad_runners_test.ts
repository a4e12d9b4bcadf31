import { Prespawner } from "../../../src/prespawn/prespawner.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Child } from "../../../src/runtime/port.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "../../support/assert.ts";
import { shellRunner, WAITING } from "../../support/shell_runner.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isGone, pidsIn, withPrespawner } from "../../support/with_prespawner.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const PIPED = { output: { kind: "piped", mergeStderr: true } } as const;

async function outputOf(child: Child): Promise<string> {
  return await new Response(child.stdout).text();
}

const BAD_RUNNERS: readonly (readonly [what: string, script: string, message: RegExp])[] = [
  ["exits at once", "echo pid >> pids; echo sorry >&2; exit 9", /before it was ready: exit code 9\nsorry$/],
  ["ends with a signal", "echo pid >> pids; kill -9 $$", /before it was ready: SIGKILL$/],
  [
    "prints garbage on the side channel",
    `echo pid >> pids; printf '\\033[2Jno' > "$PREKILL_READY"; exec sleep 60`,
    /wrote ".*2Jno" to the file that PREKILL_READY names; write "ready" and a line feed$/,
  ],
  ["never gets ready", "echo pid >> pids; exec sleep 60", /was not ready after 200 ms$/],
  [
    "is ready and dies",
    `echo pid >> pids; echo ready > "$PREKILL_READY"; exit 1`,
    /(ended before its job came|died while it waited for its job|has not read all of its job)/,
  ],
];

for (const [what, script, message] of BAD_RUNNERS) {
  Deno.test(`spawn() fails after three tries with what the runner said, when it ${what}`, async () => {
    const options = {
      readyLimitMs: what === "never gets ready" ? 200 : 30_000,
      output: { kind: "log" },
    } as const;
    await withPrespawner(script, options, async (prespawner, directory) => {
      // Big enough not to fit into a pipe: a runner that died has not got it.
      const job = { BIG: "x".repeat(1 << 20) };
      const error = await assertRejects(() =>
        prespawner.spawn(["a.sh"], job, { logPath: `${directory}/log` })
      );
      assertMatch((error as Error).message, message);
      assertStringIncludes((error as Error).message, "Runners have failed 3 times in a row.");
      const starts = Deno.readTextFileSync(`${directory}/pids`).trim().split("\n").length;
      assert(starts <= 4, `${starts} starts`);
      // No further tries.
      await assertRejects(() => prespawner.spawn(["a.sh"], job, { logPath: `${directory}/log` }));
      assertEquals(Deno.readTextFileSync(`${directory}/pids`).trim().split("\n").length, starts);
    });
  });
}

Deno.test("spawn() says that a runner cannot be executed", async () => {
  await withTempDir(async (directory) => {
    const start = await shellRunner(directory, "");
    await using prespawner = new Prespawner(
      { start: { ...start, command: [start.runnerFile] }, ...PIPED },
      host,
    );
    const error = await assertRejects(() => prespawner.spawn(["a.sh"]));
    assertMatch((error as Error).message, /before it was ready: exit code 126/);
  });
});

Deno.test("spawn() takes another runner, when one reads only half its job", async () => {
  const script = `echo $$ >> pids
if [ "$(wc -l < pids)" = 1 ]; then echo ready > "$PREKILL_READY"; head -c 9 >/dev/null; exec sleep 60 <&-; fi
${WAITING}\nexit 5`;
  await withPrespawner(script, {}, async (prespawner, directory) => {
    prespawner.start();
    const child = await prespawner.spawn(["a.sh"], { BIG: "x".repeat(1 << 20) });
    assertEquals(await child.exited, { kind: "exited", code: 5 });
    assert(isGone(pidsIn(directory)[0]!));
  });
});

Deno.test("spawn() gives a job of 10 MiB, when a cold start could not have such an environment", async () => {
  await withPrespawner(`${WAITING}\necho \${#job}; exit 0`, {}, async (prespawner) => {
    const child = await prespawner.spawn(["a.sh"], { BIG: "x".repeat(10 << 20) });
    assert(Number(await outputOf(child)) > 10 << 20);
    await assertRejects(() =>
      Promise.resolve().then(() =>
        host.spawn({
          program: "/bin/true",
          args: [],
          env: { BIG: "x".repeat(10 << 20) },
          newSession: false,
          stdin: "null",
          stdout: "null",
          stderr: "null",
        })
      )
    );
  });
});

Deno.test("spawn() hands out none that has died, or whose program or preload has changed", async () => {
  await withTempDir(async (directory) => {
    const start = {
      ...await shellRunner(directory, `echo $$ >> pids; ${WAITING}\nexit 4`),
      preloads: ["lib.sh"],
    };
    Deno.writeTextFileSync(`${directory}/lib.sh`, "one");
    await using prespawner = new Prespawner({ start, ...PIPED }, host);
    for (
      const spoil of [
        async (pid: number) => {
          host.kill(pid, "SIGKILL");
          await waitUntil("it has ended", () => !/^State:\s+[^ZX]/m.test(statusOf(pid)));
        },
        () => Deno.writeTextFileSync(`${directory}/lib.sh`, "another"),
        () => Deno.writeTextFileSync(start.runnerFile, `echo $$ >> pids; ${WAITING}\nexit 4 # new`),
      ]
    ) {
      prespawner.start();
      const [pid] = await waitUntil("one waits", () => {
        const waiting = pidsIn(directory).filter((pid) => !isGone(pid));
        return waiting.length === 1 ? waiting : undefined;
      });
      await spoil(pid!);
      const child = await prespawner.spawn(["a.sh"]);
      assert(child.pid !== pid);
      assertEquals(await child.exited, { kind: "exited", code: 4 });
      await waitUntil("the spoilt one is gone", () => isGone(pid!));
    }
  });
});

Deno.test("stop() kills, when a runner does not end with the empty job", async () => {
  const script = `echo ready > "$PREKILL_READY"; echo $$ >> pids; trap '' TERM; while :; do sleep 1; done`;
  await withPrespawner(script, {}, async (prespawner, directory) => {
    prespawner.start();
    await waitUntil("it waits", () => pidsIn(directory).length === 1);
    await prespawner.stop();
    assert(isGone(pidsIn(directory)[0]!));
  });
});

function statusOf(pid: number): string {
  return host.files.readText(`/proc/${pid}/status`) ?? "";
}

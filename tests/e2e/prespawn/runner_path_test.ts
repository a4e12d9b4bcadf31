import { runnerPath } from "../../../src/prespawn/runner_path.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const NAME = "python.py";
const TEXT = Deno.readTextFileSync(new URL(`../../../src/prespawn/runners/${NAME}`, import.meta.url));

function withEnvironment(environment: Record<string, string>): Runtime {
  return { ...host, getEnv: (name) => environment[name] };
}

Deno.test("runnerPath() writes a runner once to a folder that only its owner can use", async () => {
  await withTempDir(async (directory) => {
    const runtime = withEnvironment({ HOME: directory });
    const path = await runnerPath(NAME, { runtime });
    assertMatch(path.slice(directory.length), /^\/\.cache\/prekill\/runner-[0-9a-f]{16}\/python\.py$/);
    assertEquals(Deno.readTextFileSync(path), TEXT);
    assertEquals(host.files.stat(path)?.mode, 0o600);
    assertEquals(host.files.stat(path.slice(0, path.lastIndexOf("/")))?.mode, 0o700);
    const before = host.files.stat(path)?.inode;
    assertEquals(await runnerPath(NAME, { runtime }), path);
    assertEquals(host.files.stat(path)?.inode, before);
    assertEquals(
      (await runnerPath(NAME, { runtime: withEnvironment({ XDG_CACHE_HOME: `${directory}/c` }) })).split(
        "/prekill/",
      )[0],
      `${directory}/c`,
    );
  });
});

Deno.test("runnerPath() replaces what has another text, and a link", async () => {
  await withTempDir(async (directory) => {
    const runtime = withEnvironment({ HOME: directory });
    const path = await runnerPath(NAME, { runtime });
    Deno.writeTextFileSync(path, "import evil");
    assertEquals(Deno.readTextFileSync(await runnerPath(NAME, { runtime })), TEXT);
    const victim = `${directory}/victim`;
    Deno.writeTextFileSync(victim, TEXT);
    Deno.removeSync(path);
    Deno.symlinkSync(victim, path);
    assertEquals(await runnerPath(NAME, { runtime }), path);
    assertEquals(host.files.readLink(path), undefined);
    assertEquals(Deno.readTextFileSync(victim), TEXT);
  });
});

const UNSAFE: readonly (readonly [what: string, spoil: (cache: string) => void])[] = [
  ["everybody can write to it", (cache) => Deno.chmodSync(cache, 0o777)],
  ["it is a link", (cache) => {
    Deno.renameSync(cache, `${cache}-real`);
    Deno.symlinkSync(`${cache}-real`, cache);
  }],
  ["it is a file", (cache) => {
    Deno.removeSync(cache, { recursive: true });
    Deno.writeTextFileSync(cache, "");
  }],
];

for (const [what, spoil] of UNSAFE) {
  Deno.test(`runnerPath() uses a new folder in place of the cache, when ${what}`, async () => {
    await withTempDir(async (directory) => {
      const runtime = withEnvironment({ HOME: directory });
      await runnerPath(NAME, { runtime });
      spoil(`${directory}/.cache/prekill`);
      const path = await runnerPath(NAME, { runtime });
      try {
        assert(!path.startsWith(directory));
        assertEquals(Deno.readTextFileSync(path), TEXT);
      } finally {
        Deno.removeSync(path.replace(/\/runner-.*/, ""), { recursive: true });
      }
    });
  });
}

Deno.test("runnerPath() uses the private folder, and makes nothing where a link leads, when the cache is a link", async () => {
  await withTempDir(async (directory) => {
    for (const name of ["cache", "elsewhere", "own"]) Deno.mkdirSync(`${directory}/${name}`, { mode: 0o700 });
    Deno.symlinkSync(`${directory}/elsewhere`, `${directory}/cache/prekill`);
    const runtime = withEnvironment({ XDG_CACHE_HOME: `${directory}/cache` });
    const path = await runnerPath(NAME, { runtime, privateFolder: `${directory}/own` });
    assert(path.startsWith(`${directory}/own/`));
    assertEquals([...Deno.readDirSync(`${directory}/elsewhere`)], []);
  });
});

Deno.test("runnerPath() rejects a name that is none of a runner", async () => {
  for (const name of ["../job.ts", "", "__proto__", "constructor"]) {
    await assertRejects(
      () => runnerPath(name),
      Error,
      `Cannot find the runner "${name}": there are `,
    );
  }
});

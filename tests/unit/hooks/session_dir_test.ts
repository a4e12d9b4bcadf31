import { createSessionDir } from "../../../src/hooks/sample/session_dir.ts";
import { HostError } from "../../../src/errors.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const NOW_MS = Date.UTC(2026, 0, 31, 10, 15, 0);

/** The host as seen from another working directory. */
function hostAt(cwd: string): Runtime {
  return Object.assign(Object.create(host), { cwd: () => cwd });
}

Deno.test("createSessionDir() creates nothing, until it is needed", () =>
  withTempDir(async (directory) => {
    const session = createSessionDir(hostAt(directory), undefined, NOW_MS);
    session.check();
    assertEquals(session.path, `${directory}/.prekill/20260131T101500-${host.pid}`);
    assertEquals(await Array.fromAsync(Deno.readDir(directory)), []);
  }));

Deno.test("ensure() creates the directory, latest and .gitignore, at the default place", () =>
  withTempDir((directory) => {
    const session = createSessionDir(hostAt(directory), undefined, NOW_MS);
    session.ensure();
    session.ensure();
    assertEquals(Deno.readLinkSync(`${directory}/.prekill/latest`), `20260131T101500-${host.pid}`);
    assertEquals(Deno.readTextFileSync(`${directory}/.prekill/.gitignore`), "*\n");
    createSessionDir(hostAt(directory), undefined, NOW_MS + 1000).ensure();
    assertEquals(Deno.readLinkSync(`${directory}/.prekill/latest`), `20260131T101501-${host.pid}`);
  }));

Deno.test("ensure() leaves an existing .prekill without .gitignore as it is", () =>
  withTempDir((directory) => {
    Deno.mkdirSync(`${directory}/.prekill`);
    createSessionDir(hostAt(directory), undefined, NOW_MS).ensure();
    assertThrows(() => Deno.statSync(`${directory}/.prekill/.gitignore`), Deno.errors.NotFound);
  }));

Deno.test("ensure() creates what the user named with its parents, and no latest", () =>
  withTempDir(async (directory) => {
    const session = createSessionDir(hostAt(directory), "out/run 1", NOW_MS);
    session.check();
    session.ensure();
    assertEquals(session.path, `${directory}/out/run 1`);
    assertEquals((await Array.fromAsync(Deno.readDir(directory))).map((entry) => entry.name), ["out"]);
    assertEquals((await Array.fromAsync(Deno.readDir(`${directory}/out`))).map((entry) => entry.name), [
      "run 1",
    ]);
  }));

Deno.test("check() and ensure() say so, when the place or one above it is a file", () =>
  withTempDir((directory) => {
    Deno.writeTextFileSync(`${directory}/taken`, "");
    const expect = (path: string, reason: string): void => {
      const session = createSessionDir(hostAt(directory), path, NOW_MS);
      const sentence =
        `Cannot use the session directory "${session.path}": ${reason}; name another one with --session-dir`;
      for (const act of [session.check, session.ensure]) {
        assertEquals(assertThrows(() => act(), HostError).message, sentence);
      }
    };
    expect("taken", "it is a file");
    expect("taken/deeper/still", `"${directory}/taken" is a file`);
    Deno.symlinkSync("/nonexistent/place", `${directory}/dangling`);
    expect("dangling", "it is a link to something that does not exist");
  }));

Deno.test("check() says so, when the place cannot be written to", () => {
  // /proc refuses new files even to root.
  const error = assertThrows(() => createSessionDir(host, "/proc/session", NOW_MS).check(), HostError);
  assertStringIncludes(error.message, 'directory "/proc/session": nothing can be created in "/proc" (');
});

Deno.test("removeIfEmpty() takes back all that ensure() created, and latest points where it did", () =>
  withTempDir(async (directory) => {
    const first = createSessionDir(hostAt(directory), undefined, NOW_MS);
    first.ensure();
    first.removeIfEmpty();
    assertEquals(await Array.fromAsync(Deno.readDir(directory)), []);

    first.ensure();
    Deno.writeTextFileSync(`${first.path}/x.sample`, "");
    first.removeIfEmpty();
    const second = createSessionDir(hostAt(directory), undefined, NOW_MS + 1000);
    second.ensure();
    second.removeIfEmpty();
    assertEquals(Deno.readLinkSync(`${directory}/.prekill/latest`), first.path.split("/").at(-1)!);
    assertEquals(host.files.stat(second.path), undefined);
  }));

Deno.test("removeIfEmpty() leaves a .prekill with a .gitignore of the user's own", () =>
  withTempDir((directory) => {
    Deno.mkdirSync(`${directory}/.prekill`);
    Deno.writeTextFileSync(`${directory}/.prekill/.gitignore`, "*.gz\n");
    const session = createSessionDir(hostAt(directory), undefined, NOW_MS);
    session.ensure();
    session.removeIfEmpty();
    assertEquals(Deno.readTextFileSync(`${directory}/.prekill/.gitignore`), "*.gz\n");
  }));

import { UsageError } from "../../../src/errors.ts";
import { checkHooksDir, loadPreKillHook } from "../../../src/hooks/load_pre_kill_hook.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const load = (os: string, hooksDir?: string) => loadPreKillHook(os, { runtime: host, hooksDir });

Deno.test("loadPreKillHook() loads the built-in hook of each system that has one", async () => {
  for (const os of ["linux", "darwin", "windows"]) {
    const hook = await load(os);
    assertEquals(hook?.source, "builtin");
    assertEquals(typeof hook?.doPreKill, "function");
  }
});

Deno.test("loadPreKillHook() finds none, when the system has none", async () => {
  assertEquals(await load("plan9"), undefined);
});

Deno.test("loadPreKillHook() prefers a user's module, .ts before .js before .mjs", () =>
  withTempDir(async (directory) => {
    for (const extension of ["mjs", "js", "ts"]) {
      const path = `${directory}/linux.${extension}`;
      const types = extension === "ts" ? ": { write(text: string): void }" : "";
      Deno.writeTextFileSync(
        path,
        `export function doPreKill(_pid, _context, output${types}) { output.write("${extension}"); }`,
      );
      assertEquals((await load("linux", directory))?.path, path);
    }
    assertEquals((await load("linux", directory))?.source, "user");
  }));

Deno.test("loadPreKillHook() falls back to the built-in hook, when the folder has no module for the system", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/darwin.ts`, "export function doPreKill() {}");
    assertEquals((await load("linux", directory))?.source, "builtin");
    assertEquals(await load("plan9", directory), undefined);
  }));

Deno.test("checkHooksDir() says so, when the folder does not exist or is a file", () =>
  withTempDir((directory) => {
    Deno.writeTextFileSync(`${directory}/file`, "");
    assertEquals(
      assertThrows(() => checkHooksDir(host, "linux", `${directory}/none`), UsageError).message,
      `Cannot use the hooks folder "${directory}/none": does not exist; name a folder that holds linux.ts`,
    );
    assertEquals(
      assertThrows(() => checkHooksDir(host, "linux", `${directory}/file`), UsageError).message,
      `Cannot use the hooks folder "${directory}/file": is a file; name a folder that holds linux.ts`,
    );
    assertEquals(checkHooksDir(host, "linux", directory), undefined);
  }));

Deno.test("loadPreKillHook() says so, when the module does not export doPreKill", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/linux.js`, "export const doPreKill = 1;");
    const error = await assertRejects(() => load("linux", directory), UsageError);
    assertStringIncludes(error.message, `"${directory}/linux.js": it does not export a function doPreKill(`);
  }));

Deno.test("loadPreKillHook() gives one line, when the module has a syntax error or throws", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/linux.ts`, "export function doPreKill( {\n");
    const syntax = (await assertRejects(() => load("linux", directory), UsageError)).message;
    assertMatch(
      syntax,
      /^Cannot load the pre-kill hook "[^"]*\/linux\.ts": SyntaxError: [^\p{Cc}|]+ \(linux\.ts:1:\d+\)$/u,
    );
    Deno.writeTextFileSync(`${directory}/windows.js`, 'import "./gone.js";');
    const missing = (await assertRejects(() => load("windows", directory), UsageError)).message;
    assertMatch(missing, /: Module not found "[^"]*\/gone\.js"[^\p{Cc}]* \(windows\.js:1:\d+\)$/u);
    Deno.writeTextFileSync(`${directory}/darwin.js`, 'throw new Error("no\\ndebugger");');
    assertEquals(
      (await assertRejects(() => load("darwin", directory), UsageError)).message,
      `Cannot load the pre-kill hook "${directory}/darwin.js": no debugger`,
    );
  }));

Deno.test("loadPreKillHook() says what to do, when the runtime cannot run TypeScript", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/linux.ts`, "");
    const old: Runtime = Object.assign(Object.create(host), {
      name: "node",
      version: "20.0.0",
      importModule: () =>
        Promise.reject(Object.assign(new TypeError(), { code: "ERR_UNKNOWN_FILE_EXTENSION" })),
    });
    const error = await assertRejects(
      () => loadPreKillHook("linux", { runtime: old, hooksDir: directory }),
      UsageError,
    );
    assertEquals(
      error.message,
      `Cannot load the pre-kill hook "${directory}/linux.ts": node 20.0.0 cannot run its TypeScript; ` +
        "write it as .mjs, or use Deno, Bun or a newer Node",
    );
  }));

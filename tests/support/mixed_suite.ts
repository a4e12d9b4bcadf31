/** Programs that end in all ways, by language; `hang` is to get a short timeout. */
const PROGRAMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  py: {
    pass: `print("passed")`,
    fail: `raise ValueError("no")`,
    exit: `import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.exit(7)`,
    crash: `import os, signal\nprint("now", flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)`,
    leak: `import subprocess\nsubprocess.Popen(["sleep", "1000"], start_new_session=True)`,
    flaky: `import os, sys\nsys.exit(os.environ["PREKILL_ATTEMPT"] == "1")`,
    hang: `import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()`,
    environment:
      `import os\nfor name in ("PREKILL_TEST", "PREKILL_ATTEMPT", "LANG"): print(name, os.environ.get(name))
assert os.path.isdir(os.environ["TMPDIR"]) and "PREKILL_READY" not in os.environ`,
  },
  mjs: {
    pass: `console.log("passed");`,
    fail: `throw new Error("no");`,
    reject: `Promise.reject(new Error("no"));`,
    exit: `console.log("out"); console.error("err"); process.exit(7);`,
    crash: `console.log("now"); process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 1000000);`,
    leak:
      `import { spawn } from "node:child_process";\nspawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();`,
    flaky: `process.exit(process.env.PREKILL_ATTEMPT === "1" ? 1 : 0);`,
    hang: `setTimeout(() => {}, 1000000);`,
    environment:
      `for (const name of ["PREKILL_TEST", "PREKILL_ATTEMPT", "LANG"]) console.log(name, process.env[name]);
if (process.env.PREKILL_READY !== undefined || !process.env.TMPDIR) process.exit(1);`,
  },
  ts: {
    pass: `Deno.test("passes", () => {});`,
    fail: `Deno.test("fails", () => { throw new Error("no"); });`,
    type: `Deno.test("does not check", () => { const number: number = "no"; });`,
    exit: `Deno.exit(7);`,
    leak: `Deno.test("leaks", () => {
  new Deno.Command("sleep", { args: ["1000"], detached: true, stdin: "null", stdout: "null", stderr: "null" }).spawn().unref();
});`,
    flaky:
      `Deno.test("flaky", () => { if (Deno.env.get("PREKILL_ATTEMPT") === "1") throw new Error("no"); });`,
    hang: `Deno.test("hangs", () => new Promise((resolve) => setTimeout(resolve, 1e8)));`,
  },
};

/** How tests of a language are called, and what runs them. */
export const MIXED_LANGUAGES: Readonly<Record<string, string>> = {
  py: "python",
  mjs: "node",
  ts: "deno-test",
};

/**
 * Test programs of several languages that pass, fail, crash, leak, hang, and pass at the second attempt.
 *
 * @param languages endings of files, of those in `MIXED_LANGUAGES`
 * @param count how many of each that passes
 * @returns texts by names, with a `prekill.json`
 */
export function mixedSuite(languages: readonly string[], count: number): Record<string, string> {
  const files: Record<string, string> = {
    "prekill.json": JSON.stringify({
      files: languages.map((language) => `*.${language}`),
      retries: 1,
      leaks: "fail",
      overrides: [
        { files: "hang.*", timeout: "1s", grace: "1s" },
        ...languages.map((language) => ({ files: `*.${language}`, runner: MIXED_LANGUAGES[language] })),
      ],
    }),
  };
  for (const language of languages) {
    const { pass, ...others } = PROGRAMS[language]!;
    for (let number = 0; number < count; number++) files[`a${number}.${language}`] = `${pass}\n`;
    for (const [name, text] of Object.entries(others)) files[`${name}.${language}`] = `${text}\n`;
  }
  return files;
}

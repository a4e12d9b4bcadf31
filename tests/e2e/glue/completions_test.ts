import { SUBCOMMAND_SPECS } from "../../../src/cli/subcommand_specs.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { runCli } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** What is typed, the last word completed; and what comes. */
const CASES: readonly { readonly words: string[]; readonly completed: string[] }[] = [
  { words: ["prekill", "com"], completed: ["completions"] },
  { words: ["prekill", "exec", "--tim"], completed: ["--timeout"] },
  { words: ["prekill", "exec", "--leaks", ""], completed: ["fail", "keep", "kill"] },
  { words: ["prekill", "run", "--runner", "py"], completed: ["pytest", "python"] },
  { words: ["prekill", "run", "--session-dir", "fol"], completed: ["folder"] },
  { words: ["prekill", "report", "--format", "j"], completed: ["junit"] },
  { words: ["prekill", "report", "fol"], completed: ["folder"] },
  { words: ["prekill", "completions", ""], completed: ["bash", "fish", "zsh"] },
  { words: ["prekill", "exec", "-t", "1m", "--", "prekill-te"], completed: ["prekill-test-program"] },
  { words: ["prekill", "timeout", "1m", "prekill-te"], completed: ["prekill-test-program"] },
  { words: ["prekill", "exec", "prekill-test-program", "--tim"], completed: [] },
];

/** Makes a folder, a file and a program on `PATH` to complete with; runs a script of a shell there. */
async function inShell(shell: string, script: string): Promise<string> {
  let printed = "";
  await withTempDir(async (cwd) => {
    Deno.mkdirSync(`${cwd}/folder`);
    Deno.writeTextFileSync(`${cwd}/folder.txt`, "");
    Deno.mkdirSync(`${cwd}/bin`);
    Deno.writeTextFileSync(`${cwd}/bin/prekill-test-program`, "#!/bin/sh\n", { mode: 0o755 });
    const { code, stdout } = await runCli(["completions", shell]);
    assertEquals(code, 0);
    Deno.writeTextFileSync(`${cwd}/bin/_prekill`, stdout);
    const { success, stdout: out, stderr } = await new Deno.Command(shell, {
      args: [...shell === "fish" ? ["--no-config"] : [], "-c", script],
      cwd,
      env: { PATH: `${cwd}/bin:${Deno.env.get("PATH")}`, HOME: cwd, XDG_CONFIG_HOME: cwd, LC_ALL: "C" },
      stdin: "null",
      signal: AbortSignal.timeout(60_000),
    }).output();
    const errors = new TextDecoder().decode(stderr);
    assert(success, errors);
    assertEquals(errors, "");
    printed = new TextDecoder().decode(out);
  });
  return printed;
}

Deno.test("completions bash completes subcommands, options, values and commands in a real bash", async () => {
  const tries = CASES.map(({ words }) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    return `COMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1} COMPREPLY=(); _prekill; show`;
  });
  const script = `show() { printf '%s\\n' "\${COMPREPLY[@]}" | sort -u | tr '\\n' ' '; echo; }
. bin/_prekill
${tries.join("\n")}
COMP_WORDS=(prekill exec --leaks = k) COMP_CWORD=4; _prekill; show`;
  const lines = (await inShell("bash", script)).split("\n").map((line) => line.trim());
  assertEquals(lines, [...CASES.map(({ completed }) => completed.join(" ")), "keep kill", ""]);
});

Deno.test({
  name: "completions fish completes the same in a real fish",
  ignore: !isOnPath("fish"),
  fn: async () => {
    const tries = CASES.map(({ words }) => `show (complete -C '${words.join(" ")}')`);
    const script = `function show; string split \\t -f1 -- $argv | sort -u | tr '\\n' ' '; echo; end
source bin/_prekill
${tries.join("\n")}
show (complete -C 'prekill exec --leaks=k')`;
    const lines = (await inShell("fish", script)).split("\n").map((line) => line.trim().replace(/\/$/, ""));
    assertEquals(lines, [
      ...CASES.map(({ completed }) => completed.join(" ")),
      "--leaks=keep --leaks=kill",
      "",
    ]);
  },
});

Deno.test({
  name: "completions zsh completes at a prompt of a real zsh",
  ignore: !isOnPath("zsh"),
  fn: async () => {
    // What is typed, and what stands there only once it is completed.
    const typed = [
      ["prekill com", "completions"],
      ["prekill exec --tim", "--timeout="],
      ["prekill report --format j", "junit"],
      ["prekill run --runner pyte", "pytest"],
      ["prekill exec -t 1m -- prekill-te", "prekill-test-program"],
      ["prekill timeout 1m prekill-te", "prekill-test-program"],
    ];
    const script = `zmodload zsh/zpty
zpty z env TERM=dumb zsh -f -i
zpty -w z "PS1='> '; fpath=($PWD/bin \\$fpath); autoload -Uz compinit; compinit -u -D; print RE''ADY"
zpty -r z out '*READY*'
${
      typed.map(([line, completed]) =>
        `zpty -w -n z '${line}'$'\\t'; zpty -r z out '*${completed}*'; print -r -- '${completed}'; zpty -w -n z $'\\C-u'`
      ).join("\n")
    }
zpty -d z`;
    assertEquals(
      await inShell("zsh", script),
      typed.map(([, completed]) => `${completed}\n`).join(""),
    );
  },
});

Deno.test("help --man prints a manual page that man and mandoc have nothing to say against", async () => {
  await withTempDir(async (cwd) => {
    const { code, stdout, stderr } = await runCli(["help", "--man"]);
    assertEquals([code, stderr], [0, ""]);
    Deno.writeTextFileSync(`${cwd}/prekill.1`, stdout);
    for (const { word } of SUBCOMMAND_SPECS) {
      assertStringIncludes(stdout, `.SH PREKILL ${word.toUpperCase()}\n`);
    }
    const readers = [["mandoc", "-Tlint"], ["man", "-l", "--warnings"]].filter(([name]) => isOnPath(name!));
    for (const [name, ...args] of readers) {
      const read = await new Deno.Command(name!, {
        args: [...args, `${cwd}/prekill.1`],
        env: { LC_ALL: "C.UTF-8", MANWIDTH: "80" },
        stdin: "null",
      }).output();
      const text = new TextDecoder().decode(read.stdout);
      assertEquals([read.code, new TextDecoder().decode(read.stderr)], [0, ""], text);
      if (name === "mandoc") assertEquals(text, "");
      else assertStringIncludes(text, "prekill exec -t 10m -- make check");
    }
  });
});

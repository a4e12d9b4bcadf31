/** Options of `deno test` that change what a test may do or how its modules are found; others are about many files. */
const KEPT =
  /^(?:-[AP]|-[RWNESI](?:=.*)?|--permission-set(?:=.*)?|--(?:allow|deny)-[a-z-]+(?:=.*)?|--unstable-[a-z-]+|--(?:no-)?check(?:=.*)?|--trace-leaks|--no-remote|--no-npm|--cached-only|--frozen(?:=.*)?|--no-lock|--lock=.*|--node-modules-dir(?:=.*)?|--(?:v8-flags|location|seed|env-file|import-map|config|cert|preload|conditions)=.*|--env-file|--sloppy-imports|--unsafely-ignore-certificate-errors(?:=.*)?|-P=.*)$/s;
/** A command that is more than one program with arguments. */
const SHELL_SYNTAX = /[;&|<>$`"'\\(){}*?~#\n]/;

/**
 * What `deno test` is given in a project: the permissions and similar options of its own `test` task, if that is a plain
 * `deno test`; else the permissions that its configuration has for tests; else all permissions, as the tests are the
 * user's own.
 *
 * @param configs what `deno.json` holds, of any shape; in a workspace those of the member and of the root: the first counts
 * that says something
 * @returns arguments for `deno test`
 */
export function denoFlags(...configs: readonly unknown[]): readonly string[] {
  for (const config of configs) {
    const flags = flagsIn(config);
    if (flags !== undefined) return flags;
  }
  return ["-A"];
}

function flagsIn(config: unknown): readonly string[] | undefined {
  const task = textOfTask(field(field(config, "tasks"), "test"));
  const words = task?.trim().split(/\s+/) ?? [];
  if (task !== undefined && words[0] === "deno" && words[1] === "test" && !SHELL_SYNTAX.test(task)) {
    const flags = words.slice(2, words.includes("--") ? words.indexOf("--") : undefined);
    return flags.filter((word) => KEPT.test(word));
  }
  if (field(field(config, "test"), "permissions") !== undefined) return ["-P"];
  return undefined;
}

function textOfTask(task: unknown): string | undefined {
  const command = typeof task === "object" ? field(task, "command") : task;
  return typeof command === "string" ? command : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

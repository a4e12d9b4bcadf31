/** Those of Deno that run a program and take `--inspect`. */
const SUBCOMMANDS = new Set(["run", "watch", "test", "bench", "serve", "eval", "repl"]);
/** Options whose value is the next word. */
const WITH_VALUE = new Set(["-L", "--log-level", "-c", "--config"]);
const INSPECT = /^--inspect(?:-brk|-wait)?(?:=|$)/;

/** The inspector at any free port of this machine, which Deno chooses. */
const OPTION = "--inspect=127.0.0.1:0";

/**
 * Adds to a command what lets prekill see the stacks of its JavaScript. Deno opens its inspector only when it is started
 * so, at 127.0.0.1 and a port of its own; whoever may connect to it may run code in the program. Node needs nothing: a
 * signal opens its inspector later. (`NODE_OPTIONS=--inspect-port=0` would give each Node a port of its own, but the
 * workers of a Node cluster refuse to start with it: they are given the port after 0.)
 *
 * @param command the program and its arguments
 * @returns the command to start: the same one unless it is `deno run`, `test` or another that runs a program,
 * without an inspector; what `deno task` and the program start in turn is not reached
 * @example Started so, a hung test shows its source lines
 * ```ts
 * import { withInspector } from "./inspect_runtime.ts";
 *
 * const command = withInspector(["deno", "test", "-A"]);
 * if (command.join(" ") !== "deno test --inspect=127.0.0.1:0 -A") throw new Error("unexpected");
 * ```
 */
export function withInspector(command: readonly string[]): readonly string[] {
  const [program, ...args] = command;
  if (program === undefined || !/^deno(?:\.exe)?$/.test(program.split(/[/\\]/).at(-1)!)) return command;
  const at = endOfOptions(args, 0);
  const word = args[at] ?? "";
  const isSubcommand = SUBCOMMANDS.has(word);
  // `deno main.ts` means `deno run main.ts`; other words are subcommands that run nothing, or run it elsewhere.
  if (!isSubcommand && !/[./:]/.test(word)) return command;
  const end = isSubcommand ? endOfOptions(args, at + 1) : at;
  if (args.slice(0, end).some((option) => INSPECT.test(option))) return command;
  const place = isSubcommand ? at + 1 : at;
  return [program, ...args.slice(0, place), OPTION, ...args.slice(place)];
}

/** Where the next word stands that is no option; after the script all is the program's own. */
function endOfOptions(args: readonly string[], from: number): number {
  let at = from;
  while (args[at]?.startsWith("-")) at += WITH_VALUE.has(args[at]!) ? 2 : 1;
  return Math.min(at, args.length);
}

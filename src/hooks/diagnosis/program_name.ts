import { visibleText } from "../../visible_text.ts";

/** What names a process: part of `ProcessFacts`. */
export interface NamedProcess {
  /** The kernel's name, 15 characters at most on Linux. */
  readonly name: string;
  readonly command: readonly string[];
  readonly exe?: string | undefined;
}

/** How an interpreter's command line is read. */
interface Interpreter {
  readonly names: RegExp;
  /** Options that run text given on the command line. */
  readonly inline?: RegExp;
  /** Options whose value is the next argument. */
  readonly withValue?: RegExp;
  /** Options whose value is a module or archive to run. */
  readonly main?: RegExp;
  /** Words before the script. */
  readonly subcommands?: RegExp;
  /** Words that are worth showing with what follows, such as `deno task build`. */
  readonly verbs?: RegExp;
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: /^(python|pypy)[\d.]*$/,
    inline: /^-[A-Za-z]*c$/,
    main: /^-[A-Za-z]*m$/,
    withValue: /^(-W|-X|--check-hash-based-pycs)$/,
  },
  {
    names: /^(node|nodejs|MainThread)$/,
    inline: /^(-e|--eval|-p|--print|-pe)$/,
    withValue:
      /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--title|--test-name-pattern|--test-reporter|--test-reporter-destination)$/,
  },
  {
    names: /^deno$/,
    subcommands: /^(run|test|bench|serve|watch)$/,
    verbs: /^(task|eval|install|compile|check|cache|x)$/,
    withValue: /^(-c|--config|--import-map|--cert|-L|--log-level|--seed|--location|--lock)$/,
  },
  {
    names: /^bunx?$/,
    inline: /^(-e|--eval|-p|--print)$/,
    subcommands: /^(run|test)$/,
    verbs: /^(x|install|build|add)$/,
    withValue: /^(-r|--preload|--cwd|-c|--config|--env-file|-t|--timeout)$/,
  },
  {
    names: /^(ba|da|z|k|mk|a|fi)?sh$/,
    inline: /^-[A-Za-z]*c$/,
    withValue: /^([-+][A-Za-z]*[oO]|--rcfile|--init-file)$/,
  },
  { names: /^perl[\d.]*$/, inline: /^-[A-Za-z]*[eE]$/, withValue: /^-[IMm]$/ },
  { names: /^ruby[\d.]*$/, inline: /^-[A-Za-z]*e$/, withValue: /^-[Ir]$/ },
  { names: /^(php|lua|luajit|Rscript|tclsh)[\d.]*$/, inline: /^-[re]$/, withValue: /^-[cdl]$/ },
  {
    names: /^java$/,
    main: /^(-jar|-m|--module)$/,
    withValue:
      /^(-cp|-classpath|--class-path|-p|--module-path|--add-modules|--add-opens|--add-exports|--source)$/,
  },
  { names: /^dotnet$/, verbs: /^(run|test|build)$/ },
];

const INLINE_WIDTH = 24;
const NAME_WIDTH = 48;
/** The kernel cuts names to this length. */
const KERNEL_NAME_LENGTH = 15;

/**
 * What people call a program: the script of an interpreter (`orders.test.js` for `node --test orders.test.js`), the
 * start of the text for `-c` and `-e`, the main class of `java`, the name a program gave itself, else the base name of
 * the command.
 *
 * @param process its names
 * @returns printable text on one line, at most 48 characters
 */
export function programName(process: NamedProcess): string {
  return clip(visibleText(readName(process)), NAME_WIDTH);
}

/**
 * Whether a process runs an interpreter: what it does is told by its script, not by its own functions.
 *
 * @param process its names
 */
export function isInterpreter({ command }: NamedProcess): boolean {
  const base = baseName((command[0] ?? "").replace(/^-/, ""));
  return INTERPRETERS.some((interpreter) => interpreter.names.test(base));
}

function readName({ name, command, exe }: NamedProcess): string {
  const first = command[0];
  if (first === undefined || first === "") return name === "" ? "?" : name;
  const words = first === "env" || first.endsWith("/env") ? skipEnv(command) : command;
  const base = baseName((words[0] ?? first).replace(/^-/, ""));
  const interpreter = INTERPRETERS.find((candidate) => candidate.names.test(base));
  if (interpreter !== undefined) return scriptOf(interpreter, base, words.slice(1)) ?? base;
  // Titles that a program writes over its command line: "nginx: worker process".
  if (command.length === 1 && /^\S+: /.test(first)) return first;
  const cut = base.slice(0, KERNEL_NAME_LENGTH);
  const file = exe === undefined
    ? cut
    : baseName(exe.replace(/ \(deleted\)$/, "")).slice(0, KERNEL_NAME_LENGTH);
  const renamed = name !== "" && name !== cut && name !== file;
  return renamed ? name : base;
}

function scriptOf(interpreter: Interpreter, base: string, args: readonly string[]): string | undefined {
  let verb: string | undefined;
  let isSubcommandPast = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    const next = args[index + 1];
    if (interpreter.inline?.test(arg) && next !== undefined) {
      return `${base} ${arg} '${clip(next.trim().replace(/\s+/g, " "), INLINE_WIDTH)}'`;
    }
    if (interpreter.main?.test(arg) && next !== undefined) {
      return arg === "-jar" ? baseName(next) : `${base} ${arg} ${next}`;
    }
    if (interpreter.withValue?.test(arg)) index++;
    else if (arg === "--") continue;
    else if (arg.startsWith("-")) {
      if (arg === "--test") verb = "--test";
    } else if (!isSubcommandPast && interpreter.subcommands?.test(arg)) {
      isSubcommandPast = true;
      verb = arg;
    } else if (!isSubcommandPast && interpreter.verbs?.test(arg)) {
      return `${base} ${arg}${next === undefined ? "" : ` ${clip(next, INLINE_WIDTH)}`}`;
    } else if (verb !== undefined && !/\.\w+$/.test(arg)) {
      return `${base} ${verb} ${clip(baseName(arg), INLINE_WIDTH)}`;
    } else return baseName(arg);
  }
  return verb === undefined ? undefined : `${base} ${verb}`;
}

function skipEnv(command: readonly string[]): readonly string[] {
  const start = command.findIndex((word, index) => index > 0 && !word.startsWith("-") && !word.includes("="));
  return start < 0 ? command : command.slice(start);
}

function baseName(path: string): string {
  return path.replace(/\/+$/, "").split("/").at(-1) || path;
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

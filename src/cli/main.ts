import { HostError, messageOf, UsageError } from "../errors.ts";
import { EXIT_INTERNAL } from "../exit_codes.ts";
import type { Runtime } from "../runtime/port.ts";
import { checkPermissions } from "./check_permissions.ts";
import { execCommand } from "./exec_command.ts";

/** The command of the npm package asks this by itself too: still older ones cannot even read this file. */
const OLDEST_NODE = 20;

/** Runs a subcommand. @returns the exit code */
type Subcommand = (args: readonly string[], runtime: Runtime) => Promise<number>;

/** A module is loaded only when it is asked for; `exec`, where milliseconds count, comes along with this one. */
const SUBCOMMANDS: Readonly<Record<string, () => Promise<Subcommand>>> = {
  exec: () => Promise.resolve(execCommand),
  run: async () => (await import("./run_command.ts")).runCommand,
  timeout: async () => (await import("./timeout_command.ts")).timeoutCommand,
  sample: async () => (await import("./sample_command.ts")).sampleCommand,
  report: async () => (await import("./report_command.ts")).reportCommand,
  doctor: async () => (await import("./doctor_command.ts")).doctorCommand,
  completions: async () => (await import("./completions_command.ts")).completionsCommand,
};

/**
 * The command line: picks the subcommand, runs it and ends the process with its exit code. Called as `timeout`
 * it is `prekill timeout`.
 *
 * @param runtime the host
 */
export async function main(runtime: Runtime): Promise<void> {
  let exitCode: number = EXIT_INTERNAL;
  try {
    exitCode = await run(runtime);
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof HostError;
    const text = expected
      ? messageOf(error)
      : `Cannot go on: internal error, ${messageOf(error)}; please report it`;
    // What the user wrote is quoted in messages, and may be anything.
    const { visibleText } = await import("../visible_text.ts");
    runtime.writeSync("stderr", `prekill: ${visibleText(text)}\n`);
  }
  runtime.exit(exitCode);
}

async function run(runtime: Runtime): Promise<number> {
  if (runtime.name === "node" && parseInt(runtime.version) < OLDEST_NODE) {
    const needed = `it needs Node ${OLDEST_NODE} or newer, or Bun; or take the binary`;
    throw new HostError(`Cannot run on Node ${runtime.version}: ${needed}`);
  }
  const calledAs = runtime.calledAs?.replace(/^.*\//, "");
  const args = calledAs === "timeout" ? ["timeout", ...runtime.args] : askedFor(runtime.args);
  const load = Object.hasOwn(SUBCOMMANDS, args[0] ?? "") ? SUBCOMMANDS[args[0]!] : undefined;
  if (runtime.pid === 1) {
    const { reapOrphans } = await import("../driver/reap_orphans.ts");
    await reapOrphans(runtime);
  }
  if (load !== undefined) {
    checkPermissions(args, runtime);
    return await (await load())(args.slice(1), runtime);
  }
  const { answerWithoutSubcommand } = await import("./without_subcommand.ts");
  return await answerWithoutSubcommand(args, Object.keys(SUBCOMMANDS), runtime);
}

/** `prekill help run --all` is `prekill run --help=all`, and `prekill help --man` the manual page of them all. */
function askedFor(args: readonly string[]): readonly string[] {
  if (args[0] !== "help") return args;
  if (args.includes("--man")) return ["--help=man"];
  const [subcommand] = args.slice(1).filter((word) => !word.startsWith("-"));
  return [
    ...(subcommand === undefined ? [] : [subcommand]),
    args.includes("--all") ? "--help=all" : "--help",
  ];
}

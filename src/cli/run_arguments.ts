import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { join, resolve } from "../std/path.ts";
import type { EarlierRun } from "../suite/resume/read_run.ts";
import { JOURNAL_NAME } from "../suite/suite_journal.ts";
import { OptionValues } from "./option_values.ts";
import { RUN_COMMAND } from "./run_options.ts";

/** The command line of `run`, that of the run which is carried on included. */
export interface RunArguments {
  readonly values: OptionValues;
  /** What follows `--`; undefined when nothing does. */
  readonly command: readonly string[] | undefined;
  /** All arguments, for the journal. */
  readonly args: readonly string[];
  /** Absolute path that files are relative to. */
  readonly cwd: string;
  /** What is carried on. */
  readonly earlier: ResumedSession | undefined;
}

/** A run that is carried on. */
export interface ResumedSession extends EarlierRun {
  /** Absolute path. */
  readonly sessionDir: string;
  /** Its journal. */
  readonly eventsText: string;
}

/** What fits in memory together with the rest; a journal of 100,000 tests has 100 MiB. */
const MAX_JOURNAL_BYTES = 512 * 1024 * 1024;

/**
 * Reads the command line of `run`. With `--resume` it is that of the earlier run, in its folder, and the options that are
 * given now come on top.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns options, operands and command
 * @throws {UsageError} when it is wrong, or the earlier run cannot be carried on
 */
export async function readRunArguments(args: readonly string[], runtime: Runtime): Promise<RunArguments> {
  const own = splitCommand(args);
  if (own.command?.length === 0) {
    throw new UsageError('Cannot find a command after "--": write it there, or leave "--" out');
  }
  const values = await OptionValues.parse(own.options, RUN_COMMAND.options, "permute");
  const directory = values.text("resume");
  if (directory === undefined || values.has("help") || values.has("version")) {
    return { values, command: own.command, args, cwd: runtime.cwd(), earlier: undefined };
  }
  const excluded = [...values.operands, ...own.command ?? []][0];
  if (excluded !== undefined) {
    throw new UsageError(
      `Cannot take "${excluded}" together with --resume: the tests are those of the run that is carried on; leave it out`,
    );
  }
  if (values.has("session-dir")) {
    throw new UsageError("Cannot use --session-dir and --resume together: the run stays where it is");
  }
  const earlier = await readEarlier(resolve(runtime.cwd(), directory), runtime);
  const before = splitCommand(earlier.plan.args);
  return {
    // Of an option that is given twice the last counts.
    values: await OptionValues.parse([...before.options, ...own.options], RUN_COMMAND.options, "permute"),
    command: before.command,
    args: earlier.plan.args,
    cwd: earlier.plan.cwd,
    earlier,
  };
}

function splitCommand(args: readonly string[]): { options: readonly string[]; command?: readonly string[] } {
  const end = args.indexOf("--");
  return end === -1 ? { options: args } : { options: args.slice(0, end), command: args.slice(end + 1) };
}

async function readEarlier(directory: string, { files }: Runtime): Promise<ResumedSession> {
  const fail = (reason: string): never => {
    throw new UsageError(`Cannot carry on the run in "${directory}": ${reason}`);
  };
  const kind = files.stat(directory)?.kind;
  if (kind === undefined) return fail(`there is no such directory (${files.explainUnreadable(directory)})`);
  if (kind !== "directory") return fail("it is not a directory; name that of the session");
  // `latest` may point elsewhere by the time this run has ended.
  const sessionDir = files.realPath(directory) ?? directory;
  const path = join(sessionDir, JOURNAL_NAME);
  const eventsText = files.readText(path, MAX_JOURNAL_BYTES);
  if (eventsText === undefined) return fail(`its journal cannot be read (${files.explainUnreadable(path)})`);
  const { readRun } = await import("../suite/resume/read_run.ts");
  const earlier = readRun(eventsText);
  if ("problem" in earlier) return fail(earlier.problem);
  if (files.stat(earlier.plan.cwd)?.kind !== "directory") {
    return fail(`its folder "${earlier.plan.cwd}" does not exist any more`);
  }
  return { ...earlier, sessionDir, eventsText };
}

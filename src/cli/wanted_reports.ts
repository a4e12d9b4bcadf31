import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { resolve } from "../std/path.ts";
import type { OptionValues } from "./option_values.ts";
import type { RunFormat } from "./render_run.ts";

/** The value that means standard output. */
export const STANDARD_OUTPUT = "-";

/** Its names in the file system, which lead wherever it goes. */
const STANDARD_OUTPUT_PATHS: ReadonlySet<string> = new Set(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);

const FORMATS: readonly RunFormat[] = ["junit", "html", "markdown", "tap"];

/** Which reports the command line asks for. */
export interface WantedReports {
  /** The option that takes standard output, so that people are told on standard error. */
  readonly onStdout: string | undefined;
  /** Files to be written at the end, by format: absolute paths, or `-`. */
  readonly files: readonly { readonly format: RunFormat; readonly path: string }[];
  /** The events as they happen: an absolute path, or `-`. */
  readonly events: string | undefined;
  readonly github: boolean;
}

/**
 * Reads from the command line which reports are wanted.
 *
 * @param values the options as given
 * @param cwd absolute path that files are relative to
 * @param runtime the host, which may be GitHub Actions
 * @returns what is to be written
 * @throws {UsageError} when two want standard output, or one wants a place where no file can be
 */
export function wantedReports(values: OptionValues, cwd: string, runtime: Runtime): WantedReports {
  const places = new Map<string, string>();
  for (const name of [...FORMATS, "events"]) {
    const text = values.text(name);
    if (text !== undefined) places.set(name, placeOf(name, text, cwd, runtime));
  }
  const onStdout = [...places.keys()].filter((name) => places.get(name) === STANDARD_OUTPUT);
  if (onStdout.length > 1) {
    throw new UsageError(
      `Cannot write --${onStdout[0]} and --${
        onStdout[1]
      } both to standard output: name a file for one of them`,
    );
  }
  return {
    onStdout: onStdout[0],
    files: FORMATS.flatMap((format) => {
      const path = places.get(format);
      return path === undefined ? [] : [{ format, path }];
    }),
    events: places.get("events"),
    github: values.has("github") || runtime.getEnv("GITHUB_ACTIONS") === "true",
  };
}

/** Where one goes: what can be known before the tests run is told before. */
function placeOf(option: string, text: string, cwd: string, { files }: Runtime): string {
  if (text === STANDARD_OUTPUT || STANDARD_OUTPUT_PATHS.has(text)) return STANDARD_OUTPUT;
  const fail = (reason: string): never => {
    throw new UsageError(`Cannot write --${option} "${text}": ${reason}`);
  };
  if (text === "") fail("the name is empty; name a file, or - for standard output");
  const path = resolve(cwd, text);
  if (files.readLink(path) !== undefined) fail("it is a symbolic link; name the file that it leads to");
  const kind = files.stat(path)?.kind;
  if (kind === "directory") fail("it is a directory; name a file in it");
  if (kind !== undefined && kind !== "file" && kind !== "char-device") {
    fail("it is no regular file; name another, or - for standard output");
  }
  return path;
}

/**
 * Whether there is anything to write beside what people are shown.
 *
 * @param wanted the reports
 * @returns false when none is wanted
 */
export function isReportWanted({ files, events, github }: WantedReports): boolean {
  return files.length > 0 || events !== undefined || github;
}

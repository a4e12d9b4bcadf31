import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { resolve } from "../std/path.ts";
import type { OptionValues } from "./option_values.ts";
import type { RunFormat } from "./render_run.ts";

/** The value that means standard output. */
export const STANDARD_OUTPUT = "-";

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
 * @throws {UsageError} when two want standard output
 */
export function wantedReports(values: OptionValues, cwd: string, runtime: Runtime): WantedReports {
  const place = (text: string): string => text === STANDARD_OUTPUT ? text : resolve(cwd, text);
  const named = [...FORMATS, "events"].filter((name) => (values.text(name) ?? "") !== "");
  const onStdout = named.filter((name) => values.text(name) === STANDARD_OUTPUT);
  if (onStdout.length > 1) {
    throw new UsageError(
      `Cannot write --${onStdout[0]} and --${
        onStdout[1]
      } both to standard output: name a file for one of them`,
    );
  }
  const events = values.text("events");
  return {
    onStdout: onStdout[0],
    files: FORMATS.filter((format) => named.includes(format)).map((format) => ({
      format,
      path: place(values.text(format)!),
    })),
    events: events === undefined || events === "" ? undefined : place(events),
    github: values.has("github") || runtime.getEnv("GITHUB_ACTIONS") === "true",
  };
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

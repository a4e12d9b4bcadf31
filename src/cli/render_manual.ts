import { groupBy } from "../std/group_by.ts";
import { VERSION } from "../version.ts";
import type { CommandSpec, OptionSpec } from "./option_spec.ts";
import type { SubcommandSpec } from "./subcommand_specs.ts";

const MAX_LINE = 80;

/**
 * Writes the manual page, prekill(1), in the macros of man(7).
 *
 * @param prekill what stands above all subcommands
 * @param subcommands all of them, each a section of its own
 * @param day the date at its foot, such as 2026-01-31
 * @returns the page, for `man -l -` or a file `prekill.1`
 */
export function renderManual(
  prekill: CommandSpec,
  subcommands: readonly SubcommandSpec[],
  day: string,
): string {
  const lines = [
    `.TH PREKILL 1 ${day} "prekill ${VERSION}" "User Commands"`,
    ".SH NAME",
    "prekill \\- find out why a process hangs, before it is killed",
    ".SH SYNOPSIS",
    ...subcommands.flatMap(({ word, spec }) => [
      `.B prekill ${text(word)}`,
      ...spec.usage === "" ? [] : [text(spec.usage)],
      ".br",
    ]).slice(0, -1),
    ".SH DESCRIPTION",
    text(prekill.summary),
    "When a time limit runs out, prekill looks at the whole tree of processes,",
    "says what it waits for, ends it and all that belongs to it, and leaves a",
    "sample behind.",
    ...example(prekill.examples),
    ...subcommands.flatMap(section),
    ".SH FILES",
    ".TP",
    "\\fI.prekill/\\fR<time>\\-<pid>",
    "The session directory: samples, logs and the journal.",
    "\\fI.prekill/latest\\fR points to the newest.",
    ".TP",
    ".I prekill.json",
    text("Settings of prekill run, for all tests or by name."),
    ".SH SEE ALSO",
    ".BR timeout (1)",
  ];
  return lines.flatMap(fold).join("\n") + "\n";
}

function section({ word, spec }: SubcommandSpec): string[] {
  const lines = [
    `.SH ${text(`PREKILL ${word.toUpperCase()}`)}`,
    text(spec.summary),
    ...example(spec.examples),
  ];
  for (const [group, options] of groupBy(spec.options, (option) => option.group)) {
    lines.push(`.SS ${text(group)}`, ...options.flatMap(optionLines));
  }
  if (spec.notes !== undefined) lines.push(".SS Notes", ...spec.notes.map(text));
  return lines;
}

function optionLines(option: OptionSpec): string[] {
  const { name, short, value } = option;
  const letter = short === undefined ? "" : `\\fB${text(`-${short}`)}\\fR, `;
  const given = value === undefined
    ? ""
    : option.valueIsOptional === true
    ? `[=\\fI${text(value)}\\fR]`
    : ` \\fI${text(value)}\\fR`;
  return [
    ".TP",
    `${letter}\\fB${text(`--${name}`)}\\fR${given}`,
    ...[option.help, ...option.more ?? []].map(text),
  ];
}

function example(lines: readonly string[]): string[] {
  return [".PP", ".nf", ...lines.map((line) => `  ${text(line)}`), ".fi"];
}

/** Parts a line of prose that is longer than man(7) wants its source to be; examples are indented, and stay as they are. */
function fold(line: string): string[] {
  const end = line.length <= MAX_LINE || line.startsWith(" ") ? -1 : line.lastIndexOf(" ", MAX_LINE);
  if (end <= 0) return [line];
  const rest = line.slice(end + 1);
  return [line.slice(0, end), ...fold(rest.startsWith(".") ? `\\&${rest}` : rest)];
}

/** What troff would take for an order of its own, it is told to print. */
function text(plain: string): string {
  return plain.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("'", "\\(aq").replaceAll(
    "`",
    "\\(ga",
  )
    .replaceAll("^", "\\(ha").replaceAll("~", "\\(ti").replace(/^\./, "\\&.");
}

import { visibleText } from "../visible_text.ts";
import type { DoctorCheck, DoctorReport } from "./doctor_report.ts";
import type { Style, Tone } from "./style.ts";

const GROUPS: readonly (readonly [DoctorCheck["group"], string])[] = [
  ["host", "This machine"],
  ["kernel", "What the kernel shows of your own processes"],
  ["tools", "Tools"],
  ["runtimes", "What is seen of programs in"],
];
const MARKS: Readonly<Record<DoctorCheck["status"], readonly [string, Tone]>> = {
  ok: ["ok", "good"],
  limited: ["limited", "strong"],
  missing: ["missing", "bad"],
  info: ["", "plain"],
};
const NAME_WIDTH = 14;
const MARK_WIDTH = 8;

/**
 * Writes the report for people: one line for each check, what to do below those that lack something.
 *
 * @param report the checks
 * @param style dresses the marks
 * @returns the text, ended with a verdict
 */
export function renderDoctor(report: DoctorReport, style: Style): string {
  const lines: string[] = [];
  for (const [group, title] of GROUPS) {
    const checks = report.checks.filter((check) => check.group === group);
    if (checks.length > 0) {
      lines.push(
        `${title}:`,
        ...checks.flatMap((check) => checkLines(check, style)),
        "",
      );
    }
  }
  lines.push(verdict(report));
  return lines.join("\n") + "\n";
}

function checkLines(check: DoctorCheck, style: Style): string[] {
  const [mark, tone] = MARKS[check.status];
  const what = check.status === "ok" || check.status === "info" || check.purpose === undefined
    ? check.detail
    : `${check.detail}; for ${check.purpose}`;
  const head = `  ${check.name.padEnd(NAME_WIDTH)} ${style(mark.padEnd(MARK_WIDTH), tone)} ${
    visibleText(what)
  }`;
  if (check.remedy === undefined) return [head.trimEnd()];
  return [head, `  ${" ".repeat(NAME_WIDTH + MARK_WIDTH + 1)} -> ${visibleText(check.remedy)}`];
}

function verdict({ checks, healthy }: DoctorReport): string {
  if (!healthy) return "Something that samples need is missing: see above.";
  const wanting = checks.filter((check) => check.status === "missing" || check.status === "limited").length;
  if (wanting === 0) return "Everything that prekill can use is here.";
  return `prekill works here; ${wanting} thing${wanting === 1 ? "" : "s"} above would let it see more.`;
}

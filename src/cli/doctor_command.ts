import { messageOf } from "../errors.ts";
import { findTool } from "../hooks/collectors/native/find_tool.ts";
import type { Runtime } from "../runtime/port.ts";
import { DOCTOR_COMMAND } from "./doctor_options.ts";
import { type DoctorCheck, doctorReport } from "./doctor_report.ts";
import { kernelChecks, type KernelFacts } from "./kernel_checks.ts";
import { languageChecks } from "./language_checks.ts";
import { OptionValues } from "./option_values.ts";
import { readKernelFacts } from "./read_kernel_facts.ts";
import { renderDoctor } from "./render_doctor.ts";
import { createStyle, isColored } from "./style.ts";
import { surveyLanguages } from "./survey_languages.ts";
import { toolChecks } from "./tool_checks.ts";
import { VERSION } from "../version.ts";

const EXIT_UNHEALTHY = 1;

/**
 * `prekill doctor`: what this machine can collect and what is missing, on stdout.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns 0, or 1 when something essential is missing
 * @throws {UsageError} when it was called wrongly
 */
export async function doctorCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  const values = await OptionValues.parse(args, DOCTOR_COMMAND.options, "permute");
  if (values.has("help") || values.has("version")) {
    const { answerGeneral } = await import("./answer_general.ts");
    return await answerGeneral(values, DOCTOR_COMMAND, runtime);
  }
  values.refuseOperands();
  const kernel = await lookAtKernel(runtime);
  // Without /proc nothing is seen of any language.
  const languages = runtime.os === "linux" && kernel.facts?.hasProc !== false
    ? languageChecks(
      await surveyLanguages(runtime, {
        isMemoryReadable: kernel.facts?.child.memory ?? false,
        isTraceDenied: kernel.facts?.isTraceDenied ?? false,
      }),
    )
    : [];
  const report = doctorReport(VERSION, [
    ...hostChecks(runtime),
    ...kernel.checks,
    ...toolChecks(runtime.os, (name) => findTool(runtime, name)),
    ...languages,
  ]);
  const style = createStyle(isColored(runtime, "stdout", values.text("color")));
  const text = values.has("json") ? JSON.stringify(report) + "\n" : renderDoctor(report, style);
  await runtime.write("stdout", new TextEncoder().encode(text));
  return report.healthy ? 0 : EXIT_UNHEALTHY;
}

function hostChecks(runtime: Runtime): DoctorCheck[] {
  const kernel = runtime.files.readText("/proc/sys/kernel/osrelease")?.trim();
  const facts: readonly (readonly [string, string])[] = [
    ["prekill", `${VERSION} on ${runtime.name} ${runtime.version}`],
    [
      "system",
      [
        `${runtime.os} ${runtime.arch}`,
        ...kernel === undefined ? [] : [`kernel ${kernel}`],
        `${runtime.cpuCount} processor${runtime.cpuCount === 1 ? "" : "s"}`,
      ].join(", "),
    ],
  ];
  return facts.map(([name, detail]) => ({ group: "host", name, status: "info", essential: false, detail }));
}

async function lookAtKernel(runtime: Runtime): Promise<{ checks: DoctorCheck[]; facts?: KernelFacts }> {
  if (runtime.os !== "linux") return { checks: [] };
  try {
    const facts = await readKernelFacts(runtime);
    return { checks: kernelChecks(facts), facts };
  } catch (error) {
    const detail = messageOf(error);
    const check: DoctorCheck = { group: "kernel", name: "child", status: "missing", essential: true, detail };
    return { checks: [check] };
  }
}

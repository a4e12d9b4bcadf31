import { installAdvice, TOOL_CATALOG } from "../hooks/collectors/native/tool_catalog.ts";
import type { DoctorCheck } from "./doctor_report.ts";
import { LANGUAGE_TOOLS } from "./language_checks.ts";

/** One serves as well as the other: of these, the first that is found is used. */
export const STACK_TOOLS: readonly string[] = ["eu-stack", "gdb", "lldb"];

/** Programs that belong to the operating system itself. */
const SYSTEM_TOOLS: Readonly<Record<string, readonly (readonly [name: string, purpose: string])[]>> = {
  linux: [["sh", "ending what runs when prekill itself is killed"]],
  darwin: [
    ["sample", "stacks of every thread"],
    ["lsof", "open files, and who is at the other end"],
    ["ps", "the process tree"],
    ["sh", "ending what runs when prekill itself is killed"],
  ],
  windows: [["powershell", "the process tree, threads and what they wait for"], [
    "taskkill",
    "ending a tree",
  ]],
};

/**
 * Judges which tools there are.
 *
 * @param os as `Runtime.os` names it
 * @param find looks a tool up; undefined when it is not there
 * @returns one check for each tool of this operating system, those that serve a single language left out
 */
export function toolChecks(os: string, find: (name: string) => string | undefined): DoctorCheck[] {
  const checks = (SYSTEM_TOOLS[os] ?? []).map(([name, purpose]) =>
    toolCheck(name, find(name), { purpose, essential: true })
  );
  if (os !== "linux") return checks;
  const stackTool = STACK_TOOLS.find((name) => find(name) !== undefined);
  for (const { name, purpose, essential = false } of TOOL_CATALOG) {
    // Missed only where there are programs in that language.
    if (LANGUAGE_TOOLS.includes(name)) continue;
    const path = find(name);
    if (path === undefined && stackTool !== undefined && STACK_TOOLS.includes(name)) {
      checks.push({
        group: "tools",
        name,
        status: "info",
        essential: false,
        detail: `not needed, ${stackTool} is here`,
        purpose,
      });
    } else {
      checks.push(toolCheck(name, path, { purpose, essential, remedy: installAdvice(name) }));
    }
  }
  return checks;
}

function toolCheck(
  name: string,
  path: string | undefined,
  { purpose, essential, remedy }: Pick<DoctorCheck, "purpose" | "essential" | "remedy">,
): DoctorCheck {
  return path === undefined
    ? { group: "tools", name, status: "missing", essential, detail: "not in PATH", purpose, remedy }
    : { group: "tools", name, status: "ok", essential, detail: path, purpose };
}

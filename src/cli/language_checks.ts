import { installAdvice, TOOL_CATALOG } from "../hooks/collectors/native/tool_catalog.ts";
import type { DoctorCheck } from "./doctor_report.ts";
import { ALLOW_PTRACE } from "./kernel_checks.ts";

/** What was found out about the languages of programs. */
export interface LanguageSurvey {
  /** Versions of the runtimes in `PATH`, by command; undefined for what is not there or does not tell. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** What came of reading the stacks of a Python child; undefined when there is no Python to try it on. */
  readonly python:
    | { readonly wasRead: boolean; readonly version: string; readonly detail: string }
    | undefined;
  /** Whether somebody listens at the port of Node's inspector. */
  readonly isInspectorPortTaken: boolean;
  /** Whether the memory of own processes can be read. */
  readonly isMemoryReadable: boolean;
  /** Whether tools are kept from attaching to own processes. */
  readonly isTraceDenied: boolean;
  /** The tool for native stacks that is used; undefined when there is none. */
  readonly stackTool: string | undefined;
  /** Tools for single languages that are in `PATH`. */
  readonly tools: readonly string[];
}

/** Languages that a tool is needed for. */
const TOOL_LANGUAGES = [
  { name: "ruby", command: "ruby", tool: "rbspy" },
  { name: "php", command: "php", tool: "phpspy" },
  { name: "dotnet", command: "dotnet", tool: "dotnet-stack" },
] as const;
/** What `DoctorCheck`s of languages have in common. */
const COMMON = { group: "runtimes", essential: false } as const;
const NO_MEMORY = "memory of own processes cannot be read";

/** The commands whose versions `languageChecks` shows, with the argument that asks for it. */
export const RUNTIME_COMMANDS: readonly (readonly [command: string, argument: string])[] = [
  ["node", "--version"],
  ["deno", "--version"],
  ["bun", "--version"],
  ["java", "-version"],
  ["go", "version"],
  ...TOOL_LANGUAGES.map(({ command }) => [command, "--version"] as const),
];
/** Tools that serve one language alone; the others are listed as tools. */
export const LANGUAGE_TOOLS: readonly string[] = ["py-spy", ...TOOL_LANGUAGES.map(({ tool }) => tool)];

/**
 * Judges what is seen of programs in each language (Linux).
 *
 * @param survey what was found out
 * @returns one check for each language
 */
export function languageChecks(survey: LanguageSurvey): DoctorCheck[] {
  return [
    nativeCheck(survey),
    pythonCheck(survey),
    nodeCheck(survey),
    stated("deno", survey, "shows its stacks when prekill exec --inspect-runtime has started it"),
    stated("bun", survey, "shows native stacks and kernel facts only"),
    stated("java", survey, "tells threads and locks at its attach socket, without any tool"),
    goCheck(survey),
    ...TOOL_LANGUAGES.map((language) => toolCheck(language, survey)),
  ];
}

function nativeCheck({ stackTool, isTraceDenied }: LanguageSurvey): DoctorCheck {
  const name = "native";
  const purpose = "functions of programs in C, C++ and Rust";
  if (stackTool === undefined) {
    const remedy = installAdvice("eu-stack");
    return { ...COMMON, name, status: "missing", detail: "no tool for stacks", purpose, remedy };
  }
  if (isTraceDenied) {
    return { ...COMMON, name, status: "limited", detail: `${stackTool} may not attach, see ptrace`, purpose };
  }
  const detail = `functions by ${stackTool}, lines too where programs were built with -g`;
  return { ...COMMON, name, status: "ok", detail };
}

function pythonCheck({ python, isMemoryReadable, tools }: LanguageSurvey): DoctorCheck {
  const name = "python";
  const purpose = "stacks and locks of Python code";
  if (!isMemoryReadable) {
    return { ...COMMON, name, status: "limited", detail: NO_MEMORY, purpose, remedy: ALLOW_PTRACE };
  }
  if (python === undefined) {
    return {
      ...COMMON,
      name,
      status: "info",
      detail: "not in PATH; CPython 3.8 to 3.14 is read from memory",
    };
  }
  if (python.wasRead) {
    return {
      ...COMMON,
      name,
      status: "ok",
      detail: `${python.version}: read from memory (${python.detail})`,
    };
  }
  const detail = `${python.version}: ${python.detail}`;
  return tools.includes("py-spy")
    ? { ...COMMON, name, status: "ok", detail: `${detail}; py-spy is asked instead` }
    : { ...COMMON, name, status: "limited", detail, purpose, remedy: installAdvice("py-spy") };
}

function nodeCheck({ versions, isInspectorPortTaken }: LanguageSurvey): DoctorCheck {
  const version = versions.node;
  if (version !== undefined && isInspectorPortTaken) {
    return {
      ...COMMON,
      name: "node",
      status: "limited",
      detail: `${version}: port 9229 is in use, which its inspector would open`,
      purpose: "JavaScript stacks, timers and sockets",
      remedy: "end the debugger there, or start Node with --inspect-port=0",
    };
  }
  return stated(
    "node",
    { versions },
    "tells stacks, timers and sockets at its inspector (SIGUSR1, port 9229)",
  );
}

function goCheck({ versions, isMemoryReadable }: LanguageSurvey): DoctorCheck {
  const detail = isMemoryReadable
    ? "goroutines from memory, and in the log when exec ends it"
    : `${NO_MEMORY}; goroutines stand in the log when exec ends it`;
  // Programs in Go run without Go.
  const version = versions.go === undefined ? "" : `${versions.go}: `;
  return { ...COMMON, name: "go", status: isMemoryReadable ? "ok" : "limited", detail: version + detail };
}

/** What needs nothing but the runtime itself. */
function stated(name: string, { versions }: Pick<LanguageSurvey, "versions">, what: string): DoctorCheck {
  const version = versions[name];
  return version === undefined
    ? { ...COMMON, name, status: "info", detail: `not in PATH; ${what}` }
    : { ...COMMON, name, status: "ok", detail: `${version}: ${what}` };
}

function toolCheck(
  { name, command, tool }: (typeof TOOL_LANGUAGES)[number],
  { versions, tools }: LanguageSurvey,
): DoctorCheck {
  const version = versions[command];
  const head = version ?? "not in PATH";
  if (tools.includes(tool)) return { ...COMMON, name, status: "ok", detail: `${head}: stacks by ${tool}` };
  // Where there is no such language, its tool is not missed.
  if (version === undefined) {
    return { ...COMMON, name, status: "info", detail: `${head}; ${tool} would tell stacks` };
  }
  const purpose = TOOL_CATALOG.find((entry) => entry.name === tool)?.purpose;
  return {
    ...COMMON,
    name,
    status: "limited",
    detail: `${version}: native stacks only, ${tool} is not in PATH`,
    purpose,
    remedy: purpose === undefined ? undefined : installAdvice(tool),
  };
}

/** A program that prekill uses where it is installed. */
export interface CatalogTool {
  /** The command to look for in `PATH`. */
  readonly name: string;
  /** What it adds to a sample, to follow "shows". */
  readonly purpose: string;
  /** The package that brings it, where the distribution has one. */
  readonly packages: {
    readonly debian?: string;
    readonly fedora?: string;
    readonly alpine?: string;
  };
  /** The command that installs it, where no package does. */
  readonly install?: string;
  /** Whether samples lack something that matters without it. */
  readonly essential?: boolean;
}

/** Every program that the collectors of Linux run, the most useful first. */
export const TOOL_CATALOG: readonly CatalogTool[] = [
  {
    name: "eu-stack",
    purpose: "native stacks of every thread, within milliseconds",
    packages: { debian: "elfutils", fedora: "elfutils", alpine: "elfutils" },
    essential: true,
  },
  {
    name: "ss",
    purpose: "which process is at the other end of a unix socket",
    packages: { debian: "iproute2", fedora: "iproute", alpine: "iproute2" },
    essential: true,
  },
  {
    name: "gdb",
    purpose: "native stacks where eu-stack is missing",
    packages: { debian: "gdb", fedora: "gdb", alpine: "gdb" },
  },
  {
    name: "lldb",
    purpose: "native stacks where eu-stack and gdb are missing",
    packages: { debian: "lldb", fedora: "lldb", alpine: "lldb" },
  },
  {
    name: "perf",
    purpose: "where a busy process spends its time",
    packages: { debian: "linux-perf", fedora: "perf", alpine: "perf" },
  },
  {
    name: "c++filt",
    purpose: "readable names of C++ functions where the stack tool leaves them mangled",
    packages: { debian: "binutils", fedora: "binutils", alpine: "binutils" },
  },
  {
    name: "py-spy",
    purpose: "stacks of Python code",
    packages: { alpine: "py-spy" },
    install: "pip install py-spy",
  },
  {
    name: "rbspy",
    purpose: "stacks of Ruby code",
    packages: {},
    install: "cargo install rbspy",
  },
  {
    name: "dotnet-stack",
    purpose: "stacks of .NET code",
    packages: {},
    install: "dotnet tool install --global dotnet-stack",
  },
  {
    name: "phpspy",
    purpose: "stacks of PHP code",
    packages: {},
    install: "git clone https://github.com/adsr/phpspy && make -C phpspy",
  },
];

/**
 * How to get a tool, as it stands in samples and in `prekill doctor`.
 *
 * @param name a name of the catalogue
 * @returns such as `install elfutils (apt-get install elfutils, dnf install elfutils, apk add elfutils)`
 * @throws {Error} when the catalogue has no such tool
 */
export function installAdvice(name: string): string {
  const tool = TOOL_CATALOG.find((tool) => tool.name === name);
  if (tool === undefined) throw new Error(`Cannot advise on tool "${name}": the catalogue has no such tool`);
  const { debian, fedora, alpine } = tool.packages;
  const commands = [
    ...(tool.install === undefined ? [] : [tool.install]),
    ...(debian === undefined ? [] : [`apt-get install ${debian}`]),
    ...(fedora === undefined ? [] : [`dnf install ${fedora}`]),
    ...(alpine === undefined ? [] : [`apk add ${alpine}`]),
  ];
  return `install ${tool.install === undefined ? debian : name} (${commands.join(", ")})`;
}

/** The systems that binaries are made for, as Deno names them, and as Bun does. */
export const COMPILE_TARGETS: Readonly<Record<string, string>> = {
  "x86_64-unknown-linux-gnu": "bun-linux-x64",
  "aarch64-unknown-linux-gnu": "bun-linux-arm64",
  "x86_64-apple-darwin": "bun-darwin-x64",
  "aarch64-apple-darwin": "bun-darwin-arm64",
  "x86_64-pc-windows-msvc": "bun-windows-x64",
};

/** What `deno task compile` and `deno task compile:bun` are told. */
export interface CompileArguments {
  /** A key of `COMPILE_TARGETS`; undefined for the system that this runs on. */
  readonly target: string | undefined;
  /** Absolute path of the binary. */
  readonly output: string;
}

/** Where binaries go. */
export interface CompilePlaces {
  /** Without `--output`, as `prekill`, or `prekill-TARGET` for another system; ends with a slash. */
  readonly folder: string;
  /** What a relative path of `--output` starts from. */
  readonly cwd: string;
}

/**
 * Reads `[--target TARGET] [--output FILE]`.
 *
 * @param args the arguments
 * @param places where binaries go
 * @returns what was asked for, or a sentence that says what is wrong with it
 */
export function readCompileArguments(
  args: readonly string[],
  { folder, cwd }: CompilePlaces,
): CompileArguments | string {
  let target: string | undefined;
  let output: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const [name, attached] = args[index]!.split(/=(.*)/s, 2) as [string, string?];
    if (name !== "--target" && name !== "--output") {
      return `Cannot compile with "${args[index]}": there are --target TARGET and --output FILE`;
    }
    const value = attached ?? args[++index];
    if (value === undefined || value === "") return `Cannot compile with "${name}": give it a value`;
    if (name === "--target") target = value;
    else output = value;
  }
  if (target !== undefined && COMPILE_TARGETS[target] === undefined) {
    const known = Object.keys(COMPILE_TARGETS).join(", ");
    return `Cannot compile for the target "${target}": there are ${known}`;
  }
  const suffix = target === undefined ? "" : `-${target}`;
  const extension = target?.includes("windows") ? ".exe" : "";
  const path = output ?? `${folder}prekill${suffix}${extension}`;
  return { target, output: path.startsWith("/") ? path : `${cwd}/${path}` };
}

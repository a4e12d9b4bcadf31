import { rolldown } from "rolldown";
import { BUNDLED_PACKAGES } from "./bundled_packages.ts";
import { NODE_HOST } from "./node_host.ts";
import { RUNNER_TEXTS } from "./runner_texts.ts";

const ROOT = new URL("..", import.meta.url);
const ENTRY = new URL("cli.ts", ROOT);
/** What is loaded at once, with all that it imports statically. */
const EAGER = [ENTRY, new URL("src/cli/exec_command.ts", ROOT)];

/** Where the files go, and who is to load them. */
export interface BundleProgramOptions {
  /** The folder, which is replaced. */
  readonly folder: string;
  /**
   * Whether Bun makes one file of it. Then `import("./more.js")` stands there as such, which Deno would load before the program
   * starts, and of the port to the host there is Node's half only, at once.
   */
  readonly forBun?: boolean | undefined;
}

/** What was written. */
export interface BundledProgram {
  /** The file to start. */
  readonly entryPath: string;
  /** Names of all files, the entry included. */
  readonly names: readonly string[];
  readonly totalBytes: number;
}

interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly isDynamic?: boolean;
    readonly code?: { readonly specifier: string };
  }[];
}

/**
 * Writes the command line as JavaScript. What `exec` of a passing command needs is one small file (`prekill.js`), all else is
 * loaded when it is first used (`more.js`): Deno spends 6 ms on a file of 240 KB, and 0.2 ms on every further file.
 *
 * @param options the folder, and who is to load it
 * @returns what was written
 */
export async function bundleProgram(options: BundleProgramOptions): Promise<BundledProgram> {
  const { folder, forBun = false } = options;
  const core = await staticImports(EAGER.map(String));
  /** The port to the host with the leaves that it uses. */
  const isRuntime = (id: string): boolean => /src\/(runtime\/(?!host)|errors|signals|outcome)/.test(id);
  const bundle = await rolldown({
    input: ENTRY.pathname,
    platform: "neutral",
    external: [/^node:/],
    resolve: { alias: { ...BUNDLED_PACKAGES } },
    plugins: forBun ? [RUNNER_TEXTS, NODE_HOST] : [RUNNER_TEXTS],
    logLevel: "silent",
  });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    entryFileNames: "prekill.js",
    chunkFileNames: "[name].js",
    codeSplitting: {
      groups: [
        // Apart from the core, which waits for Node's half of it on Node.
        { name: "runtime", priority: 4, test: (id: string) => core.has(id) && isRuntime(id) },
        { name: "core", priority: 3, test: (id: string) => core.has(id) },
        { name: "runners", priority: 3, test: /prespawn\/runner_programs|prespawn\/runners\// },
        { name: "node_runtime", priority: 2, test: /runtime\/(node|raw_node)/ },
        { name: "more", priority: 1 },
      ],
    },
  });
  await bundle.close();
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  const names: string[] = [];
  let totalBytes = 0;
  const hasCore = output.some(({ name }) => name === "core");
  for (const chunk of output) {
    // The entry only imports the core, which takes its place, or has it in itself.
    if (chunk.type !== "chunk" || (chunk.isEntry && hasCore)) continue;
    const name = chunk.name === "core" ? "prekill.js" : chunk.fileName;
    const visible = chunk.code.replaceAll("./core.js", "./prekill.js");
    const code = forBun ? visible : hideImports(visible);
    Deno.writeTextFileSync(`${folder}/${name}`, code);
    names.push(name);
    totalBytes += code.length;
  }
  return { entryPath: `${folder}/prekill.js`, names, totalBytes };
}

/** An expression behind `import(…)` is not seen before it is reached. */
function hideImports(code: string): string {
  return code.replaceAll(
    /import\(([`"])(\.\/[^`"]+)\1\)/g,
    (_match, _quote, path) => `import(["${path}"].join(""))`,
  );
}

/** Paths of the modules that are loaded with these, without dynamic imports. */
async function staticImports(entries: readonly string[]): Promise<Set<string>> {
  const info = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ENTRY.pathname],
    stdout: "piped",
  });
  const { modules } = JSON.parse(new TextDecoder().decode((await info.output()).stdout)) as {
    modules: ModuleInfo[];
  };
  const byName = new Map(modules.map((module) => [module.specifier, module]));
  const found = new Set<string>();
  const pending = [...entries];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const path = next.startsWith("file:") ? new URL(next).pathname : next;
    if (found.has(path)) continue;
    found.add(path);
    for (const { isDynamic, code } of byName.get(next)?.dependencies ?? []) {
      if (isDynamic !== true && code !== undefined) pending.push(code.specifier);
    }
  }
  return found;
}

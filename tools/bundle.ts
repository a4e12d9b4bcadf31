/**
 * `deno task bundle [FOLDER]`: writes the command line as JavaScript to `dist/`, or to another folder. What `exec` of a passing command needs is one
 * small file (`prekill.js`), all else is loaded when it is first used (`more.js`): Deno spends 6 ms on a file of 240 KB, and
 * 0.2 ms on every further file. `prekill` beside it starts it.
 */
import { rolldown } from "rolldown";

const ROOT = new URL("..", import.meta.url);
const ENTRY = new URL("cli.ts", ROOT);
const [folder = new URL("dist", ROOT).pathname] = Deno.args;
/** What is loaded at once, with all that it imports statically. */
const EAGER = [ENTRY, new URL("src/cli/exec_command.ts", ROOT)];

/** Ends the names of modules that are the text of a file. */
const TEXT = "?text";

/**
 * The command for Unix. The bundle needs no configuration and no packages, and Deno need not look for them. A larger nursery than 4 MiB
 * (each half) makes a run of thousands of tests no quicker, and takes 50 MiB more.
 */
const LAUNCHER = `#!/bin/sh
case $0 in
  timeout | */timeout) export PREKILL_ARGV0="$0" ;;
esac
file=$0
while [ -h "$file" ]; do
  target=$(readlink "$file")
  case $target in
    /*) file=$target ;;
    *) file=\${file%/*}/$target ;;
  esac
done
case $file in
  */*) folder=\${file%/*} ;;
  *) folder=. ;;
esac
exec deno run -A --no-config --no-npm --no-lock --v8-flags=--max-semi-space-size=4 "$folder/prekill.js" "$@"
`;

interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly isDynamic?: boolean;
    readonly code?: { readonly specifier: string };
  }[];
}

const core = await staticImports(EAGER.map(String));
/** The port to the host with the leaves that it uses. */
const isRuntime = (id: string): boolean => /src\/(runtime\/(?!host)|errors|signals|outcome)/.test(id);
const bundle = await rolldown({
  input: ENTRY.pathname,
  platform: "neutral",
  external: [/^node:/],
  resolve: {
    alias: {
      "@std/path": new URL(".", import.meta.resolve("@std/path/mod.js")).pathname,
      "@jridgewell/sourcemap-codec": new URL(
        "dist/sourcemap-codec.mjs",
        import.meta.resolve("@jridgewell/sourcemap-codec/package.json"),
      ).pathname,
      "jsonc-parser": new URL("lib/esm/main.js", import.meta.resolve("jsonc-parser/package.json")).pathname,
    },
  },
  plugins: [{ name: "runner-programs", resolveId: resolveRunner, load: loadRunner }],
  logLevel: "silent",
});
await Deno.remove(folder, { recursive: true }).catch(() => {});
await Deno.mkdir(folder);
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
let totalBytes = 0;
for (const chunk of output) {
  // The entry only imports the core, which takes its place.
  if (chunk.type !== "chunk" || chunk.isEntry) continue;
  const name = chunk.name === "core" ? "prekill.js" : chunk.fileName;
  // Deno loads what it can see behind import("…") before the program starts; an expression is not seen.
  const code = chunk.code.replaceAll("./core.js", "./prekill.js").replaceAll(
    /import\(([`"])(\.\/[^`"]+)\1\)/g,
    (_match, _quote, path) => `import(["${path}"].join(""))`,
  );
  Deno.writeTextFileSync(`${folder}/${name}`, code);
  totalBytes += code.length;
}
Deno.writeTextFileSync(`${folder}/prekill`, LAUNCHER, { mode: 0o755 });
console.log(`${folder}/prekill.js: ${output.length} files, ${Math.round(totalBytes / 1024)} KiB`);

/** Runner programs are text here, whatever their language: without its end the name of one says nothing of that. */
function resolveRunner(specifier: string, importer: string | undefined): string | undefined {
  if (importer?.endsWith("/src/prespawn/runner_programs.ts") !== true) return undefined;
  return new URL(specifier, `file://${importer}`).pathname + TEXT;
}

function loadRunner(id: string): { code: string; moduleType: "js" } | undefined {
  if (!id.endsWith(TEXT)) return undefined;
  const text = Deno.readTextFileSync(id.slice(0, -TEXT.length));
  return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
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

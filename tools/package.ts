/**
 * `deno task package [FOLDER]`: writes the npm package to `dist/npm`, or to another folder: the command, the library with its
 * types, README and licence. `npm pack` in that folder makes the file to publish.
 */
import config from "../deno.json" with { type: "json" };
import npm from "../package.json" with { type: "json" };
import { bundleLibrary } from "./bundle_library.ts";
import { bundleProgram } from "./bundle_program.ts";
import { entryPoints } from "./entry_points.ts";
import { writeDeclarations } from "./write_declarations.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const COPIED = ["README.md", "CHANGELOG.md", "LICENSE", "schema"];
const [folder = `${ROOT}dist/npm`] = Deno.args;

const entries = entryPoints();
await Deno.remove(folder, { recursive: true }).catch(() => {});
await bundleProgram({ folder: `${folder}/cli` });
await bundleLibrary(
  Object.fromEntries(Object.entries(entries).map(([name, path]) => [fileName(name), path])),
  `${folder}/lib`,
);
await writeDeclarations(Object.values(entries), `${folder}/types`);
await Deno.mkdir(`${folder}/bin`);
await Deno.copyFile(new URL("npm/prekill.js", import.meta.url), `${folder}/bin/prekill.js`);
await Deno.chmod(`${folder}/bin/prekill.js`, 0o755);
for (const name of COPIED) await copy(`${ROOT}${name}`, `${folder}/${name}`);
await Deno.writeTextFile(`${folder}/package.json`, `${JSON.stringify(manifest(), null, 2)}\n`);
console.log(`${folder}: prekill ${config.version} with ${Object.keys(entries).length} entry points`);

function manifest(): Record<string, unknown> {
  const exported = Object.entries(entries).map(([name, path]) => [name, {
    types: `./types/${path.replace(/\.ts$/, ".d.ts")}`,
    default: `./lib/${fileName(name)}.js`,
  }]);
  return {
    name: npm.name,
    version: config.version,
    description: npm.description,
    license: config.license,
    keywords: ["test", "timeout", "hang", "deadlock", "stack", "debugging", "ci"],
    type: "module",
    engines: { node: ">=20" },
    bin: { prekill: "bin/prekill.js" },
    exports: { ...Object.fromEntries(exported), "./package.json": "./package.json" },
    files: ["bin", "cli", "lib", "types", ...COPIED],
    sideEffects: false,
  };
}

/** The file of an entry point: `mod` for `.`, `hooks` for `./hooks`. */
function fileName(entryPoint: string): string {
  return entryPoint === "." ? "mod" : entryPoint.slice("./".length);
}

async function copy(from: string, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

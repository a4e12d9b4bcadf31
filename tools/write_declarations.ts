import { isolatedDeclarationSync } from "rolldown/experimental";

const ROOT = new URL("..", import.meta.url);
/** What `await using` works with is in TypeScript's newest library only, which consumers need not have chosen. */
const DISPOSABLE = '/// <reference lib="esnext.disposable" />\n';

/**
 * Writes the types of modules, and of all that they name, as declarations (`.d.ts`) that Node's resolution finds: each stands
 * in the same place below the folder as its module in the repository.
 *
 * @param entries paths from the root of the repository
 * @param folder where they go
 * @throws {Error} when a type cannot be told from its module alone
 */
export async function writeDeclarations(entries: readonly string[], folder: string): Promise<void> {
  const written = new Set<string>();
  const pending = [...entries];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (written.has(path)) continue;
    written.add(path);
    const { code, errors } = isolatedDeclarationSync(path, await Deno.readTextFile(new URL(path, ROOT)));
    if (errors[0] !== undefined) throw new Error(`Cannot write the types of "${path}": ${errors[0].message}`);
    const here = new URL(path, ROOT);
    const declarations = code.replaceAll(/(["'])(\.\.?\/[^"']+)\.ts\1/g, (_match, quote, specifier) => {
      pending.push(new URL(`${specifier}.ts`, here).href.slice(ROOT.href.length));
      return `${quote}${specifier}.js${quote}`;
    });
    const target = `${folder}/${path.replace(/\.ts$/, ".d.ts")}`;
    await Deno.mkdir(target.replace(/\/[^/]*$/, ""), { recursive: true });
    const head = /\b(asyncDispose|AsyncDisposable)\b/.test(declarations) ? DISPOSABLE : "";
    await Deno.writeTextFile(target, head + declarations);
  }
}

/** Ends the names of modules that are the text of a file. */
const TEXT = "?text";

/** A plugin of rolldown: runner programs are text, whatever their language; without its end the name of one says nothing of that. */
export const RUNNER_TEXTS = { name: "runner-programs", resolveId: resolveRunner, load: loadRunner } as const;

function resolveRunner(specifier: string, importer: string | undefined): string | undefined {
  if (importer?.endsWith("/src/prespawn/runner_programs.ts") !== true) return undefined;
  return new URL(specifier, `file://${importer}`).pathname + TEXT;
}

function loadRunner(id: string): { code: string; moduleType: "js" } | undefined {
  if (!id.endsWith(TEXT)) return undefined;
  const text = Deno.readTextFileSync(id.slice(0, -TEXT.length));
  return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
}

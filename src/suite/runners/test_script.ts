/** A longer command is not looked at to its end, nor are more scripts that call each other. */
const MAX_SCRIPT = 2000;
const MAX_SCRIPTS = 20;
const CALLS_SCRIPT = /\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?([\w:.-]+)/g;

/**
 * What the `test` script of a package comes to: its own command, and those of the scripts that it calls with `npm run`.
 *
 * @param scripts of the `package.json`
 * @returns the commands, one on each line; empty when there is no such script
 */
export function testScript(scripts: Readonly<Record<string, unknown>>): string {
  const names = new Set(["test"]);
  const commands: string[] = [];
  // A set gives out what is added while it is gone through.
  for (const name of names) {
    const command = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    if (typeof command !== "string") continue;
    const shortened = command.slice(0, MAX_SCRIPT);
    commands.push(shortened);
    if (commands.length === MAX_SCRIPTS) break;
    for (const [, called] of shortened.matchAll(CALLS_SCRIPT)) names.add(called!);
  }
  return commands.join("\n");
}

const ROOT = new URL("..", import.meta.url);

/** The runtimes that the tests need beside Deno, and what makes each usable where npm ran no install scripts. */
const RUNTIMES = [
  { name: "node", installer: "installArchSpecificPackage.js" },
  { name: "bun", installer: "install.js" },
];

/**
 * Brings the pinned Node and Bun of `package.json` into `node_modules`, unless they are there. Needs npm; without it
 * the tests use what is on `PATH`.
 */
export async function setUp(): Promise<void> {
  const pinned = JSON.parse(Deno.readTextFileSync(new URL("package.json", ROOT))).optionalDependencies;
  const missing = RUNTIMES.filter(({ name }) => installedVersion(name) !== pinned[name]);
  if (missing.length === 0) return;
  console.log("set-up: npm ci");
  const installed = await run("npm", ["ci", "--no-audit", "--no-fund"]);
  if (!installed) {
    console.log("set-up: cannot install Node and Bun with npm ci; the tests take those on PATH");
    return;
  }
  const unfinished = RUNTIMES.filter(({ name }) => installedVersion(name) !== pinned[name]);
  if (unfinished.length === 0) return;
  for (const { name, installer } of unfinished) {
    await run("node", [installer], new URL(`node_modules/${name}/`, ROOT));
  }
  // npm links only what was there when it looked.
  await run("npm", ["rebuild", "--ignore-scripts"]);
}

function installedVersion(name: string): string | undefined {
  try {
    const program = new URL(`node_modules/.bin/${name}`, ROOT).pathname;
    const { success, stdout } = new Deno.Command(program, { args: ["--version"] }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim().replace(/^v/, "") : undefined;
  } catch {
    return undefined;
  }
}

async function run(program: string, args: string[], cwd: URL = ROOT): Promise<boolean> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd, stdin: "null" })
      .output();
    if (!success) console.log(new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Runs a Python script several times, each time in a new interpreter that has started, and has loaded `json`, before it was
 * asked for.
 *
 *     deno run -A examples/prespawn.ts SCRIPT [ARGUMENT...]
 */
import { host, Prespawner, runnerPath, warmTestOf } from "../mod.ts";

const [script, ...scriptArgs] = Deno.args;
if (script === undefined) {
  console.error("Cannot run anything: name a script");
  Deno.exit(2);
}
const path = await runnerPath("python.py");
const found = warmTestOf(["python3", script, ...scriptArgs], {
  cwd: Deno.cwd(),
  env: host.environment(),
  preloads: ["json"],
  runnerPath: () => path,
})!;
await using prespawner = new Prespawner({ start: found.start, size: 2 });
prespawner.start();
for (let round = 1; round <= 3; round++) {
  // Its output comes on ours; the environment is ours and what is given here.
  const child = await prespawner.spawn([found.main, ...found.args], { ROUND: String(round) });
  const exit = await child.exited;
  console.log(`round ${round}: ${exit.kind === "exited" ? `exit code ${exit.code}` : exit.signal}`);
}

/** `deno task demo`: a release hangs because two scripts lock each other out; prekill says why and ends it. */
import { isOnPath } from "../tests/support/is_on_path.ts";
import { markedProcesses } from "../tests/support/marked_processes.ts";

const SAMPLE_LINES = 25;
const ROOT = new URL("..", import.meta.url);
const LATEST = new URL(".prekill/latest/", ROOT);
const mark = crypto.randomUUID();

if (Deno.build.os !== "linux") fail("this example needs Linux; prekill exec -- COMMAND works here too");
if (!isOnPath("flock")) fail("this example needs flock: install util-linux (apt-get install util-linux)");

const args = ["exec", "-t", "3s", "--", "sh", "examples/deploy/release.sh"];
say(`$ prekill ${args.join(" ")}`);
say();
const before = realPath(LATEST);
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "cli.ts", ...args],
  cwd: ROOT,
  env: { PREKILL_DEMO: mark },
}).spawn().status;
const session = realPath(LATEST);
if (session === undefined || session === before) fail(`prekill left no sample (exit code ${code})`);

const name = [...Deno.readDirSync(session)].map((entry) => entry.name).find((entry) =>
  entry.endsWith(".sample")
);
if (name === undefined) fail(`there is no sample in ${session} (exit code ${code})`);
const path = `${session}/${name}`.replace(ROOT.pathname, "");
const lines = Deno.readTextFileSync(`${session}/${name}`).split("\n");
say();
say(`Exit code: ${code}. The sample is ${path}, and begins:`);
say();
for (const line of lines.slice(0, SAMPLE_LINES)) say(`  ${line}`.trimEnd());
if (lines.length > SAMPLE_LINES) say(`  … ${lines.length - SAMPLE_LINES} more lines`);
say();
const left = markedProcesses("PREKILL_DEMO", mark);
if (left.length > 0) {
  fail(`still running: ${left.map(({ pid, command }) => `${command} (pid ${pid})`).join(", ")}`);
}
say("No process of the release is left.");
if (code !== 124 && code !== 137) fail(`the exit code should be 124, not ${code}`);

function say(line = ""): void {
  console.log(line);
}

function fail(reason: string): never {
  console.error(`demo: ${reason}`);
  Deno.exit(1);
}

function realPath(path: string | URL): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}

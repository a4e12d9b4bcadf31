import { host } from "../../../src/runtime/host.ts";
import { WaitingRunner } from "../../../src/prespawn/waiting_runner.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts } from "../../support/compare_starts.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { shellRunner } from "../../support/shell_runner.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const PAGE = new URL("../../../docs/writing_runners.md", import.meta.url).pathname;
const ignore = !isOnPath("jq");
const suffix = ignore ? " (skipped: jq is not installed)" : "";

function runnerOfPage(): string {
  const text = /```sh\n(.*?)```/s.exec(Deno.readTextFileSync(PAGE))?.[1];
  assert(text !== undefined);
  return text;
}

const TEST = `echo "$#: $1 $2"
pwd
env | grep -v '^_=\\|^PWD=\\|^OLDPWD=' | sort
type greet >/dev/null 2>&1 || . ./greet.sh
greet
wc -c
exit 5
`;

Deno.test({
  name: `the runner of docs/writing_runners.md does as a cold start${suffix}`,
  ignore,
  async fn() {
    await withTempDir(async (directory) => {
      await Deno.mkdir(`${directory}/sub`);
      Deno.writeTextFileSync(`${directory}/sub/a.sh`, TEST);
      Deno.writeTextFileSync(`${directory}/sub/greet.sh`, "greet() { echo hello; }\n");
      const start = {
        ...await shellRunner(directory, runnerOfPage()),
        env: { PATH: "/usr/bin:/bin", REMOVED: "1" },
        preloads: [`${directory}/sub/greet.sh`],
      };
      const env = { PATH: "/usr/bin:/bin", ADDED: "a 'b'\n c" };
      const job = { v: 1, main: "a.sh", args: ["-x", "y z"], env, cwd: `${directory}/sub` } as const;
      const { cold, warm } = await compareStarts({ cold: ["sh", "a.sh", "-x", "y z"], start, job });
      assertEquals(warm, cold);
      assertEquals(cold.exit, { kind: "exited", code: 5 });
      assert(cold.output.endsWith("hello\n0\n"), cold.output);
    });
  },
});

Deno.test({
  name: `the runner of docs/writing_runners.md exits with 0, when it gets the empty job or none${suffix}`,
  ignore,
  async fn() {
    await withTempDir(async (directory) => {
      const start = await shellRunner(directory, runnerOfPage());
      const output = { kind: "log", path: `${directory}/log` } as const;
      const runner = new WaitingRunner({ start, output, readyPath: `${directory}/ready` }, host);
      await runner.ready(30_000);
      await runner.end(30_000);
      assertEquals(host.files.readText(output.path), "");
      assert(!runner.isAlive);
    });
  },
});

import { nodeProgram } from "../../tools/node_program.ts";
import { toolOutput } from "../../tools/tool_output.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const CONSUMER = `${ROOT}tests/fixtures/consumer/`;
/** Whatever a project has chosen that can read a modern package. */
const TYPESCRIPT_SETTINGS = [
  ["--module", "nodenext", "--moduleResolution", "nodenext"],
  ["--module", "esnext", "--moduleResolution", "bundler"],
];
const TOOLS = ["typescript@5.9.3", "publint@0.3.25", "@arethetypeswrong/cli@0.18.5"];

async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { success, text } = await toolOutput(program, args, cwd);
  assert(success, `${program} ${args.join(" ")}: ${text}`);
  return text;
}

/** An empty project that has installed the package and nothing else. Returns the path of what npm would publish. */
async function installInto(folder: string): Promise<string> {
  await succeed(Deno.execPath(), ["run", "-A", "tools/package.ts", `${folder}/npm`], ROOT);
  const packed = await succeed("npm", ["pack", "--silent", "--pack-destination", folder], `${folder}/npm`);
  const tarball = `${folder}/${/\S+\.tgz/.exec(packed)?.[0]}`;
  Deno.mkdirSync(`${folder}/project`);
  Deno.writeTextFileSync(`${folder}/project/package.json`, '{ "private": true, "type": "module" }\n');
  await succeed("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], `${folder}/project`);
  for (const { name } of Deno.readDirSync(CONSUMER)) {
    Deno.copyFileSync(CONSUMER + name, `${folder}/project/${name}`);
  }
  return tarball;
}

Deno.test({
  name: "the npm package works as it is installed: command, library, types, links",
  ignore: !isOnPath("npm"),
  async fn(t) {
    await withTempDir(async (folder) => {
      const tarball = await installInto(folder);
      const project = `${folder}/project`;
      const command = "node_modules/.bin/prekill";

      await t.step("it brings no other package", () => {
        const names = [...Deno.readDirSync(`${project}/node_modules`)].map(({ name }) => name);
        assertEquals(names.filter((name) => !name.startsWith(".")), ["prekill"]);
      });

      for (const program of ["node", "bun"].filter((name) => isOnPath(name))) {
        await t.step(`library and command run on ${program}`, async () => {
          const explained = await succeed(program, ["explain.mjs"], project);
          assertEquals(explained, "timed-out sleep 0 function function function\n");
          const { text } = await toolOutput(
            program,
            [command, "exec", "-t", "200ms", "sleep", "1000"],
            project,
          );
          assertMatch(text, /sleeps for 16 min 40 s/);
        });
      }

      await t.step("a link named timeout is prekill timeout", async () => {
        Deno.symlinkSync(`${project}/${command}`, `${folder}/timeout`);
        assertMatch(await succeed(`${folder}/timeout`, ["--version"], project), /^timeout \(prekill\)/);
        Deno.removeSync(`${folder}/timeout`);
      });

      await t.step("Node 18 is told that it is too old", async () => {
        const old = await nodeProgram("18");
        if (old === undefined) return console.log("skipped: npm cannot bring Node 18");
        const { success, text } = await toolOutput(old, [command, "--version"], project);
        assert(!success);
        assertMatch(text, /^prekill: Cannot run on Node 18\.[^\n]*\n$/);
      });

      await t.step("types and links hold", async () => {
        Deno.mkdirSync(`${folder}/tools`);
        Deno.writeTextFileSync(`${folder}/tools/package.json`, '{ "private": true }\n');
        const install = ["install", "--no-audit", "--no-fund", ...TOOLS];
        if (!(await toolOutput("npm", install, `${folder}/tools`)).success) {
          return console.log(`skipped: npm cannot bring ${TOOLS.join(", ")}`);
        }
        const bin = `${folder}/tools/node_modules/.bin`;
        for (const settings of TYPESCRIPT_SETTINGS) {
          const strict = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022"];
          const types = ["--lib", "es2023,dom,dom.asynciterable"];
          await succeed(`${bin}/tsc`, [...strict, ...types, ...settings, "explain.ts"], project);
        }
        await succeed(`${bin}/publint`, ["run", "--strict", tarball], project);
        await succeed(`${bin}/attw`, [tarball, "--profile", "esm-only"], project);
      });
    });
  },
});

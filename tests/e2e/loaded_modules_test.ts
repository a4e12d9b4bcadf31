import { rolldown } from "rolldown";
import { BUNDLED_PACKAGES } from "../../tools/bundled_packages.ts";
import { RUNNER_TEXTS } from "../../tools/runner_texts.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
/** What every subcommand is made of, and the driver, which comes along with `exec`. */
const ALWAYS = ["cli", "driver", "leaves", "runtime", "std", "tree"];

/** Which rooms of `src` each subcommand may load, beside those that all do. A folder stands for all that is in it. */
const MAY_LOAD: readonly (readonly [args: readonly string[], rooms: readonly string[]])[] = [
  [["exec", "true"], []],
  [["timeout", "5", "true"], []],
  [["run", "--list-from", "list", "--", "test"], ["suite", "prespawn", "report", "hooks/sample", "hooks/*"]],
  [["report"], ["report", "hooks/sample", "hooks/*"]],
  [["sample", "999999999"], ["hooks"]],
];

/** Writes the command line as JavaScript, each module in a file of its own; returns where its sources are. */
async function writeModules(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: `${ROOT}cli.ts`,
    platform: "neutral",
    external: [/^node:/],
    resolve: { alias: { ...BUNDLED_PACKAGES } },
    plugins: [RUNNER_TEXTS],
    logLevel: "silent",
  });
  const { output } = await bundle.write({
    dir: folder,
    format: "esm",
    preserveModules: true,
    entryFileNames: "[name].js",
  });
  await bundle.close();
  Deno.writeTextFileSync(`${folder}/package.json`, '{ "type": "module" }\n');
  // Files stand below the folder that all modules have in common, wherever the packages are.
  const entry = output.find((chunk) => chunk.type === "chunk" && chunk.isEntry)!.fileName;
  return `${folder}/${entry.slice(0, -"cli.js".length)}`;
}

/** The rooms of the modules that were opened: `hooks/sample`, `hooks/*` for a file in `hooks` itself. */
function roomsOf(opened: string, sources: string): Set<string> {
  const found = opened.matchAll(/open(?:at)?\([^"]*"([^"]+)"/g);
  const paths = Array.from(found, ([, path = ""]) => path).filter((path) =>
    path.startsWith(`${sources}src/`)
  );
  return new Set(
    paths.filter((path) => path.endsWith(".js")).map((path) => {
      const [room = "", ...rest] = path.slice(`${sources}src/`.length).split("/");
      if (rest.length === 0) return "leaves";
      return room === "hooks" ? `${room}/${rest.length > 1 ? rest[0] : "*"}` : room;
    }),
  );
}

Deno.test({
  name: "a subcommand loads what it uses: exec of a passing command no sampling, no suite, no reports",
  ignore: !isOnPath("strace") || !isOnPath("node"),
  async fn() {
    await withTempDir(async (folder) => {
      const sources = await writeModules(`${folder}/modules`);
      Deno.writeTextFileSync(`${folder}/list`, "a\n");
      for (const [args, rooms] of MAY_LOAD) {
        const log = `${folder}/opened`;
        const trace = ["-f", "-qq", "-e", "trace=open,openat", "-s", "4096", "-o", log];
        const { stderr } = await new Deno.Command("strace", {
          args: [...trace, "node", `${sources}cli.js`, ...args],
          cwd: folder,
          stdin: "null",
        }).output();
        const loaded = roomsOf(Deno.readTextFileSync(log), sources);
        const said = `${args.join(" ")}: ${new TextDecoder().decode(stderr)}`;
        assert(loaded.has("runtime"), said);
        const mayLoad = (room: string): boolean =>
          [...ALWAYS, ...rooms].some((allowed) => room === allowed || room.startsWith(`${allowed}/`));
        assertEquals([...loaded].filter((room) => !mayLoad(room)), [], said);
      }
    });
  },
});

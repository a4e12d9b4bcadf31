import { rolldown } from "rolldown";
import { type JavaScriptFound, lookAtJavaScript } from "../../support/look_at_javascript.ts";
import { assertEquals } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withNodeProgram } from "../../support/with_node_program.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const ignore = !isOnPath("node");
const POOL = `export class Pool {
  waiting: ((value: number) => void)[] = [];
  async acquire(): Promise<number> {
    return await new Promise((resolve) => this.waiting.push(resolve));
  }
}
`;
const MAIN = `import { Pool } from "./pool.ts";

interface Order {
  total: number;
}
const pool = new Pool();
async function saveOrder(order: Order): Promise<number> {
  return order.total + await pool.acquire();
}
function countForever(limit: number): void {
  for (let at = 0; at !== limit + 0.5; at++);
}
if (process.argv0 === "busy") {
  process.stdout.write("READY\\n", () => countForever(1));
} else {
  saveOrder({ total: 3 });
  setInterval(() => pool.waiting.length, 1e6);
  console.log("READY");
}
`;
const placesOf = (frames: readonly { function: string; file?: string; line?: number }[] = []) =>
  frames.map((frame) => `${frame.function} ${frame.file?.split("/").at(-1)}:${frame.line}`);
const tasksOf = ({ facts }: JavaScriptFound) =>
  (facts?.tasks ?? []).map(({ name, waitsFor, frames }) => ({ name, waitsFor, places: placesOf(frames) }));

/** Shortens and joins the two sources, as programs are shipped; the sources do not stay on disk. */
async function bundle(): Promise<{ readonly code: string; readonly map: string }> {
  let made = { code: "", map: "" };
  await withTempDir(async (directory) => {
    await Deno.writeTextFile(`${directory}/pool.ts`, POOL);
    await Deno.writeTextFile(`${directory}/main.ts`, MAIN);
    const bundle = await rolldown({ input: `${directory}/main.ts`, platform: "node", logLevel: "silent" });
    const { output: [chunk] } = await bundle.generate({ format: "cjs", minify: true, sourcemap: true });
    await bundle.close();
    made = { code: chunk.code, map: JSON.stringify(chunk.map) };
  });
  return made;
}

Deno.test("finish() shows a bundled program in its sources, by the map beside it", { ignore }, async () => {
  const { code, map } = await bundle();
  const script = `${code}\n//# sourceMappingURL=program.cjs.map\n`;
  const files = { "program.cjs.map": map };
  await withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(tasksOf(looked!), [{
      name: "saveOrder",
      waitsFor: "new Promise((resolve) => this.waiting.push(resolve))",
      places: ["acquire pool.ts:4", "saveOrder main.ts:8"],
    }]);
  }, { files });
  const busy = ["bash", "-c", `exec -a busy node "$@"`, "busy"];
  await withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(placesOf(looked!.stacks[0]?.frames)[0], "countForever main.ts:11");
  }, { files, program: busy });
});

Deno.test("finish() reads a map in sections", { ignore }, async () => {
  // The second line of the script is the first of its section: there line 8 of the source.
  const map = {
    version: 3,
    sections: [
      {
        offset: { line: 0, column: 0 },
        map: { version: 3, sources: ["ready.ts"], names: [], mappings: "AAAA" },
      },
      {
        offset: { line: 1, column: 0 },
        map: { version: 3, sources: ["load.ts"], names: ["loadAll"], mappings: "AAOA,eAAeA" },
      },
    ],
  };
  const script = `console.log("READY");
async function l() { await new Promise((resolve) => { setTimeout(() => resolve(), 3600e3); }); } l();
//# sourceMappingURL=program.cjs.map`;
  await withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(tasksOf(looked!).map(({ places }) => places), [["loadAll load.ts:8"]]);
  }, { files: { "program.cjs.map": JSON.stringify(map) } });
});

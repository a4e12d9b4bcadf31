import { CAUSE_WORDS } from "../../src/cause_words.ts";
import { commandsOf, docBlocks, fillBlocks } from "../../tools/docs/doc_block.ts";
import { anchorsOf, linksOf } from "../../tools/docs/doc_links.ts";
import { docPages, readPage } from "../../tools/docs/doc_pages.ts";
import { essenceOf, steadyText } from "../../tools/docs/steady_text.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { exists } from "../support/exists.ts";
import { eventProblems, sampleProblems } from "../support/published_schemas.ts";
import configSchema from "../../schema/prekill.schema.json" with { type: "json" };
import { Ajv2020 } from "ajv/dist/2020.js";

const ROOT = new URL("../..", import.meta.url).pathname;
const fitsConfig = new Ajv2020({ strictSchema: true }).compile(configSchema);

/** Where a block of JSON does not fit the schema that it is of; which one that is, its fields tell. */
function problemsOf(value: Record<string, unknown>): string[] {
  if (value.schema === "prekill.sample/1") return sampleProblems(value);
  if (typeof value.seq === "number") return eventProblems(value);
  return fitsConfig(value) ? [] : (fitsConfig.errors ?? []).map(({ message }) => String(message));
}

for (const page of docPages()) {
  Deno.test(`${page} links to what is there`, () => {
    const folder = page.replace(/[^/]*$/, "");
    const broken = linksOf(readPage(page)).filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : new URL(path, `file:///${folder}`).pathname.slice(1);
      if (!exists(`${ROOT}${target}`)) return true;
      return anchor !== undefined && !anchorsOf(readPage(target)).includes(anchor);
    });
    assertEquals(broken, []);
  });

  Deno.test(`${page} shows JSON that fits its schema`, () => {
    for (const [, text] of readPage(page).matchAll(/^```json\n([^]*?)^```$/gm)) {
      assertEquals(problemsOf(JSON.parse(text!)), [], text);
    }
  });
}

Deno.test("docs/causes has a page for each cause, which the index names", () => {
  const index = linksOf(readPage("docs/README.md"));
  for (const cause of Object.keys(CAUSE_WORDS)) {
    const text = readPage(`docs/causes/${cause}.md`);
    assert(text.startsWith(`# \`${cause}\`: `), cause);
    assert(index.includes(`causes/${cause}.md`), `docs/README.md does not name ${cause}`);
  }
});

Deno.test("docs/README.md names every page", () => {
  const index = linksOf(readPage("docs/README.md")).map((link) => `docs/${link.split("#")[0]}`);
  const pages = docPages().filter((page) => page !== "README.md" && page !== "docs/README.md");
  assertEquals(pages.filter((page) => !index.includes(page)), []);
});

const PAGE =
  "a\n<!-- run x, needs gcc -->\n```console\n$ ls -l\nold\n```\nb\n<!-- file x/y.sh -->\n```sh\n```\n";

Deno.test("docBlocks() reads kind, paths, needs and body, when a page has markers", () => {
  assertEquals(docBlocks(PAGE), [
    { kind: "run", paths: ["x"], needs: ["gcc"], body: "$ ls -l\nold\n" },
    { kind: "file", paths: ["x/y.sh"], needs: [], body: "" },
  ]);
  assertEquals(commandsOf("$ ls -l\nold\n$ pwd\n"), ["ls -l", "pwd"]);
});

Deno.test("fillBlocks() replaces what is given, when some blocks stay", () => {
  assertEquals(fillBlocks(PAGE, [undefined, "echo $1\n"]), PAGE.replace("```sh\n", "```sh\necho $1\n"));
  assertEquals(fillBlocks(PAGE, ["new\n"]), PAGE.replace("$ ls -l\nold\n", "new\n"));
});

Deno.test("steadyText() gives two runs of one hang the same text", () => {
  const run = (pid: number, folder: string): string =>
    steadyText(
      `prekill: sleep (proven): sh (pid ${pid}) holds ${folder}/a.lock and sleeps at 127.0.0.1:${pid} for\n` +
        `prekill: ${pid / 100} s so far\n` +
        `prekill:   seen:  It was in read(0<pipe:[${pid}]>) in each of 3 looks over ${pid} ms\n` +
        `prekill:   try:   \`kill -USR1 ${pid}\` would wake tid ${pid + 1}\n` +
        `prekill: sample: ${folder}/.prekill/20261122T174406-${pid + 9}/sh-${pid}.sample\n`,
      folder,
    );
  const expected =
    "prekill: sleep (proven): sh (pid 4001) holds /ci/project/a.lock and sleeps at 127.0.0.1:8080 for 2 s\n" +
    "prekill: so far\n" +
    "prekill:   seen:  It was in read(0<pipe:[1234]>) in each of 3 looks over 1 s\n" +
    "prekill:   try:   `kill -USR1 4001` would wake tid 4002\n" +
    "prekill: sample: /ci/project/.prekill/20260301T031500-4000/sh-4001.sample\n";
  assertEquals(run(712, "/tmp/a"), expected);
  assertEquals(run(98765, "/tmp/a-folder-with-a-much-longer-name-than-the-other"), expected);
});

Deno.test("essenceOf() leaves out what depends on the machine", () => {
  assertEquals(
    essenceOf("prekill: sleep (proven): waits,\nprekill: for 2 s so far, at a.py:7"),
    essenceOf("prekill: sleep (likely): waits, at\nprekill: a.py:8"),
  );
  assert(essenceOf("prekill: sleep (proven): x") !== essenceOf("prekill: deadlock (proven): x"));
});

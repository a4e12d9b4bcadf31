import type { ProtocolClient } from "../../../src/hooks/collectors/javascript/protocol_client.ts";
import { readScripts } from "../../../src/hooks/collectors/javascript/read_scripts.ts";
import { createSourceLookup } from "../../../src/hooks/collectors/javascript/source_lookup.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const MIB = 1024 * 1024;

Deno.test("lineOf() reads nothing of the system's own, when a program says that its source is there", () =>
  withTempDir(async (directory) => {
    await Deno.symlink("/proc/self/status", `${directory}/link.js`);
    await Deno.writeTextFile(`${directory}/real.js`, "one\ntwo\n");
    const lookup = createSourceLookup(host.files);
    // Reading some of these waits for ever.
    for (const path of ["/proc/self/status", "/sys/kernel/mm/transparent_hugepage/enabled"]) {
      assertEquals(lookup.lineOf(path, 1), undefined, path);
    }
    assertEquals(lookup.lineOf(`${directory}/link.js`, 1), undefined);
    assertEquals(lookup.mapUrlOf("/proc/self/status"), undefined);
    assertEquals(lookup.lineOf(`${directory}/real.js`, 2), "two");
  }));

Deno.test("lineOf() keeps no more of sources than there is room for", () => {
  let readBytes = 0;
  const files = {
    ...host.files,
    realPath: (path: string) => path,
    readText(_path: string, maxBytes = Infinity) {
      const text = "a".repeat(Math.min(8 * MIB, maxBytes));
      readBytes += text.length;
      return text;
    },
  };
  const lookup = createSourceLookup(files);
  for (let index = 0; index < 100; index++) lookup.lineOf(`/srv/${index}.js`, 1);
  assert(readBytes <= 64 * MIB, `${readBytes} bytes were read`);
});

Deno.test("readScripts() keeps no more of source maps than there is room for", async () => {
  const listeners: ((method: string, params: Record<string, unknown>) => void)[] = [];
  const client: ProtocolClient = {
    call() {
      for (let index = 0; index < 200; index++) {
        const params = { scriptId: String(index), url: `/srv/${index}.js`, sourceMapURL: "a".repeat(MIB) };
        for (const listener of listeners) listener("Debugger.scriptParsed", params);
      }
      return Promise.resolve({});
    },
    tell: () => Promise.resolve(),
    onEvent: (listener) => void listeners.push(listener),
  };
  const { maps, urls } = await readScripts(client);
  const keptLength = [...maps.values()].reduce((sum, url) => sum + url.length, 0);
  assert(keptLength <= 64 * MIB, `${keptLength} characters are kept`);
  assertEquals([maps.get("/srv/0.js")?.length, urls.size], [MIB, 200]);
});

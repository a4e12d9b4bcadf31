import { withInspector } from "../../../src/inspect_runtime.ts";
import { assertEquals } from "../../support/assert.ts";

const words = (text: string): string[] => text.split(" ");

Deno.test("withInspector() gives Deno an inspector, after the subcommand or before the script", () => {
  const cases = {
    "deno run -A main.ts --inspect": "deno run --inspect=127.0.0.1:0 -A main.ts --inspect",
    "/usr/bin/deno test": "/usr/bin/deno test --inspect=127.0.0.1:0",
    "deno bench a.ts": "deno bench --inspect=127.0.0.1:0 a.ts",
    "deno --quiet -L debug run a.ts": "deno --quiet -L debug run --inspect=127.0.0.1:0 a.ts",
    "deno -A a.ts b": "deno -A --inspect=127.0.0.1:0 a.ts b",
    "deno run -c deno.json a.ts": "deno run --inspect=127.0.0.1:0 -c deno.json a.ts",
  };
  for (const [given, expected] of Object.entries(cases)) {
    assertEquals(withInspector(words(given)), words(expected));
  }
});

Deno.test("withInspector() changes no command that has an inspector, or has no use for one", () => {
  for (
    const given of [
      "deno run --inspect a.ts",
      "deno test --inspect-brk=127.0.0.1:9300 a.ts",
      "deno -A --inspect-wait a.ts",
      "deno run -c deno.json --inspect a.ts",
      "deno task test",
      "deno fmt",
      "deno",
      "deno --version",
      "deno -c",
      "node a.js",
      "bun test",
      "denoise run a.ts",
      "",
    ]
  ) assertEquals(withInspector(words(given)), words(given));
  assertEquals(withInspector([]), []);
});

import { assertEquals } from "../../support/assert.ts";

/** Prints the priority of the event loop, and that of a child. */
const PROGRAM = `
  import { host } from ${JSON.stringify(new URL("../../../src/runtime/host.ts", import.meta.url).href)};
  host.raisePriority();
  const child = new TextDecoder().decode(new Deno.Command("nice").outputSync().stdout).trim();
  const own = Deno.readTextFileSync("/proc/self/stat").split(") ")[1].split(" ")[16];
  console.log(JSON.stringify({ own, child }));
`;

Deno.test({
  name: "raisePriority() lets no child inherit the priority",
  ignore: Deno.build.os !== "linux",
  fn() {
    const usual = new TextDecoder().decode(new Deno.Command("nice").outputSync().stdout).trim();
    // In a process of its own, which keeps its priority.
    const { stdout } = new Deno.Command(Deno.execPath(), { args: ["eval", PROGRAM], stderr: "inherit" })
      .outputSync();
    const { own, child } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(child, usual);
    // Where the right to do so is missing, it stays as it was.
    assertEquals(["-10", usual].includes(own), true);
  },
});

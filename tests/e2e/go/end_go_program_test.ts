import type { AttemptResult, DriverEvent, DriverOptions } from "../../../src/driver/driver_options.ts";
import { HookedDriver } from "../../../src/driver/hooked_driver.ts";
import type { SampleDocument } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { IGNORE_GO, withGoPrograms } from "../../support/with_go_programs.ts";

interface Drive extends AttemptResult {
  readonly log: string;
  readonly signals: readonly string[];
  readonly text: string;
  readonly document: SampleDocument;
}

/** Lets a command time out and reads what is left of it. */
async function drive(
  folder: string,
  command: readonly [string, ...string[]],
  options: Partial<DriverOptions> = {},
): Promise<Drive> {
  const path = await Deno.makeTempDir({ dir: folder });
  await using driver = new HookedDriver({
    command,
    output: { kind: "log", path: `${path}/log` },
    stdin: "null",
    sessionDir: `${path}/session`,
    timeoutMs: 500,
    sampleTimeMs: 50,
    ...options,
  });
  const result = await driver.run();
  const events: DriverEvent[] = await Array.fromAsync(driver.events());
  const [text, json] = result.hook?.files ?? [];
  return {
    ...result,
    log: Deno.readTextFileSync(`${path}/log`),
    signals: events.flatMap((event) => event.kind === "signal-sent" ? [event.signal] : []),
    text: Deno.readTextFileSync(text!),
    document: JSON.parse(Deno.readTextFileSync(json!)) as SampleDocument,
  };
}

Deno.test({
  name: "run() has Go programs print their goroutines, when a limit has run out and no signal was chosen",
  ignore: IGNORE_GO,
  fn: () =>
    withGoPrograms({ program: [] }, async (folder) => {
      const program = `${folder}/program`;
      const alone = await drive(folder, [program]);
      const exit = { kind: "exited" as const, code: 2 };
      assertEquals(alone.outcome, { kind: "timed-out", limit: "timeout", exit, killed: false });
      assertEquals(alone.signals, ["SIGQUIT"]);
      assertStringIncludes(alone.log, "goroutine 1 [");
      assertStringIncludes(alone.log, "main.worker(");
      const [process] = alone.document.processes;
      assert(/^Go 1\.\d+/.test(process?.runtime ?? ""), process?.runtime);
      assert(process?.tasks?.some(({ name, count }) => name === "main.worker" || count === 5));
      // It was read before the end, so nothing is added.
      assert(!alone.text.includes("GOROUTINES"));

      const chosen = await drive(folder, [program], { softSignal: "SIGTERM" });
      assertEquals(chosen.signals, ["SIGTERM"]);
      assert(!chosen.log.includes("goroutine 1 ["), chosen.log);

      const script = await drive(folder, ["sh", "-c", `${program} 2>&1 | cat; echo went on`]);
      assertEquals(script.signals, ["SIGQUIT"]);
      assertStringIncludes(script.log, "goroutine 1 [");
      assert(!script.log.includes("went on"), "the script went on");

      const trap = await drive(folder, [program, "trap"], { graceMs: 2000 });
      assertEquals(trap.signals, ["SIGQUIT", "SIGTERM"]);
      assertStringIncludes(trap.log, "asked");
      assertEquals(trap.outcome.kind === "timed-out" && trap.outcome.exit, {
        kind: "signalled",
        signal: "SIGTERM",
      });
    }),
});

Deno.test({
  name: "run() puts into the sample what a Go program has printed, when its memory could not be read",
  ignore: IGNORE_GO,
  fn: () =>
    withGoPrograms({ program: [] }, async (folder) => {
      const program = `${folder}/program`;
      const args = ["--rename-section", ".gopclntab=.unknown", program];
      assert((await new Deno.Command("objcopy", { args }).output()).success);
      const { document, text } = await drive(folder, [program]);
      const record = document.collectors.find(({ name }) => name === "go");
      assertEquals(record?.status, "failed");
      assertEquals(record?.detail, "goroutines are missing: its table of functions was not found");
      const [process] = document.processes;
      assertEquals([process?.runtime, process?.tasks?.[0]?.name], ["Go", "main"]);
      assert(
        process?.tasks?.some(({ count, waitsFor }) => count === 5 && waitsFor === "a value on a channel"),
      );
      assertStringIncludes(text, `GOROUTINES (printed by pid ${process?.pid} when it was ended)`);
      assert(/main: [^\n]+, waits for a sync\.WaitGroup/.test(text), text);
    }),
});

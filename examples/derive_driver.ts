/**
 * A driver of one's own: overrides the three methods of `ProcessDriver`, reads its events, takes an `AbortSignal`.
 *
 *     deno run -A examples/derive_driver.ts sh -c 'sleep 1000 | cat'
 */
import {
  type AttemptResult,
  formatDuration,
  type HookOutput,
  parseDuration,
  type PreKillContext,
  ProcessDriver,
} from "../mod.ts";

class TellingDriver extends ProcessDriver {
  protected override onProcessStarted(): void {
    console.log(`${this.name} runs`);
  }

  protected override async onTimeoutPreKill(context: PreKillContext, output: HookOutput): Promise<void> {
    output.write(`${context.testName} hangs for ${formatDuration(this.elapsedMs)}\n`);
    await context.builtin();
  }

  protected override onProcessExited(result: AttemptResult): void {
    console.log(`${this.name} has ended: ${result.outcome.kind}`);
  }
}

const [program = "sleep", ...args] = Deno.args.length > 0 ? Deno.args : ["sleep", "1000"];
await using driver = new TellingDriver({
  command: [program, ...args],
  timeoutMs: parseDuration("500ms"),
  sampleTimeMs: 100,
  signal: AbortSignal.timeout(parseDuration("1m")),
});
const running = driver.run();
for await (const event of driver.events()) console.log(`- ${event.kind}`);
const { hook } = await running;
console.log(hook?.diagnosis?.summary ?? "No hang was seen.");
for (const file of hook?.files ?? []) console.log(`sample: ${file}`);

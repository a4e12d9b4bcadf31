import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { runInTerminal } from "../support/in_terminal.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { cliCommand } from "../support/run_cli.ts";

const QUICK = ["--watch=50ms", "--sample-time=20ms"];

/** Only a broken watch ever takes so long to tell something; it is killed then, which ends its lines. */
const DEADLINE_MS = 60_000;

interface Watched {
  readonly pid: number;
  /** The lines so far, and more as they come. */
  readonly lines: AsyncGenerator<string>;
  /** Sends a signal to the watched process. */
  kill(signal: Deno.Signal): void;
  /** Sends a signal to the watch. */
  interrupt(): void;
  readonly code: Promise<number>;
}

/** Watches a `sleep` that the test may stop, continue and end. */
async function withWatch(args: readonly string[], test: (watched: Watched) => Promise<void>): Promise<void> {
  const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
  const sleeper = new Deno.Command("sleep", { args: ["1000"], ...quiet }).spawn();
  const [program, ...rest] = cliCommand(["sample", ...QUICK, ...args, String(sleeper.pid)]);
  const watch = new Deno.Command(program, { args: rest, stdin: "null", stdout: "piped", stderr: "inherit" })
    .spawn();
  const deadline = setTimeout(() => watch.kill("SIGKILL"), DEADLINE_MS);
  let isThere = true;
  const kill = (signal: Deno.Signal): void => {
    sleeper.kill(signal);
    isThere = isThere && signal !== "SIGKILL";
  };
  try {
    await test({
      pid: sleeper.pid,
      lines: linesOf(watch.stdout),
      kill,
      interrupt: () => watch.kill("SIGINT"),
      code: watch.status.then(({ code }) => code),
    });
  } finally {
    if (isThere) kill("SIGKILL");
    await Promise.all([sleeper.status, watch.status]);
    clearTimeout(deadline);
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = lines.pop()!;
    yield* lines;
  }
}

Deno.test("sample --watch tells each change on one line, and ends when the process does", async () => {
  await withWatch([], async ({ pid, lines, kill, code }) => {
    const next = async (): Promise<string> => (await lines.next()).value;
    assertMatch(
      await next(),
      new RegExp(`^\\d{4}-\\d\\d-\\d\\d [\\d:]{8} UTC sleep \\(\\w+\\): sleep \\(pid ${pid}\\)`),
    );
    kill("SIGSTOP");
    assertMatch(await next(), / UTC stopped \(\w+\): /);
    kill("SIGCONT");
    assertMatch(await next(), / UTC sleep \(\w+\): /);
    kill("SIGKILL");
    assertMatch(await next(), new RegExp(` UTC sleep \\(pid ${pid}\\) has ended$`));
    assertEquals([await code, (await lines.next()).done], [0, true]);
  });
});

Deno.test("sample --watch prints a document for each look with --json, and exits with 130 on Ctrl-C", async () => {
  await withWatch(["--json"], async ({ lines, interrupt, code }) => {
    for (let look = 0; look < 3; look++) {
      const document = JSON.parse((await lines.next()).value);
      assertEquals([document.schema, document.diagnosis.cause], ["prekill.sample/1", "sleep"]);
    }
    interrupt();
    for await (const line of lines) JSON.parse(line);
    assertEquals(await code, 130);
  });
});

Deno.test({
  name: "sample --watch shows on a terminal, in place, for how long nothing has changed",
  ignore: !isOnPath("python3"),
  async fn() {
    const sleeper = new Deno.Command("sleep", { args: ["1000"], stdin: "null" }).spawn();
    try {
      const command = cliCommand(["sample", ...QUICK, "--color=never", String(sleeper.pid)]);
      const { code, screen } = await runInTerminal(command, [
        ["unchanged for ", ""],
        ["\r\x1b[Kunchanged for ", "\x03"],
      ]);
      assertEquals(code, 130);
      assertMatch(screen, /UTC\nsleep \(/);
      assert(screen.endsWith("\n"), screen);
    } finally {
      sleeper.kill("SIGKILL");
      await sleeper.status;
    }
  },
});

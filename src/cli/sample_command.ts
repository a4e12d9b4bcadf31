import { HostError, messageOf, UsageError } from "../errors.ts";
import { EXIT_SIGNAL_BASE } from "../exit_codes.ts";
import { sampleProcess } from "../hooks/sample_process.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SampleDocument } from "../sample_document.ts";
import { signalNumber } from "../signals.ts";
import { visibleText } from "../visible_text.ts";
import { listenForEnd } from "./listen_for_end.ts";
import { OptionValues } from "./option_values.ts";
import { SAMPLE_COMMAND } from "./sample_options.ts";
import { createStyle, isColored } from "./style.ts";
import type { WatchCommandOptions } from "./watch_command.ts";

/** The cause could not be told. */
const EXIT_UNKNOWN = 1;
/** There is no such process, or it may not be looked into. */
const EXIT_NOT_SEEN = 2;
const DEFAULT_INTERVAL_MS = 5000;

/**
 * `prekill sample`: explains a live tree on stdout and leaves it running.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns the exit code
 * @throws {UsageError} when it was called wrongly
 * @throws {HostError} when the session directory or stdout cannot be written to
 */
export async function sampleCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  const values = await OptionValues.parse(args, SAMPLE_COMMAND.options, "permute");
  if (values.has("help") || values.has("version")) {
    const { answerGeneral } = await import("./answer_general.ts");
    return await answerGeneral(values, SAMPLE_COMMAND, runtime);
  }
  const pid = readPid(values.operands);
  const sessionDir = await openSessionDir(values.text("session-dir"), pid, runtime);
  const intervalMs = watchIntervalMs(values);
  const interruption = listenForEnd(runtime);
  const { signal } = interruption;
  let document: SampleDocument | undefined;
  try {
    document = intervalMs === undefined
      ? await sampleProcess(pid, {
        runtime,
        sampleTimeMs: values.durationMs("sample-time"),
        sampleEnvironment: values.has("sample-env"),
        signal,
      })
      : await watch({ pid, intervalMs, values, save: sessionDir?.save, signal }, runtime);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof HostError)) throw error;
    runtime.writeSync("stderr", `prekill: ${visibleText(messageOf(error))}\n`);
    return EXIT_NOT_SEEN;
  } finally {
    interruption.stop();
  }
  if (intervalMs === undefined && document !== undefined) {
    const text = await textOf(document, values, runtime);
    await runtime.write("stdout", new TextEncoder().encode(text));
    await sessionDir?.save(document);
  }
  const received = interruption.received();
  if (received !== undefined) return EXIT_SIGNAL_BASE + signalNumber(received);
  if (document === undefined) return EXIT_NOT_SEEN;
  return document.diagnosis.cause === "unknown" ? EXIT_UNKNOWN : 0;
}

function readPid(operands: readonly string[]): number {
  const [text, ...rest] = operands;
  if (text === undefined) {
    throw new UsageError("Cannot sample anything: no process was given; write prekill sample PID");
  }
  if (rest.length > 0) {
    throw new UsageError(
      `Cannot sample "${operands.join(" ")}": give one process; its descendants are included`,
    );
  }
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new UsageError(`Cannot sample the process "${text}": that is no process number; ps shows them`);
  }
  return Number(text);
}

async function watch(options: WatchCommandOptions, runtime: Runtime): Promise<SampleDocument | undefined> {
  const { watchCommand } = await import("./watch_command.ts");
  return await watchCommand(options, runtime);
}

/** From look to look; undefined when it is not to be watched. */
function watchIntervalMs(values: OptionValues): number | undefined {
  const text = values.text("watch");
  if (text === undefined) return undefined;
  const ms = text === "" ? DEFAULT_INTERVAL_MS : values.durationMs("watch")!;
  if (ms > 0) return ms;
  throw new UsageError(`Cannot look every "${text}": that is no time; write such as --watch=5s`);
}

async function textOf(document: SampleDocument, values: OptionValues, runtime: Runtime): Promise<string> {
  if (values.has("json")) return JSON.stringify(document) + "\n";
  const { renderSample } = await import("../hooks/sample/render_sample.ts");
  const style = createStyle(isColored(runtime, "stdout", values.text("color")));
  const [first = "", ...rest] = renderSample(document).split("\n");
  return [style(first, "strong"), ...rest].join("\n");
}

async function openSessionDir(
  path: string | undefined,
  pid: number,
  runtime: Runtime,
): Promise<{ save(document: SampleDocument): Promise<void> } | undefined> {
  if (path === undefined) return undefined;
  const { createSessionDir } = await import("../hooks/sample/session_dir.ts");
  const { writeSample } = await import("../hooks/sample/sample_writer.ts");
  const { renderSample } = await import("../hooks/sample/render_sample.ts");
  const sessionDir = createSessionDir(runtime, path, Date.now());
  sessionDir.check();
  return {
    async save(document) {
      const content = { testFile: document.test.name, pid, text: renderSample(document), document };
      const written = await writeSample(runtime, sessionDir, content);
      for (const text of [...written.problems, ...written.files.map((file) => `sample: ${file}`)]) {
        runtime.writeSync("stderr", `prekill: ${visibleText(text)}\n`);
      }
    },
  };
}

import { HostError } from "../errors.ts";
import { waitUnlessAborted } from "../hooks/collectors/wait_unless_aborted.ts";
import { renderVerdict } from "../hooks/sample/render_verdict.ts";
import { sampleProcess } from "../hooks/sample_process.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SampleDocument } from "../sample_document.ts";
import { createLister } from "../tree/create_lister.ts";
import { isDead } from "../tree/process_entry.ts";
import { visibleText } from "../visible_text.ts";
import { narrateWatch } from "./narrate_watch.ts";
import type { OptionValues } from "./option_values.ts";
import { createStyle, isColored } from "./style.ts";
import { type WatchEvent, watchProcess } from "./watch_process.ts";

/** What to watch, and how. */
export interface WatchCommandOptions {
  readonly pid: number;
  /** From look to look. */
  readonly intervalMs: number;
  /** The options of `prekill sample` as given. */
  readonly values: OptionValues;
  /** Keeps a sample that says something new. */
  readonly save: ((document: SampleDocument) => Promise<void>) | undefined;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** How soon the end of the process is noticed. */
const POLL_MS = 500;

/**
 * `prekill sample --watch`: tells on stdout what a process waits for, again whenever that changes, until it ends.
 *
 * @param options what to watch
 * @param runtime the host
 * @returns the last sample; undefined when the process had ended before the first
 * @throws {UsageError} and {HostError} as `sampleProcess` does, at the first look
 */
export async function watchCommand(
  { pid, intervalMs, values, save, signal }: WatchCommandOptions,
  runtime: Runtime,
): Promise<SampleDocument | undefined> {
  const isTerminal = runtime.isTerminal("stdout") && runtime.getEnv("TERM") !== "dumb";
  const style = createStyle(isColored(runtime, "stdout", values.text("color")));
  const write = (text: string): Promise<boolean> => runtime.write("stdout", new TextEncoder().encode(text));
  const isThere = await createPresence(runtime, pid);
  let label = `the process ${pid}`;
  let hasLooked = false;
  let isLineOpen = false;

  const look = async (readOnly: boolean): Promise<SampleDocument | undefined> => {
    try {
      const document = await sampleProcess(pid, {
        runtime,
        sampleTimeMs: values.durationMs("sample-time"),
        sampleEnvironment: values.has("sample-env"),
        readOnly,
        signal,
      });
      hasLooked = true;
      label = visibleText(`${document.test.name} (pid ${pid})`);
      return document;
    } catch (error) {
      if (hasLooked && error instanceof HostError) return undefined;
      throw error;
    }
  };
  const tell = async (event: WatchEvent): Promise<boolean> => {
    if (event.kind === "verdict") await save?.(event.document);
    if (values.has("json")) {
      return event.kind === "ended" || await write(JSON.stringify(event.document) + "\n");
    }
    const text = narrateWatch(event, {
      isTerminal,
      label,
      now: new Date().toISOString(),
      renderVerdict,
      emphasize: (heading) => style(heading, "strong"),
    });
    isLineOpen = event.kind === "unchanged" && text !== "";
    return text === "" || await write(text);
  };
  const wait = async (ms: number): Promise<boolean> => {
    const endMs = performance.now() + ms;
    while (!signal.aborted) {
      if (!await isThere()) return false;
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) break;
      await waitUnlessAborted(Math.min(leftMs, POLL_MS), signal);
    }
    return true;
  };
  const last = await watchProcess({ intervalMs, signal, look, wait, tell });
  if (isLineOpen) await write("\n");
  return last;
}

/** Tells whether a process is still there, and not another one that has got its number. */
async function createPresence(runtime: Runtime, pid: number): Promise<() => Promise<boolean>> {
  const lister = createLister(runtime);
  await lister.refresh?.();
  const { startTime } = lister.read(pid) ?? {};
  return async () => {
    await lister.refresh?.();
    const entry = lister.read(pid);
    return entry !== undefined && entry.startTime === startTime && !isDead(entry);
  };
}

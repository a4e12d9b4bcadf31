/** The interface between the driver and a pre-kill hook, fixed for users' own hook modules. */
import type { SampleReason } from "../outcome.ts";
import type { CollectorRecord, Diagnosis } from "../sample_document.ts";

/** Where the process runs. The built-in hooks skip, with a warning, when `url` names a remote machine. */
export interface Platform {
  /** Operating system as in `Deno.build.os`. */
  readonly name: string;
  /** Architectures that it can run, as `uname -m` names them. */
  readonly archs: readonly string[];
  /** Where it is reached, such as `connect://device:1234`; undefined or `localhost` is this machine. */
  readonly url?: string | undefined;
  /** Where commands run there. */
  readonly workingDir?: string | undefined;
}

/** What a hook is told about the attempt that hangs. */
export interface PreKillContext {
  /** Name of the test, from whoever wrote it: any characters. */
  readonly testName: string;
  /** File of the test, or its name again where it has none. */
  readonly testFile: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Whether the main process was started before its test was known, so that its own command line is a runner's. */
  readonly isPrespawned?: boolean | undefined;
  /** Working directory of the attempt. */
  readonly cwd: string;
  /** From 1. */
  readonly attempt: number;
  /** Which limit ran out, or who asked. */
  readonly reason: SampleReason;
  /** Absolute path; created when the first file is written to it. */
  readonly sessionDir: string;
  /** How long to watch the process, from the first to the last snapshot. */
  readonly sampleTimeMs: number;
  /** Since the start of the attempt. */
  readonly elapsedMs: number;
  /** Aborted when the hook's own time limit has run out. */
  readonly signal: AbortSignal;
  /** Where the process runs. */
  readonly platform: Platform;
  /** The attempt's `PREKILL_ID`; empty for a process that prekill did not start. */
  readonly cookie: string;
  /** Descendants seen so far, also those that have left the tree since: pid and start time. */
  readonly seen: readonly { readonly pid: number; readonly startTime: number }[];
  /** `pipe:[inode]` names of the pipes that carry the output of the attempt to prekill. */
  readonly outputPipes: readonly string[];
  /** Whether the main process has exited already (its descendants are what is sampled). */
  readonly mainExited: boolean;
  /** The end of the output so far. */
  readonly outputTail: string;
  /** The end of the output as it is when this is called, up to `maxBytes` of it: for what a runtime prints when asked. */
  readonly readOutput?: ((maxBytes: number) => string) | undefined;
  /** Include the environment, redacted. */
  readonly sampleEnvironment: boolean;
  /** Runs the built-in hook of this operating system too. */
  builtin(): Promise<void>;
}

/** What a driver knows about an attempt; whoever runs the hook adds the signal and the way to the built-in hook. */
export type AttemptContext = Omit<PreKillContext, "signal" | "builtin">;

/** Collects what a hook finds. What is written goes to `<TestFilename>-<pid>.sample`, the most important first. */
export interface HookOutput {
  /** Appends text to the sample. */
  write(text: string): void;
  /** Sets the facts that stand beside the text as `.sample.json`; a later call replaces an earlier one. */
  setDocument(document: HookDocument): void;
}

/** A JSON document with at least a diagnosis, as the built-in hooks make it (`SampleDocument`). */
export interface HookDocument {
  /** The cause, shown at the hang and in the reports. */
  readonly diagnosis: Diagnosis;
  /** What each collector did. */
  readonly collectors: readonly CollectorRecord[];
}

/**
 * The function that a hook module exports.
 *
 * @param processId the main process of the attempt
 * @param context what is known about the attempt
 * @param output where to put what is found
 */
export type DoPreKill = (
  processId: number,
  context: PreKillContext,
  output: HookOutput,
) => Promise<void> | void;

/**
 * Pre-kill hooks: what a hook module is given, how hooks are found, and the built-in sampling as a function.
 *
 * @module
 */
export type { Exit, SampleReason, StartFailureReason, TimeLimit } from "../outcome.ts";
export type {
  AppendHandle,
  Child,
  Files,
  FileStat,
  KillResult,
  ReadHandle,
  Runtime,
  SpawnCommand,
  StdioTarget,
} from "../runtime/port.ts";
export type {
  Cause,
  ChainLink,
  CollectorRecord,
  Confidence,
  Diagnosis,
  Frame,
  SampleDocument,
  SampleFd,
  SampleProcess,
  SampleThread,
  Stack,
} from "../sample_document.ts";
export type { DoPreKill, HookDocument, HookOutput, Platform, PreKillContext } from "./hook.ts";
export { loadPreKillHook, type LoadPreKillHookOptions, type PreKillHook } from "./load_pre_kill_hook.ts";
export { sampleProcess, type SampleProcessOptions } from "./sample_process.ts";

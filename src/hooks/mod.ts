/**
 * Pre-kill hooks: what a hook module is given, how hooks are found, and the built-in sampling as a function.
 *
 * @module
 */
export type { DoPreKill, HookDocument, HookOutput, Platform, PreKillContext } from "./hook.ts";
export { loadPreKillHook, type LoadPreKillHookOptions, type PreKillHook } from "./load_pre_kill_hook.ts";
export { sampleProcess, type SampleProcessOptions } from "./sample_process.ts";

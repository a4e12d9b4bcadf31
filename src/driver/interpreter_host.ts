import type { HookOutput, PreKillContext } from "../hooks/hook.ts";
import type { Outcome } from "../outcome.ts";
import type { DriverEventBody } from "./driver_options.ts";

/** What the interpreter tells and asks its driver. */
export interface InterpreterHost {
  readonly id: string;
  readonly name: string;
  emit(event: DriverEventBody): void;
  started(): void;
  lightSample(): Promise<void> | void;
  doPreKill(context: PreKillContext, output: HookOutput): Promise<void> | void;
  /** Called when the process has ended with all of its group, and only a look that several attempts share is left to do. */
  quiet(): void;
  /** Called once, when nothing is left to do. */
  settled(outcome: Outcome): void;
}

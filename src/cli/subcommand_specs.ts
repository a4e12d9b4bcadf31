import { COMPLETIONS_COMMAND } from "./completions_options.ts";
import { DOCTOR_COMMAND } from "./doctor_options.ts";
import { EXEC_COMMAND } from "./exec_options.ts";
import type { CommandSpec } from "./option_spec.ts";
import { REPORT_COMMAND } from "./report_options.ts";
import { RUN_COMMAND } from "./run_options.ts";
import { SAMPLE_COMMAND } from "./sample_options.ts";
import { TIMEOUT_COMMAND } from "./timeout_options.ts";

/** A subcommand and the word that it is called by. */
export interface SubcommandSpec {
  readonly word: string;
  readonly spec: CommandSpec;
}

/** All of them, for the manual page and completions. A subcommand that runs loads its own table alone. */
export const SUBCOMMAND_SPECS: readonly SubcommandSpec[] = [
  { word: "exec", spec: EXEC_COMMAND },
  { word: "run", spec: RUN_COMMAND },
  { word: "timeout", spec: TIMEOUT_COMMAND },
  { word: "sample", spec: SAMPLE_COMMAND },
  { word: "report", spec: REPORT_COMMAND },
  { word: "doctor", spec: DOCTOR_COMMAND },
  { word: "completions", spec: COMPLETIONS_COMMAND },
];

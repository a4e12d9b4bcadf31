import { type HangCase, isNative } from "./hang_case.ts";
import { isRight, type Verdict } from "./judge_case.ts";

/** A case with its verdict, or with the reason why it was not run. */
export type JudgedCase =
  | { readonly hang: HangCase; readonly verdict: Verdict }
  | { readonly hang: HangCase; readonly skipped: string };

/** How many of a group were right. */
export interface Score {
  readonly group: string;
  readonly right: number;
  readonly total: number;
}

/** The share of the C, shell and Perl cases that has to be right. */
export const NATIVE_GOAL = 0.9;
/** The group that `NATIVE_GOAL` is about. */
export const NATIVE_GROUP = "C, shell, Perl";

/**
 * Scores each cause, then C, shell and Perl, then all. Skipped cases count nowhere.
 *
 * @param judged the cases
 * @returns one score per group; groups without a case are left out
 */
export function scoreCases(judged: readonly JudgedCase[]): Score[] {
  const run = judged.filter((one) => "verdict" in one);
  const score = (group: string, members: typeof run): Score => ({
    group,
    right: members.filter(({ verdict }) => isRight(verdict)).length,
    total: members.length,
  });
  const causes = [...new Set(run.map(({ hang }) => hang.cause))].sort();
  return [
    ...causes.map((cause) => score(cause, run.filter(({ hang }) => hang.cause === cause))),
    score(NATIVE_GROUP, run.filter(({ hang }) => isNative(hang))),
    score("all", run),
  ].filter(({ total }) => total > 0);
}

/**
 * What the tests report. A wrong answer fails only when the goal is missed; faults, such as a process left alive,
 * always fail.
 *
 * @param judged the cases
 * @returns passed and failed cases, and those whose hang is not explained rightly
 */
export function countCases(
  judged: readonly JudgedCase[],
): {
  readonly passed: number;
  readonly failed: number;
  readonly unexplained: number;
  readonly skipped: number;
} {
  const native = scoreCases(judged).find(({ group }) => group === NATIVE_GROUP);
  const goalMissed = native !== undefined && native.right < NATIVE_GOAL * native.total;
  let passed = 0;
  let failed = 0;
  let unexplained = 0;
  let skipped = 0;
  for (const one of judged) {
    if ("skipped" in one) skipped++;
    else if (isRight(one.verdict)) passed++;
    else if (one.verdict.faults.length > 0 || (goalMissed && isNative(one.hang))) failed++;
    else unexplained++;
  }
  return { passed, failed, unexplained, skipped };
}

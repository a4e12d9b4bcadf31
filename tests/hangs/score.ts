import { type HangCase, isNative } from "./hang_case.ts";
import { isRight, type Verdict } from "./judge_case.ts";

/** A case with its verdict, or with the reason why it was not run. */
export type JudgedCase =
  | { readonly hang: HangCase; readonly verdict: Verdict }
  | { readonly hang: HangCase; readonly skipped: string };

/** What is scored: the cause, the process to blame, and whether everything is named that a good answer names. */
export type Aspect = "cause" | "culprit" | "mention";

/** How many cases of a group were right in each respect. */
export interface Score extends Readonly<Record<Aspect, number>> {
  readonly group: string;
  readonly total: number;
}

/** The share of all cases that has to be right. */
export const GOALS: Readonly<Record<Aspect, number>> = { cause: 0.95, culprit: 0.95, mention: 0.9 };
/** The group that the goals are about. */
const ALL = "all";

/** What became of the goals. */
export interface GoalResult {
  readonly aspect: Aspect;
  readonly right: number;
  readonly total: number;
  readonly met: boolean;
}

const IS_RIGHT: Readonly<Record<Aspect, (verdict: Verdict) => boolean>> = {
  cause: (verdict) => verdict.causeRight,
  culprit: (verdict) => verdict.culpritRight,
  mention: (verdict) => verdict.unmentioned.length === 0,
};
const ASPECTS = Object.keys(GOALS) as Aspect[];

/**
 * Scores each cause, each corpus, the cases in C, shell and Perl, and all. Skipped cases count nowhere.
 *
 * @param judged the cases
 * @returns one score per group; groups without a case are left out
 */
export function scoreCases(judged: readonly JudgedCase[]): Score[] {
  const run = judged.filter((one) => "verdict" in one);
  const score = (group: string, members: typeof run): Score => ({
    group,
    total: members.length,
    ...Object.fromEntries(
      ASPECTS.map((aspect) => [aspect, members.filter(({ verdict }) => IS_RIGHT[aspect](verdict)).length]),
    ) as Record<Aspect, number>,
  });
  const groupsOf = (key: (hang: HangCase) => string): Score[] =>
    [...Map.groupBy(run, ({ hang }) => key(hang))].sort().map(([group, members]) => score(group, members));
  return [
    ...groupsOf((hang) => hang.cause),
    score("C, shell, Perl", run.filter(({ hang }) => isNative(hang))),
    ...groupsOf((hang) => `${hang.corpus}/`),
    score(ALL, run),
  ].filter(({ total }) => total > 0);
}

/**
 * Compares the score of all cases with the goals.
 *
 * @param judged the cases
 * @returns one result per goal; none when no case was run
 */
export function compareWithGoals(judged: readonly JudgedCase[]): GoalResult[] {
  const all = scoreCases(judged).find(({ group }) => group === ALL);
  if (all === undefined) return [];
  return ASPECTS.map((aspect) => ({
    aspect,
    right: all[aspect],
    total: all.total,
    met: all[aspect] >= GOALS[aspect] * all.total,
  }));
}

/**
 * What the tests report. An answer that is wrong in some respect fails only when the goal for it is missed; faults,
 * such as a process left alive or a wrong cause called proven, always fail.
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
  const missed = compareWithGoals(judged).filter(({ met }) => !met).map(({ aspect }) => aspect);
  const counts = { passed: 0, failed: 0, unexplained: 0, skipped: 0 };
  for (const one of judged) {
    if ("skipped" in one) counts.skipped++;
    else if (isRight(one.verdict)) counts.passed++;
    else if (one.verdict.faults.length > 0 || missed.some((aspect) => !IS_RIGHT[aspect](one.verdict))) {
      counts.failed++;
    } else counts.unexplained++;
  }
  return counts;
}

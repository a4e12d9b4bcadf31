import type { SampleDocument } from "../../src/sample_document.ts";
import type { HangCase } from "./hang_case.ts";

/** What one run of a case under prekill left behind. */
export interface CaseRun {
  /** undefined when no `.sample.json` was written. */
  readonly document: SampleDocument | undefined;
  /** The `.sample` text; empty when none was written. */
  readonly text: string;
  /** What the case told about this run, such as its port. */
  readonly facts: ReadonlyMap<string, string>;
  readonly exitCode: number;
  /** Processes of the case that outlived prekill, in words. */
  readonly survivors: readonly string[];
  /** What prekill and the case wrote to stderr. */
  readonly stderr: string;
}

/** What is right and wrong about prekill's answer for one case. */
export interface Verdict {
  readonly causeRight: boolean;
  readonly culpritRight: boolean;
  /** Strings of `mention` that the sample does not contain. */
  readonly unmentioned: readonly string[];
  /** What no answer excuses: survivors, a wrong exit code, a wrong cause called proven, no sample. */
  readonly faults: readonly string[];
  /** undefined when there is no sample. */
  readonly fingerprint: string | undefined;
  /** What prekill said, in a few words. */
  readonly said: string;
}

/**
 * Compares what prekill said with what the case is.
 *
 * @param hang the case
 * @param run what its run left behind
 * @returns the verdict
 */
export function judgeCase(hang: HangCase, run: CaseRun): Verdict {
  const faults = run.survivors.map((survivor) => `left alive: ${survivor}`);
  const ended = hang.cause === "output-held" ? run.exitCode === 0 : [124, 137].includes(run.exitCode);
  if (!ended) faults.push(`exit code ${run.exitCode}`);
  const diagnosis = run.document?.diagnosis;
  if (run.document === undefined || diagnosis === undefined) {
    faults.push(`no sample; stderr: ${run.stderr.trim().split("\n").slice(-4).join(" | ")}`);
    return {
      causeRight: false,
      culpritRight: false,
      unmentioned: hang.mention,
      faults,
      fingerprint: undefined,
      said: "nothing",
    };
  }
  const causeRight = [hang.cause, ...hang.alsoAccept ?? []].includes(diagnosis.cause);
  if (!causeRight && diagnosis.confidence === "proven") {
    faults.push(`calls ${diagnosis.cause} proven`);
  }
  const culprit = run.document.processes.find((process) => process.pid === diagnosis.pid);
  const culpritRight = culprit !== undefined &&
    (culprit.name === hang.rootProgram || culprit.command.join(" ").includes(hang.rootProgram));
  // Sentences are wrapped, so that words of one may stand on two lines.
  const text = run.text.toLowerCase().replace(/\s+/g, " ");
  const unmentioned = hang.mention
    .map((word) => word.replace(/\{(\w+)\}/g, (whole, name) => run.facts.get(name) ?? whole))
    .filter((word) => !text.includes(word.toLowerCase()));
  const said = `${diagnosis.cause} (${diagnosis.confidence}) in ${diagnosis.program}`;
  return { causeRight, culpritRight, unmentioned, faults, fingerprint: diagnosis.fingerprint, said };
}

/** Whether the answer is right in every respect. */
export function isRight(verdict: Verdict): boolean {
  return verdict.causeRight && verdict.culpritRight && verdict.unmentioned.length === 0 &&
    verdict.faults.length === 0;
}

/**
 * Describes what is wrong.
 *
 * @param hang the case
 * @param verdict what was found
 * @returns a few words; empty when all is right
 */
export function describeVerdict(hang: HangCase, verdict: Verdict): string {
  return [
    ...verdict.faults,
    ...verdict.causeRight && verdict.culpritRight
      ? []
      : [`said ${verdict.said}; it is ${hang.cause} in ${hang.rootProgram}`],
    ...verdict.unmentioned.map((word) => `does not mention ${word}`),
  ].join("; ");
}

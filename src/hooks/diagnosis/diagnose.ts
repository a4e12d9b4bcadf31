import type { Confidence, Diagnosis } from "../../sample_document.ts";
import { visibleText } from "../../visible_text.ts";
import type { Facts } from "../facts.ts";
import { advise } from "./advise.ts";
import { chainLinks } from "./chain_links.ts";
import { conclude } from "./conclude.ts";
import type { Conclusion } from "./conclusion.ts";
import { concludeExited } from "./conclude_exited.ts";
import { fingerprint } from "./fingerprint.ts";
import { machineEvidence } from "./machine_evidence.ts";
import { traceWaits } from "./trace_waits.ts";
import { indexFacts, type TreeIndex } from "./tree_index.ts";
import { createWaitGraph } from "./wait_graph.ts";

/** A thread that wakes up so often while it is watched is not stuck at one lock. */
const MANY_WAKEUPS = 10;

/**
 * Tells why a tree hangs. The order of the rules is this:
 *
 * 1. `thread_wait`: what each thread waits for, from its states, CPU time and system call; `language_wait`: which lock,
 *    queue or thread that is, where the runtime of its language tells it;
 * 2. `stands`: the thread that matters in each process, by `wait_score`, with `loop_focus` for event loops;
 * 3. `wait_graph`: who can end each wait;
 * 4. `trace_waits`: from the started process to the end of the waits, or into a cycle;
 * 5. `conclude`: threads in a cycle, processes in a cycle, else `leaf_cause`; `conclude_exited` when the started process
 *    is gone.
 *
 * Never throws, whatever the facts hold: what cannot be told has the cause `unknown`.
 *
 * @param facts what was collected
 * @returns the diagnosis; all its texts are printable and on one line
 */
export function diagnose(facts: Facts): Diagnosis {
  const index = indexFacts(facts);
  const graph = createWaitGraph(index);
  const root = facts.rootExited ? undefined : graph.stands.of(facts.rootPid);
  const conclusion = root === undefined ? concludeExited(graph) : conclude(graph, traceWaits(graph, root));
  if (conclusion === undefined) return nothingLeft(index);
  const { cause, culprit, threads, isCircular } = conclusion;
  const program = index.program(culprit.process.pid);
  return {
    cause,
    confidence: cautious(facts, conclusion),
    summary: visibleText(conclusion.summary + pace(conclusion)),
    pid: culprit.process.pid,
    tid: culprit.thread.tid === culprit.process.pid ? undefined : culprit.thread.tid,
    program,
    fingerprint: fingerprint({ cause, program, wait: culprit.wait.kind, threads }),
    evidence: [...new Set([...conclusion.evidence, ...machineEvidence(facts)])].map(visibleText),
    chain: chainLinks(index, conclusion.steps),
    advice: conclusion.advice ?? advise(cause, culprit, isCircular),
  };
}

/** Only on Linux is it read who waits for what; elsewhere it is inferred from stacks and lists of open files. */
function cautious({ os }: Facts, { cause, confidence }: Conclusion): Confidence {
  const isMeasured = os === "linux" || cause === "cpu-bound" || cause === "stopped";
  return confidence === "proven" && !isMeasured ? "likely" : confidence;
}

/** A busy process that writes is slow, not stuck. */
function pace({ cause, culprit }: Conclusion): string {
  const written = culprit.process.io?.writtenBytes ?? 0;
  const wakeups = culprit.thread.wakeups ?? 0;
  if (cause === "lock-wait" && wakeups > MANY_WAKEUPS) {
    return `, but it woke up ${wakeups} times while it was watched, so it may well be at work`;
  }
  if (cause !== "cpu-bound" && cause !== "unknown") return "";
  return written > 0 ? ` (slow, still moving: it wrote ${written} bytes while it was watched)` : "";
}

function nothingLeft(index: TreeIndex): Diagnosis {
  const { facts } = index;
  const program = index.program(facts.rootPid);
  const reason = facts.processes.find((process) => process.incomplete !== undefined)?.incomplete;
  const isThere = facts.processes.some((process) => index.live(process.pid) !== undefined);
  return {
    cause: "unknown",
    confidence: "guess",
    summary: isThere
      ? `${index.label(facts.rootPid)} could not be looked into${
        reason === undefined ? "" : `: ${visibleText(reason)}`
      }`
      : "No process of the tree was left to look at: it had ended by itself",
    pid: facts.rootPid,
    program,
    fingerprint: fingerprint({ cause: "unknown", program, wait: "none", threads: [] }),
    evidence: machineEvidence(facts),
    chain: [],
  };
}

import type { Confidence, Diagnosis } from "../../sample_document.ts";
import { visibleText } from "../../visible_text.ts";
import type { Facts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import { advise } from "./advise.ts";
import { chainLinks } from "./chain_links.ts";
import { conclude } from "./conclude.ts";
import type { Conclusion } from "./conclusion.ts";
import { concludeFrozen } from "./conclude_frozen.ts";
import { concludeExited } from "./conclude_exited.ts";
import { fingerprint } from "./fingerprint.ts";
import { machineEvidence } from "./machine_evidence.ts";
import { pace } from "./pace.ts";
import { traceWaits, type Trail } from "./trace_waits.ts";
import { hasEnded, indexFacts, type TreeIndex } from "./tree_index.ts";
import { createWaitGraph, type WaitGraph } from "./wait_graph.ts";

/**
 * Tells why a tree hangs. The order of the rules is this:
 *
 * 1. `thread_wait`: what each thread waits for, from its states, CPU time and system call; `known_program_wait`: what that
 *    means in programs that everybody has; `language_wait`: which lock, queue or thread it is, where the runtime of its
 *    language tells it;
 * 2. `stands`: the thread that matters in each process, by `wait_score`, with `task_focus` and `loop_focus` for event loops
 *    and `go_stand` for goroutines and virtual threads, `own_server` where these ask themselves, and `polled_lock` where a
 *    process only makes pauses;
 * 3. `wait_graph`: who can end each wait, of several by `order_candidates`, of servers by `stuck_server`;
 * 4. `trace_waits`: from the started process to the end of the waits, or into a cycle;
 * 5. `conclude_frozen` when one of these may not run; else `conclude`: threads in a cycle (by the owners of their locks, by
 *    a `starved_pool`, by their stacks), processes in a cycle, tasks in a cycle, else `leaf_cause`; `conclude_exited` when
 *    the started process is gone; `is_proven_trail` holds back what could be read in another way;
 * 6. `pace`: whether it is slow or stuck, and since when.
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
  const conclusion = root === undefined
    ? concludeExited(graph)
    : concludeTrail(graph, traceWaits(graph, root));
  if (conclusion === undefined) return nothingLeft(index);
  const { cause, culprit, threads, isCircular, evidence: seen } = conclusion;
  const program = index.program(culprit.process.pid);
  const { words, evidence, waitedMs, advice } = pace(facts, conclusion);
  return {
    cause,
    confidence: cautious(facts, conclusion),
    summary: visibleText(conclusion.summary + words + (conclusion.addition ?? "")),
    pid: culprit.process.pid,
    tid: culprit.thread.tid === culprit.process.pid ? undefined : culprit.thread.tid,
    program,
    fingerprint: fingerprint({
      cause,
      program,
      waiters: waiters(index, conclusion),
      wait: culprit.wait.kind,
      threads,
      tasks: tasksToBlame(conclusion),
    }),
    evidence: [...new Set([...seen.slice(0, 1), ...evidence, ...seen.slice(1), ...machineEvidence(facts)])]
      .map(visibleText),
    chain: chainLinks(index, conclusion.steps),
    advice: advice ?? conclusion.advice ?? advise(cause, culprit, isCircular),
    waitedMs,
  };
}

function concludeTrail(graph: WaitGraph, trail: Trail): Conclusion {
  return concludeFrozen(graph, trail) ?? conclude(graph, trail);
}

/** The programs before the one to blame: what that one has started comes and goes. */
function waiters({ program }: TreeIndex, { steps, culprit }: Conclusion): readonly string[] {
  const pids = steps.map(({ stand }) => stand.process.pid);
  const end = pids.indexOf(culprit.process.pid);
  return pids.slice(0, Math.max(end, 0)).filter((pid) => pid !== culprit.process.pid).map(program);
}

function tasksToBlame({ tasks, culprit }: Conclusion): readonly TaskFacts[] | undefined {
  return tasks ?? (culprit.tasks === undefined ? undefined : [culprit.tasks.task]);
}

/** Only on Linux is it read who waits for what; elsewhere it is inferred from stacks and lists of open files. */
function cautious({ os }: Facts, { cause, confidence }: Conclusion): Confidence {
  const isMeasured = os === "linux" || cause === "cpu-bound" || cause === "stopped";
  return confidence === "proven" && !isMeasured ? "likely" : confidence;
}

function nothingLeft(index: TreeIndex): Diagnosis {
  const { facts } = index;
  const program = index.program(facts.rootPid);
  const reason = facts.processes.find((process) => process.incomplete !== undefined)?.incomplete;
  const ended = facts.processes.find((process) => process.pid === facts.rootPid && hasEnded(process));
  const isThere = facts.processes.some((process) => index.live(process.pid) !== undefined);
  return {
    cause: "unknown",
    confidence: "guess",
    summary: ended !== undefined
      ? `${index.label(ended.pid)} has ended already; what is left of it waits until its parent ${
        index.label(ended.ppid)
      } asks for its exit status`
      : isThere
      ? `${index.label(facts.rootPid)} could not be looked into${
        reason === undefined ? "" : `: ${visibleText(reason)}`
      }`
      : facts.processes.some(({ pid }) => pid === facts.rootPid)
      ? `${index.label(facts.rootPid)} ended while it was looked at; what was seen of it until then is below`
      : "No process of the tree was left to look at: it had ended by itself",
    pid: facts.rootPid,
    program,
    fingerprint: fingerprint({ cause: "unknown", program, wait: "none", threads: [] }),
    evidence: machineEvidence(facts),
    chain: [],
    advice: ended === undefined
      ? undefined
      : `Look at what process ${ended.ppid} does instead of waiting for its children: \`prekill sample ${ended.ppid}\`.`,
  };
}

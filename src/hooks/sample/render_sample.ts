import { CAUSE_WORDS } from "../../cause_words.ts";
import { formatDuration } from "../../duration.ts";
import type { SampleReason } from "../../outcome.ts";
import type { CollectorRecord, Diagnosis, SampleDocument, SampleProcess } from "../../sample_document.ts";
import { groupBy } from "../../std/group_by.ts";
import { visibleText } from "../../visible_text.ts";
import { programName } from "../diagnosis/program_name.ts";
import { renderChain } from "./render_chain.ts";
import { renderProcess } from "./render_process.ts";
import { renderTree } from "./render_tree.ts";
import { wrapText } from "./wrap_text.ts";

const WIDTH = 100;
const OUTPUT_LINES = 40;
const OUTPUT_COLUMNS = 400;
/** Processes shown in full; the tree and the JSON hold the others. */
const PROCESSES_SHOWN = 40;

const REASONS: Readonly<Record<SampleReason, string>> = {
  timeout: "its time limit ran out",
  idle: "it printed nothing for too long",
  startup: "it gave no sign of life after its start",
  exit: "it said that it had finished and did not exit",
  slow: "it takes longer than expected",
  manual: "somebody asked for it",
};

const CONFIDENCE_WORDS: Readonly<Record<Diagnosis["confidence"], string>> = {
  proven: "proven: what was seen allows no other reading",
  likely: "likely: what was seen fits, another reading is possible",
  guess: "a guess: what was seen does not tell more",
};

/**
 * Renders a sample as text for people: why it hangs first, then the tree, each process, what could not be collected, and
 * last the end of the output. No colours; control characters made visible; about 100 columns.
 *
 * @param document the sample
 * @returns text that ends with a line break
 */
export function renderSample(document: SampleDocument): string {
  const { diagnosis, processes } = document;
  const parts = [
    renderTitle(document),
    renderDiagnosis(document),
    section(`PROCESSES`, processes.length === 0 ? ["none left"] : renderTree(processes, diagnosis.pid)),
    ...inOrder(document).slice(0, PROCESSES_SHOWN).map((process) =>
      renderProcess(process, diagnosis, programName(process))
    ),
    renderCollectors(document.collectors),
    renderEnvironment(document.environment),
    renderOutput(document.outputTail),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function renderTitle({ test, reason, takenAt, elapsedMs, windowMs, host }: SampleDocument): string {
  const attempt = test.attempt > 1 ? `, attempt ${test.attempt}` : "";
  const after = elapsedMs > 0 ? `, ${formatDuration(elapsedMs)} after its start` : "";
  const watched = windowMs > 0 ? `, watched for ${formatDuration(windowMs)}` : "";
  const load = host.load === undefined ? "" : `, load ${host.load.slice(0, 3).join(" ")}`;
  return [
    wrapText(`Sample of ${visibleText(test.name)}${attempt}, taken because ${REASONS[reason]}`, WIDTH),
    `${takenAt}${after}${watched} (${host.os} ${host.kernel}, ${host.arch}, ${host.cpus} processors${load})`,
  ].join("\n");
}

function renderDiagnosis({ diagnosis, processes }: SampleDocument): string {
  const blamed = processes.find((process) => process.pid === diagnosis.pid);
  const lines = [wrapText(`${diagnosis.summary}.`, WIDTH, "  "), ""];
  const field = (name: string, text: string): void =>
    void lines.push(wrapText(text, WIDTH, `  ${name.padEnd(10)}`));
  field("cause", `${diagnosis.cause}: ${CAUSE_WORDS[diagnosis.cause]}`);
  field("sure?", CONFIDENCE_WORDS[diagnosis.confidence]);
  const age = blamed === undefined ? "" : `, running for ${formatDuration(blamed.ageMs)}`;
  field(
    "to blame",
    `${diagnosis.program} (pid ${diagnosis.pid}${
      diagnosis.tid === undefined ? "" : `, thread ${diagnosis.tid}`
    })${age}`,
  );
  if (diagnosis.advice !== undefined) field("try", diagnosis.advice);
  field("same hang", `fingerprint ${diagnosis.fingerprint}`);
  if (diagnosis.chain.length > 1) {
    lines.push("", "  Who waits for whom:", ...renderChain(diagnosis.chain, WIDTH, "    "));
  }
  if (diagnosis.evidence.length > 0) {
    lines.push("", "  What shows it:", ...diagnosis.evidence.map((text) => wrapText(text, WIDTH, "    - ")));
  }
  return `WHY IT HANGS\n\n${lines.join("\n")}`;
}

/** The process to blame first, then the chain back to the start, then the others. */
function inOrder({ diagnosis, processes }: SampleDocument): SampleProcess[] {
  const order = [diagnosis.pid, ...diagnosis.chain.map((link) => link.pid).toReversed()];
  const rank = (pid: number): number => {
    const position = order.indexOf(pid);
    return position < 0 ? order.length : position;
  };
  return processes.toSorted((a, b) => rank(a.pid) - rank(b.pid));
}

function renderCollectors(collectors: readonly CollectorRecord[]): string {
  const failures = collectors.filter((record) => record.status !== "ok");
  const byText = groupBy(failures, (record) => {
    const detail = record.detail === undefined ? "" : `: ${visibleText(record.detail)}`;
    return `${record.name} ${record.status === "timeout" ? "took too long" : `is ${record.status}`}${detail}`
      .replace(" is failed", " failed");
  });
  const lines = [...byText].map(([text, records]) => {
    const pids = records.filter((record) => record.pid !== 0).map((record) => record.pid);
    return wrapText(
      `${text}${
        pids.length === 0 ? "" : ` (pid ${pids.slice(0, 8).join(", ")}${pids.length > 8 ? ", …" : ""})`
      }`,
      WIDTH,
      "- ",
    );
  });
  return lines.length === 0 ? "" : section("WHAT COULD NOT BE COLLECTED", lines);
}

function renderEnvironment(environment: SampleDocument["environment"]): string {
  if (environment === undefined) return "";
  return section(
    "ENVIRONMENT",
    Object.entries(environment).map(([name, value]) => `${visibleText(name)}=${visibleText(value)}`),
  );
}

function renderOutput(tail: string | undefined): string {
  if (tail === undefined || tail === "") return "";
  const lines = tail.replace(/\r?\n$/, "").split(/\r?\n/);
  const shown = lines.slice(-OUTPUT_LINES).map((line) => {
    const text = visibleText(line.replaceAll("\t", "    "));
    return text.length <= OUTPUT_COLUMNS ? text : `${text.slice(0, OUTPUT_COLUMNS - 1)}…`;
  });
  return section(
    `END OF THE OUTPUT (${shown.length === 1 ? "last line" : `last ${shown.length} lines`})`,
    shown,
  );
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n\n${
    lines.map((line) => line.split("\n").map((part) => `  ${part}`).join("\n")).join("\n")
  }`;
}

import eventsSchema from "../../schema/events.schema.json" with { type: "json" };
import sampleSchema from "../../schema/sample.schema.json" with { type: "json" };
import type { SuiteEvent } from "../suite_events.ts";
import { checkShape, type Schema } from "./check_shape.ts";
import { shownText } from "./shown_text.ts";

/** What a journal holds. */
export interface ReadEvents {
  /** Those of kinds that this version knows, in their order; all fields are of their types. */
  readonly events: readonly SuiteEvent[];
  /** What is wrong with the journal, one sentence each; a last line that is torn is no problem. */
  readonly problems: readonly string[];
}

const DOCUMENTS: readonly [Schema, Schema] = [
  eventsSchema as unknown as Schema,
  sampleSchema as unknown as Schema,
];
const KINDS: Readonly<Record<string, Schema>> = DOCUMENTS[0].$defs!;
const VERSION = "prekill.events/1";
const MAX_PROBLEMS = 20;

/**
 * Reads the journal of a run, `events.ndjson`, whatever it holds: of a run that was killed, of another version, of anybody.
 *
 * @param text the whole file
 * @returns its events, and what is wrong with it
 */
export function readEvents(text: string): ReadEvents {
  const events: SuiteEvent[] = [];
  const problems: string[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line, events.at(-1));
    if (read === "skip") continue;
    if (typeof read !== "string") {
      events.push(read);
      continue;
    }
    // What the run was writing when it was killed; a resumed run has ended that line before its own.
    const isTorn = read === NO_JSON && (index === lines.length - 1 || isResumption(lines[index + 1]!));
    if (!isTorn) problems.push(`Cannot use line ${index + 1} of the journal: ${read}`);
    if (read.startsWith(OTHER_VERSION)) break;
  }
  const more = problems.length - MAX_PROBLEMS;
  if (more > 0) problems.splice(MAX_PROBLEMS, more, `${more} more lines of the journal cannot be used`);
  return { events, problems };
}

const NO_JSON = "it is no JSON";
const OTHER_VERSION = "it is of the schema";

/** The event; else why there is none, or `skip` where that is right. */
function readLine(line: string, before: SuiteEvent | undefined): SuiteEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return NO_JSON;
  }
  const headProblem = checkShape(value, DOCUMENTS[0], DOCUMENTS);
  if (headProblem !== undefined) return headProblem === " is no object" ? "it is no object" : headProblem;
  const event = value as SuiteEvent;
  if (event.kind === "run-started" && typeof event.schema === "string" && event.schema !== VERSION) {
    return `${OTHER_VERSION} ${shownText(event.schema, 40)}; a newer prekill can read it`;
  }
  // Definitions that are no kinds begin with a capital.
  if (!/^[a-z]/.test(event.kind) || !Object.hasOwn(KINDS, event.kind)) return "skip";
  const problem = checkShape(value, KINDS[event.kind]!, DOCUMENTS);
  if (problem !== undefined) return problem;
  if (before !== undefined && event.id !== before.id) return "it is of another run";
  return event;
}

function isResumption(line: string): boolean {
  return line.includes('"kind":"run-resumed"');
}

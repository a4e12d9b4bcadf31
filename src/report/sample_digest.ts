import { CAUSE_WORDS } from "../cause_words.ts";
import type { Cause, ChainLink, Confidence, Diagnosis } from "../sample_document.ts";
import { visibleText } from "../visible_text.ts";

/** What a report keeps of one sample. */
export interface SampleDigest {
  /** Path of the `.sample.json` file. */
  readonly file: string;
  /** The test, as the user named it. */
  readonly test: string;
  /** Milliseconds since 1970. */
  readonly takenAtEpochMs: number;
  readonly diagnosis: Diagnosis;
}

/** Where a text comes from. */
export interface SampleOrigin {
  readonly file: string;
  /** Stands in for the time of the sample, where it tells none. */
  readonly modifiedMs: number;
}

const SCHEMA = "prekill.sample/1";
const CONFIDENCES: readonly string[] = ["proven", "likely", "guess"] satisfies Confidence[];
const MAX_TEXT = 4000;
const MAX_ITEMS = 100;

/**
 * Reads what a report needs from the text of a `.sample.json` file: of prekill, of a user's own hook, or of anybody.
 *
 * @param text the whole file
 * @param origin where it comes from
 * @returns the digest, all its texts printable and of bounded length; or why this is no sample, to follow "is"
 */
export function digestSample(
  text: string,
  origin: SampleOrigin,
): SampleDigest | { readonly problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { problem: "cut off or no JSON" };
  }
  const document = asRecord(parsed);
  // The document of a user's hook needs no schema.
  const { schema } = document;
  if (schema !== undefined && schema !== SCHEMA) {
    return { problem: typeof schema === "string" ? `of the schema ${shown(schema, 40)}` : "no sample" };
  }
  const diagnosis = readDiagnosis(asRecord(document.diagnosis));
  if (diagnosis === undefined) return { problem: "JSON without a diagnosis" };
  const takenAtEpochMs = typeof document.takenAt === "string" ? Date.parse(document.takenAt) : NaN;
  const name = shown(asRecord(document.test).name);
  return {
    file: origin.file,
    test: name === "" ? diagnosis.program : name,
    takenAtEpochMs: Number.isNaN(takenAtEpochMs) ? origin.modifiedMs : takenAtEpochMs,
    diagnosis,
  };
}

function readDiagnosis(value: Readonly<Record<string, unknown>>): Diagnosis | undefined {
  const { cause, confidence, pid, tid } = value;
  if (typeof cause !== "string" || !Object.hasOwn(CAUSE_WORDS, cause)) return undefined;
  if (typeof confidence !== "string" || !CONFIDENCES.includes(confidence)) return undefined;
  const summary = shown(value.summary);
  const fingerprint = shown(value.fingerprint, 64);
  if (summary === "" || fingerprint === "") return undefined;
  const advice = shown(value.advice);
  return {
    cause: cause as Cause,
    confidence: confidence as Confidence,
    summary,
    pid: asNumber(pid),
    tid: tid === undefined ? undefined : asNumber(tid),
    program: shown(value.program, 200),
    fingerprint,
    evidence: asList(value.evidence).map((item) => shown(item)),
    chain: asList(value.chain).map(readLink),
    advice: advice === "" ? undefined : advice,
  };
}

function readLink(value: unknown): ChainLink {
  const { pid, program, waits, onPid } = asRecord(value);
  return {
    pid: asNumber(pid),
    program: shown(program, 200),
    waits: shown(waits),
    onPid: onPid === undefined ? undefined : asNumber(onPid),
  };
}

function shown(value: unknown, maxLength = MAX_TEXT): string {
  return typeof value === "string" ? visibleText(value.slice(0, maxLength)) : "";
}

function asNumber(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

import type { Diagnosis } from "../sample_document.ts";
import { shownText } from "./shown_text.ts";

const MAX_ITEMS = 100;

/**
 * Makes all texts of a diagnosis printable: one from a user's own hook may hold anything.
 *
 * @param diagnosis any
 * @returns the same, each text on one line and of bounded length
 */
export function printableDiagnosis(diagnosis: Diagnosis): Diagnosis {
  const { summary, program, evidence, chain, advice } = diagnosis;
  return {
    ...diagnosis,
    summary: shownText(summary, MAX_TEXT),
    program: shownText(program),
    evidence: evidence.slice(0, MAX_ITEMS).map((seen) => shownText(seen, MAX_TEXT)),
    chain: chain.slice(0, MAX_ITEMS).map((link) => ({
      ...link,
      program: shownText(link.program),
      waits: shownText(link.waits, MAX_TEXT),
    })),
    advice: advice === undefined ? undefined : shownText(advice, MAX_TEXT),
  };
}

const MAX_TEXT = 2000;

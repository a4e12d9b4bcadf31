import type { Runtime } from "../runtime/port.ts";

/** How a piece of text stands out, where colour is wanted. */
export type Tone = "plain" | "bad" | "good" | "strong" | "faint";

const CODES: Readonly<Record<Tone, string>> = { plain: "", bad: "31", good: "32", strong: "1", faint: "2" };

/** Dresses text in its tone, or leaves it as it is. */
export type Style = (text: string, tone: Tone) => string;

/**
 * Makes the style for one stream.
 *
 * @param colored whether to use colour
 * @returns a function that adds escape codes, or none
 */
export function createStyle(colored: boolean): Style {
  return (text, tone) => colored && tone !== "plain" ? `\x1b[${CODES[tone]}m${text}\x1b[0m` : text;
}

/**
 * Decides about colour: what the user asked for, else only on a terminal, and not against `NO_COLOR` or a dumb one.
 *
 * @param runtime the host
 * @param stream where the text goes
 * @param wanted `auto`, `always` or `never`; `auto` when undefined
 * @returns whether to use colour
 */
export function isColored(
  runtime: Runtime,
  stream: "stdout" | "stderr",
  wanted: string | undefined,
): boolean {
  if (wanted === "always" || wanted === "never") return wanted === "always";
  return runtime.isTerminal(stream) && (runtime.getEnv("NO_COLOR") ?? "") === "" &&
    runtime.getEnv("TERM") !== "dumb";
}

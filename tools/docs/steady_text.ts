import { wrapText } from "../../src/hooks/sample/wrap_text.ts";

/** What replaces pids and ports: the first that is seen, then the next ones. */
const FIRST_PID = 4001;
const FIRST_PORT = 8080;
const FIRST_ADDRESS = 0x7f00c0de;

/** What differs from run to run and says nothing, and what stands in its place. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\b\d{8}T\d{6}-\d+\b/g, "20260301T031500-4000"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, "2026-03-01T03:15:00.000Z"],
  [/\b(pipe|socket):\[\d+\]/g, "$1:[1234]"],
  [/\blooks over [\d.]+ m?s\b/g, "looks over 1 s"],
  [/\bwatched for [\d.]+ m?s\b/g, "watched for 1 s"],
  [/\bfor [\d.]+ m?s\s+so\s+far/g, "for 2 s so far"],
  [/\(\d+% of a core\)/g, "(99% of a core)"],
  [/, [\d.]+ m?s old\b/g, ", 1 s old"],
  [/\brunning for [\d.]+ m?s\b/g, "running for 2 s"],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "00000000-0000-4000-8000-000000000000"],
  [/https:\/\/nodejs\.org\/\S+/g, "https://nodejs.org/en/docs/inspector"],
  [/"atMs":\d+/g, '"atMs":1772334900000'],
  [/("(?:ms|lateMs|elapsedMs)":)[\d.]+/g, "$10"],
  [/\bin [\d.]+s\b/g, "in 2.0s"],
  [/^(passed|timed out) +[\d.]+ m?s/gm, "$1  1 s"],
  [/^(TIMED OUT .*) \([\d.]+ m?s\)$/gm, "$1 (3 s)"],
  [/^(The command exited .*) \([\d.]+ m?s\)\.$/gm, "$1 (9 ms)."],
  [/\btests in [\d.]+ m?s/g, "tests in 4 s"],
  [/^ +- (The machine is busy|Programs had to wait).*\n/gm, ""],
  [/[^\s(]*\/bin\/python3(\.\d+)?(?=[ )])/g, "/usr/bin/python3"],
  [/"\S*\/lib\/python3\.\d+\//g, '"/usr/lib/python3/'],
  [/\(\d{12,}\)/g, "(140000000000000)"],
  [/[\d.]+%(?= \(|, \d+ MiB)/g, "0%"],
];

/** Where pids and thread ids stand. */
const PID =
  /(?<=[pt]id\s+|Process |Thread |-p |kill -[A-Z0-9]+ |"pid":|[\w.] \(|\S\.sample: \S*-)\d{2,7}(?=[\s),:"`;]|$)|(?<=-)\d{2,7}(?=\.sample)/gm;

const ADDRESS = /(?<=\b0x)[0-9a-f]{6,}\b/g;

/** Where ports stand, but for the one that Node's inspector always has. */
const PORT = /(?<=\b127\.0\.0\.1:)(?!9229\b)\d+/g;

/** Begins a paragraph of a verdict; other lines of it go on with the one before. */
const LABEL = /^prekill: {3}(chain|seen|try): +/;
const VERDICT = /^prekill: [a-z-]+ \((proven|likely|guess)\): /;
const END_OF_VERDICT = /^prekill: sample: /;
const WIDTH = 100;

/**
 * Gives output the same text in every run: pids, ports, times, addresses and the folder that it ran in are replaced,
 * and the lines broken anew.
 *
 * @param text what programs printed
 * @param folder absolute path of the folder that they ran in
 * @returns the text as it stands in a page
 */
export function steadyText(text: string, folder: string): string {
  let steady = joinVerdicts(text).replaceAll(folder, "/ci/project").replaceAll(/ +$/gm, "");
  for (const [pattern, replacement] of REPLACEMENTS) steady = steady.replaceAll(pattern, replacement);
  steady = renumber(steady, PORT, FIRST_PORT);
  steady = renumber(steady, ADDRESS, FIRST_ADDRESS, 16);
  return breakVerdicts(renumber(steady, PID, FIRST_PID));
}

/**
 * What must be equal for two texts of `steadyText()` to say the same: where lines break, where in a loop a program is,
 * how sure prekill is, how long it waited and how the fingerprint reads depend on the machine.
 *
 * @param text of a block
 * @returns a text for comparison only
 */
export function essenceOf(text: string): string {
  return text
    .replaceAll(/^prekill: +/gm, "")
    .replaceAll(/\((proven|likely|guess)\)/g, "")
    .replaceAll(/\b[0-9a-f]{16}\b/g, "")
    .replaceAll(/(\.(?:py|mjs)):\d+/g, "$1")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/,? for 2 s so far/g, "")
    .replaceAll(/ \(kernel function \w+\)/g, "")
    .replaceAll(/, where each of \d+ looks found it/g, "")
    .trim();
}

/** Numbers in the order in which they are first seen; those that stand in the replacements stay. */
function renumber(text: string, pattern: RegExp, first: number, radix = 10): string {
  const numbers = new Map<string, number>();
  return text.replaceAll(pattern, (number) => {
    if (number === "4000") return number;
    if (!numbers.has(number)) numbers.set(number, first + numbers.size);
    return numbers.get(number)!.toString(radix);
  });
}

function joinVerdicts(text: string): string {
  const lines: string[] = [];
  let inVerdict = false;
  for (const line of text.split("\n")) {
    const begins = VERDICT.test(line);
    if (END_OF_VERDICT.test(line) || !line.startsWith("prekill: ")) inVerdict = false;
    if (inVerdict && !LABEL.test(line)) lines.push(`${lines.pop()} ${line.replace(/^prekill: +/, "")}`);
    else lines.push(line);
    inVerdict ||= begins;
  }
  return lines.join("\n");
}

function breakVerdicts(text: string): string {
  return text.split("\n").map((line) => {
    const label = LABEL.exec(line)?.[0];
    if (label !== undefined) {
      const wrapped = wrapText(line.slice(label.length), WIDTH, label);
      return wrapped.replaceAll(/\n {9}/g, "\nprekill: ");
    }
    return VERDICT.test(line) ? wrapText(line.slice(9), WIDTH - 9).replaceAll(/^/gm, "prekill: ") : line;
  }).join("\n");
}

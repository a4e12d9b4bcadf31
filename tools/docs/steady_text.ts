/** What replaces pids: the first that is seen, the second … */
const FIRST_PID = 4001;

/** What differs from run to run and says nothing, and what stands in its place. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\b\d{8}T\d{6}-\d+\b/g, "20260301T031500-4000"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, "2026-03-01T03:15:00.000Z"],
  [/\b0x[0-9a-f]{6,}\b/g, "0x7f00c0de"],
  [/\b(pipe|socket):\[\d+\]/g, "$1:[1234]"],
  [/\b127\.0\.0\.1:(?!9229)\d+/g, "127.0.0.1:8080"],
  [/\blooks over [\d.]+ m?s\b/g, "looks over 1 s"],
  [/\bwatched for [\d.]+ m?s\b/g, "watched for 1 s"],
  [/\bfor [\d.]+ m?s so far/g, "for 2 s so far"],
  [/, [\d.]+ m?s old\b/g, ", 1 s old"],
  [/\brunning for [\d.]+ m?s\b/g, "running for 2 s"],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "00000000-0000-4000-8000-000000000000"],
  [/"atMs":\d+/g, '"atMs":1772334900000'],
  [/("(?:ms|lateMs|elapsedMs)":)[\d.]+/g, "$10"],
  [/\bin [\d.]+s\b/g, "in 2.00s"],
];

/** Where pids stand. */
const PID =
  /(?<=pid |kill -[A-Z]+ |"pid":|\.sample: \S*-|-)\d{2,7}(?=[\s),:"`;]|\.sample|$)|(?<=[\w.] \()\d{2,7}(?=\))/gm;

/**
 * Gives output the same text in every run: pids, ports, times, addresses and the folder that it ran in are replaced.
 *
 * @param text what programs printed
 * @param folder absolute path of the folder that they ran in
 * @returns the text as it stands in a page
 */
export function steadyText(text: string, folder: string): string {
  let steady = text.replaceAll(folder, "/ci/project");
  for (const [pattern, replacement] of REPLACEMENTS) steady = steady.replaceAll(pattern, replacement);
  const pids = new Map<string, number>();
  return steady.replaceAll(PID, (pid) => {
    if (pid === "4000") return pid;
    if (!pids.has(pid)) pids.set(pid, FIRST_PID + pids.size);
    return String(pids.get(pid));
  });
}

/**
 * What must be equal for two texts of `steadyText()` to say the same: where lines break, how sure prekill is, how long
 * it waited and how the fingerprint reads depend on the machine.
 *
 * @param text of a block
 * @returns a text for comparison only
 */
export function essenceOf(text: string): string {
  return text
    .replaceAll(/^prekill: +/gm, "")
    .replaceAll(/\((proven|likely|guess)\)/g, "")
    .replaceAll(/\b[0-9a-f]{16}\b/g, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/, for 2 s so far/g, "")
    .trim();
}

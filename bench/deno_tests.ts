/** As long as a test waits for a server or a timer: time in which the next ones can start. */
const WAIT_MS = 50;

/**
 * Test files for `deno test` as projects have them: each asserts a little, and waits a little.
 *
 * @param count how many
 * @returns texts by names
 */
export function denoTests(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, i) => `part_${String(i).padStart(3, "0")}_test.ts`);
  return Object.fromEntries(names.map((name, i) => [
    name,
    `Deno.test("part ${i} answers", async () => {
  const answer = await new Promise<number>((resolve) => setTimeout(() => resolve(${i}), ${WAIT_MS}));
  if (answer !== ${i}) throw new Error(\`Got \${answer}\`);
});
`,
  ]));
}

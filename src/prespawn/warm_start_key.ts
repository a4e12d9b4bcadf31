import type { WarmStart } from "./warm_start.ts";

/**
 * Tells pools apart: equal for starts whose runners can stand in for each other.
 *
 * @param start how a runner is started
 */
export function warmStartKey({ runner, command, runnerFile, cwd, env, preloads }: WarmStart): string {
  const variables = Object.entries(env).sort(([a], [b]) => a < b ? -1 : 1);
  return JSON.stringify([runner, command, runnerFile, cwd, variables, preloads]);
}

/**
 * Tells kinds of runners apart: equal for starts that cost the same.
 *
 * @param start how a runner is started
 */
export function warmStartKind({ runner, preloads }: WarmStart): string {
  return JSON.stringify([runner, preloads]);
}

import type { WarmStart } from "./warm_start.ts";

/** A test that can start warm: how its runner starts, and what of its job is known. */
export interface WarmTest {
  /** How its runner starts. */
  readonly start: WarmStart;
  /** As in `Job`. */
  readonly main: string;
  /** As in `Job`. */
  readonly args: readonly string[];
}

/** What goes with the command of a cold start. */
export interface WarmTestOptions {
  /** Absolute path of the working directory of both starts. */
  readonly cwd: string;
  /** The whole environment, without what differs from attempt to attempt. */
  readonly env: Readonly<Record<string, string>>;
  /** Modules to load before. */
  readonly preloads: readonly string[];
  /** Absolute path of the runner program. */
  readonly runnerFile: string;
}

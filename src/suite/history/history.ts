import type { TestStatus } from "../../suite_events.ts";

/** What earlier runs showed of a test. */
export interface TestHistory {
  /** How it ended last, when it ran. */
  readonly status: TestStatus;
  /** How long it takes, in milliseconds: half of what it took last, half of what was known before. */
  readonly elapsedMs: number;
  /** When it ran last, in milliseconds of the epoch. */
  readonly atMs: number;
}

/** What the shards of the last build have shown so far. */
export interface ShardHistory {
  /** How many shards there are. */
  readonly count: number;
  /** The build; undefined when it has no name. */
  readonly build?: string | undefined;
  /** What each shard showed of its tests, by the number of the shard. */
  readonly parts: ReadonlyMap<number, ReadonlyMap<string, TestHistory>>;
}

/** What earlier runs showed, by `testId`. */
export interface History {
  readonly tests: ReadonlyMap<string, TestHistory>;
  /** Apart from `tests`, by which the shards that are still to come divide the tests as the earlier ones did. */
  readonly shards?: ShardHistory | undefined;
}

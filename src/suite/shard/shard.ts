/** One of several machines that share the tests of a run. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  /** How many there are. */
  readonly count: number;
  /** What said so, such as `CI_NODE_INDEX` or `--shard`. */
  readonly source: string;
  /** What all shards of one build have in common and no other build has, such as the id of a CI pipeline. */
  readonly build?: string | undefined;
  /** A file to create, so that whoever started us sees that shards are understood (Bazel). */
  readonly statusFile?: string | undefined;
}

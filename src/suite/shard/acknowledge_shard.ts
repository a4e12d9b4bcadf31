import { messageOf } from "../../errors.ts";
import type { Files } from "../../runtime/port.ts";
import type { Shard } from "./shard.ts";

/**
 * Creates the file by which whoever started this shard sees that shards are understood: Bazel lets a test fail that does
 * not touch its `TEST_SHARD_STATUS_FILE`, for it would run all tests in each shard.
 *
 * @param shard the shard; nothing happens when it names no file
 * @param files the host's files
 * @returns why the file could not be created, as a sentence; undefined when all is well
 */
export function acknowledgeShard({ statusFile, source }: Shard, files: Files): string | undefined {
  if (statusFile === undefined) return undefined;
  try {
    files.openAppend(statusFile).close();
    return undefined;
  } catch (error) {
    return `Cannot tell who set ${source} that shards are understood: ${messageOf(error)}`;
  }
}

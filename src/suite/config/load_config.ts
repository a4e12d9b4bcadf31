import { UsageError } from "../../errors.ts";
import type { Files } from "../../runtime/port.ts";
import { dirname, join, resolve } from "../../std/path.ts";
import { visibleText } from "../../visible_text.ts";
import { parseConfig } from "./parse_config.ts";
import type { SuiteConfig } from "./suite_config.ts";

/** Where to look for the configuration. */
export interface LoadConfigOptions {
  /** Absolute path of the run's working directory. */
  readonly cwd: string;
  /** The file that the user named; when undefined, the nearest `prekill.json` at or above `cwd` is taken. */
  readonly path?: string | undefined;
  /** Take none. */
  readonly isOff?: boolean | undefined;
}

const CONFIG_NAME = "prekill.json";
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 100;

/**
 * Reads the configuration of a project.
 *
 * @param files the host's files
 * @param options where to look
 * @returns the configuration; an empty one for `cwd` when there is none
 * @throws {UsageError} when it cannot be read or has a mistake: file, line, column and what was expected
 */
export function loadConfig(files: Files, { cwd, path, isOff }: LoadConfigOptions): SuiteConfig {
  const none: SuiteConfig = { folder: cwd, run: {}, tests: {}, overrides: [], exclude: [] };
  if (isOff) return none;
  const found = path === undefined ? findConfig(files, cwd) : resolve(cwd, path);
  if (found === undefined) return none;
  const isLarge = (files.stat(found)?.sizeBytes ?? 0) > MAX_BYTES;
  const text = isLarge ? undefined : files.readText(found, MAX_BYTES);
  if (text === undefined) {
    const why = isLarge ? "is larger than 4 MiB" : files.explainUnreadable(found);
    throw new UsageError(
      `Cannot read the configuration "${
        visibleText(found)
      }": ${why}; name another with --config, or leave it out with --no-config`,
    );
  }
  return parseConfig(text, found);
}

function findConfig(files: Files, cwd: string): string | undefined {
  let folder = cwd;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const path = join(folder, CONFIG_NAME);
    // One that cannot be read is told of, not passed over.
    if (files.stat(path) !== undefined || files.readLink(path) !== undefined) return path;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
  return undefined;
}

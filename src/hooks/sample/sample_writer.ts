import { messageOf } from "../../errors.ts";
import type { Runtime } from "../../runtime/port.ts";
import { join } from "../../std/path.ts";
import type { HookDocument } from "../hook.ts";
import { sampleFileName } from "./sample_file_name.ts";
import type { SessionDir } from "./session_dir.ts";

/** Larger ones are compressed. */
const PLAIN_LIMIT_BYTES = 1024 * 1024;
const SUFFIXES = [".sample", ".sample.gz", ".sample.json", ".sample.json.gz"];
const HIGHEST_NUMBER = 10_000;

/** What is to be written. */
export interface SampleContent {
  /** File or name of the test. */
  readonly testFile: string;
  readonly pid: number;
  readonly text: string;
  readonly document: HookDocument | undefined;
}

/** What became of it. */
export interface WrittenSample {
  /** Absolute paths, the text first. */
  readonly files: readonly string[];
  /** The text, when it could not be written. */
  readonly unsavedText: string | undefined;
  /** Why something could not be written, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * Writes the sample of one process as `<name>-<pid>.sample` and its facts as `.sample.json`, readable by the owner
 * only, never over an existing file and never through a link: a taken name gets a number (`…-12.2.sample`). Over
 * 1 MiB they are compressed to `.sample.gz` and `.sample.json.gz`. Never rejects: what cannot be written is returned.
 *
 * @param runtime the host
 * @param sessionDir where it goes; created if need be
 * @param content text and facts; an empty text without facts writes nothing
 * @returns the files, and what could not be saved
 */
export async function writeSample(
  runtime: Runtime,
  sessionDir: SessionDir,
  content: SampleContent,
): Promise<WrittenSample> {
  const files: string[] = [];
  const problems: string[] = [];
  let unsavedText: string | undefined;
  if (content.text === "" && content.document === undefined) return { files, unsavedText, problems };

  const save = async (makeText: () => string, makePath: () => string): Promise<boolean> => {
    try {
      sessionDir.ensure();
      const plain = new TextEncoder().encode(makeText());
      const compress = plain.length > PLAIN_LIMIT_BYTES;
      const bytes = compress ? await runtime.gzip(plain) : plain;
      const path = makePath() + (compress ? ".gz" : "");
      runtime.files.create(path, bytes);
      files.push(path);
      return true;
    } catch (error) {
      problems.push(messageOf(error));
      return false;
    }
  };
  let stem: string | undefined;
  const path = (suffix: string): string =>
    (stem ??= freeStem(runtime, join(sessionDir.path, sampleFileName(content.testFile, content.pid)))) +
    suffix;
  if (content.text !== "" && !await save(() => content.text, () => path(".sample"))) {
    unsavedText = content.text;
  }
  if (content.document !== undefined) {
    await save(() => `${JSON.stringify(content.document, null, 1)}\n`, () => path(".sample.json"));
  }
  return { files, unsavedText, problems: [...new Set(problems)] };
}

/** The first numbered variant of which no file exists, so that text and facts share their name. */
function freeStem(runtime: Runtime, stem: string): string {
  // A link that leads nowhere is not there for `stat`, and yet its name is taken.
  const isTaken = (path: string): boolean =>
    runtime.files.stat(path) !== undefined || runtime.files.readLink(path) !== undefined;
  for (let number = 1; number < HIGHEST_NUMBER; number++) {
    const candidate = number === 1 ? stem : `${stem}.${number}`;
    if (!SUFFIXES.some((suffix) => isTaken(candidate + suffix))) return candidate;
  }
  return stem;
}

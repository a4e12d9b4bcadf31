import type { RawFrame, ThreadStack } from "./thread_stack.ts";

/** `0 sleep <internal>:-1` and `1 Worker::run /srv/app/worker.php:12`: depth, function, place. */
const FRAME = /^(\d{1,5}) (.+?) (\S.*):(-?\d{1,9})$/;

/**
 * Parses what `phpspy` prints of one look: frames with their depth, innermost first, until an empty line or a comment.
 *
 * @param text its standard output
 * @param pid the process, whose main thread this is
 * @returns one stack, or none
 */
export function parsePhpspy(text: string, pid: number): ThreadStack[] {
  const frames: RawFrame[] = [];
  for (const line of text.split("\n")) {
    const fields = FRAME.exec(line);
    if (fields === null) {
      // A second look, or what is told behind the frames.
      if (frames.length > 0) break;
      continue;
    }
    const [, depth, name, file, number] = fields;
    if (Number(depth) !== frames.length) break;
    const isKnown = !file!.startsWith("<");
    frames.push({
      function: name,
      file: isKnown ? file : undefined,
      line: isKnown && Number(number) > 0 ? Number(number) : undefined,
    });
  }
  return frames.length === 0 ? [] : [{ tid: pid, language: "php", frames }];
}

import type { SampleTask } from "../../sample_document.ts";
import { groupBy } from "../../std/group_by.ts";
import { visibleText } from "../../visible_text.ts";
import { frameText } from "../diagnosis/source_place.ts";
import { wrapText } from "./wrap_text.ts";

/** What is left of a line beside its indents. */
const WIDTH = 96;
const PLACES_SHOWN = 16;
const FRAMES_SHOWN = 5;
const NAMES_SHOWN = 3;
const TEXT_WIDTH = 160;

const PLURALS: Readonly<Record<SampleTask["kind"], string>> = {
  task: "tasks",
  goroutine: "goroutines",
  "virtual-thread": "virtual threads",
  worker: "workers",
};

/**
 * The tasks of a process by kind: those in the same place on one line, with how many they are, what they wait for and
 * their innermost frames.
 *
 * @param tasks tasks, goroutines, virtual threads and workers
 * @param runtime name and version of what runs them
 * @returns lines without indent
 */
export function renderTasks(tasks: readonly SampleTask[], runtime: string | undefined): string[] {
  const lines: string[] = [];
  for (const [kind, same] of groupBy(tasks, (task) => task.kind)) {
    const places = [...groupBy(same, placeKey).values()];
    const total = same.reduce((sum, task) => sum + task.count, 0);
    const by = runtime === undefined ? "" : ` (${visibleText(runtime)})`;
    lines.push(
      `${PLURALS[kind]}${by}: ${total}${spread(places.length, total)}`,
    );
    for (const group of places.slice(0, PLACES_SHOWN)) lines.push(...renderPlace(group));
    const rest = places.length - PLACES_SHOWN;
    if (rest > 0) lines.push(`  … and ${rest} more places, all of them in the .sample.json`);
  }
  return lines;
}

function spread(places: number, total: number): string {
  return places === total ? "" : ` in ${places} ${places === 1 ? "place" : "places"}`;
}

function renderPlace(group: readonly SampleTask[]): string[] {
  const first = group[0]!;
  const count = group.reduce((sum, task) => sum + task.count, 0);
  const names = [...new Set(group.map((task) => task.name))];
  const shown = names.slice(0, NAMES_SHOWN).map((name) => clip(visibleText(name)));
  const more = names.length > shown.length || count > group.length ? ", …" : "";
  const who = count === 1 ? shown[0]! : `${count} × ${shown.join(", ")}${more}`;
  const waits = first.waitsFor === undefined ? "" : `, waits for ${clip(visibleText(first.waitsFor))}`;
  const lines = [wrapText(`${who}: ${clip(visibleText(first.state))}${waits}`, WIDTH, "  ")];
  const frames = first.frames.slice(0, FRAMES_SHOWN).map(frameText);
  const rest = first.frames.length > frames.length ? " ← …" : "";
  if (frames.length > 0) lines.push(wrapText(`${frames.join(" ← ")}${rest}`, WIDTH, "      at "));
  return lines;
}

/** Two tasks are in the same place when state and frames are the same; for how long each has waited differs. */
function placeKey({ state, frames, waitsFor }: SampleTask): string {
  const place = frames.map(({ function: name, file, line }) => [name, file, line]);
  const what = frames.length === 0 ? waitsFor : waitsFor?.replaceAll(/\d+|0x[0-9a-f]+/gi, "#");
  return JSON.stringify([state.replaceAll(/\d+ (minutes|seconds|ms|s)\b/g, ""), what, place]);
}

function clip(text: string): string {
  return text.length <= TEXT_WIDTH ? text : `${text.slice(0, TEXT_WIDTH - 1)}…`;
}

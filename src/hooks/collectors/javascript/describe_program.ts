import type { Stack } from "../../../sample_document.ts";
import type { TaskFacts } from "../../language_facts.ts";
import { toAwaitTasks, toFrame } from "./await_tasks.ts";
import type { ProgramLook } from "./look_into_program.ts";
import { createFramePlacer } from "./place_frames.ts";
import type { ProtocolClient } from "./protocol_client.ts";
import type { SourceLookup } from "./source_lookup.ts";

/**
 * Places what a program showed in its sources.
 *
 * @param client its inspector
 * @param look what it showed
 * @param lookup finds sources
 * @param idPrefix of its tasks
 * @returns its stack when it was busy, and its suspended functions
 */
export async function describeProgram(
  client: ProtocolClient,
  { frames, awaits, engine }: Pick<ProgramLook, "frames" | "awaits" | "engine">,
  lookup: SourceLookup,
  idPrefix: string,
): Promise<{ readonly stack?: Stack | undefined; readonly tasks: readonly TaskFacts[] }> {
  const all = [...frames, ...awaits.flatMap((chain) => chain.frames)];
  const place = await createFramePlacer(client, lookup, engine === "deno" ? "mapped" : all);
  const tasks = await toAwaitTasks(awaits, place, idPrefix);
  const placed = (await place(frames)).map(toFrame);
  const stack: Stack = { language: "javascript", count: 1, frames: placed };
  return { tasks, stack: placed.length === 0 ? undefined : stack };
}

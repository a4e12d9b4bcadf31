import type { Stack } from "../../../sample_document.ts";
import type { LoopTimer, TaskFacts } from "../../language_facts.ts";
import { toAwaitTasks, toFrame } from "./await_tasks.ts";
import { placeResources } from "./place_resources.ts";
import type { ProgramLook } from "./look_into_program.ts";
import { createFramePlacer, needsScripts } from "./place_frames.ts";
import type { ProtocolClient } from "./protocol_client.ts";
import { readScripts, type Scripts } from "./read_scripts.ts";
import type { SourceLookup } from "./source_lookup.ts";

/** What a program showed, in terms of its sources. */
export interface DescribedProgram {
  /** What it did when it was busy. */
  readonly stack?: Stack | undefined;
  /** Its suspended functions. */
  readonly tasks: readonly TaskFacts[];
  /** What its event loop keeps, in words. */
  readonly resources?: readonly string[] | undefined;
  /** Those of the program itself, rather than of its libraries. */
  readonly timers?: readonly LoopTimer[] | undefined;
}

const NO_SCRIPTS: Scripts = { maps: new Map(), urls: new Map() };

/**
 * Places what a program showed in its sources.
 *
 * @param client its inspector
 * @param look what it showed
 * @param lookup finds sources
 * @param idPrefix of its tasks
 * @returns the same for people
 */
export async function describeProgram(
  client: ProtocolClient,
  { frames, awaits, engine, resources }: Omit<ProgramLook, "runtime">,
  lookup: SourceLookup,
  idPrefix: string,
): Promise<DescribedProgram> {
  const isNode = engine === "node";
  const all = [...frames, ...awaits.flatMap((chain) => chain.frames)];
  const isAsked = isNode &&
    (needsScripts(lookup, all) || resources?.some(({ callbacks }) => callbacks.length > 0) === true);
  const scripts = isAsked ? await readScripts(client) : NO_SCRIPTS;
  const place = createFramePlacer(lookup, isNode ? scripts : "mapped");
  const tasks = await toAwaitTasks(awaits, place, idPrefix);
  const placed = (await place(frames)).map(toFrame);
  const stack: Stack = { language: "javascript", count: 1, frames: placed };
  const kept = resources && await placeResources(resources, scripts.urls, place);
  return {
    tasks,
    stack: placed.length === 0 ? undefined : stack,
    resources: kept?.words,
    // Deno tells no times, and its loop wakes up before; but its functions show what they wait for.
    timers: isNode ? kept?.timers : tasks.length > 0 ? [] : undefined,
  };
}

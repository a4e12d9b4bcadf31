import type { Stack } from "../../../sample_document.ts";
import type { TaskFacts } from "../../language_facts.ts";
import { filePathOf } from "./file_path_of.ts";
import { lookIntoProgram } from "./look_into_program.ts";
import type { ProtocolClient } from "./protocol_client.ts";
import { describeProgram } from "./describe_program.ts";
import type { SourceLookup } from "./source_lookup.ts";
import { type AttachedWorker, attachWorkers } from "./worker_client.ts";

/** What one worker thread showed. */
export interface WorkerLook {
  /** As its program named it. */
  readonly name?: string | undefined;
  /** In words, such as "a worker thread that runs /srv/decoder.js". */
  readonly description: string;
  /** When it is busy. */
  readonly stack?: Stack | undefined;
  /** The worker itself, and the functions that are suspended in it. */
  readonly tasks: readonly TaskFacts[];
}

const DISABLE_MS = 500;
const MAX_LOOKED_AT = 16;
const MAX_RESOURCES = 5;

/**
 * Looks into the worker threads of a process, all at the same time.
 *
 * @param client the inspector of the process
 * @param lookup finds sources
 * @param signal aborted when time is up
 * @returns each worker; empty when there are none
 */
export async function lookAtWorkers(
  client: ProtocolClient,
  lookup: SourceLookup,
  signal: AbortSignal,
): Promise<readonly WorkerLook[]> {
  const workers = await attachWorkers(client, signal);
  const looks = await Promise.all(
    workers.map((worker, at) => lookAtWorker(worker, lookup, at < MAX_LOOKED_AT)),
  );
  await client.call("NodeWorker.disable", {}, DISABLE_MS);
  return looks;
}

async function lookAtWorker(
  worker: AttachedWorker,
  lookup: SourceLookup,
  isLookedAt: boolean,
): Promise<WorkerLook> {
  const { id, name, url, client } = worker;
  const file = url === undefined ? undefined : filePathOf(url);
  const called = [...name === undefined ? [] : [name], file ?? "a script given as text"].join(": ");
  const description = `a worker thread that runs ${called}`;
  const base = {
    kind: "worker",
    language: "javascript",
    id: `worker ${id}`,
    name: name ?? file?.split("/").at(-1) ?? `worker ${id}`,
    count: 1,
    frames: [],
  } as const;
  const look = isLookedAt ? await lookIntoProgram(client) : undefined;
  if (look === undefined) {
    const state = isLookedAt ? "busy in native code or blocked: it does not answer" : "not looked at";
    return { name, description, tasks: [{ ...base, state }] };
  }
  const described = await describeProgram(client, look, lookup, `worker ${id} await `);
  const { stack, tasks } = described;
  if (stack !== undefined) {
    return { name, description, stack, tasks: [{ ...base, state: "busy", frames: stack.frames }, ...tasks] };
  }
  const kept = described.resources?.slice(0, MAX_RESOURCES) ?? [];
  const place = file === undefined ? [] : [{ function: "event loop", file }];
  const waitsFor = kept.length === 0 ? undefined : kept.join("; ");
  return { name, description, tasks: [{ ...base, state: "idle", frames: place, waitsFor }, ...tasks] };
}

import { asObject } from "../as_object.ts";
import { type AwaitChain, parseAwaitChains } from "./await_chains.ts";
import type { ScriptFrame } from "./call_sites.ts";
import { findAwaits } from "./find_awaits.ts";
import { findListeners } from "./find_listeners.ts";
import { findRealms } from "./find_realms.ts";
import { findTimers } from "./find_timers.ts";
import type { FunctionPlace } from "./function_places.ts";
import { INVENTORY_EXPRESSION } from "./inventory_expression.ts";
import type { KeptResource } from "./kept_resource.ts";
import { type Inventory, parseInventory } from "./parse_inventory.ts";
import type { ProtocolClient } from "./protocol_client.ts";

/** What one program showed: the main one of a process, or a worker. */
export interface ProgramLook {
  /** What its event loop keeps; undefined when it did not say. */
  readonly resources?: readonly KeptResource[] | undefined;
  /** What it was doing, innermost first; empty when it waited in its event loop. */
  readonly frames: readonly ScriptFrame[];
  /** Where its async functions are suspended. */
  readonly awaits: readonly AwaitChain[];
  /** Name and version of what runs it; undefined when it did not say. */
  readonly runtime?: string | undefined;
  readonly engine: "node" | "deno";
}

const EVALUATE_MS = 300;
/** Looking through a greater heap would stop the program for too long. */
const MAX_HEAP_BYTES = 256 * 1024 * 1024;

/**
 * Asks a program what it does or, when it does nothing, what its event loop keeps and which functions are suspended.
 *
 * @param client its inspector
 * @returns undefined when it does not answer
 */
export async function lookIntoProgram(client: ProtocolClient): Promise<ProgramLook | undefined> {
  const evaluated = await client.call(
    "Runtime.evaluate",
    { expression: INVENTORY_EXPRESSION, returnByValue: true, silent: true },
    EVALUATE_MS,
  );
  if (evaluated === undefined) return undefined;
  const value = asObject(evaluated["result"])?.["value"];
  const inventory = typeof value === "string" ? parseInventory(value) : undefined;
  if (inventory === undefined) return { frames: [], awaits: [], engine: "node" };
  const { frames, runtime, engine, hasTimers } = inventory;
  const isIdle = frames.length === 0;
  const timers = isIdle && hasTimers ? await findTimers(client) : [];
  const unnamed = hasTimers && timers.length === 0 ? [{ words: "a timer", callbacks: [] }] : [];
  const kept = withListeners(inventory, isIdle ? await findListeners(client) : new Map());
  const isSmall = inventory.heapUsedBytes <= MAX_HEAP_BYTES;
  const awaits = isIdle && isSmall ? await findAllAwaits(client, inventory.mayHaveRealms) : [];
  return {
    resources: [...kept, ...timers, ...unnamed],
    frames,
    awaits,
    runtime,
    engine,
  };
}

function withListeners(
  { descriptions }: Inventory,
  listeners: ReadonlyMap<number, readonly FunctionPlace[]>,
): KeptResource[] {
  return descriptions.map(({ words, handle }) => ({
    words,
    callbacks: handle === undefined ? [] : listeners.get(handle) ?? [],
  }));
}

async function findAllAwaits(client: ProtocolClient, mayHaveRealms: boolean): Promise<readonly AwaitChain[]> {
  const chains = [...await findAwaits(client)];
  for (const contextId of mayHaveRealms ? await findRealms(client) : []) {
    chains.push(...await findAwaits(client, contextId));
  }
  return parseAwaitChains(chains);
}

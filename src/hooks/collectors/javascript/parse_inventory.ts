import { asObject, type Json } from "../as_object.ts";
import { describeHandle } from "./describe_handle.ts";
import { parseCallSites, type ScriptFrame } from "./call_sites.ts";
import { withoutQuery } from "./without_query.ts";

/** What an event loop keeps and what its program was doing, as the program told it. */
export interface Inventory {
  readonly descriptions: readonly Description[];
  /** What ran when it was asked, innermost first; empty when the loop was idle. */
  readonly frames: readonly ScriptFrame[];
  readonly hasTimers: boolean;
  readonly heapUsedBytes: number;
  /** What runs it, such as `Node.js 20.20.2`; undefined when it did not say. */
  readonly runtime?: string | undefined;
  readonly engine: "node" | "deno";
  /** Whether there may be more realms than one, such as those of the tests of Jest (`node:vm`). */
  readonly mayHaveRealms: boolean;
}

/** One thing that an event loop keeps. */
export interface Description {
  /** Such as "a connection from 127.0.0.1:4000 to 127.0.0.1:5432". */
  readonly words: string;
  /** Number of its handle, when it is one. */
  readonly handle?: number | undefined;
}

const MAX_WORDS = 200;

/** What belongs to a handle or request that is described by itself. */
const OF_HANDLES =
  /^(FSEventWrap|PipeWrap|ProcessWrap|TCPServerWrap|TCPSocketWrap|TTYWrap|UDPWrap|MessagePort|Timeout|StatWatcher|Worker)$/;
const WORDS: Readonly<Record<string, string>> = {
  Immediate: "a callback of setImmediate",
  FSReqCallback: "an operation on a file",
  FSReqPromise: "an operation on a file",
  FileHandleCloseReq: "the closing of a file",
  GetAddrInfoReqWrap: "the look-up of a host name",
  GetNameInfoReqWrap: "the look-up of an address",
  QueryReqWrap: "a question to a DNS server",
  TCPConnectWrap: "a connection that is not open yet",
  PipeConnectWrap: "a connection that is not open yet",
  CloseReq: "the closing of a file",
  ZLIB: "a compression (zlib)",
  Zlib: "a compression (zlib)",
  ShutdownWrap: "the end of a stream that is being sent",
  WriteWrap: "data that the other side does not take",
};

/**
 * Reads the answer to `INVENTORY_EXPRESSION`.
 *
 * @param text what the process answered, which may be anything
 * @returns what it keeps; undefined when the text is not of that form
 */
export function parseInventory(text: string): Inventory | undefined {
  let answer: Json | undefined;
  try {
    answer = asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
  if (answer === undefined) return undefined;
  const objects = (name: string): Json[] => listOf(answer[name]).map((value) => asObject(value) ?? {});
  const resources = listOf(answer["resources"]).filter((name) => typeof name === "string");
  const handles = objects("handles").flatMap((handle, at) =>
    describeHandle(handle).map((words): Description => ({ words, handle: at }))
  );
  const withoutHandle = (words: readonly string[]): readonly Description[] =>
    words.map((words) => ({ words }));
  const requests = objects("requests").flatMap(describeRequest);
  const unnamed = resources.filter((name) =>
    !OF_HANDLES.test(name) && !requests.some((one) => one.of === name)
  );
  const { heapUsed, version, deno, contexts } = answer;
  return {
    descriptions: [
      ...withoutHandle(listOf(answer["fetches"]).flatMap(describeFetch)),
      ...handles,
      ...withoutHandle(requests.map(({ words }) => words)),
      ...withoutHandle(unnamed.map((name) => WORDS[name] ?? name)),
    ].map((description) => ({ ...description, words: clip(description.words) })),
    frames: parseCallSites(answer["frames"]),
    hasTimers: resources.includes("Timeout"),
    heapUsedBytes: typeof heapUsed === "number" ? heapUsed : Infinity,
    // Deno also tells which Node it resembles.
    runtime: versionWords("Deno", deno) ?? versionWords("Node.js", version),
    engine: deno === undefined ? "node" : "deno",
    mayHaveRealms: contexts !== 1,
  };
}

function versionWords(name: string, version: unknown): string | undefined {
  return typeof version === "string" && /^[\w.+-]{1,40}$/.test(version) ? `${name} ${version}` : undefined;
}

/** Requests say more than the name of their kind; those that do not are left to it. */
function describeRequest(request: Json): { readonly of: string; readonly words: string }[] {
  const { type, host, address, path } = request;
  if (typeof type !== "string") return [];
  if (typeof host === "string") return [{ of: type, words: `the look-up of the host name ${host}` }];
  const target = typeof address === "string" ? address : path;
  return /^(?:TCP|Pipe)ConnectWrap$/.test(type) && typeof target === "string"
    ? [{ of: type, words: `a connection to ${target} that is not open yet` }]
    : [];
}

function describeFetch(fetch: unknown): string[] {
  const [method, origin, path] = listOf(fetch);
  if (typeof method !== "string" || typeof origin !== "string" || typeof path !== "string") return [];
  return [`an answer to the fetch ${method} ${origin}${withoutQuery(path)}`];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : [];
}

function clip(text: string): string {
  return text.length <= MAX_WORDS ? text : `${text.slice(0, MAX_WORDS - 1)}…`;
}

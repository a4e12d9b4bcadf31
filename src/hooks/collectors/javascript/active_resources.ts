import { asObject, type Json } from "./as_object.ts";

/** What an event loop keeps, as its process told it. */
export interface ActiveResources {
  /** In words, such as "a connection from 127.0.0.1:4000 to 127.0.0.1:5432". */
  readonly descriptions: readonly string[];
  readonly hasTimers: boolean;
  readonly hasMessagePorts: boolean;
  readonly heapUsedBytes: number;
}

const MAX_SHOWN = 40;
const MAX_WORDS = 200;

/**
 * Asks Node for what keeps its event loop, as a string of JSON. It calls nothing of the program, and a property that
 * throws costs that one entry only.
 */
export const RESOURCES_EXPRESSION = `JSON.stringify((() => {
  const handles = (process._getActiveHandles?.() ?? []).slice(0, ${MAX_SHOWN}).map((handle) => {
    try {
      const request = handle._httpMessage;
      const address = typeof handle.address === "function" && handle.listening ? handle.address() : undefined;
      return {
        type: handle.constructor?.name, resource: handle._handle?.constructor?.name, pid: handle.pid,
        program: handle.spawnfile, fd: handle.fd, threadId: handle.threadId, connecting: handle.connecting,
        local: handle.localAddress && handle.localAddress + ":" + handle.localPort,
        remote: handle.remoteAddress && handle.remoteAddress + ":" + handle.remotePort,
        listening: typeof address === "string" ? address : address && address.address + ":" + address.port,
        request: request?.method && request.path && request.method + " " + request.path,
      };
    } catch { return {}; }
  });
  return { handles, resources: process.getActiveResourcesInfo?.() ?? [], heapUsed: process.memoryUsage().heapUsed };
})())`;

/** What belongs to a handle that is described by itself. */
const OF_HANDLES =
  /^(FSEventWrap|PipeWrap|ProcessWrap|TCPServerWrap|TCPSocketWrap|TTYWrap|UDPWrap|MessagePort|Timeout|StatWatcher|Worker)$/;
const WORDS: Readonly<Record<string, string>> = {
  Immediate: "a callback of setImmediate",
  FSReqCallback: "an operation on a file",
  FSReqPromise: "an operation on a file",
  FileHandleCloseReq: "the closing of a file",
  GetAddrInfoReqWrap: "the look-up of a host name",
  GetNameInfoReqWrap: "the look-up of an address",
  TCPConnectWrap: "a connection that is not open yet",
  PipeConnectWrap: "a connection that is not open yet",
  CloseReq: "the closing of a file",
};

/**
 * Reads the answer to `RESOURCES_EXPRESSION`.
 *
 * @param text what the process answered, which may be anything
 * @returns what it keeps; undefined when the text is not of that form
 */
export function parseActiveResources(text: string): ActiveResources | undefined {
  let answer: Json | undefined;
  try {
    answer = asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
  if (answer === undefined) return undefined;
  const handles = listOf(answer["handles"]).map((handle) => asObject(handle) ?? {});
  const resources = listOf(answer["resources"]).filter((name) => typeof name === "string");
  const others = resources.filter((name) => !OF_HANDLES.test(name)).map((name) => WORDS[name] ?? name);
  const heapUsed = answer["heapUsed"];
  return {
    descriptions: countEqual([...handles.flatMap(describeHandle), ...others].map(clip)),
    hasTimers: resources.includes("Timeout"),
    hasMessagePorts: resources.includes("MessagePort") || resources.includes("Worker"),
    heapUsedBytes: typeof heapUsed === "number" ? heapUsed : Infinity,
  };
}

function describeHandle(handle: Json): string[] {
  const word = (name: string): string | undefined => {
    const value = handle[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const [local, remote, request] = [word("local"), word("remote"), word("request")];
  if (remote !== undefined) {
    const asks = request === undefined ? "" : `, for the request ${request}`;
    return [`a connection${local === undefined ? "" : ` from ${local}`} to ${remote}${asks}`];
  }
  if (word("listening") !== undefined) return [`a server at ${word("listening")}`];
  if (handle["connecting"] === true) return ["a connection that is not open yet"];
  const fd = handle["fd"];
  switch (word("type")) {
    case "ChildProcess":
      return [`its child ${word("program") ?? "process"} (pid ${word("pid") ?? "?"})`];
    case "FSWatcher":
    case "StatWatcher":
      return ["a watch for changes of files"];
    case "Worker":
      return [`worker ${word("threadId") ?? ""}`.trim()];
    case "MessagePort":
      return ["a message from a worker or port"];
    case "ReadStream":
    case "WriteStream":
    case "Socket":
      if (fd === 0) return ["standard input"];
      if (fd === 1 || fd === 2) return [];
      return [word("resource") === "Pipe" ? "a pipe" : `a ${word("resource") ?? "stream"}`];
    case undefined:
      return [];
    default:
      return [word("type")!];
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : [];
}

function countEqual(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].slice(0, MAX_SHOWN).map(([word, count]) =>
    count === 1 ? word : `${word} (${count} times)`
  );
}

function clip(text: string): string {
  return text.length <= MAX_WORDS ? text : `${text.slice(0, MAX_WORDS - 1)}…`;
}

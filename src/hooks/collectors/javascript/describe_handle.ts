import { formatBytes } from "../../sample/format_bytes.ts";
import type { Json } from "../as_object.ts";
import { withoutQuery } from "./without_query.ts";

/**
 * Puts one handle of an event loop into words.
 *
 * @param handle what `INVENTORY_EXPRESSION` tells of it, each value of which may be anything
 * @returns one entry, or none when it does not keep the loop by itself
 */
export function describeHandle(handle: Json): string[] {
  const word = wordsOf(handle);
  if (word("remote") !== undefined) return [describeConnection(handle)];
  if (word("listening") !== undefined) return [describeServer(handle)];
  if (handle["connecting"] === true) {
    // The request that opens it says where to.
    return [];
  }
  const fd = handle["fd"];
  switch (word("type")) {
    case "ChildProcess":
      return [`its child ${word("command") ?? "process"} (pid ${word("pid") ?? "?"})`];
    case "FSWatcher":
    case "StatWatcher":
      return ["a watch for changes of files"];
    case "Worker":
      return ["a worker"];
    case "MessagePort":
      return ["a message from a worker or port"];
    case "Pipe":
      return ["a message from its child or parent (IPC)"];
    case "ReadStream":
    case "WriteStream":
    case "Socket":
      if (fd === 0) return ["standard input"];
      if (fd === 1 || fd === 2) return [];
      if (word("bound") !== undefined) return [`a packet (UDP) at ${word("bound")}`];
      if (word("resource") === "Pipe") {
        return [typeof fd === "number" && fd > 2 ? `a pipe (descriptor ${fd})` : "a pipe"];
      }
      return [`a ${word("resource") ?? "stream"}`];
    case undefined:
      return [];
    default:
      return [word("type")!];
  }
}

function describeConnection(handle: Json): string {
  const word = wordsOf(handle);
  const [local, request, host, serves] = [
    word("local"),
    word("request"),
    word("requestHost"),
    word("serves"),
  ];
  const details = [
    ...request === undefined
      ? []
      : [`for the request ${withoutQuery(request)}${host === undefined ? "" : ` to ${host}`}`],
    ...serves === undefined ? [] : [`whose request ${withoutQuery(serves)} is not answered yet`],
    ...countsOf(handle),
  ];
  const from = local === undefined ? "" : ` from ${local}`;
  return [`a connection${from} to ${word("remote")}`, ...details].join(", ");
}

function countsOf({ read, written }: Json): string[] {
  if (typeof read !== "number" || typeof written !== "number") return [];
  return [`${formatBytes(written)} sent and ${formatBytes(read)} received`];
}

function describeServer(handle: Json): string {
  const clients = handle["clients"];
  const count = typeof clients === "number" && clients > 0
    ? ` with ${clients} open ${clients === 1 ? "connection" : "connections"}`
    : "";
  return `a server at ${wordsOf(handle)("listening")}${count}`;
}

function wordsOf(handle: Json): (name: string) => string | undefined {
  return (name) => {
    const value = handle[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
}

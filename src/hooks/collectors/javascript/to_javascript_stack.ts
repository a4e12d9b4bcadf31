import type { Frame, Stack } from "../../../sample_document.ts";
import { asObject, type Json } from "./as_object.ts";

const MAX_FRAMES = 500;
const MAX_NAME = 300;

/**
 * The call frames of a paused program as a stack.
 *
 * @param callFrames of the event `Debugger.paused`, innermost first
 * @param urls of scripts by their id
 * @returns undefined when there are no frames
 */
export function toJavaScriptStack(callFrames: unknown, urls: ReadonlyMap<string, string>): Stack | undefined {
  if (!Array.isArray(callFrames)) return undefined;
  const frames = callFrames.slice(0, MAX_FRAMES).flatMap((frame) => {
    const object = asObject(frame);
    return object === undefined ? [] : [toFrame(object, urls)];
  });
  return frames.length === 0 ? undefined : { language: "javascript", count: 1, frames };
}

function toFrame(frame: Json, urls: ReadonlyMap<string, string>): Frame {
  const name = frame["functionName"];
  const location = asObject(frame["location"]) ?? {};
  const line = location["lineNumber"];
  const url = urls.get(String(location["scriptId"]));
  return {
    function: typeof name === "string" && name !== "" ? name.slice(0, MAX_NAME) : "(anonymous)",
    file: url === undefined || url === "" ? undefined : filePathOf(url),
    line: typeof line === "number" ? line + 1 : undefined,
  };
}

/**
 * The path of a script on this machine.
 *
 * @param url as the inspector names it
 * @returns the path for URLs of files; other names as they are, such as `node:fs`
 */
export function filePathOf(url: string): string {
  if (!url.startsWith("file:///")) return url.slice(0, MAX_NAME);
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return url.slice(0, MAX_NAME);
  }
}

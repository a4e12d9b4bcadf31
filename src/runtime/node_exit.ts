import type { Exit } from "../outcome.ts";

/**
 * What Node and Bun tell of a child's end, as the port tells it.
 *
 * @param code null when it died of a signal
 * @param signal null when it exited by itself
 * @returns the exit
 */
export function toExit(code: number | null, signal: string | null): Exit {
  return signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal };
}

import type { SampleDocument } from "../sample_document.ts";

/** What there is to tell while a process is watched. */
export type WatchEvent =
  /** Something else is the matter than before, or this is the first look. */
  | { readonly kind: "verdict"; readonly document: SampleDocument }
  | { readonly kind: "unchanged"; readonly document: SampleDocument; readonly sinceMs: number }
  | { readonly kind: "ended" };

/** How to watch. */
export interface WatchOptions {
  /** From the start of one look to the start of the next. */
  readonly intervalMs: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Takes a sample; undefined when the process has ended. `readOnly` asks no runtime and attaches no debugger. */
  look(readOnly: boolean): Promise<SampleDocument | undefined>;
  /** Waits for so long, or until the process ends or the signal is aborted; whether the process is still there. */
  wait(ms: number): Promise<boolean>;
  /** Tells of it; false when nobody listens any more. */
  tell(event: WatchEvent): Promise<boolean>;
}

/** States that are looked into fully once; a program that is in so many different ones is not stuck. */
const MAX_KNOWN = 50;

/**
 * Looks at a process again and again and tells what has changed. Each look only reads; where it shows a state that has
 * not been looked into yet, a full look follows.
 *
 * @param options how to look and to tell
 * @returns the last sample; undefined when there was none
 */
export async function watchProcess(options: WatchOptions): Promise<SampleDocument | undefined> {
  const { intervalMs, signal, look, wait, tell } = options;
  let last: SampleDocument | undefined;
  let told: string | undefined;
  let toldMs = 0;
  /** What a full look said, by what the look before it had said, which only read. */
  const known = new Map<string, string>();
  for (;;) {
    const startMs = performance.now();
    let document = await look(true);
    if (document === undefined) break;
    // Of what was seen before an interruption there is something to show only at the start.
    if (signal.aborted) return last ?? document;
    const seen = identityOf(document);
    if (!known.has(seen) && known.size < MAX_KNOWN) {
      const full = await look(false);
      if (full === undefined) break;
      if (signal.aborted) return last ?? full;
      known.set(seen, identityOf(full));
      document = full;
    }
    last = document;
    const meaning = known.get(seen) ?? seen;
    const hasChanged = meaning !== told;
    if (hasChanged) [told, toldMs] = [meaning, startMs];
    const sinceMs = performance.now() - toldMs;
    const isHeard = await tell(
      hasChanged ? { kind: "verdict", document } : { kind: "unchanged", document, sinceMs },
    );
    if (!isHeard) return last;
    if (!await wait(intervalMs - (performance.now() - startMs))) break;
    if (signal.aborted) return last;
  }
  if (last !== undefined) await tell({ kind: "ended" });
  return last;
}

/** Two samples with the same identity say the same, though perhaps of another child. */
function identityOf({ diagnosis }: SampleDocument): string {
  return `${diagnosis.cause} ${diagnosis.fingerprint}`;
}

import { contextManagers } from "./context_managers.ts";
import { type LockThread, type LockView, type ProgramLock, programLock } from "./lock_view.ts";
import type { RawFrame } from "./walk_frames.ts";
import { waitPlaces } from "./wait_places.ts";

/** A lock that a thread holds. */
export interface Hold {
  readonly lock: ProgramLock;
  /** The frame that is inside the `with` block. */
  readonly frame: RawFrame;
}

/**
 * The locks that a thread holds because it is in `with` blocks of theirs, each once. Conditions that it waits for are
 * not among them: waiting gives their lock away.
 *
 * @param view what locks are read with
 * @param thread whose
 */
export function findHolds(view: LockView, thread: LockThread): readonly Hold[] {
  const { image, objects, values } = view;
  const holds = new Map<string, Hold>();
  for (const frame of thread.raw) {
    for (const manager of contextManagers(image, objects, values.liveStack(frame))) {
      const lock = programLock(view, manager);
      if (lock === undefined || !lock.isLocked || holds.has(lock.id)) continue;
      // Reentrant locks and those of processes record who has them.
      if (lock.ownerId !== undefined && lock.ownerId !== thread.id) continue;
      holds.set(lock.id, { lock, frame });
    }
  }
  for (const id of givenAway(view, thread)) holds.delete(id);
  return [...holds.values()];
}

/** Locks of the conditions that a thread waits for. */
function givenAway(view: LockView, { frames, raw }: LockThread): readonly string[] {
  return frames.flatMap((frame, index) => {
    if (!waitPlaces(frame).some(({ kind }) => kind === "condition")) return [];
    const self = view.values.locals(raw[index]!).find(({ name }) => name === "self")?.value;
    const lock = self === undefined ? undefined : programLock(view, self);
    return lock === undefined ? [] : [lock.id];
  });
}

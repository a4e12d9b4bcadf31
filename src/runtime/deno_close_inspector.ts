/** Deno's inspector is listened to by a thread of its own: it opens some time after the signal. */
const LOOK_PAUSE_MS = 10;
const MAX_LOOKS = 200;
/** Deno's types do not know this kind yet. */
const INSPECTOR = { name: "sys", kind: "inspector" } as unknown as Deno.SysPermissionDescriptor;

/**
 * Has Deno's inspector closed again each time that SIGUSR1 has opened it: from 2.9.2 on Deno opens it on that signal,
 * whoever else listens to it, and anybody on this machine could then take this process over. One that was asked for by
 * `--inspect` stays, and so does one that this program may not ask about (`--allow-sys=inspector`).
 *
 * @returns to be called when the signal has come; resolves when the inspector is closed, or has not been opened in 2 s
 */
export function closeInspectorAfterSignal(): () => Promise<void> {
  if (Deno.permissions.querySync(INSPECTOR).state !== "granted") return () => Promise.resolve();
  const loaded = import("node:inspector").then((inspector) => ({ inspector, urlAtStart: inspector.url() }));
  let isLooking = false;
  return async () => {
    const { inspector, urlAtStart } = await loaded;
    if (isLooking || urlAtStart !== undefined) return;
    isLooking = true;
    for (let look = 0; look < MAX_LOOKS && inspector.url() === undefined; look++) {
      await new Promise((resolve) => Deno.unrefTimer(setTimeout(resolve, LOOK_PAUSE_MS)));
    }
    if (inspector.url() !== undefined) inspector.close();
    isLooking = false;
  };
}

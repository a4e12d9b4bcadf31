import type { JavaProcess } from "./java_process.ts";

/** Whether and how a JVM can be asked for its threads. */
export type AttachAccess =
  /** It listens already. */
  | { readonly kind: "open" }
  /** SIGQUIT makes it listen, when a file of its name is there. */
  | { readonly kind: "signal" }
  | { readonly kind: "refused"; readonly detail: string };

/** Only its owner may write to the socket. */
const OTHERS_ACCESS = 0o077;

/**
 * Decides how to ask a JVM. It is only sent a signal that it handles and that lets it listen.
 *
 * @param process what is known of it
 */
export function attachAccess(process: JavaProcess): AttachAccess {
  const { uid, askerUid, socket } = process;
  const refuse = (detail: string): AttachAccess => ({ kind: "refused", detail });
  if (process.isOpenJ9) return refuse("OpenJ9 would write a file for it");
  if (process.isStopped) return refuse("it is stopped, so it cannot answer");
  if (askerUid !== uid && askerUid !== 0) {
    return refuse("it belongs to another user; run prekill as that user or as root");
  }
  if (askerUid !== uid && !process.answersRoot) {
    return refuse(`it answers only its own user; run prekill as user ${uid}`);
  }
  if (
    socket !== undefined && !(socket.isSocket && socket.uid === uid && (socket.mode & OTHERS_ACCESS) === 0)
  ) {
    return refuse("what is at the place of its socket in /tmp is not its own");
  }
  if (socket !== undefined) return { kind: "open" };
  if (process.isAttachDisabled) return refuse("it was started with -XX:+DisableAttachMechanism");
  if (!process.catchesQuit) {
    return refuse("it does not handle SIGQUIT: it was started with -Xrs, or has just begun");
  }
  return { kind: "signal" };
}

/**
 * Whether SIGQUIT makes a JVM print its threads to its own output, when nothing makes it listen instead.
 *
 * @param process what is known of it
 */
export function printsOnQuit({ catchesQuit, isStopped, isOpenJ9 }: JavaProcess): boolean {
  return catchesQuit && !isStopped && !isOpenJ9;
}

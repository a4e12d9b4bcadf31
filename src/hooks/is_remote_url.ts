/**
 * Whether a platform's URL names another machine, whose processes cannot be looked into from here.
 *
 * @param url such as `connect://device.local:1234`, `ssh://host`, `localhost:8000` or `file:///`; undefined is this machine
 * @returns false for this machine: `localhost`, `127.*`, `[::1]`, `file:` and URLs without a host
 * @example Tell a remote machine
 * ```ts
 * import { isRemoteUrl } from "./is_remote_url.ts";
 *
 * if (isRemoteUrl("connect://127.0.0.1:1234") || !isRemoteUrl("ssh://build-7")) throw new Error("unexpected");
 * ```
 */
export function isRemoteUrl(url: string | undefined): boolean {
  const text = url?.trim() ?? "";
  if (text === "" || /^file:/i.test(text)) return false;
  // Read by hand: `new URL("localhost:8000")` takes the host for a scheme.
  const authority = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(text)![1]!;
  const host = authority.replace(/^.*@/, "").replace(/(?<=^[^:]*|\]):\d*$/, "").toLowerCase();
  return !(host === "" || host === "localhost" || host === "[::1]" || host === "::1" ||
    /^127(\.\d{1,3}){0,3}$/.test(host));
}

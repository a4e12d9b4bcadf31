import { READ_SITES } from "./call_sites.ts";

const MAX_HANDLES = 60;
const MAX_REQUESTS = 40;

/**
 * Asks a program what its event loop keeps, and what it was doing when it was asked, as a string of JSON that
 * `parseInventory` reads. It calls nothing of the program, and a property that throws costs that one entry only. V8 answers
 * also in the middle of running code: what is below the question on the stack is then what the program was doing.
 *
 * Requests of `fetch` are found through undici's own dispatcher (`Symbol.for("undici.globalDispatcher.1")`) and the
 * descriptions of its symbols.
 */
export const INVENTORY_EXPRESSION = `(() => {
  ${READ_SITES}
  const look = () => {
    const take = (read) => { try { return read(); } catch { return undefined; } };
    const symbolOf = (object, name) => {
      for (let at = object; at; at = Object.getPrototypeOf(at)) {
        const symbol = Object.getOwnPropertySymbols(at).find((symbol) => symbol.description === name);
        if (symbol !== undefined) return object[symbol];
      }
    };
    const joined = (host, port) => host && host + ":" + port;
    const host = globalThis.process ?? {};
    const handles = (take(() => host._getActiveHandles()) ?? []).slice(0, ${MAX_HANDLES}).map((handle) =>
      take(() => {
        const request = handle._httpMessage;
        const incoming = request?.req;
        const address = handle.listening ? take(() => handle.address()) : undefined;
        const bound = handle.type?.startsWith?.("udp") ? take(() => handle.address()) : undefined;
        return {
          type: handle.constructor?.name, resource: handle._handle?.constructor?.name,
          pid: handle.pid, command: handle.spawnargs?.slice?.(0, 6).join(" "), fd: handle.fd ?? handle._handle?.fd,
          connecting: handle.connecting, host: handle._host, read: handle.bytesRead, written: handle.bytesWritten,
          local: joined(handle.localAddress, handle.localPort),
          remote: typeof handle.remoteAddress === "string" ? joined(handle.remoteAddress, handle.remotePort) : undefined,
          listening: typeof address === "string" ? address : address && joined(address.address, address.port),
          clients: handle._connections, bound: bound && joined(bound.address, bound.port),
          request: incoming === undefined && request?.method && request.path && request.method + " " + request.path,
          requestHost: incoming === undefined ? take(() => request.getHeader("host")) : undefined,
          serves: incoming?.method && incoming.method + " " + incoming.url,
        };
      }) ?? {});
    const requests = (take(() => host._getActiveRequests()) ?? []).slice(0, ${MAX_REQUESTS}).map((request) =>
      take(() => ({
        type: request.constructor?.name, host: request.hostname,
        address: joined(request.address, request.port), path: request.address === undefined ? undefined : request.path,
      })) ?? {});
    const fetches = take(() => {
      const asked = [];
      const agent = globalThis[Symbol.for("undici.globalDispatcher.1")];
      for (const entry of symbolOf(agent, "clients")?.values() ?? []) {
        const pool = entry?.deref?.() ?? entry?.dispatcher ?? entry;
        for (const client of [...symbolOf(pool, "clients") ?? [pool]].slice(0, ${MAX_REQUESTS})) {
          const queue = symbolOf(client, "queue") ?? [];
          for (const request of queue.slice(symbolOf(client, "running index") ?? 0).slice(0, ${MAX_REQUESTS})) {
            if (request) asked.push([request.method, String(request.origin ?? ""), request.path]);
          }
        }
      }
      return asked.slice(0, ${MAX_REQUESTS});
    }) ?? [];
    return {
      handles, requests, fetches, resources: take(() => host.getActiveResourcesInfo()) ?? [],
      heapUsed: take(() => host.memoryUsage().heapUsed), version: host.versions?.node, deno: host.versions?.deno,
      contexts: take(() => host.getBuiltinModule("v8").getHeapStatistics().number_of_native_contexts),
      // The first two are this script itself.
      frames: readSites(look).slice(2),
    };
  };
  return JSON.stringify(look());
})()`;

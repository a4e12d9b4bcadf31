import { waitUnlessAborted } from "../wait_unless_aborted.ts";
import { asObject, type Json } from "../as_object.ts";

/** Talks by the Chrome DevTools Protocol to one program: the main one of a process or a worker of it. */
export interface ProtocolClient {
  /** Calls a method; undefined when it fails or does not answer in time. */
  call(method: string, params: Json, timeoutMs: number): Promise<Json | undefined>;
  /** Calls a method whose answer does not matter. Never rejects. */
  tell(method: string, params?: Json): Promise<void>;
  /** Calls the listener on each event. */
  onEvent(listener: (method: string, params: Json) => void): void;
}

/** The end of a client at which messages come in. */
export interface ProtocolChannel {
  readonly client: ProtocolClient;
  /** To be called with each message of the other side, whatever it is. */
  deliver(text: string): void;
  /** To be called when no more can come: nobody waits for answers any more. */
  end(): void;
}

/**
 * Makes a client of something that carries messages.
 *
 * @param send carries one message to the other side; it may reject
 * @param signal once it is aborted, calls do not wait for answers any more
 */
export function createProtocolClient(
  send: (text: string) => Promise<void>,
  signal: AbortSignal,
): ProtocolChannel {
  const waiting = new Map<number, (result: Json | undefined) => void>();
  const listeners: ((method: string, params: Json) => void)[] = [];
  const ended = new AbortController();
  let lastId = 0;
  const sendCall = (id: number, method: string, params: Json): Promise<void> =>
    send(JSON.stringify({ id, method, params })).catch(() => {});
  const client: ProtocolClient = {
    async call(method, params, timeoutMs) {
      const id = ++lastId;
      const settled = new AbortController();
      const answer = new Promise<Json | undefined>((resolve) => waiting.set(id, resolve));
      await sendCall(id, method, params);
      const over = AbortSignal.any([signal, ended.signal, settled.signal]);
      const result = await Promise.race([answer, waitUnlessAborted(timeoutMs, over).then(() => undefined)]);
      settled.abort();
      waiting.delete(id);
      return result;
    },
    tell: (method, params = {}) => sendCall(++lastId, method, params),
    onEvent: (listener) => void listeners.push(listener),
  };
  return {
    client,
    deliver(text) {
      const { id, method, result, params } = parseObject(text);
      if (typeof id === "number") waiting.get(id)?.(asObject(result));
      else if (typeof method === "string") {
        for (const listener of listeners) listener(method, asObject(params) ?? {});
      }
    },
    end: () => ended.abort(),
  };
}

function parseObject(text: string): Json {
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}

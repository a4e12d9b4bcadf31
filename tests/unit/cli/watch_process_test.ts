import { narrateWatch } from "../../../src/cli/narrate_watch.ts";
import { type WatchEvent, watchProcess } from "../../../src/cli/watch_process.ts";
import type { SampleDocument } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";
import { sampleText } from "../../support/sample_text.ts";

/** A look that says this; `undefined` is one that finds nobody. */
type Look = string | undefined;

function documentOf(fingerprint: string): SampleDocument {
  return JSON.parse(sampleText({ diagnosis: { fingerprint } }));
}

/** Runs a watch over looks in this order: full ones are written in capitals, those that only read in small letters. */
async function watchLooks(
  looks: readonly Look[],
  changes: { hears?: number; abortAfter?: number } = {},
): Promise<{ told: string[]; taken: string; last: string | undefined }> {
  const told: string[] = [];
  let taken = "";
  const pending = [...looks];
  const controller = new AbortController();
  const last = await watchProcess({
    intervalMs: 0,
    signal: controller.signal,
    look(readOnly) {
      const text = pending.shift();
      if (text !== undefined) taken += readOnly ? text.toLowerCase() : text.toUpperCase();
      if (taken.length === changes.abortAfter) controller.abort();
      return Promise.resolve(text === undefined ? undefined : documentOf(text));
    },
    wait: () => Promise.resolve(pending.length > 0),
    tell(event: WatchEvent) {
      told.push(event.kind === "ended" ? "ended" : `${event.kind} ${event.document.diagnosis.fingerprint}`);
      return Promise.resolve(told.length !== changes.hears);
    },
  });
  return { told, taken, last: last?.diagnosis.fingerprint };
}

Deno.test("watchProcess() looks fully once and then only reads, while nothing changes", async () => {
  assertEquals(await watchLooks(["a", "A", "a", "a"]), {
    told: ["verdict A", "unchanged a", "unchanged a", "ended"],
    taken: "aAaa",
    last: "a",
  });
});

Deno.test("watchProcess() looks fully again when reading shows a state that it has not seen, and only then", async () => {
  const { told, taken } = await watchLooks(["a", "A", "b", "B", "b", "a", "b"]);
  assertEquals(taken, "aAbBbab");
  assertEquals(told, ["verdict A", "verdict B", "unchanged b", "verdict a", "verdict b", "ended"]);
});

Deno.test("watchProcess() tells nothing new when the full look says the same as before", async () => {
  assertEquals((await watchLooks(["a", "A", "b", "A"])).told, ["verdict A", "unchanged A", "ended"]);
});

Deno.test("watchProcess() tells of a change that falls between the two first looks", async () => {
  assertEquals((await watchLooks(["a", "B", "b", "B"])).told, ["verdict B", "unchanged B", "ended"]);
});

Deno.test("watchProcess() ends when the process does, whichever look finds it gone", async () => {
  for (const looks of [["a", "A"], ["a", "A", undefined], ["a", "A", "b", undefined]]) {
    assertEquals((await watchLooks(looks)).told, ["verdict A", "ended"]);
  }
  for (const looks of [[undefined], ["a", undefined]]) {
    const { told, last } = await watchLooks(looks);
    assertEquals([told, last], [[], undefined]);
  }
});

Deno.test("watchProcess() tells nothing any more, when it is aborted or nobody listens", async () => {
  assertEquals((await watchLooks(["a", "A", "b", "B"], { abortAfter: 1 })).told, []);
  assertEquals((await watchLooks(["a", "A", "b", "B"], { abortAfter: 4 })).told, ["verdict A"]);
  assertEquals((await watchLooks(["a", "A", "a", "a"], { hears: 2 })).taken, "aAa");
});

Deno.test("narrateWatch() writes a line for each change, and on a terminal in place for how long there was none", () => {
  const document = documentOf("a");
  const narration = {
    label: "job (pid 7)",
    now: "2026-01-31T10:20:00.000Z",
    renderVerdict: () => "two\nlines",
    emphasize: (text: string) => `*${text}*`,
  };
  const write = (event: WatchEvent, isTerminal: boolean): string =>
    narrateWatch(event, { ...narration, isTerminal });
  const unchanged = { kind: "unchanged", document, sinceMs: 25_000 } as const;
  assertEquals(
    write({ kind: "verdict", document }, false),
    "2026-01-31 10:15:00 UTC sleep (likely): job (pid 7) sleeps for 1 h\n",
  );
  assertEquals(write(unchanged, false), "");
  assertEquals(write({ kind: "ended" }, false), "2026-01-31 10:20:00 UTC job (pid 7) has ended\n");
  assertEquals(write({ kind: "verdict", document }, true), "\r\x1b[K*2026-01-31 10:15:00 UTC*\ntwo\nlines\n");
  assertEquals(write(unchanged, true), "\r\x1b[Kunchanged for 25 s");
});

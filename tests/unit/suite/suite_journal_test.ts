import { HostError } from "../../../src/errors.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { SuiteJournal } from "../../../src/suite/suite_journal.ts";
import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";

Deno.test("SuiteJournal writes before it gives out, and once for what happens in one turn", async () => {
  const log: string[] = [];
  const handle = { write: (bytes: Uint8Array) => void log.push(new TextDecoder().decode(bytes)), close() {} };
  const runtime: Runtime = {
    ...host,
    files: { ...host.files, readTail: () => undefined, openAppend: () => handle },
  };
  const give = (events: readonly SuiteEvent[]): void =>
    void log.push(`given ${events.map(({ seq }) => seq)}`);
  const journal = new SuiteJournal(runtime, { sessionDir: "/s", id: "x", lastSeq: 4, give });
  journal.emit({ kind: "paused" });
  journal.emit({ kind: "continued", pausedMs: 1 });
  await Promise.resolve();
  assertMatch(log[0] ?? "", /^\{"seq":5,.*"kind":"paused"\}\n\{"seq":6,.*\}\n$/);
  assertEquals(log.slice(1), ["given 5,6"]);
});

Deno.test("SuiteJournal gives events out and warns once, when the disk is full", () => {
  const handle = {
    write() {
      throw new HostError('Cannot write to the file "/s/events.ndjson": the disk is full');
    },
    close() {},
  };
  const runtime: Runtime = {
    ...host,
    files: { ...host.files, readTail: () => undefined, openAppend: () => handle },
  };
  const given: SuiteEvent[] = [];
  const give = (events: readonly SuiteEvent[]): void => void given.push(...events);
  const journal = new SuiteJournal(runtime, { sessionDir: "/s", id: "x", lastSeq: 0, give });
  for (let turn = 0; turn < 3; turn++) {
    journal.emit({ kind: "paused" });
    journal.flush();
  }
  assertEquals(
    given.map(({ kind }) => kind),
    ["paused", "warning", "paused", "paused"],
  );
  assert(journal.hasFailed);
});

import { hangReport } from "../../../src/report/hang_report.ts";
import { renderHangs } from "../../../src/report/render_hangs.ts";
import { digestSample, type SampleDigest } from "../../../src/report/sample_digest.ts";
import { assertEquals } from "../../support/assert.ts";
import { sampleText, type SampleTextOptions } from "../../support/sample_text.ts";

const RENDER = {
  renderVerdict: () => "verdict\n  try: more",
  emphasize: (text: string) => `*${text}*`,
  shorten: (path: string) => path.replace("/srv/", ""),
};

function digests(...samples: (SampleTextOptions & { file: string })[]): SampleDigest[] {
  return samples.map((sample) =>
    digestSample(sampleText(sample), {
      file: `/srv/${sample.file}.sample.json`,
      modifiedMs: 0,
    }) as SampleDigest
  );
}

const SAMPLES = digests(
  { file: "rare", test: "c", diagnosis: { fingerprint: "rare", summary: "rare" } },
  { file: "old", test: "b", takenAt: "2026-01-01T00:00:00Z", diagnosis: { fingerprint: "twice", pid: 1 } },
  { file: "new", test: "a", takenAt: "2026-01-02T00:00:00Z", diagnosis: { fingerprint: "twice", pid: 2 } },
  { file: "late", test: "d", takenAt: "2026-02-02T00:00:00Z", diagnosis: { fingerprint: "late" } },
);

Deno.test("hangReport() puts samples of one fingerprint together, the most frequent and the newest first", () => {
  const { hangs, sampleCount } = hangReport(SAMPLES, { sessions: ["/srv"], problems: [] });
  assertEquals(hangs.map(({ fingerprint, count }) => [fingerprint, count]), [["twice", 2], ["late", 1], [
    "rare",
    1,
  ]]);
  assertEquals(sampleCount, 4);
  const [twice] = hangs;
  assertEquals([twice?.diagnosis.pid, twice?.firstTakenAt, twice?.lastTakenAt], [
    2,
    "2026-01-01T00:00:00.000Z",
    "2026-01-02T00:00:00.000Z",
  ]);
  assertEquals(twice?.tests, [{ name: "a", count: 1 }, { name: "b", count: 1 }]);
  assertEquals(twice?.files, ["/srv/new.sample.json", "/srv/old.sample.json"]);
});

Deno.test("renderHangs() shows each hang with verdict, tests and the texts to read", () => {
  const report = hangReport(SAMPLES.slice(0, 3), { sessions: ["/srv/x"], problems: [] });
  assertEquals(
    renderHangs(report, RENDER),
    `3 hangs of 2 kinds in x

*2 × sleep in job, first 2026-01-01 00:00:00 UTC, last 2026-01-02 00:00:00 UTC*
  verdict
    try: more
    tests: a
           b
    files: new.sample
           old.sample
    fingerprint: twice

*1 × sleep in job, 2026-01-31 10:15:00 UTC*
  verdict
    try: more
    tests: c
    files: rare.sample
    fingerprint: rare
`,
  );
});

Deno.test("renderHangs() counts what it leaves out, and says when all hangs are the same", () => {
  const many = digests(
    ...Array.from({ length: 12 }, (_, index) => ({ file: `f${index}`, test: `t${index + 10}` })),
  );
  const text = renderHangs(hangReport(many, { sessions: ["/srv/a", "/srv/b"], problems: [] }), RENDER);
  assertEquals(text.split("\n")[0], "12 hangs, all the same, in 2 sessions");
  assertEquals(text.split("\n").filter((line) => line.includes("more")).map((line) => line.trim()), [
    "try: more",
    "and 2 more",
    "and 9 more",
  ]);
});

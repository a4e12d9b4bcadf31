import { splitOptions } from "./split_options.ts";
import type { WarmTest, WarmTestOptions } from "./warm_test.ts";

/** Options of any Node from 20 on whose value may be the next word. */
const WITH_VALUE = new Set(
  `
  allow-fs-read allow-fs-write build-snapshot-config conditions cpu-prof-dir cpu-prof-interval
  cpu-prof-name diagnostic-dir disable-proto disable-warning dns-result-order env-file
  env-file-if-exists experimental-config-file experimental-default-type experimental-loader
  experimental-package-map experimental-policy experimental-sea-config experimental-test-isolation
  experimental-test-tag-filter heap-prof-dir heap-prof-interval heap-prof-name
  heapsnapshot-near-heap-limit heapsnapshot-signal icu-data-dir import input-type inspect-publish-uid
  loader localstorage-file max-http-header-size max-old-space-size-percentage
  network-family-autoselection-attempt-timeout openssl-config policy-integrity redirect-warnings
  report-dir report-directory report-filename report-signal require secure-heap secure-heap-min
  snapshot-blob test-concurrency test-coverage-branches test-coverage-exclude test-coverage-functions
  test-coverage-include test-coverage-lines test-global-setup test-isolation test-name-pattern
  test-random-seed test-reporter test-reporter-destination test-rerun-failures test-shard
  test-skip-pattern test-timeout title tls-cipher-list tls-keylog trace-event-categories
  trace-event-file-pattern unhandled-rejections use-largepages v8-pool-size watch-kill-signal
`.trim().split(/\s+/).map((name) => `--${name}`).concat("-C", "-r"),
);
/** Options that run something else than a file, or more than one process. */
const WITHOUT_FILE =
  /^(?:-[epcihv]|-pe|--(?:eval|print|check|interactive|help|version|test|watch|watch-path|run|build-snapshot|prof-process|v8-options|completion-bash|entry-url)(?:=.*)?)$/s;
/** What strips the types takes a while to load, and is of no use to others. */
const TYPESCRIPT = /\.[cm]?ts$/;

/**
 * How a Node is started before its test is known: by the cold command with the runner program as its last `--require`, and a
 * placeholder for the file. The placeholder has the ending of TypeScript where the test has.
 *
 * @param command of a cold start: a Node, its options, the file and its arguments
 * @param options what goes with it
 * @returns the start; undefined when it does not run a file
 */
export function nodeStart(
  [node, ...words]: readonly [string, ...string[]],
  { cwd, env, preloads, runnerFile }: WarmTestOptions,
): WarmTest | undefined {
  const split = splitOptions(words, (option) => WITH_VALUE.has(option));
  if (split?.main === undefined || split.options.some((option) => WITHOUT_FILE.test(option))) {
    return undefined;
  }
  const { options, main, args } = split;
  const placeholder = `prekill${TYPESCRIPT.exec(main)?.[0] ?? ""}`;
  return {
    start: {
      runner: "node",
      command: [node, ...options, "--require", runnerFile, placeholder],
      runnerFile,
      cwd,
      env,
      preloads,
    },
    main,
    args,
  };
}

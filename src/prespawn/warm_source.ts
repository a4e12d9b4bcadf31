import type { Child } from "../runtime/port.ts";
import type { Job } from "./job.ts";

/** What gives processes that have started already: a pool of runners, or a fork server. Whoever made it stops it. */
export interface WarmSource extends AsyncDisposable {
  /**
   * Gives a job to one that is warm; waits for the one that is starting when there is none.
   *
   * @param job what is to run
   * @param options where the output goes, and what ends the waiting
   * @returns the child, whose `stdin` is at end-of-file; undefined when the caller is to start it cold
   * @throws the signal's reason when aborted; nothing was started for the job then
   */
  take(job: Job, options: TakeOptions): Promise<Child | undefined>;
  /** Gives no more, and ends when what it gave has ended; without it, `stop` does so. Waits for the end. */
  retire?(): Promise<void>;
  /** Ends what waits, politely and then by KILL, and waits for it; calls after the first wait as well. */
  stop(): Promise<void>;
}

/** What goes with one job. */
export interface TakeOptions {
  /** Absolute path of the file that both streams of the test are appended to; it does not exist yet, or is empty. */
  readonly logPath: string;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Resolves when the test has ended, warm or cold, with its milliseconds from hand-out or start, or with undefined when
   * they tell nothing: a limit ended it, or it could not be started. With it warm and cold starts are compared.
   */
  readonly ended?: Promise<number | undefined> | undefined;
}
